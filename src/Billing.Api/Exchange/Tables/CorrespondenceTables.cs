using Billing.Domain.Banking;
using Billing.Domain.Mailing;
using Billing.Domain.Values;
using Billing.Projections.Banking;

namespace Billing.Api.Exchange.Tables;

/// <summary>What was written to whom, and what the bank said of what came back.</summary>
internal static class CorrespondenceTables
{
    public static CsvTable Mails(BookNames names, IReadOnlyDictionary<Guid, MailState> mails)
    {
        var table = new CsvTable(
            "mails", "mail_id", "kind", "status", "client_id", "client", "recipient", "subject", "invoice_id", "invoice_number",
            "credit_note_id", "quote_id", "quote_revision", "payment_id", "days_after_due", "attachments", "asked_at", "attempts",
            "last_attempt_at");
        foreach (var (id, mail) in mails)
        {
            if (mail.Asked is not { } asked) continue;
            table.Add(
                id, asked.Kind, mail.Status, asked.ClientId, names.Client(asked.ClientId), mail.Recipient, asked.Texts?.Subject,
                asked.InvoiceId, names.InvoiceNumber(asked.InvoiceId), asked.CreditNoteId, asked.Quote?.QuoteId, asked.Quote?.Revision,
                asked.PaymentId, asked.StepDays, string.Join(' ', asked.Attachments.Select(attached => attached.Kind)), asked.AskedAt,
                mail.Attempts, mail.AttemptedAt);
        }
        return table;
    }

    public static IEnumerable<CsvTable> BankLines(BookNames names, IReadOnlyDictionary<Guid, BankLineState> bankLines)
    {
        var table = new CsvTable(
            "bank_lines", "bank_line_id", "account", "booked_on", "amount", "currency", "payer", "text", "bank_reference", "status",
            "imported_at");
        var matches = new CsvTable("bank_matches", "bank_line_id", "payment_id", "invoice_id", "invoice_number");
        foreach (var line in bankLines.Values.OfType<BankLineState.Imported>())
        {
            var facts = line.Facts;
            table.Add(
                facts.LineId, facts.Account, facts.BookedOn, BookNames.Amount(facts.AmountMinor, Currency.Of(facts.Currency)),
                facts.Currency, facts.Payer, facts.Text, facts.BankReference, StatusOf(line), facts.ImportedAt);
            foreach (var paymentId in line.PaymentIds)
            {
                var invoiceId = names.Book.Payments.GetValueOrDefault(paymentId)?.InvoiceOfIt;
                matches.Add(facts.LineId, paymentId, invoiceId, names.InvoiceNumber(invoiceId));
            }
        }
        return [table, matches];
    }

    private static string StatusOf(BankLineState.Imported line) => line switch
    {
        { IsMatched: true } => BankLineStatus.Matched,
        { IsSetAside: true } => BankLineStatus.SetAside,
        _ => BankLineStatus.Open,
    };
}
