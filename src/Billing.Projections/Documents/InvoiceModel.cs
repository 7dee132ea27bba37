using Billing.Domain.Values;
using NodaTime;

namespace Billing.Projections.Documents;

/// <summary>
/// All that an invoice prints, as the finalised facts have it. Nothing is added up or looked up here: each amount
/// is shown as it is given. Amounts of nothing (<c>null</c>, or a retainer or payment of zero) leave their line
/// out.
/// </summary>
public sealed record InvoiceModel
{
    public DocumentWords Words { get; init; } = DocumentWords.Invoice;

    /// <summary>Of everything on it that is not a text of somebody.</summary>
    public DocumentLanguage Language { get; init; } = DocumentLanguage.Of(null);

    public required Party Seller { get; init; }
    public required Party Client { get; init; }

    /// <summary>The number in its series, such as <c>INV-2026-0042</c>; empty for a draft.</summary>
    public required string Number { get; init; }

    public required LocalDate IssuedOn { get; init; }
    public LocalDate? DueOn { get; init; }

    /// <summary>The parts that it is paid in, in the order of their days; none where it is due all at once.</summary>
    public IReadOnlyList<(LocalDate DueOn, Money Amount)> Instalments { get; init; } = [];

    /// <summary>A word printed large over the page, such as <c>DRAFT</c> or <c>VOID</c>.</summary>
    public string? StatusMark { get; init; }

    public string? PurchaseOrder { get; init; }

    /// <summary>The first and the last day of what was performed; null where it is not said.</summary>
    public (LocalDate From, LocalDate Through)? Performed { get; init; }

    public required IReadOnlyList<InvoiceLineModel> Lines { get; init; }
    public required Money Subtotal { get; init; }
    public IReadOnlyList<InvoiceTaxModel> Taxes { get; init; } = [];

    /// <summary>Whether the lines and the subtotal have the taxes in them.</summary>
    public bool AmountsIncludeTax { get; init; }

    /// <summary>Legal texts of what is not taxed.</summary>
    public string? TaxTexts { get; init; }

    public required Money Total { get; init; }

    /// <summary>What the retainer paid of this invoice beyond <see cref="Deposits"/>, as a positive amount.</summary>
    public Money? RetainerApplied { get; init; }

    /// <summary>What of taxed deposits pays it, net and tax in rows of their own; negative amounts.</summary>
    public IReadOnlyList<InvoiceTaxModel> Deposits { get; init; } = [];

    /// <summary>What the client's credit paid of this invoice at once, as a positive amount.</summary>
    public Money? CreditApplied { get; init; }

    /// <summary>What was paid otherwise, as a positive amount.</summary>
    public Money? Paid { get; init; }

    public required Money BalanceDue { get; init; }

    /// <summary>What is left of the client's retainer after this invoice.</summary>
    public Money? RetainerBalanceAfter { get; init; }

    public string? Notes { get; init; }

    /// <summary>How time was rounded, in words.</summary>
    public string? RoundingRule { get; init; }

    /// <summary>
    /// Where the invoice is paid: an absolute http or https address, printed as a link and a QR code.
    /// </summary>
    public string? PaymentUrl { get; init; }

    /// <summary>The same invoice as XML, to be embedded; null for none.</summary>
    public ReadOnlyMemory<byte>? EInvoiceXml { get; init; }

    public DocumentStyle Style { get; init; } = new();
}

/// <summary>A seller or client as an invoice names them.</summary>
public sealed record Party(
    string Name, IReadOnlyList<string> AddressLines, string? TaxId = null, string? VatId = null, string? TaxNumber = null);

/// <param name="Quantity">As printed, such as <c>12:30 h</c>, <c>84.2 mi</c> or <c>1</c>.</param>
/// <param name="UnitPrice">As printed, such as <c>$45.00</c>; empty where there is none.</param>
/// <param name="Hours">The work behind the line, shown in the appendix.</param>
public sealed record InvoiceLineModel(
    string Description, string Quantity, string UnitPrice, Money Amount, IReadOnlyList<WorkedHoursModel> Hours);

/// <param name="DurationSeconds">Raw elapsed time, printed as h:mm, with seconds where there are any.</param>
public sealed record WorkedHoursModel(LocalDate WorkedOn, string Assistant, string Note, long DurationSeconds);

/// <param name="Label">Such as <c>Sales tax 8.25% on $400.00</c>.</param>
public sealed record InvoiceTaxModel(string Label, Money Amount);

/// <summary>What a document calls itself and its sum.</summary>
/// <param name="Title">Large at its head.</param>
/// <param name="Name">Before its number.</param>
/// <param name="Balance">Beside the amount that it comes to.</param>
public sealed record DocumentWords(string Title, string Name, string Balance)
{
    public static DocumentWords Invoice { get; } = Of("invoice", DocumentLanguage.Of(null));

    /// <param name="document">invoice or credit-note.</param>
    public static DocumentWords Of(string document, DocumentLanguage language) =>
        new(language.Word($"{document}-title"), language.Word(document), language.Word($"{document}-balance"));
}
