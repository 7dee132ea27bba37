using Billing.Domain.Retainers;

namespace Billing.Projections.Tests.Given;

/// <summary>Retainers of hours, beside those of money.</summary>
internal sealed partial class RandomHistory
{
    private void AgreeHours()
    {
        var (retainer, lot, invoice) = (New(9), New(15), New(7));
        var stream = $"retainer-{retainer:D}";
        Add(stream, new RetainerEvent.RetainerAgreed(retainer, Pick(clients), "USD", Words, [], Now));
        var terms = RetainerTerms.Plain(RetainerKind.HourBlock) with
        {
            Automatic = chance.Next(2) == 0,
            FeeMinor = 40_000,
            IncludedSeconds = 36_000,
            Block = new BlockTerms(Maybe(70), 70, null),
        };
        Add(stream, new RetainerEvent.RetainerTermsSet(Day, terms, Now));
        Add(stream, new RetainerEvent.RetainerHoursBought(lot, 36_000, 40_000, Day));
        Add(stream, new RetainerEvent.RetainerHoursDrawn(invoice, [new HoursUse(Day, lot, 3_600, UseOf.Lot, 4_000)], Day));
        if (chance.Next(2) == 0) Add(stream, new RetainerEvent.RetainerHoursReversed(invoice, 3_600, Day));
        Add(stream, new RetainerEvent.RetainerRenewed(New(16), Day));
        Add(stream, new RetainerEvent.RetainerOverageApproved(New(16), Day, Maybe(3_600L), Words, Now));
        if (chance.Next(3) == 0) Add(stream, new RetainerEvent.RetainerClosed(Day, Now));
    }

    /// <summary>What is left of a retainer of money is given back, or more is asked for.</summary>
    private void RefundOrFill()
    {
        if (retainers.Count == 0) return;
        var (_, stream, _, lots) = Pick(retainers);
        TakeFundingBack(stream, lots);
        Add(stream, new RetainerEvent.RetainerTopUpRequested(New(7), chance.Next(1_000, 90_000), Day));
        Add(stream, new RetainerEvent.RetainerFeeRequested(New(7), [Day], chance.Next(1_000, 90_000), Now));
        List<LotRefund> refunds = [.. lots.Where(lot => lot.Left > 0).Select(lot => new LotRefund(lot.Lot, lot.Left, lot.Left))];
        if (refunds.Count == 0 || chance.Next(3) > 0) return;
        var refund = New(16);
        Add(stream, new RetainerEvent.RetainerRefunded(refund, refunds, Day));
        var funded = events.Select(e => e.Event).OfType<RetainerEvent.RetainerFunded>()
            .ToDictionary(lot => lot.LotId, lot => lot.InvoiceId);
        List<DepositRefund> deposits = [.. refunds.Select(lot => new DepositRefund(funded[lot.LotId], lot.AmountMinor))];
        if (refunds.Count % 2 == 1) Add(stream, new RetainerEvent.RetainerRefundSettled(refund, "transfer", Day, "Wire 7", deposits, Now));
        for (var i = 0; i < lots.Count; i++) lots[i] = (lots[i].Lot, 0);
    }
}
