using Billing.Projections.Rows;
using NodaTime;

namespace Billing.Projections.Invoicing;

/// <summary>A draft has no number, dates or amounts; a deposit's amount counts as its total from the draft on.</summary>
internal sealed class InvoiceRow : Row
{
    public static readonly Shape<InvoiceRow> Shape = new Shape<InvoiceRow>("invoices", "book", "invoice_id")
        .Id("client_id", row => ref row.ClientId)
        .Text("kind", row => ref row.Kind)
        .Text("status", row => ref row.Status)
        .Text("currency", row => ref row.Currency)
        .OptionalText("number", row => ref row.Number)
        .OptionalDate("issued_on", row => ref row.IssuedOn)
        .OptionalDate("due_on", row => ref row.DueOn)
        .OptionalText("instalments", row => ref row.Instalments)
        .Number("total_minor", row => ref row.TotalMinor)
        .Number("tax_minor", row => ref row.TaxMinor)
        .Number("retainer_applied_minor", row => ref row.RetainerAppliedMinor)
        .Number("paid_minor", row => ref row.PaidMinor)
        .Number("open_minor", row => ref row.OpenMinor)
        .Number("overpaid_minor", row => ref row.OverpaidMinor)
        .Number("credit_applied_minor", row => ref row.CreditAppliedMinor)
        .Number("credited_minor", row => ref row.CreditedMinor)
        .Number("reduced_minor", row => ref row.ReducedMinor)
        .Number("written_off_minor", row => ref row.WrittenOffMinor)
        .Number("written_off_tax_minor", row => ref row.WrittenOffTaxMinor)
        .OptionalDate("written_off_on", row => ref row.WrittenOffOn)
        .OptionalId("retainer_id", row => ref row.RetainerId)
        .OptionalText("retainer_ids", row => ref row.RetainerIds)
        .OptionalDate("through_day", row => ref row.Through)
        .OptionalText("selected_time", row => ref row.SelectedTime)
        .OptionalText("selected_expenses", row => ref row.SelectedExpenses)
        .OptionalText("note", row => ref row.Note)
        .OptionalText("purchase_order", row => ref row.PurchaseOrder)
        .Instant("drafted_at", row => ref row.DraftedAt)
        .OptionalInstant("finalized_at", row => ref row.FinalizedAt)
        .OptionalDate("voided_on", row => ref row.VoidedOn)
        .OptionalText("void_reason", row => ref row.VoidReason)
        .OptionalId("checkout_payment_id", row => ref row.CheckoutPaymentId)
        .OptionalNumber("checkout_amount_minor", row => ref row.CheckoutAmountMinor)
        .OptionalInstant("sent_at", row => ref row.SentAt)
        .OptionalInstant("viewed_at", row => ref row.ViewedAt)
        .Number("version", row => ref row.Version)
        .Index("open", "(book, client_id) WHERE open_minor <> 0")
        .Index("overpaid", "(book, client_id) WHERE overpaid_minor <> 0");

    public Guid ClientId;
    public string Kind = "";
    public string Status = "";
    public string Currency = "";
    public string? Number;
    public LocalDate? IssuedOn;

    /// <summary>Of instalments, the first day by which something is due that is open.</summary>
    public LocalDate? DueOn;

    /// <summary>Null where it is due all at once.</summary>
    public string? Instalments;
    public long TotalMinor;

    /// <summary>What of the total is sales tax.</summary>
    public long TaxMinor;
    public long RetainerAppliedMinor;
    public long PaidMinor;
    public long OpenMinor;

    /// <summary>What its payments brought beyond what was open, less what of it went back or pays other invoices.</summary>
    public long OverpaidMinor;

    /// <summary>Paid by the client's credit.</summary>
    public long CreditAppliedMinor;

    /// <summary>By credit notes, in all.</summary>
    public long CreditedMinor;

    /// <summary>What credit notes took off what was due.</summary>
    public long ReducedMinor;

    public long WrittenOffMinor;

    /// <summary>What of that is sales tax.</summary>
    public long WrittenOffTaxMinor;

    /// <summary>Null while it was not.</summary>
    public LocalDate? WrittenOffOn;
    public Guid? RetainerId;

    /// <summary>All of several; null for one alone or none.</summary>
    public string? RetainerIds;
    public LocalDate? Through;
    public string? SelectedTime;
    public string? SelectedExpenses;
    public string? Note;
    public string? PurchaseOrder;
    public Instant DraftedAt;
    public Instant? FinalizedAt;
    public LocalDate? VoidedOn;
    public string? VoidReason;
    public Guid? CheckoutPaymentId;
    public long? CheckoutAmountMinor;
    public Instant? SentAt;
    public Instant? ViewedAt;
    public long Version;
}

internal sealed class ShareLinkRow : Row
{
    public static readonly Shape<ShareLinkRow> Shape = new Shape<ShareLinkRow>("share_links", "book", "invoice_id", "link_id")
        .Text("token_hash", row => ref row.TokenHash)
        .Instant("shared_at", row => ref row.SharedAt)
        .OptionalInstant("revoked_at", row => ref row.RevokedAt)
        .Index("by_hash", "(token_hash)");

    public string TokenHash = "";
    public Instant SharedAt;
    public Instant? RevokedAt;
}
