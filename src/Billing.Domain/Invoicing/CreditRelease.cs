using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Invoicing.InvoiceEvent;

namespace Billing.Domain.Invoicing;

/// <summary>Credit that pays an invoice no more and is the client's again, what was applied last before what was applied first. Both
/// invoices of each part are told in one append.</summary>
/// <param name="Invoice">What the invoice that is decided on is told.</param>
/// <param name="Others">What the others are told.</param>
public sealed record CreditRelease(IReadOnlyList<InvoiceEvent> Invoice, IReadOnlyList<InvoiceWrite> Others)
{
    /// <summary>Takes credit off the invoice that it pays.</summary>
    /// <param name="amountMinor">At most what is applied to it.</param>
    internal static CreditRelease Off(IssuedInvoice invoice, long amountMinor, LocalDate on)
    {
        var (events, others) = (new List<InvoiceEvent>(), new List<InvoiceWrite>());
        foreach (var credit in invoice.AppliedCredits.Reverse())
        {
            var minor = Math.Min(amountMinor, credit.AmountMinor);
            if (minor <= 0) continue;
            events.Add(new ClientCreditTakenOff(credit.UseId, credit.NextReturnId, minor, on));
            others.Add(new InvoiceWrite(credit.Source.InvoiceId, new ClientCreditReturned(
                credit.UseId, credit.NextReturnId, credit.Source.CreditNoteId, minor, on)));
            amountMinor -= minor;
        }
        return new CreditRelease(events, others);
    }

    /// <summary>Calls credit home that pays other invoices, where its money went back: they are due again.</summary>
    internal static CreditRelease Home(IssuedInvoice invoice, LocalDate on)
    {
        var (events, others, missing) = (new List<InvoiceEvent>(), new List<InvoiceWrite>(), -invoice.OverpaidMinor);
        foreach (var use in invoice.CreditUses.Reverse().Where(use => use.CreditNoteId is null))
        {
            var minor = Math.Min(missing, use.AmountMinor);
            if (minor <= 0) continue;
            events.Add(new ClientCreditReturned(use.UseId, use.NextReturnId, null, minor, on));
            others.Add(new InvoiceWrite(use.InvoiceId, new ClientCreditTakenOff(use.UseId, use.NextReturnId, minor, on)));
            missing -= minor;
        }
        return new CreditRelease(events, others);
    }

    /// <summary>Takes credit off by hand. Refuses: <c>invoice-unknown</c>, <c>invoice-not-finalized</c>, <c>invoice-voided</c>,
    /// <c>no-credit-applied</c>, <c>currency-mismatch</c>, <c>amount-not-positive</c>, <c>credit-exceeds-applied</c>,
    /// <c>taken-off-on-implausible</c>.</summary>
    public static Rejection? Decide(InvoiceState state, TakeCreditOff command, out CreditRelease release)
    {
        release = new CreditRelease([], []);
        if (Invoicing.Invoice.NotPayable(state, command.InvoiceId) is { } unfit) return unfit;
        var invoice = state.Issued!;
        var applied = new Money(invoice.CreditAppliedMinor, invoice.Currency);
        if (applied.IsZero) return new Rejection("no-credit-applied", "No credit of the client pays this invoice.");
        if (command.Amount is { } amount)
        {
            if (amount.Currency != invoice.Currency)
                return Invalid("currency-mismatch", $"The invoice is in {invoice.Currency}.", "/amount/currency");
            if (!amount.IsPositive) return Invalid("amount-not-positive", "The amount must be more than zero.", "/amount");
            if (amount.Minor > applied.Minor)
                return new Rejection("credit-exceeds-applied", $"Only {applied} of the client's credit pays this invoice.", "/amount");
        }
        // Somewhere on earth it is a day later than in UTC.
        if (command.TakenOffOn < invoice.AppliedCredits.Max(credit => credit.AppliedOn)
            || command.TakenOffOn > LocalDate.Max(command.At.InUtc().Date.PlusDays(1), invoice.Facts.IssuedOn))
        {
            return Invalid(
                "taken-off-on-implausible", "Credit is taken off on the day on which it was applied or later, and not in the future.",
                "/takenOffOn");
        }
        release = Off(invoice, command.Amount?.Minor ?? applied.Minor, command.TakenOffOn);
        return null;
    }

    private static Rejection Invalid(string code, string detail, string field) => new(code, detail, field, RejectionKind.Invalid);
}

/// <summary>Has credit pay an invoice no more; it is the client's again.</summary>
/// <param name="Amount">Null for all of it.</param>
public sealed record TakeCreditOff(Guid InvoiceId, Money? Amount, LocalDate TakenOffOn, Instant At);
