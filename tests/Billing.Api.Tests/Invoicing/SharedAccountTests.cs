using Billing.Api.Tests.Http;
using Billing.Api.Tests.Refusals;

namespace Billing.Api.Tests.Invoicing;

/// <summary>What a client finds behind the link to one of their invoices.</summary>
public sealed class SharedAccountTests(StripeServer stripe) : IClassFixture<StripeServer>
{
    private ApiServer Server => stripe.Server;

    [Fact]
    public async Task The_link_opens_the_clients_other_invoices_statements_and_payment_of_each()
    {
        var (_, link, other) = await TwoInvoices("{}");

        var page = (await Server.Get(null, link)).Ok().Text;
        var account = (await Server.Get(null, $"{link}/account")).Ok().Text;
        var otherPage = (await Server.Get(null, $"{link}/invoices/{other}")).Ok().Text;
        var paying = await Server.Post(null, $"{link}/invoices/{other}/pay", null);

        Assert.Contains($"{link}/invoices/{other}", page, StringComparison.Ordinal);
        Assert.Contains("$200.00", account, StringComparison.Ordinal);
        Assert.Contains("$120.00", account, StringComparison.Ordinal);
        Assert.Contains($"{link}/statement.pdf?year=2026", account, StringComparison.Ordinal);
        Assert.Contains("Pay $80.00", otherPage, StringComparison.Ordinal);
        Assert.Equal(303, paying.Code);
        Assert.StartsWith(Server.StandIn!.BaseAddress.ToString(), paying.Header("Location"), StringComparison.Ordinal);
        foreach (var file in new[] { "/statement.pdf", "/statement.pdf?year=2026", $"/invoices/{other}/invoice.pdf" })
            Assert.StartsWith("%PDF", (await Server.Get(null, link + file)).Ok().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_made_for_the_invoice_alone_opens_nothing_else()
    {
        var (_, link, other) = await TwoInvoices("""{"opens":"invoice"}""");

        var page = (await Server.Get(null, link)).Ok().Text;

        Assert.DoesNotContain("/account", page, StringComparison.Ordinal);
        Assert.DoesNotContain(other, page, StringComparison.Ordinal);
        foreach (var path in new[] { "/account", "/statement.pdf", $"/invoices/{other}", $"/invoices/{other}/invoice.pdf" })
            AssertUnknown(await Server.Get(null, link + path));
    }

    [Fact]
    public async Task Nothing_of_another_client_is_reached_by_its_number()
    {
        var (practice, link, own) = await TwoInvoices("{}");
        await practice.AddClient();
        var theirs = await Number(practice, await practice.Invoice("2026-03-05", hours: 5));

        foreach (var path in new[] { "", "/invoice.pdf", "/credit-notes/CN-2026-0001" })
            AssertUnknown(await Server.Get(null, $"{link}/invoices/{theirs}{path}"));
        AssertUnknown(await Server.Post(null, $"{link}/invoices/{theirs}/pay", null));
        Assert.DoesNotContain(theirs, (await Server.Get(null, $"{link}/account")).Ok().Text, StringComparison.Ordinal);
        Assert.Contains(own, (await Server.Get(null, $"{link}/account")).Ok().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawn_link_closes_all_of_it()
    {
        var (practice, link, other) = await TwoInvoices("{}");
        var invoice = (await practice.Get("/v1/invoices")).AsObject()["items"]!.AsArray()
            .Single(item => (string?)item!["number"] != other)!["invoiceId"];
        var links = await practice.Get($"/v1/invoices/{invoice}/links");
        await practice.Post($"/v1/invoices/{invoice}:revoke-share", $$"""{"linkId":"{{links["items"]![0]!["linkId"]}}"}""");

        foreach (var path in new[] { "", "/account", "/statement.pdf", $"/invoices/{other}" }) AssertUnknown(await Server.Get(null, link + path));
    }

    [Theory]
    [InlineData("2027")]
    [InlineData("1999")]
    [InlineData("-1")]
    [InlineData("99999999999")]
    public async Task There_are_statements_of_past_years_alone(string year)
    {
        var (_, link, _) = await TwoInvoices("{}");

        var answer = await Server.Get(null, $"{link}/statement.pdf?year={year}");

        Assert.Equal(404, answer.Code);
        Assert.Null(Refused.Fault(answer));
    }

    [Fact]
    public async Task What_a_link_opens_is_one_of_two_words()
    {
        var (practice, _, _) = await TwoInvoices("{}");
        var invoice = await practice.Invoice("2026-03-06");

        var answer = await Server.Post(practice.Owner, $"/v1/invoices/{invoice}:share", """{"opens":"everything"}""");

        Assert.Equal(400, answer.Code);
        Assert.Null(Refused.Fault(answer));
    }

    /// <summary>An invoice of 120.00 with a link, and the number of another of 80.00.</summary>
    private async Task<(Practice Practice, string Link, string Other)> TwoInvoices(string share)
    {
        var practice = await Practice.OpenEmpty(Server);
        await practice.AddClient();
        var shared = await practice.Invoice("2026-03-02", hours: 3);
        var other = await Number(practice, await practice.Invoice("2026-03-03", hours: 2, issuedOn: "2026-04-02"));
        var link = await practice.Post($"/v1/invoices/{shared}:share", share);
        return (practice, new Uri(link.Json["url"]!.GetValue<string>()).AbsolutePath, other);
    }

    private static async Task<string> Number(Practice practice, Guid invoice) =>
        (string)(await practice.Get($"/v1/invoices/{invoice}"))["invoice"]!["number"]!;

    private static void AssertUnknown(ApiAnswer answer)
    {
        Assert.Equal((404, "link-unknown"), (answer.Code, answer.ProblemCode));
        Assert.Null(Refused.Fault(answer));
    }
}
