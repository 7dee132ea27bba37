using System.Globalization;
using Billing.Domain.Access;
using Billing.Domain.Values;
using static Billing.Domain.Expenses.ExpenseEvent;

namespace Billing.Domain.Expenses;

/// <content>Trips: what was driven instead of what was paid.</content>
public static partial class Expense
{
    /// <summary>Where trips and the running costs of vehicles stand: Schedule C line 9.</summary>
    public const string VehicleCategory = "car-and-truck";

    public static Decision<ExpenseEvent> Decide(ExpenseState state, RecordTrip command, ExpenseSurroundings around)
    {
        var facts = command.Facts;
        var recorded = new TripRecorded(
            command.ExpenseId, facts.VehicleId, facts.DrivenOn, facts.Distance.Hundredths, facts.Distance.Unit, facts.ClientId,
            facts.EngagementId, facts.RatePerUnit, CurrencyOf(facts, around), facts.Purpose, facts.FromPlace, facts.ToPlace,
            command.At);
        if (state.Details is { } known)
        {
            return known.RecordedAs is TripRecorded trip && trip with { RecordedAt = command.At } == recorded
                ? Decision<ExpenseEvent>.AlreadyDone
                : IdTaken;
        }
        return TripRules.Refuse(facts, around) is { } refusal ? refusal : recorded;
    }

    public static Decision<ExpenseEvent> Decide(ExpenseState state, CorrectTrip command, ExpenseSurroundings around)
    {
        if (state is not ExpenseState.Recorded recorded) return RefuseChange(state, "corrected");
        if (recorded.Expense.Trip is not { } trip)
            return new Rejection("not-a-trip", "This is an expense and no trip; correct it as an expense.");
        var facts = command.Facts;
        if (trip == facts) return Decision<ExpenseEvent>.AlreadyDone;
        var refused = PeriodLock.Refuse(around.Business, recorded.Expense.PaidOn, field: null) ?? TripRules.Refuse(facts, around);
        if (refused is not null) return refused;
        return new TripCorrected(
            facts.VehicleId, facts.DrivenOn, facts.Distance.Hundredths, facts.Distance.Unit, facts.ClientId, facts.EngagementId,
            facts.RatePerUnit, CurrencyOf(facts, around), facts.Purpose, facts.FromPlace, facts.ToPlace, command.At);
    }

    /// <summary>A client is charged in its own currency.</summary>
    private static string CurrencyOf(TripFacts facts, ExpenseSurroundings around) =>
        (facts.RatePerUnit is null ? null : around.Client.Details?.Currency.Code) ?? around.Books.Code;

    private static ExpenseDetails DetailsOf(TripRecorded e) => DetailsOf(
        e.ExpenseId, e, e.Currency, new TripFacts(
            e.VehicleId, e.DrivenOn, new Distance(e.DistanceHundredths, e.Unit), e.ClientId, e.EngagementId, e.RatePerUnit,
            e.Purpose, e.FromPlace, e.ToPlace));

    private static ExpenseDetails DetailsOf(TripCorrected e, ExpenseDetails before) => DetailsOf(
        before.ExpenseId, before.RecordedAs, e.Currency, new TripFacts(
            e.VehicleId, e.DrivenOn, new Distance(e.DistanceHundredths, e.Unit), e.ClientId, e.EngagementId, e.RatePerUnit,
            e.Purpose, e.FromPlace, e.ToPlace)) with
    {
        Receipts = before.Receipts,
    };

    private static ExpenseDetails DetailsOf(Guid id, ExpenseEvent recordedAs, string currency, TripFacts trip) => new(
        id, TripCharge.Of(trip.Distance, trip.RatePerUnit, Currency.Of(currency)), VehicleCategory, trip.DrivenOn, trip.ClientId,
        trip.EngagementId, Rebill: trip.RatePerUnit is not null, Payee: null, TripCharge.Wording(trip), recordedAs)
    {
        Trip = trip,
    };
}

/// <summary>What a client is charged for a trip.</summary>
public static class TripCharge
{
    /// <summary>Distance times rate, rounded once; nothing where there is no rate.</summary>
    public static Money Of(Distance distance, string? ratePerUnit, Currency currency) =>
        Distance.TryParseRate(ratePerUnit, out var rate) ? distance.AtRatePerUnit(rate, currency) : Money.Zero(currency);

    /// <summary>As it stands on an invoice, such as <c>Site visit, 12.4 mi</c>.</summary>
    public static string Wording(TripFacts trip) => string.Create(
        CultureInfo.InvariantCulture, $"{trip.Purpose ?? "Mileage"}, {trip.Distance}");
}
