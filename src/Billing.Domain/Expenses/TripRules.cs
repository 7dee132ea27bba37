using Billing.Domain.Values;

namespace Billing.Domain.Expenses;

/// <summary>What a trip must be, whether it is recorded or corrected.</summary>
internal static class TripRules
{
    public static Rejection? Refuse(TripFacts facts, ExpenseSurroundings around) =>
        ExpenseRules.RefuseDay(facts.DrivenOn, around, "/drivenOn") ?? RefuseYear(facts, around)
        ?? Distance.Refuse(facts.Distance.Hundredths, facts.Distance.Unit, "/distance")
        ?? ExpenseRules.RefuseVehicle(facts.VehicleId, around.Vehicle)
        ?? Wording.RefuseName(facts.Purpose, "/purpose")
        ?? Wording.RefuseLine(facts.FromPlace, Wording.NameMaxLength, "/from")
        ?? Wording.RefuseLine(facts.ToPlace, Wording.NameMaxLength, "/to")
        ?? ExpenseRules.RefuseWhose(facts.ClientId, facts.EngagementId, facts.RatePerUnit is not null, around)
        ?? RefuseRate(facts.RatePerUnit);

    private static Rejection? RefuseYear(TripFacts facts, ExpenseSurroundings around)
    {
        return around.MileageYears.Contains(facts.DrivenOn.Year)
            ? null
            : new Rejection(
                "mileage-rate-missing",
                FormattableString.Invariant($"There is no business mileage rate for {facts.DrivenOn.Year}; there are rates for ")
                + $"{string.Join(", ", around.MileageYears)}.", "/drivenOn");
    }

    private static Rejection? RefuseRate(string? rate) => rate is null || Distance.TryParseRate(rate, out _)
        ? null
        : new Rejection(
            "mileage-charge-malformed", "A charge for a mile or kilometre is decimal text above 0, such as 0.725.",
            "/ratePerUnit", RejectionKind.Invalid);
}
