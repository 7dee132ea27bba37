using NodaTime;
using static Billing.Domain.Taxes.TaxYearEvent;

namespace Billing.Domain.Taxes;

/// <param name="Office">In full; null takes it back.</param>
public sealed record SetHomeOffice(int Year, string Jurisdiction, StatedHomeOffice? Office, Instant At);

/// <content>The office at home.</content>
public static partial class TaxYear
{
    public const int MaxSquareFeet = 100_000;
    public const int MaxHomeCosts = 50;

    /// <summary>Refuses: <c>tax-year-unknown</c>, <c>jurisdiction-unknown</c>, <c>home-office-method-unknown</c>,
    /// <c>square-feet-out-of-range</c>, <c>home-office-days-implausible</c>, <c>home-costs-needless</c>,
    /// <c>amount-out-of-range</c>, <c>text-missing</c> and what a name is refused for.</summary>
    public static Decision<TaxYearEvent> Decide(TaxYearState state, SetHomeOffice command)
    {
        if (Unknown(command.Year, command.Jurisdiction) is { } unknown) return unknown;
        if (command.Office is { } office && Refuse(office, command.Year) is { } refusal) return refusal;
        return IsSame(state.HomeOffice, command.Office)
            ? Decision<TaxYearEvent>.AlreadyDone
            : new HomeOfficeSet(command.Year, command.Jurisdiction, command.Office, command.At);
    }

    private static bool IsSame(StatedHomeOffice? known, StatedHomeOffice? wish) =>
        known is null || wish is null
            ? known is null && wish is null
            : known with { Costs = wish.Costs } == wish && known.Costs.SequenceEqual(wish.Costs);

    private static Rejection? Refuse(StatedHomeOffice office, int year)
    {
        if (office.Method is not (StatedHomeOffice.Simplified or StatedHomeOffice.Actual))
            return Invalid("home-office-method-unknown", "A home office is deducted by simplified or actual.", "/method");
        if (office.OfficeSquareFeet is < 1 or > MaxSquareFeet)
            return Invalid("square-feet-out-of-range", $"An office has 1 to {MaxSquareFeet} square feet.", "/officeSquareFeet");
        if (office.UsedFrom.Year != year || office.UsedUntil.Year != year || office.UsedUntil < office.UsedFrom)
        {
            return Invalid(
                "home-office-days-implausible", FormattableString.Invariant($"The office is used from a day of {year} until one of it."),
                office.UsedFrom.Year == year ? "/usedUntil" : "/usedFrom");
        }
        return office.Method == StatedHomeOffice.Actual ? RefuseActual(office) : RefuseSimplified(office);
    }

    private static Rejection? RefuseSimplified(StatedHomeOffice office) =>
        office.Costs.Count == 0 && office.HomeSquareFeet is null && office.CarriedOverMinor == 0
            ? null
            : Invalid(
                "home-costs-needless", "The simplified method takes neither costs nor what was carried over; leave them out.", "/costs");

    private static Rejection? RefuseActual(StatedHomeOffice office)
    {
        if (office.HomeSquareFeet is not { } home || home < office.OfficeSquareFeet || home > MaxSquareFeet)
        {
            return Invalid(
                "square-feet-out-of-range", $"The home is at least as large as its office, and at most {MaxSquareFeet} square feet.",
                "/homeSquareFeet");
        }
        if (office.CarriedOverMinor is < 0 or > MaxAmountMinor)
            return Invalid("amount-out-of-range", "What was carried over is 0 to a billion dollars.", "/carriedOver");
        if (office.Costs.Count > MaxHomeCosts)
            return Invalid("amount-out-of-range", $"At most {MaxHomeCosts} costs are kept; add some up.", "/costs");
        for (var i = 0; i < office.Costs.Count; i++)
        {
            if (Values.Wording.RefuseName(office.Costs[i].Kind, $"/costs/{i}/kind") is { } refusal) return refusal;
            if (office.Costs[i].AmountMinor is < 0 or > MaxAmountMinor)
                return Invalid("amount-out-of-range", "A cost is 0 to a billion dollars.", $"/costs/{i}/amount");
        }
        return null;
    }
}
