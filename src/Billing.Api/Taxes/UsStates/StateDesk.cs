using System.Diagnostics.CodeAnalysis;
using Billing.Domain;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Taxes.UsStates;
using Billing.EventStore.Port;
using Billing.Projections.Taxes;

namespace Billing.Api.Taxes.UsStates;

/// <summary>Makes a state's estimate from the books, the federal profile and what was said of the state's return.</summary>
public sealed class StateDesk(EstimateDesk federal, TaxQueries queries)
{
    public bool TryEstimate(
        BookId book, UsState state, EstimateWish wish,
        [NotNullWhen(true)] out StateEstimateView? view, [NotNullWhen(false)] out Rejection? rejection)
    {
        view = null;
        if (!StateTaxLibrary.TryFor(state, wish.Year, out var tax, out rejection)) return false;
        if (!federal.TryEstimate(book, wish, out var estimated, out rejection)) return false;
        var ofState = queries.State(book, wish.Year, state);
        view = StateEstimateView.Of(
            StateEstimator.Estimate(tax, estimated.Facts, estimated.Estimate, FactsOf(ofState)), tax, estimated.Status,
            estimated.HasProfile, ofState.Filing is not null);
        return true;
    }

    private static StateFacts FactsOf(StateYearView known) => new()
    {
        Payments = [.. known.Payments.Select(p => new EstimatedPayment(p.PaidOn, TaxYearView.Usd(p.AmountMinor)))],
        Withholding = EstimateDesk.Dollars(known.Filing?.WithholdingMinor ?? 0),
        PriorOverpaymentApplied = EstimateDesk.Dollars(known.Filing?.PriorOverpaymentAppliedMinor ?? 0),
        PriorYear = known.Filing is { PriorYearTaxMinor: { } tax, PriorYearAgiMinor: { } agi } filing
            ? new PriorYear(EstimateDesk.Dollars(tax), EstimateDesk.Dollars(agi), filing.PriorYearFiledInFull)
            : null,
    };
}
