using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.EInvoicing;
using Billing.Domain.Invoicing;
using Billing.Domain.Tests.Invoicing;
using static Billing.Domain.Tests.Invoicing.Practice;

namespace Billing.Domain.Tests.EInvoicing;

public class EInvoiceRulesTests
{
    private static readonly EInvoiceSeller Seller = new(null, "Ana", "+49 30 1", null, null, null, null, null);
    private static readonly EInvoiceBuyer Buyer = new(null, null, "04011000-12345-34", null);

    [Theory]
    [InlineData("DE89370400440532013000", true)]
    [InlineData("GB82WEST12345698765432", true)]
    [InlineData("DE88370400440532013000", false)]
    [InlineData("DE89 3704 0044 0532 0130 00", false)]
    [InlineData("DE8937040044053201300", false)]
    public void An_iban_has_its_check_digits_right(string iban, bool isOne) =>
        Assert.Equal(isOne ? null : "iban-malformed", EInvoiceRules.Refuse(Seller with { Iban = iban })?.Code);

    [Fact]
    public void What_nothing_can_be_sent_by_is_refused()
    {
        Assert.Null(EInvoiceRules.Refuse(Seller with { Bic = "COBADEFF", Electronic = new ElectronicAddress("EM", "a@b.example") }));
        Assert.Equal("bic-malformed", EInvoiceRules.Refuse(Seller with { Bic = "COBADEF" })?.Code);
        Assert.Equal("electronic-address-malformed", EInvoiceRules.Refuse(Seller with { Electronic = new ElectronicAddress("e", "1") })?.Code);
        Assert.Equal("electronic-address-malformed", EInvoiceRules.Refuse(Buyer with { Electronic = new ElectronicAddress("EM", " ") })?.Code);
        Assert.Equal("country-malformed", EInvoiceRules.Refuse(Buyer with { Address = new PostalAddress(null, null, null, "DEU") })?.Code);
        Assert.Equal("e-invoice-format-unknown", EInvoiceRules.Refuse(Buyer with { Format = "pdf" })?.Code);
        Assert.Equal("email-malformed", EInvoiceRules.Refuse(Seller with { ContactEmail = "ana" })?.Code);
    }

    [Fact]
    public void Is_said_once_and_frozen_on_the_invoice()
    {
        var practice = new Practice().Charges(Inbox, 60_00).Works(101, 60)
            .Sets(new BusinessEvent.EInvoicingSet(Seller, At)).Sets(new ClientEvent.EInvoicingAgreed(Buyer, At));
        Business.Decide(practice.Sources.Business, new SetEInvoicing(Seller, At)).IsAlreadyDone();
        Client.Decide(practice.Sources.Client, new AgreeEInvoicing(Buyer, At)).IsAlreadyDone();
        Assert.Equal(new EInvoiceParties(Seller, Buyer), practice.Finalized(practice.Drafted()).Invoice.EInvoice);
    }

    [Fact]
    public void A_client_who_gets_electronic_invoices_gets_none_that_lacks_a_mandatory_field()
    {
        var practice = new Practice().Charges(Inbox, 60_00).Works(101, 60)
            .Sets(new ClientEvent.EInvoicingAgreed(Buyer with { Format = EInvoiceFormat.ZUGFeRD }, At));
        var refused = Assert.IsType<Finalization.Refused>(practice.Finalize(practice.Drafted())).Rejection;
        Assert.Equal("e-invoice-incomplete", refused.Code);
        Assert.Contains("seller's country (BT-40); buyer's country (BT-55)", refused.Detail, StringComparison.Ordinal);
    }
}
