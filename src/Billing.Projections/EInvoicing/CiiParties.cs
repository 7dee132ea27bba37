using Billing.Domain.EInvoicing;
using Billing.Domain.Invoicing;

namespace Billing.Projections.EInvoicing;

/// <summary>Seller and buyer of an electronic invoice (BG-4, BG-7).</summary>
/// <param name="hidesVatIds">What is no matter of VAT names nobody's VAT id (BR-O-02).</param>
internal sealed class CiiParties(CiiWriter to, InvoiceEvent.InvoiceFinalized facts, bool hidesVatIds)
{
    public void Write()
    {
        to.Group("SellerTradeParty", Seller);
        to.Group("BuyerTradeParty", Buyer);
    }

    private void Seller()
    {
        var (texts, seller) = (facts.Texts?.Seller, facts.EInvoice?.Seller);
        to.Text("Name", texts?.Name);
        if (seller?.RegistrationId is { } registration)
            to.Group("SpecifiedLegalOrganization", () => to.Text("ID", registration));
        var email = seller?.ContactEmail ?? texts?.Email;
        if (seller?.ContactName is { } contact)
        {
            to.Group("DefinedTradeContact", () =>
            {
                to.Text("PersonName", contact);
                if (seller.ContactPhone is { } phone)
                    to.Group("TelephoneUniversalCommunication", () => to.Text("CompleteNumber", phone));
                if (email is not null) to.Group("EmailURIUniversalCommunication", () => to.Text("URIID", email));
            });
        }
        Address(seller?.Address, texts?.AddressLines);
        Electronic(EInvoiceCheck.SellerElectronic(facts));
        if (!hidesVatIds) Registered(texts?.VatId, "VA");
        Registered(texts?.TaxNumber, "FC");
    }

    private void Buyer()
    {
        var (texts, buyer) = (facts.Texts?.Client, facts.EInvoice?.Buyer);
        to.Text("Name", texts?.Name);
        Address(buyer?.Address, texts?.AddressLines);
        Electronic(EInvoiceCheck.BuyerElectronic(facts));
        if (!hidesVatIds) Registered(texts?.VatId, "VA");
    }

    /// <summary>By its parts; what was only said in lines stands in the first of them.</summary>
    private void Address(PostalAddress? address, IReadOnlyList<string>? lines) => to.Group("PostalTradeAddress", () =>
    {
        to.Text("PostcodeCode", address?.PostCode);
        to.Text("LineOne", address?.Street ?? (lines is null ? null : string.Join(", ", lines)));
        to.Text("CityName", address?.City);
        to.Text("CountryID", address?.CountryCode);
    });

    private void Electronic(ElectronicAddress? address)
    {
        if (address is not null)
            to.Group("URIUniversalCommunication", () => to.Text("URIID", address.Id, "schemeID", address.Scheme));
    }

    private void Registered(string? id, string scheme)
    {
        if (!string.IsNullOrWhiteSpace(id)) to.Group("SpecifiedTaxRegistration", () => to.Text("ID", id, "schemeID", scheme));
    }
}
