using NodaTime;

namespace Billing.Domain.Retainers;

/// <summary>The books' own history of a retainer, as its account takes it.</summary>
public static class RetainerFacts
{
    public static IReadOnlyList<RetainerFact> Of(RetainerState.Agreed retainer) =>
    [
        .. retainer.Lots.Select(lot => new RetainerFact.Funded(lot.FundedOn, lot.LotId, lot.FundedMinor - TaxOf(retainer, lot))),
        .. retainer.Bought.Select(lot => (Lot: lot, On: CountsFrom(retainer, lot))).Where(bought => bought.On is not null)
            .Select(bought => new RetainerFact.Bought(
                bought.On!.Value, bought.Lot.LotId, bought.Lot.Seconds, bought.Lot.PriceMinor)),
        .. retainer.Renewals.Select(renewal => new RetainerFact.Renewed(renewal.RenewedOn, renewal.RenewalId)),
        .. retainer.Approvals.Select(
            approval => new RetainerFact.Approved(approval.PeriodDay ?? approval.ApprovedOn, approval.ApprovalId, approval.Quantity)),
        .. retainer.Draws.SelectMany(draw => draw.Value.Lots.Select(lot => new RetainerFact.Drawn(
            draw.Value.DrawnOn, draw.Key, lot.LotId, lot.AmountMinor, UseOf.Lot, lot.AmountMinor))),
        .. retainer.HoursDraws.SelectMany(draw => draw.Value.Uses.Select(use => new RetainerFact.Drawn(
            use.WorkedOn, draw.Key, use.LotId, use.Seconds, use.How, use.ValueMinor) { SurchargeMinor = use.SurchargeMinor ?? 0 })),
        .. retainer.Refunds.SelectMany(refund => refund.Lots.Select(lot => new RetainerFact.Refunded(
            refund.RefundedOn, refund.RefundId, lot.LotId, lot.Quantity, lot.AmountMinor))),
        .. retainer.TakenBack.SelectMany(taken => taken.Lots.Select(lot => TakenBack(retainer, taken, lot))),
    ];

    /// <summary>Where hours are counted, so much less was paid in, without its tax; where money is, so much less is there to draw, tax
    /// among it as on what it pays.</summary>
    private static RetainerFact TakenBack(
        RetainerState.Agreed retainer, RetainerEvent.RetainerFundingTakenBack taken, LotDraw lot) => retainer.CountsHours
            ? new RetainerFact.Funded(taken.TakenBackOn, taken.MovementId, (lot.TaxMinor ?? 0) - lot.AmountMinor)
            : new RetainerFact.Refunded(taken.TakenBackOn, taken.MovementId, lot.LotId, lot.AmountMinor, lot.AmountMinor);

    /// <summary>What of it pays for no hours: its tax.</summary>
    private static long TaxOf(RetainerState.Agreed retainer, RetainerLot lot) =>
        retainer.CountsHours ? lot.Tax?.TaxMinor ?? 0 : 0;

    /// <summary>The day from which bought hours can be used; null while their price is not paid. What is paid back later is missing
    /// from what was received, and takes no hours away.</summary>
    private static LocalDate? CountsFrom(RetainerState.Agreed retainer, BoughtHours lot)
    {
        if (!lot.CountsOncePaid) return lot.BoughtOn;
        var open = lot.PriceMinor;
        foreach (var paid in retainer.Lots.Where(paid => paid.InvoiceId == lot.InvoiceId))
        {
            open -= paid.FundedMinor - TaxOf(retainer, paid);
            if (open <= 0) return LocalDate.Max(lot.BoughtOn, paid.FundedOn);
        }
        return null;
    }

    /// <summary>The account at the end of a day, with what invoices drew and with nothing that is unbilled.</summary>
    public static RetainerAccount Account(RetainerState.Agreed retainer, LocalDate through) => RetainerAccount.Reckon(
        retainer.RetainerId, retainer.Terms, retainer.LastDay, Of(retainer), through);

    /// <summary>The last day of which an invoice has drawn something; null where none has.</summary>
    public static LocalDate? LastDrawn(RetainerState.Agreed retainer)
    {
        LocalDate? last = null;
        foreach (var drawn in Of(retainer).OfType<RetainerFact.Drawn>())
            if (last is null || drawn.Day > last) last = drawn.Day;
        return last;
    }
}
