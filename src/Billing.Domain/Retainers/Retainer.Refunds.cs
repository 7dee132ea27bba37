using Billing.Domain.Payments;
using NodaTime;
using static Billing.Domain.Retainers.RetainerEvent;

namespace Billing.Domain.Retainers;

/// <content>Money given back: first it is owed to the client, then it goes out.</content>
public static partial class Retainer
{
    /// <summary>All that is left of what can still be refunded, at no more than was paid for it. Refuses: <c>retainer-unknown</c>,
    /// <c>nothing-to-refund</c>, <c>refund-window-over</c>, <c>refund-by-credit-note</c>, <c>retainer-day-implausible</c>.</summary>
    /// <param name="today">In the practice's zone: the terms' days for a refund end when they are over, whatever day it is
    /// dated.</param>
    public static Decision<RetainerEvent> Decide(RetainerState state, RefundRetainer command, LocalDate today)
    {
        if (state is not RetainerState.Agreed agreed) return Unknown(command.RetainerId);
        if (agreed.Refunds.Exists(refund => refund.RefundId == command.RefundId)) return Decision<RetainerEvent>.AlreadyDone;
        if (RefuseDay(agreed, command.RefundedOn, command.At, "/refundedOn") is { Code: not "retainer-closed" } refusal)
            return refusal;
        var day = LocalDate.Max(today, command.RefundedOn);
        var account = RetainerFacts.Account(agreed, day);
        var left = account.Lots.FindAll(lot => lot is { IsOver: false, Free: > 0 } && lot.GrantedOn <= command.RefundedOn);
        if (left.IsEmpty) return new Rejection("nothing-to-refund", "Nothing is left in the retainer.");
        var refunded = left.FindAll(lot => !(account.RefundableThrough(lot) < day));
        if (refunded.IsEmpty)
        {
            return new Rejection("refund-window-over",
                "The terms' days for a refund are over for all that is left. Let it be used, or change the terms.");
        }
        if (agreed.Lots.Exists(lot => lot.Tax is not null))
        {
            return new Rejection("refund-by-credit-note",
                "Sales tax was charged with a deposit of this retainer. Credit the deposit's invoice or refund "
                + "its payment, which gives the tax back too.");
        }
        var paid = agreed.CountsHours ? account.UnearnedMinor(day) : long.MaxValue;
        if (paid == 0) return new Rejection("nothing-to-refund", "Nothing of what is left was paid for.");
        var lots = new List<LotRefund>();
        foreach (var lot in refunded)
        {
            var amount = Math.Min(lot.RefundOf(lot.Free), paid);
            lots.Add(new LotRefund(lot.LotId, lot.Free, amount));
            paid -= amount;
        }
        return new RetainerRefunded(command.RefundId, lots, command.RefundedOn);
    }

    /// <summary>The money went out, by hand. Refuses: <c>retainer-unknown</c>, <c>refund-unknown</c>, <c>refund-settled</c> and what
    /// <see cref="HandedBack.Refuse"/> refuses.</summary>
    public static Decision<RetainerEvent> Decide(RetainerState state, SettleRetainerRefund command)
    {
        if (state is not RetainerState.Agreed agreed) return Unknown(command.RetainerId);
        if (agreed.Refunds.Find(known => known.RefundId == command.RefundId) is not { } refund)
            return new Rejection("refund-unknown", "The retainer has no such refund.", "/refundId", RejectionKind.NotFound);
        if (agreed.Settlements.TryGetValue(command.RefundId, out var before))
        {
            return (before.Method, before.SettledOn, before.Reference) == (command.Method, command.SettledOn, command.Reference)
                ? Decision<RetainerEvent>.AlreadyDone
                : new Rejection("refund-settled", "What was left of this retainer was given back already.");
        }
        return HandedBack.Refuse(command.Method, command.Reference, command.SettledOn, refund.RefundedOn, command.At) is { } refusal
            ? refusal
            : new RetainerRefundSettled(
                refund.RefundId, command.Method, command.SettledOn, command.Reference, DepositsOf(agreed, refund), command.At);
    }

    /// <summary>Money that was paid in goes back as of the deposit of its lot. Hours that were paid for have none of their own: the
    /// deposits that came last give first.</summary>
    private static List<DepositRefund> DepositsOf(RetainerState.Agreed agreed, RetainerRefunded refund)
    {
        var rest = refund.Lots.Sum(lot => lot.AmountMinor);
        var deposits = new Dictionary<Guid, long>();
        foreach (var lot in agreed.Lots)
            Give(lot.InvoiceId, refund.Lots.Where(refunded => refunded.LotId == lot.LotId).Sum(refunded => refunded.AmountMinor));
        foreach (var invoice in agreed.Lots.Select(lot => lot.InvoiceId).Distinct().Reverse())
            Give(invoice, Math.Min(rest, Math.Max(0, Kept(agreed, invoice))));
        // What was given back of a deposit in another way meanwhile is due all the same.
        if (rest > 0) Give(agreed.Lots[^1].InvoiceId, rest);
        return [.. deposits.Select(deposit => new DepositRefund(deposit.Key, deposit.Value))];

        void Give(Guid invoiceId, long minor)
        {
            if (minor == 0) return;
            deposits[invoiceId] = deposits.GetValueOrDefault(invoiceId) + minor;
            rest -= minor;
        }
    }

    /// <summary>What a deposit brought and did not go back, in minor units.</summary>
    private static long Kept(RetainerState.Agreed agreed, Guid invoiceId)
    {
        var lots = agreed.Lots.FindAll(lot => lot.InvoiceId == invoiceId);
        return lots.Sum(lot => lot.FundedMinor)
            - agreed.TakenBack.SelectMany(taken => taken.Lots)
                .Where(taken => lots.Exists(lot => lot.LotId == taken.LotId)).Sum(taken => taken.AmountMinor)
            - agreed.Settlements.Values.SelectMany(settled => settled.Deposits)
                .Where(deposit => deposit.InvoiceId == invoiceId).Sum(deposit => deposit.AmountMinor);
    }
}
