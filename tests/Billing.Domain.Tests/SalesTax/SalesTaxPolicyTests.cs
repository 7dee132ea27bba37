using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.SalesTax;
using Billing.Domain.Tests.Invoicing;
using static Billing.Domain.Tests.Invoicing.Practice;
using static Billing.Domain.Tests.SalesTax.Taxed;

namespace Billing.Domain.Tests.SalesTax;

public class SalesTaxPolicyTests
{
    private static readonly SalesTaxPolicy Policy = new("VAT", false, Nineteen, [For(Inbox, Seven)], "DE123456788", "12/345");

    [Fact]
    public void Is_set_changed_and_taken_back()
    {
        BusinessState business = new Practice().Sources.Business;
        var set = Business.Stream.After(business, Business.Decide(business, new SetSalesTaxPolicy(Policy, At)).Events());
        Assert.True(Policy.IsSame(((BusinessState.Open)set).SalesTax));
        Business.Decide(set, new SetSalesTaxPolicy(Policy with { Exceptions = [For(Inbox, Seven)] }, At)).IsAlreadyDone();
        Assert.Single(Business.Decide(set, new SetSalesTaxPolicy(Policy with { Exceptions = [] }, At)).Events());
        var none = Business.Stream.After(set, Business.Decide(set, new SetSalesTaxPolicy(null, At)).Events());
        Assert.Null(((BusinessState.Open)none).SalesTax);
        Business.Decide(none, new SetSalesTaxPolicy(null, At)).IsAlreadyDone();
    }

    [Fact]
    public void What_cannot_be_charged_is_refused()
    {
        Assert.Equal("tax-category-unknown", Refusal(Policy with { Default = new TaxTreatment("X", 1) }));
        Assert.Equal("tax-rate-out-of-range", Refusal(Policy with { Default = new TaxTreatment("S", 0) }));
        Assert.Equal("tax-rate-out-of-range", Refusal(Policy with { Default = new TaxTreatment("S", 100_001) }));
        Assert.Null((Policy with { Default = new TaxTreatment("S", 100_000) }).Refuse());
        Assert.Equal("tax-rate-out-of-range", Refusal(Policy with { Default = new TaxTreatment("E", 1) }));
        Assert.Equal("tax-exception-malformed", Refusal(Policy with { Exceptions = [new TaxException(Inbox, "travel", Seven)] }));
        Assert.Equal("tax-exception-malformed", Refusal(Policy with { Exceptions = [new TaxException(null, null, Seven)] }));
        Assert.Equal("tax-exception-malformed", Refusal(Policy with { Exceptions = [For(Inbox, Seven), For(Inbox, Exempt)] }));
        var outOfScope = new TaxTreatment("O", 0);
        Assert.Equal("tax-out-of-scope-mixed", Refusal(Policy with { Exceptions = [For(Inbox, outOfScope)] }));
        Assert.Equal("tax-out-of-scope-mixed", Refusal(Policy with { Default = outOfScope }));
        Assert.Null((Policy with { Default = outOfScope, Exceptions = [] }).Refuse());
        Assert.Equal("vat-id-malformed", Refusal(Policy with { VatId = "123456788" }));
        Assert.Equal("vat-id-malformed", Refusal(Policy with { VatId = "DE 123 456" }));
        Assert.Equal("text-too-long", Refusal(Policy with { Name = new string('x', 41) }));
    }

    [Fact]
    public void A_client_who_owes_the_tax_has_a_vat_id()
    {
        var client = new Practice().Sources.Client;
        Client.Decide(client, new AgreeClientTax(new ClientTax(Reversed, null, null), At)).IsRefused("vat-id-missing");
        var agreed = Client.Decide(client, new AgreeClientTax(new ClientTax(Reversed, null, "ATU12345675"), At)).Events();
        Client.Decide(Client.Stream.After(client, agreed), new AgreeClientTax(new ClientTax(Reversed, null, "ATU12345675"), At))
            .IsAlreadyDone();
        Client.Decide(Client.Stream.Initial, new AgreeClientTax(ClientTax.None, At)).IsRefused("client-unknown");
    }

    private static string Refusal(SalesTaxPolicy policy) => policy.Refuse()!.Code;
}
