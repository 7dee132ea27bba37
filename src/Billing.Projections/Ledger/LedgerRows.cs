using Billing.Domain.Ledger;
using Billing.Projections.Rows;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Ledger;

/// <summary>
/// Income on the cash clock: what one payment brought for one line of its invoice. Line 0 is what it left as credit. Where the
/// client's credit is used, the lines that it is taken from are numbered below zero.
/// </summary>
internal sealed class CashReceiptRow : Row
{
    public static readonly Shape<CashReceiptRow> Shape = new Shape<CashReceiptRow>(
        "cash_receipts", "book", "source", "source_id", "invoice_id", "line_number")
        .Date("received_on", row => ref row.ReceivedOn)
        .Text("kind", row => ref row.Kind)
        .Number("amount_minor", row => ref row.AmountMinor)
        .Text("currency", row => ref row.Currency)
        .Id("client_id", row => ref row.ClientId)
        .OptionalId("engagement_id", row => ref row.EngagementId)
        .OptionalId("expense_id", row => ref row.ExpenseId)
        .OptionalId("retainer_id", row => ref row.RetainerId)
        .Index("by_day", "(book, received_on)");

    public LocalDate ReceivedOn;
    public string Kind = "";
    public long AmountMinor;
    public string Currency = "";
    public Guid ClientId;
    public Guid? EngagementId;
    public Guid? ExpenseId;
    public Guid? RetainerId;
}

/// <param name="Line">Which of the rows of one movement on one invoice.</param>
internal readonly record struct ReceiptKey(long Book, CashSource Source, Guid InvoiceId, long Line) : IKey
{
    public static IReadOnlyList<SqlType> Types => [SqlType.Number, SqlType.Text, SqlType.Id, SqlType.Id, SqlType.Number];

    public void AddTo(Command command)
    {
        command.Add(Book);
        command.Add(Source.Kind);
        command.Add(Source.Id);
        command.Add(InvoiceId);
        command.Add(Line);
    }
}

/// <summary>What the processor kept of a payment, by balance transaction: an expense of the day it was charged.</summary>
internal sealed class ProcessorFeeRow : Row
{
    public static readonly Shape<ProcessorFeeRow> Shape = new Shape<ProcessorFeeRow>(
        "processor_fees", "book", "payment_id", "balance_transaction_id")
        .Date("charged_on", row => ref row.ChargedOn)
        .Number("amount_minor", row => ref row.AmountMinor)
        .Text("currency", row => ref row.Currency)
        .Index("by_day", "(book, charged_on)");

    public LocalDate ChargedOn;
    public long AmountMinor;
    public string Currency = "";
}

/// <summary>What the ledger has to know of a finalised invoice to recognise its receipts.</summary>
internal sealed class LedgerInvoiceRow : Row
{
    public static readonly Shape<LedgerInvoiceRow> Shape = new Shape<LedgerInvoiceRow>("ledger_invoices", "book", "invoice_id")
        .Id("client_id", row => ref row.ClientId)
        .Text("currency", row => ref row.Currency)
        .Text("lines", row => ref row.Lines)
        .Number("applied_minor", row => ref row.AppliedMinor)
        .OptionalText("received", row => ref row.Received)
        .Number("turned_tax_minor", row => ref row.TurnedTaxMinor);

    public Guid ClientId;
    public string Currency = "";

    public string Lines = "";

    /// <summary>What receipts before the last credit note brought of each line and did not go back; null before there was one.</summary>
    public string? Received;

    /// <summary>What earlier receipts brought; after a credit note, the lines are what is open then, and this begins anew.</summary>
    public long AppliedMinor;

    /// <summary>What of its sales tax retainers paid, from deposits that were income when they came; less what these bore of it.</summary>
    public long TurnedTaxMinor;
}

/// <summary>What the ledger has to know of a credit note to take back what is refunded later.</summary>
internal sealed class LedgerCreditRow : Row
{
    public static readonly Shape<LedgerCreditRow> Shape = new Shape<LedgerCreditRow>(
        "ledger_credits", "book", "invoice_id", "credit_note_id")
        .Text("lines", row => ref row.Lines)
        .Number("refund_due_minor", row => ref row.RefundDueMinor);

    /// <summary>The credited lines, with what was credited of each.</summary>
    public string Lines = "";

    public long RefundDueMinor;
}

/// <summary>Which invoice an online payment is for.</summary>
internal sealed class LedgerPaymentRow : Row
{
    public static readonly Shape<LedgerPaymentRow> Shape = new Shape<LedgerPaymentRow>("ledger_payments", "book", "payment_id")
        .Id("invoice_id", row => ref row.InvoiceId)
        .Id("client_id", row => ref row.ClientId);

    public Guid InvoiceId;
    public Guid ClientId;
}

/// <summary>An invoice line without the hours behind it.</summary>
internal sealed record LedgerLine(
    int LineNumber, string Kind, Guid? EngagementId, long AmountMinor, Guid? ExpenseId, long RetainerAppliedMinor,
    string? Period = null, string? TaxCategory = null, int? TaxHundredThousandths = null);
