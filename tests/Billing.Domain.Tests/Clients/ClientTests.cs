using Billing.Domain.Clients;
using Billing.Domain.EInvoicing;
using Billing.Domain.Engagements;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Clients.ClientEvent;

namespace Billing.Domain.Tests.Clients;

public sealed class ClientTests
{
    private static readonly Guid Id = Guid.Parse("0198c0de-0000-7000-8000-0000000000c1");
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 5, 12, 0);
    private static readonly Instant Later = Instant.FromUtc(2026, 1, 6, 12, 0);
    private static readonly AddClient Wish = new(Id, "Globex", "pay@globex.example", ["1 Elm St"], "USD", 30, Now);
    private static readonly ClientAdded Added = new(Id, "Globex", "pay@globex.example", ["1 Elm St"], "USD", 30, Now);

    [Fact]
    public void Adds_a_client() => Client.Stream.Given().When(s => Client.Decide(s, Wish)).Then(Added);

    [Fact]
    public void Adding_again_changes_nothing_whatever_happened_since() =>
        Client.Stream.Given(
                Added, new ClientDescribed("Initech", null, [], Now), new PaymentTermsAgreed(7, Now), new ClientArchived(Now))
            .When(s => Client.Decide(s, Wish with { AddressLines = ["1 Elm St"], At = Later })).ThenNothing();

    [Fact]
    public void Refuses_another_client_under_the_same_id()
    {
        var added = Client.Stream.Given(Added);
        added.When(s => Client.Decide(s, Wish with { Name = "Initech" })).ThenRefused("id-taken", "/id");
        added.When(s => Client.Decide(s, Wish with { AddressLines = ["2 Elm St"] })).ThenRefused("id-taken", "/id");
        added.When(s => Client.Decide(s, Wish with { PaymentTermsDays = null })).ThenRefused("id-taken", "/id");
    }

    [Fact]
    public void Refuses_a_client_that_cannot_be_invoiced()
    {
        var none = Client.Stream.Given();
        none.When(s => Client.Decide(s, Wish with { Name = "" })).ThenRefused("text-missing", "/name");
        none.When(s => Client.Decide(s, Wish with { Email = "@globex" })).ThenRefused("email-malformed", "/email");
        none.When(s => Client.Decide(s, Wish with { AddressLines = [.. Enumerable.Repeat("x", 11)] }))
            .ThenRefused("address-too-long", "/addressLines");
        none.When(s => Client.Decide(s, Wish with { Currency = "EURO" })).ThenRefused("currency-unknown", "/currency");
        none.When(s => Client.Decide(s, Wish with { PaymentTermsDays = 366 }))
            .ThenRefused("payment-terms-out-of-range", "/paymentTermsDays");
    }

    [Fact]
    public void Describes_a_client_archived_or_not_and_says_nothing_twice()
    {
        var describe = new DescribeClient("Globex Corp", null, ["1 Elm St", "Shelbyville"], Later);
        var described = new ClientDescribed("Globex Corp", null, ["1 Elm St", "Shelbyville"], Later);
        Client.Stream.Given(Added).When(s => Client.Decide(s, describe)).Then(described);
        Client.Stream.Given(Added, new ClientArchived(Now)).When(s => Client.Decide(s, describe)).Then(described);
        Client.Stream.Given(Added, described).When(s => Client.Decide(s, describe)).ThenNothing();
        Client.Stream.Given(Added, described).When(s => Client.Decide(s, describe with { AddressLines = ["1 Elm St"] }))
            .Then(described with { AddressLines = ["1 Elm St"] });
        Client.Stream.Given(Added).When(s => Client.Decide(s, describe with { Name = "" })).ThenRefused("text-missing", "/name");
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(365, true)]
    [InlineData(366, false)]
    public void Payment_terms_are_at_most_a_year(int days, bool isFine)
    {
        var outcome = Client.Stream.Given(Added).When(s => Client.Decide(s, new AgreePaymentTerms(days, Later)));
        if (isFine) outcome.Then(new PaymentTermsAgreed(days, Later));
        else outcome.ThenRefused("payment-terms-out-of-range", "/paymentTermsDays");
    }

    [Fact]
    public void Terms_can_follow_the_practice_again_and_are_agreed_once()
    {
        Client.Stream.Given(Added).When(s => Client.Decide(s, new AgreePaymentTerms(null, Later)))
            .Then(new PaymentTermsAgreed(null, Later));
        Client.Stream.Given(Added).When(s => Client.Decide(s, new AgreePaymentTerms(30, Later))).ThenNothing();
    }

    [Fact]
    public void Archives_once()
    {
        Client.Stream.Given(Added).When(s => Client.Decide(s, new ArchiveClient(Later))).Then(new ClientArchived(Later));
        Client.Stream.Given(Added, new ClientArchived(Now)).When(s => Client.Decide(s, new ArchiveClient(Later))).ThenNothing();
    }

    [Fact]
    public void Nothing_can_be_wished_of_an_unknown_client()
    {
        var none = Client.Stream.Given();
        none.When(s => Client.Decide(s, new DescribeClient("A", null, [], Now))).ThenRefused("client-unknown");
        none.When(s => Client.Decide(s, new AgreePaymentTerms(1, Now))).ThenRefused("client-unknown");
        none.When(s => Client.Decide(s, new ArchiveClient(Now))).ThenRefused("client-unknown");
    }

    [Fact]
    public void A_clients_card_is_for_everyone_and_in_the_clients_currency()
    {
        var card = new SetRateCard(Id, null, new Money(40_00, Currency.Usd), new LocalDate(2026, 1, 1), null, Now);
        var set = new ClientRateCardSet(Id, "USD", 40_00, new LocalDate(2026, 1, 1), null, null, null, null, Now);
        var client = Client.Stream.Given(Added);
        client.When(s => Client.Decide(s, card)).Then(set);
        client.When(s => Client.Decide(s, card with { AssistantId = Id })).ThenRefused("card-assistant-superfluous", "/assistantId");
        client.When(s => Client.Decide(s, card with { PerHour = new Money(1, Currency.Eur) }))
            .ThenRefused("currency-mismatch", "/perHour/currency");
        client.When(s => Client.Decide(s, card with { PerHour = new Money(0, Currency.Usd) })).ThenRefused("rate-out-of-range", "/perHour/amount");
        Client.Stream.Given(Added, set).When(s => Client.Decide(s, card)).ThenNothing();
        Client.Stream.Given(Added, set).When(s => Client.Decide(s, card with { Task = "design" })).ThenRefused("id-taken", "/id");
        Client.Stream.Given().When(s => Client.Decide(s, card)).ThenRefused("client-unknown");
    }

    [Fact]
    public void Folds_every_kind_of_event()
    {
        ClientEvent[] life =
        [
            Added, new ClientArchived(Now), new ClientDescribed("G", null, null, Now), new PaymentTermsAgreed(null, Now),
            new ClientRateCardSet(Id, "USD", 40_00, new LocalDate(2026, 1, 1), null, null, null, null, Now),
            new ClientLanguageSet("de", Now), new ClientTaxAgreed(new TaxTreatment("AE", 0), null, "ATU12345675", Now),
            new EInvoicingAgreed(new EInvoiceBuyer("xrechnung", null, "04011000-12345-34", null), Now),
        ];
        Client.Stream.Takes_every_kind_of_event([.. life, new ClientErased(null, Now)]);
        var archived = Assert.IsType<ClientState.Archived>(Client.Stream.Fold(life));
        Assert.Equal(
            new ClientDetails(Id, "G", null, [], Currency.Usd, null, Added),
            archived.Client with { Cards = [], Language = null, Tax = ClientTax.None, EInvoicing = null });
        Assert.Equal("ATU12345675", archived.Client.Tax.VatId);
        Assert.Equal("de", archived.Client.Language);
        Assert.Equal(Id, Assert.Single(archived.Client.Cards).CardId);
        Assert.Null(Client.Stream.Initial.Details);
    }
}
