using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Invoicing.InvoiceEvent;

namespace Billing.Domain.Invoicing;

/// <summary>
/// Paying an invoice from the client's credit, in one atomic append to it and to every invoice that the credit stands on: so the same
/// credit is never used twice. No money moves.
/// </summary>
public abstract record CreditApplication
{
    private CreditApplication() { }

    /// <param name="Invoice">What the invoice that is paid is told.</param>
    /// <param name="Sources">What the invoices that the credit stands on are told.</param>
    public sealed record Accepted(IReadOnlyList<InvoiceEvent> Invoice, IReadOnlyList<InvoiceWrite> Sources) : CreditApplication
    {
        public long AmountMinor => Sources.Sum(write => ((ClientCreditUsed)write.Event).AmountMinor);
    }

    public sealed record AlreadyDone : CreditApplication;

    public sealed record Refused(Rejection Rejection) : CreditApplication;

    /// <summary>Refuses: <c>invoice-unknown</c>, <c>invoice-not-finalized</c>, <c>invoice-voided</c>, <c>id-taken</c>,
    /// <c>deposit-takes-no-credit</c>, <c>invoice-already-paid</c>, <c>currency-mismatch</c>, <c>amount-not-positive</c>,
    /// <c>amount-exceeds-balance</c>, <c>applied-on-implausible</c>, <c>no-credit-left</c>, <c>credit-exceeds-left</c>.</summary>
    /// <param name="holders">The invoices that credit of the client may stand on; others are no matter.</param>
    public static CreditApplication Decide(InvoiceState state, ApplyCredit command, IReadOnlyList<CreditHolder> holders)
    {
        if (Invoicing.Invoice.NotPayable(state, command.InvoiceId) is { } unfit) return new Refused(unfit);
        var invoice = state.Issued!;
        var known = invoice.AppliedCredits.FindAll(credit => credit.ApplicationId == command.ApplicationId);
        if (known.Count > 0)
        {
            return command.Amount is not { } same || same.Minor == known.Sum(credit => credit.AppliedMinor)
                ? new AlreadyDone()
                : new Refused(new Rejection("id-taken", "Credit was applied under this id before. Choose a new one.", "/id"));
        }
        if (Refuse(invoice, command) is { } refusal) return new Refused(refusal);
        var sources = SourcesFor(invoice, holders, command.AppliedOn)
            .Where(source => command.Source is not { } named
                || (named.InvoiceId == source.Source.InvoiceId
                    && (named.CreditNoteId is null || named.CreditNoteId == source.Source.CreditNoteId)))
            .ToList();
        var left = new Money(sources.Sum(source => source.LeftMinor), invoice.Currency);
        if (left.IsZero)
            return new Refused(new Rejection("no-credit-left", "The client has no credit that could pay this invoice on that day."));
        if (command.Amount is { } wished && wished.Minor > left.Minor)
            return new Refused(new Rejection("credit-exceeds-left", $"Only {left} of the client's credit is left.", "/amount"));
        return Apply(invoice, command, sources, command.Amount?.Minor ?? Math.Min(left.Minor, invoice.BalanceMinor));
    }

    private static Rejection? Refuse(IssuedInvoice invoice, ApplyCredit command)
    {
        if (invoice.Facts.Kind == InvoiceKind.Deposit)
            return new Rejection("deposit-takes-no-credit", "A deposit asks for money ahead of work; credit pays invoices of work.");
        if (invoice.BalanceMinor <= 0) return new Rejection("invoice-already-paid", "Nothing is open on this invoice.");
        if (command.Amount is { } amount)
        {
            if (amount.Currency != invoice.Currency)
                return Invalid("currency-mismatch", $"The invoice is in {invoice.Currency}.", "/amount/currency");
            if (!amount.IsPositive) return Invalid("amount-not-positive", "The amount must be more than zero.", "/amount");
            if (amount.Minor > invoice.BalanceMinor)
                return new Rejection("amount-exceeds-balance", "That is more than is open on the invoice.", "/amount");
        }
        // Somewhere on earth it is a day later than in UTC; an invoice that is dated ahead is paid on its day.
        var last = LocalDate.Max(command.At.InUtc().Date.PlusDays(1), invoice.Facts.IssuedOn);
        return command.AppliedOn < invoice.Facts.IssuedOn || command.AppliedOn > last
            ? Invalid("applied-on-implausible", "Credit is applied on the invoice's day or later, and not in the future.", "/appliedOn")
            : null;
    }

    /// <summary>Of the same client and currency, the oldest documents first; what an invoice holds itself pays others only.</summary>
    private static IEnumerable<(CreditSource Source, long LeftMinor)> SourcesFor(
        IssuedInvoice invoice, IReadOnlyList<CreditHolder> holders, LocalDate day) => holders
        .Where(holder => holder.Invoice.Issued?.Facts is { } facts && facts.InvoiceId != invoice.Facts.InvoiceId
            && facts.ClientId == invoice.Facts.ClientId && facts.Currency == invoice.Facts.Currency && facts.IssuedOn <= day)
        .OrderBy(holder => holder.Invoice.Issued!.Facts.IssuedOn)
        .ThenBy(holder => holder.Invoice.Issued!.Facts.Number, StringComparer.Ordinal)
        .SelectMany(holder => holder.Sources().Where(source => source.Source.CreditNoteId is not { } note
            || holder.Invoice.Issued!.CreditNotes[note].Facts.IssuedOn <= day));

    private static Accepted Apply(
        IssuedInvoice invoice, ApplyCredit command, List<(CreditSource Source, long LeftMinor)> sources, long amountMinor)
    {
        var (events, writes) = (new List<InvoiceEvent>(), new List<InvoiceWrite>());
        foreach (var (source, leftMinor) in sources)
        {
            var minor = Math.Min(leftMinor, amountMinor);
            if (minor == 0) break;
            var useId = CreditUse.IdOf(command, source);
            events.Add(new ClientCreditApplied(
                useId, command.ApplicationId, source.InvoiceId, source.CreditNoteId, minor, invoice.Currency.Code, command.AppliedOn,
                command.At));
            writes.Add(new InvoiceWrite(source.InvoiceId, new ClientCreditUsed(
                useId, source.CreditNoteId, invoice.Facts.InvoiceId, minor, command.AppliedOn)));
            amountMinor -= minor;
        }
        return new Accepted(events, writes);
    }

    private static Rejection Invalid(string code, string detail, string field) => new(code, detail, field, RejectionKind.Invalid);
}

/// <summary>Pays an invoice from the client's credit.</summary>
/// <param name="ApplicationId">One command, one id.</param>
/// <param name="Amount">Null for as much as fits.</param>
/// <param name="Source">Null for the oldest first; without a credit note, all that stands on its invoice.</param>
public sealed record ApplyCredit(
    Guid InvoiceId, Guid ApplicationId, Money? Amount, CreditSource? Source, LocalDate AppliedOn, Instant At);
