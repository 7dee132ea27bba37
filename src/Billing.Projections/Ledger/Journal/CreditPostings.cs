using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Values;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Projections.Ledger.Journal;

/// <summary>What the credit notes of an invoice post, the refunds that were settled by hand, the client's credit that pays it, and what
/// was given up.</summary>
internal static class CreditPostings
{
    public static IEnumerable<JournalTransaction> Of(PracticeBook book, IssuedInvoice invoice)
    {
        foreach (var (facts, refund) in invoice.CreditNotes.Values)
        {
            yield return Issued(invoice, facts);
            // What the processor gave back is posted with its payment.
            if (refund is not null && refund.Method != PaymentMethods.Stripe) yield return Settled(invoice, facts, refund);
        }
        if (invoice.WrittenOff is { } given) yield return WrittenOff(invoice, given);
        foreach (var credit in invoice.AppliedCredits)
        {
            yield return Applied(book, invoice, credit, JournalKind.CreditApplied, credit.AppliedOn, credit.AppliedMinor);
            foreach (var back in credit.Returns)
                yield return Applied(book, invoice, credit, JournalKind.CreditTakenOff, back.On, -back.AmountMinor);
        }
    }

    /// <summary>What the client had in hand pays what is due; no money moves.</summary>
    private static JournalTransaction Applied(
        PracticeBook book, IssuedInvoice invoice, AppliedCredit credit, string kind, LocalDate on, long minor)
    {
        var (amount, source) = (new Money(minor, invoice.Currency), book.Invoices.GetValueOrDefault(credit.Source.InvoiceId)?.Issued);
        var note = credit.Source.CreditNoteId is { } id ? source?.CreditNotes.GetValueOrDefault(id) : null;
        return new JournalTransaction(
            on, kind, note?.Facts.Number ?? source?.Facts.Number ?? "", invoice.Facts.ClientId,
            [Thing(invoice), new Thing(ThingKind.Invoice, credit.Source.InvoiceId)],
            [new(Accounts.ClientCredit, amount), new(Accounts.Receivable, -amount)]);
    }

    private static JournalTransaction Issued(IssuedInvoice invoice, InvoiceEvent.CreditNoteIssued note)
    {
        var kinds = invoice.Facts.Lines.ToDictionary(line => line.LineNumber, line => line.Kind);
        var postings = note.Lines.GroupBy(line => AccountOf(kinds[line.LineNumber]))
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Posting(group.Key, group.Sum(line => line.AmountMinor))).ToList();
        postings.AddRange([
            Posting(Accounts.Receivable, -note.ReducedMinor), Posting(Accounts.RefundsPayable, -note.RefundDueMinor),
            Posting(Accounts.ClientCredit, -note.ClientCreditMinor), Posting(Accounts.Bank, -note.SettledOutsideMinor),
        ]);
        return new JournalTransaction(
            note.IssuedOn, JournalKind.CreditNoteIssued, note.Number, invoice.Facts.ClientId, [Thing(invoice)],
            PracticeJournal.NotZero(postings));

        Posting Posting(string account, long minor) => new(account, new Money(minor, invoice.Currency));

        // Of a deposit, a note takes either what was asked for and never came, or what came and is left.
        string AccountOf(string lineKind) => invoice.Facts.Kind != InvoiceKind.Deposit || note.ReducedMinor > 0
            ? PracticeJournal.AccountOf(invoice.Facts, lineKind)
            : lineKind == LineKind.Tax ? Accounts.SalesTaxPayable : Accounts.Unearned;
    }

    private static JournalTransaction Settled(
        IssuedInvoice invoice, InvoiceEvent.CreditNoteIssued note, InvoiceEvent.RefundSettled refund)
    {
        var amount = new Money(note.RefundDueMinor, invoice.Currency);
        return new JournalTransaction(
            refund.SettledOn, JournalKind.RefundSettled, note.Number, invoice.Facts.ClientId, [Thing(invoice)],
            [new(Accounts.RefundsPayable, amount), new(Accounts.Bank, -amount)]);
    }

    /// <summary>A deposit that never came was never earned, so nothing is lost with it; sales tax that never came is not owed.</summary>
    private static JournalTransaction WrittenOff(IssuedInvoice invoice, InvoiceEvent.InvoiceWrittenOff given)
    {
        var amount = new Money(given.AmountMinor, invoice.Currency);
        var isDeposit = invoice.Facts.Kind == InvoiceKind.Deposit;
        var tax = new Money(isDeposit ? 0 : given.TaxMinor ?? 0, invoice.Currency);
        var account = isDeposit ? Accounts.DepositsRequested : Accounts.BadDebts;
        return new JournalTransaction(
            given.WrittenOffOn, "invoice-written-off", invoice.Facts.Number, invoice.Facts.ClientId, [Thing(invoice)],
            PracticeJournal.NotZero([new(account, amount - tax), new(Accounts.SalesTaxPayable, tax), new(Accounts.Receivable, -amount)]));
    }

    private static Thing Thing(IssuedInvoice invoice) => new(ThingKind.Invoice, invoice.Facts.InvoiceId);
}

/// <summary>Kinds of transactions by which clients' money moves, and sales tax that came with it.</summary>
internal static class JournalKind
{
    public const string PaymentReceived = "payment-received";
    public const string CreditNoteIssued = "credit-note-issued";
    public const string CreditApplied = "credit-applied";
    public const string CreditTakenOff = "credit-taken-off";
    public const string RefundSettled = "refund-settled";
    public const string RefundMade = "refund-made";
    public const string RefundFailed = "refund-failed";
    public const string DisputeWithdrawn = "dispute-withdrawn";
    public const string DisputeReinstated = "dispute-reinstated";
    public const string RetainerRefunded = "retainer-refunded";
    public const string RetainerRefundSettled = "retainer-refund-settled";

    /// <summary>To the tax office, or by it.</summary>
    public const string SalesTaxPaid = "sales-tax-paid";

    /// <summary>What the cash clock counts.</summary>
    public static bool MovesClientsMoney(string kind) => kind is PaymentReceived or CreditNoteIssued or RefundSettled
        or RefundMade or RefundFailed or DisputeWithdrawn or DisputeReinstated or RetainerRefundSettled;

    public static bool IsRetainersRefund(string kind) => kind is RetainerRefunded or RetainerRefundSettled;
}
