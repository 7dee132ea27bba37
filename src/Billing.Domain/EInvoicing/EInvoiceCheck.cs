using Billing.Domain.Invoicing;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;

namespace Billing.Domain.EInvoicing;

/// <summary>Whether an invoice has all that an electronic one must say: EN 16931 (BR-01 to BR-16, BR-CO-26, BR-S-02, BR-AE-02 and their
/// like) and XRechnung 3.0 (BR-DE-1 to BR-DE-15, BR-DE-23, PEPPOL-EN16931-R010 and R020).</summary>
public static class EInvoiceCheck
{
    private const int MostDecimals = 2;

    /// <summary>Null where nothing is missing. Refuses: <c>e-invoice-incomplete</c>, naming every missing field, and
    /// <c>e-invoice-currency</c>.</summary>
    /// <param name="format">One of <see cref="EInvoiceFormat"/>.</param>
    public static Rejection? Refuse(InvoiceEvent.InvoiceFinalized invoice, string format) =>
        Refuse(invoice, invoice.Tax?.Parts ?? [], format, asksForMoney: true);

    /// <summary>Of a credit note, which says of both sides what its invoice does and asks for no money. Refuses what is refused of
    /// invoices, and <c>e-invoice-tax-differs</c>.</summary>
    /// <inheritdoc cref="Refuse(InvoiceEvent.InvoiceFinalized, string)"/>
    public static Rejection? Refuse(InvoiceEvent.InvoiceFinalized invoice, InvoiceEvent.CreditNoteIssued note, string format)
    {
        var parts = CreditedTax.PartsOf(invoice, note.Lines);
        if (Refuse(invoice, parts, format, asksForMoney: false) is { } refusal) return refusal;
        var isTaxAlone = note.Lines.All(line => invoice.Lines[line.LineNumber - 1].Kind == LineKind.Tax);
        return isTaxAlone || parts.Any(part => !IsOfItsRate(part, Currency.Of(invoice.Currency)))
            ? new Rejection(
                "e-invoice-tax-differs",
                "The credit note takes back another tax than its lines bear, which EN 16931 cannot say (BR-16, BR-CO-17). It is there "
                + "as PDF.")
            : null;
    }

    /// <summary>To less than a whole of the currency, as the schematron of BR-S-09 has it.</summary>
    private static bool IsOfItsRate(TaxPart part, Currency currency) =>
        Math.Abs(part.TaxMinor - TaxArithmetic.On(part.TaxableMinor, part.HundredThousandths)) < currency.MinorPerMajor;

    private static Rejection? Refuse(
        InvoiceEvent.InvoiceFinalized invoice, IReadOnlyList<TaxPart> parts, string format, bool asksForMoney)
    {
        if (Currency.Of(invoice.Currency).Decimals > MostDecimals)
            return new Rejection("e-invoice-currency", $"EN 16931 knows no amounts of more than two places, as {invoice.Currency} has.");
        string[] missing =
        [
            .. Missing(invoice, parts), .. format == EInvoiceFormat.XRechnung ? MissingOfXRechnung(invoice, asksForMoney) : [],
        ];
        return missing.Length == 0
            ? null
            : new Rejection(
                "e-invoice-incomplete",
                $"An electronic invoice ({format}) must say more than is known: {string.Join("; ", missing)}. Set it for the practice or "
                + "the client before the invoice is finalised.");
    }

    private static IEnumerable<string> Missing(InvoiceEvent.InvoiceFinalized invoice, IReadOnlyList<TaxPart> parts)
    {
        var (texts, seller, buyer) = (invoice.Texts, invoice.EInvoice?.Seller, invoice.EInvoice?.Buyer);
        if (IsBlank(texts?.Seller.Name)) yield return "seller's name (BT-27)";
        if (IsBlank(seller?.Address?.CountryCode)) yield return "seller's country (BT-40)";
        if (IsBlank(texts?.Client.Name)) yield return "buyer's name (BT-44)";
        if (IsBlank(buyer?.Address?.CountryCode)) yield return "buyer's country (BT-55)";
        var categories = parts.Select(part => part.Category).ToHashSet();
        var isOut = categories.Count == 0 || categories.Contains(TaxCategory.OutOfScope);
        if (isOut ? IsBlank(seller?.RegistrationId) : IsBlank(texts?.Seller.VatId) && IsBlank(seller?.RegistrationId))
            yield return isOut ? "seller's registration (BT-30)" : "seller's VAT id (BT-31) or registration (BT-30)";
        if (!isOut && IsBlank(texts?.Seller.VatId) && IsBlank(texts?.Seller.TaxNumber))
            yield return "seller's VAT id (BT-31) or tax number (BT-32)";
        if (categories.Contains(TaxCategory.Export) && IsBlank(texts?.Seller.VatId)) yield return "seller's VAT id (BT-31)";
        if (categories.Contains(TaxCategory.ReverseCharge) && IsBlank(texts?.Client.VatId)) yield return "buyer's VAT id (BT-48)";
    }

    private static IEnumerable<string> MissingOfXRechnung(InvoiceEvent.InvoiceFinalized invoice, bool asksForMoney)
    {
        var (texts, seller, buyer) = (invoice.Texts, invoice.EInvoice?.Seller, invoice.EInvoice?.Buyer);
        if (IsBlank(buyer?.BuyerReference)) yield return "buyer reference or Leitweg-ID (BT-10)";
        if (SellerElectronic(invoice) is null) yield return "seller's electronic address (BT-34)";
        if (IsBlank(seller?.Address?.City)) yield return "seller's city (BT-37)";
        if (IsBlank(seller?.Address?.PostCode)) yield return "seller's post code (BT-38)";
        if (IsBlank(seller?.ContactName)) yield return "seller's contact (BT-41)";
        if (IsBlank(seller?.ContactPhone)) yield return "seller's telephone (BT-42)";
        if (IsBlank(seller?.ContactEmail ?? texts?.Seller.Email)) yield return "seller's e-mail (BT-43)";
        if (BuyerElectronic(invoice) is null) yield return "buyer's electronic address (BT-49)";
        if (IsBlank(buyer?.Address?.City)) yield return "buyer's city (BT-52)";
        if (IsBlank(buyer?.Address?.PostCode)) yield return "buyer's post code (BT-53)";
        if (asksForMoney && IsBlank(seller?.Iban)) yield return "seller's account (IBAN, BT-84)";
    }

    /// <summary>What was said, else the e-mail; null where there is neither.</summary>
    public static ElectronicAddress? SellerElectronic(InvoiceEvent.InvoiceFinalized invoice) =>
        invoice.EInvoice?.Seller?.Electronic ?? OfEmail(invoice.EInvoice?.Seller?.ContactEmail ?? invoice.Texts?.Seller.Email);

    public static ElectronicAddress? BuyerElectronic(InvoiceEvent.InvoiceFinalized invoice) =>
        invoice.EInvoice?.Buyer?.Electronic ?? OfEmail(invoice.Texts?.Client.Email);

    private static ElectronicAddress? OfEmail(string? email) => IsBlank(email) ? null : new ElectronicAddress("EM", email!);

    private static bool IsBlank(string? text) => string.IsNullOrWhiteSpace(text);
}
