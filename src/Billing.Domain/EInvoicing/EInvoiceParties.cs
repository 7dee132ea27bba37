namespace Billing.Domain.EInvoicing;

/// <summary>Which electronic form of invoices a client has asked for.</summary>
public static class EInvoiceFormat
{
    /// <summary>XRechnung 3.0 in the syntax of UN/CEFACT CII, an XML file of its own.</summary>
    public const string XRechnung = "xrechnung";

    /// <summary>ZUGFeRD or Factur-X: the PDF with the XML of the profile EN 16931 in it.</summary>
    public const string ZUGFeRD = "zugferd";

    public static IReadOnlyList<string> All { get; } = [XRechnung, ZUGFeRD];
}

/// <summary>An address by its parts (BG-5 and BG-8).</summary>
/// <param name="CountryCode">ISO 3166-1, two letters.</param>
public sealed record PostalAddress(string? Street, string? PostCode, string? City, string? CountryCode);

/// <summary>Where electronic invoices are sent to or come from (BT-34, BT-49).</summary>
/// <param name="Scheme">Of the list EAS, such as <c>EM</c> for e-mail or <c>0204</c> for a Leitweg-ID.</param>
public sealed record ElectronicAddress(string Scheme, string Id);

/// <summary>What electronic invoices say of the practice beside its name and tax ids. Each part is null while nothing is said.</summary>
/// <param name="ContactName">BT-41.</param>
/// <param name="ContactPhone">BT-42.</param>
/// <param name="ContactEmail">BT-43; null for the practice's own e-mail.</param>
/// <param name="Iban">BT-84.</param>
/// <param name="Bic">BT-86.</param>
/// <param name="RegistrationId">BT-30, such as the number of a register; needed where there is no VAT id.</param>
/// <param name="Electronic">Null for the e-mail.</param>
public sealed record EInvoiceSeller(
    PostalAddress? Address, string? ContactName, string? ContactPhone, string? ContactEmail, string? Iban, string? Bic,
    string? RegistrationId, ElectronicAddress? Electronic);

/// <summary>What electronic invoices say of a client beside its name and VAT id.</summary>
/// <param name="Format">One of <see cref="EInvoiceFormat"/>; null for a client who did not ask for any.</param>
/// <param name="BuyerReference">BT-10; of public offices in Germany the Leitweg-ID.</param>
/// <param name="Electronic">Null for the client's e-mail.</param>
public sealed record EInvoiceBuyer(string? Format, PostalAddress? Address, string? BuyerReference, ElectronicAddress? Electronic);

/// <summary>Both, frozen on an invoice.</summary>
public sealed record EInvoiceParties(EInvoiceSeller? Seller, EInvoiceBuyer? Buyer);
