using Billing.Projections.Rows;
using NodaTime;

namespace Billing.Projections.Invoicing;

internal sealed class CreditNoteRow : Row
{
    public static readonly Shape<CreditNoteRow> Shape = new Shape<CreditNoteRow>("credit_notes", "book", "invoice_id", "credit_note_id")
        .Id("client_id", row => ref row.ClientId)
        .Text("number", row => ref row.Number)
        .Date("issued_on", row => ref row.IssuedOn)
        .Text("currency", row => ref row.Currency)
        .Number("total_minor", row => ref row.TotalMinor)
        .Number("tax_minor", row => ref row.TaxMinor)
        .Number("reduced_minor", row => ref row.ReducedMinor)
        .Number("refund_due_minor", row => ref row.RefundDueMinor)
        .Number("client_credit_minor", row => ref row.ClientCreditMinor)
        .Number("credit_used_minor", row => ref row.CreditUsedMinor)
        .Number("settled_outside_minor", row => ref row.SettledOutsideMinor)
        .OptionalDate("refunded_on", row => ref row.RefundedOn)
        .OptionalText("refund_method", row => ref row.RefundMethod)
        .OptionalText("reason", row => ref row.Reason)
        .Index("holding_credit", "(book, client_id) WHERE client_credit_minor <> credit_used_minor");

    public Guid ClientId;
    public string Number = "";
    public LocalDate IssuedOn;
    public string Currency = "";
    public long TotalMinor;

    /// <summary>What of the total is sales tax.</summary>
    public long TaxMinor;
    public long ReducedMinor;
    public long RefundDueMinor;
    public long ClientCreditMinor;

    /// <summary>What of the client's credit pays other invoices.</summary>
    public long CreditUsedMinor;
    public long SettledOutsideMinor;

    /// <summary>When and how what it owed was given back; null while it was not.</summary>
    public LocalDate? RefundedOn;
    public string? RefundMethod;
    public string? Reason;
}
