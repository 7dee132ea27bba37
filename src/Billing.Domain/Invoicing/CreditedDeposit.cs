using Billing.Domain.Retainers;
using Billing.Domain.Values;

namespace Billing.Domain.Invoicing;

/// <summary>
/// Crediting what was paid of a deposit: no more than is left of it in the retainer, with the tax that is left with it. Credit note and
/// retainer are told in one append.
/// </summary>
internal static class CreditedDeposit
{
    /// <summary>Nothing for other invoices, nor for what of a deposit was not paid. Refuses: <c>deposit-paid</c>,
    /// <c>deposit-credited-by-lines</c>, <c>deposit-used</c>.</summary>
    /// <param name="lines">What the credit note takes of the lines; of what was paid, as the retainer has it.</param>
    /// <param name="withdrawn">What is taken out of the retainer.</param>
    public static Rejection? Of(
        IssuedInvoice invoice, IssueCreditNote wish, RetainerState? retainer, ref IReadOnlyList<CreditedLine> lines,
        out IReadOnlyList<RetainerWrite> withdrawn)
    {
        withdrawn = [];
        if (invoice.Facts.Kind != InvoiceKind.Deposit || lines.Sum(line => line.AmountMinor) <= invoice.BalanceMinor) return null;
        if (invoice.BalanceMinor > 0)
        {
            return new Rejection("deposit-paid",
                $"Only {new Money(invoice.BalanceMinor, invoice.Currency)} of this deposit is open. Credit that by a note of its own, "
                + "and what was paid by another.");
        }
        if (retainer is not RetainerState.Agreed { CountsHours: false } agreed || agreed.RetainerId != invoice.Facts.RetainerId)
            return new Rejection("deposit-paid", "This deposit was paid for hours. What is left of them is refunded by the retainer.");
        if (wish.Lines.Count > 0)
        {
            return new Rejection("deposit-credited-by-lines",
                "What was paid of a deposit is credited by its amount; its tax goes along. Say no lines.", "/lines", RejectionKind.Invalid);
        }
        var amount = wish.Amount?.Minor ?? Retainer.LeftOf(agreed, invoice.Facts.InvoiceId);
        if (amount == 0) return new Rejection("deposit-used", "Nothing of this deposit is left in the retainer.");
        var decision = Retainer.Decide(
            agreed, new CreditFunding(agreed.RetainerId, invoice.Facts.InvoiceId, wish.CreditNoteId, amount, wish.IssuedOn));
        if (decision is Decision<RetainerEvent>.Rejected { Rejection: var refusal }) return refusal;
        withdrawn = [.. decision.Certain().Select(@event => new RetainerWrite(agreed.RetainerId, @event))];
        var tax = withdrawn.Select(write => write.Event).OfType<RetainerEvent.RetainerFundingTakenBack>()
            .SelectMany(taken => taken.Lots).Sum(lot => lot.TaxMinor ?? 0);
        lines = [.. new[] { new CreditedLine(1, amount - tax), new CreditedLine(2, tax) }.Where(line => line.AmountMinor > 0)];
        return null;
    }
}
