using Billing.Domain.Access;
using Billing.Domain.Retainers;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Invoicing.InvoiceEvent;
using static Billing.Domain.Invoicing.NumberingEvent;

namespace Billing.Domain.Invoicing;

/// <summary>
/// Taking an invoice back, in full or part, by a credit note with a number of its own, in one atomic append. What is still due
/// is reduced first; what the client's own credit paid is that again; the rest of what was paid before is refunded, kept for the
/// client, or was given back by hand.
/// </summary>
public abstract record Crediting
{
    private Crediting() { }

    /// <param name="Invoice">The credit note, after the taking off of credit that paid what is credited, and before the closing of a
    /// checkout that asks for too much by now.</param>
    /// <param name="ClosedCheckout">The payment whose session is to be expired; of money that comes all the same, what exceeds
    /// the balance is credit.</param>
    public sealed record Accepted(IReadOnlyList<InvoiceEvent> Invoice, NumberGiven Numbering, Guid? ClosedCheckout) : Crediting
    {
        /// <summary>What of a paid deposit leaves its retainer.</summary>
        public IReadOnlyList<RetainerWrite> Retainers { get; init; } = [];

        /// <summary>Credit of the client that paid what is credited, returned to where it stands.</summary>
        public IReadOnlyList<InvoiceWrite> Credit { get; init; } = [];

        public CreditNoteIssued Note => Invoice.OfType<CreditNoteIssued>().Single();
    }

    public sealed record AlreadyDone : Crediting;

    public sealed record Refused(Rejection Rejection) : Crediting;

    /// <summary>The number series, and so the numbering stream's id, that the credit note will take its number from.</summary>
    public static string SeriesOf(LocalDate issuedOn, BusinessState.Open business) =>
        Numbering.Series(business.Invoicing.CreditNotes, issuedOn.Year);

    /// <summary>Refuses: <c>invoice-unknown</c>, <c>invoice-not-finalized</c>, <c>invoice-voided</c>, <c>id-taken</c>,
    /// <c>invoice-written-off</c>, <c>credited-on-implausible</c>, <c>settlement-differs</c>, what <see cref="Wording.RefuseName"/>,
    /// <see cref="CreditedAmounts.Of"/> and <see cref="CreditedDeposit.Of"/> refuse.</summary>
    /// <param name="series">As <see cref="SeriesOf"/> says it.</param>
    /// <param name="numbering">Of that series.</param>
    /// <param name="retainer">The one that a deposit funds; null for other invoices.</param>
    public static Crediting Decide(
        InvoiceState state, IssueCreditNote command, string series, NumberingState numbering, RetainerState? retainer = null)
    {
        if (Invoice.NotPayable(state, command.InvoiceId) is { } unfit) return new Refused(unfit);
        var invoice = state.Issued!;
        if (invoice.CreditNotes.GetValueOrDefault(command.CreditNoteId) is { Facts: var known })
        {
            return known.IssuedOn == command.IssuedOn && known.Reason == command.Reason
                ? new AlreadyDone()
                : new Refused(new Rejection("id-taken", "Another credit note has this id. Choose a new one.", "/id"));
        }
        if (invoice.History.Exists(source => source.Id == command.CreditNoteId))
            return new Refused(new Rejection("id-taken", "A payment of this invoice has this id. Choose a new one.", "/id"));
        if (invoice.WrittenOff is not null)
            return new Refused(new Rejection("invoice-written-off", "What was open on this invoice was written off already."));
        if (RefuseDocument(invoice, command) is { } implausible) return new Refused(implausible);
        if (CreditedAmounts.Of(invoice, command, out var lines) is { } tooMuch) return new Refused(tooMuch);
        if (CreditedDeposit.Of(invoice, command, retainer, ref lines, out var withdrawn) is { } used) return new Refused(used);

        var total = lines.Sum(line => line.AmountMinor);
        var credit = CreditRelease.Off(invoice, Math.Max(0, total - invoice.BalanceMinor), command.IssuedOn);
        var reduced = Math.Min(total, credit.Invoice.Aggregate(state, Invoicing.Invoice.Evolve).OpenMinor);
        if (RefuseSettlement(invoice, command.Settlement, total - reduced) is { } unsettled) return new Refused(unsettled);
        var number = Numbering.Decide(numbering, new GiveNumber(series, command.CreditNoteId));
        return Accept(invoice, command, lines, reduced, credit, number) with { Retainers = withdrawn };
    }

    private static Accepted Accept(
        IssuedInvoice invoice, IssueCreditNote command, IReadOnlyList<CreditedLine> lines, long reduced, CreditRelease credit,
        NumberGiven number)
    {
        var settlement = command.Settlement;
        var note = new CreditNoteIssued(
            command.CreditNoteId, number.Number, invoice.Facts.Currency, command.IssuedOn, lines,
            lines.Sum(line => line.AmountMinor), reduced, settlement.RefundDue?.Minor ?? 0, settlement.ClientCredit?.Minor ?? 0,
            settlement.SettledOutside?.Minor ?? 0, command.Reason, command.At)
        {
            TaxMinor = invoice.Facts.Tax is null ? null : CreditedTax.PartsOf(invoice.Facts, lines).Sum(part => part.TaxMinor),
        };
        var closed = invoice.Checkout is not null && reduced > 0 ? invoice.Checkout.PaymentId : (Guid?)null;
        IEnumerable<InvoiceEvent> after = closed is { } paymentId ? [new CheckoutClosed(paymentId, command.At)] : [];
        return new Accepted([.. credit.Invoice, note, .. after], number, closed) { Credit = credit.Others };
    }

    private static Rejection? RefuseDocument(IssuedInvoice invoice, IssueCreditNote command)
    {
        if (Wording.RefuseName(command.Reason, "/reason") is { } unfit) return unfit;
        var isPlausible = command.IssuedOn >= invoice.Facts.IssuedOn
            && command.IssuedOn <= command.At.InUtc().Date.PlusDays(Finalization.MaxDaysAhead);
        return isPlausible
            ? null
            : new Rejection("credited-on-implausible",
                $"A credit note is issued on its invoice's day or later, at most {Finalization.MaxDaysAhead} days ahead.",
                "/issuedOn", RejectionKind.Invalid);
    }

    /// <param name="paidMinor">What of the credit was paid before.</param>
    private static Rejection? RefuseSettlement(IssuedInvoice invoice, CreditSettlement settlement, long paidMinor) =>
        settlement.Parts.All(part => !part.IsNegative) && settlement.TotalMinor == paidMinor
            ? null
            : new Rejection("settlement-differs",
                $"{new Money(paidMinor, invoice.Currency)} of what is credited was paid before. Say how much of it is refunded, kept as "
                + "the client's credit and settled outside, so that the three add up to it.", "/refundDue");
}
