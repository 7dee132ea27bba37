using System.Text.RegularExpressions;
using Billing.Domain.Values;

namespace Billing.Domain.EInvoicing;

/// <summary>What can be said of seller and buyer at all; what an invoice needs of it, <see cref="EInvoiceCheck"/> knows.</summary>
public static partial class EInvoiceRules
{
    public const int TextMaxLength = 200;

    /// <summary>Refuses: <c>country-malformed</c>, <c>iban-malformed</c>, <c>bic-malformed</c>, <c>electronic-address-malformed</c>,
    /// and what <see cref="Wording"/> refuses of the texts.</summary>
    public static Rejection? Refuse(EInvoiceSeller seller) =>
        Refuse(seller.Address) ?? Wording.RefuseLine(seller.ContactName, TextMaxLength, "/contactName")
        ?? Wording.RefuseLine(seller.ContactPhone, TextMaxLength, "/contactPhone")
        ?? Wording.RefuseEmail(seller.ContactEmail, "/contactEmail") ?? RefuseAccount(seller)
        ?? Wording.RefuseLine(seller.RegistrationId, TextMaxLength, "/registrationId") ?? Refuse(seller.Electronic);

    /// <summary>Refuses: <c>e-invoice-format-unknown</c>, <c>country-malformed</c>, <c>electronic-address-malformed</c>, and what
    /// <see cref="Wording"/> refuses of the texts.</summary>
    public static Rejection? Refuse(EInvoiceBuyer buyer) => buyer.Format is { } format && !EInvoiceFormat.All.Contains(format)
        ? Invalid("e-invoice-format-unknown", $"An electronic invoice is one of {string.Join(", ", EInvoiceFormat.All)}.", "/format")
        : Refuse(buyer.Address) ?? Wording.RefuseLine(buyer.BuyerReference, TextMaxLength, "/buyerReference") ?? Refuse(buyer.Electronic);

    private static Rejection? Refuse(PostalAddress? address)
    {
        if (address is null) return null;
        var refusal = Wording.RefuseLine(address.Street, TextMaxLength, "/address/street")
            ?? Wording.RefuseLine(address.PostCode, TextMaxLength, "/address/postCode")
            ?? Wording.RefuseLine(address.City, TextMaxLength, "/address/city");
        if (refusal is not null) return refusal;
        return address.CountryCode is null || Country().IsMatch(address.CountryCode)
            ? null
            : Invalid("country-malformed", "A country is named by its two letters of ISO 3166, such as DE.", "/address/countryCode");
    }

    private static Rejection? Refuse(ElectronicAddress? address)
    {
        if (address is null) return null;
        return Scheme().IsMatch(address.Scheme) && !string.IsNullOrWhiteSpace(address.Id)
            ? Wording.RefuseLine(address.Id, TextMaxLength, "/electronic/id")
            : Invalid(
                "electronic-address-malformed",
                "An electronic address has a scheme of the list EAS, such as EM for e-mail or 0204 for a Leitweg-ID, and an id.",
                "/electronic");
    }

    private static Rejection? RefuseAccount(EInvoiceSeller seller)
    {
        if (seller.Iban is { } iban && !IsIban(iban))
            return Invalid("iban-malformed", "This is no IBAN: its form or its check digits are wrong. Send it without spaces.", "/iban");
        return seller.Bic is null || Bic().IsMatch(seller.Bic)
            ? null
            : Invalid("bic-malformed", "A BIC has 8 or 11 letters and digits.", "/bic");
    }

    /// <summary>ISO 13616: the country and check digits moved to the end, letters as 10 to 35, the number is 1 modulo 97.</summary>
    private static bool IsIban(string iban)
    {
        if (!Iban().IsMatch(iban)) return false;
        var rest = 0;
        foreach (var c in iban[4..] + iban[..4])
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10;
            rest = ((rest * (digit > 9 ? 100 : 10)) + digit) % 97;
        }
        return rest == 1;
    }

    private static Rejection Invalid(string code, string detail, string field) => new(code, detail, field, RejectionKind.Invalid);

    [GeneratedRegex(@"\A[A-Z]{2}\z")]
    private static partial Regex Country();

    [GeneratedRegex(@"\A[A-Z0-9]{2,4}\z")]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\A[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}\z")]
    private static partial Regex Iban();

    [GeneratedRegex(@"\A[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?\z")]
    private static partial Regex Bic();
}
