using System.Text;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Invoicing;

namespace Billing.Api.Tests.Quotes;

public sealed class QuoteTests : IAsyncLifetime
{
    private ApiServer server = null!;
    private Practice practice = null!;

    public async ValueTask InitializeAsync()
    {
        server = await ApiServer.Start();
        practice = await Practice.OpenEmpty(server);
        await practice.AddClient();
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task A_client_sees_it_by_its_link_and_accepts_it_with_an_option_once()
    {
        var quote = await practice.SendQuote();
        var path = await Share(quote);
        var page = (await server.Get(null, path)).Ok().Text;
        Assert.Contains("Q-20", page, StringComparison.Ordinal);
        Assert.Contains("Photos (if you like)", page, StringComparison.Ordinal);
        Assert.Equal("application/pdf", (await server.Get(null, $"{path}/quote.pdf")).Ok().MediaType);

        var nameless = await Answer($"{path}/accept", "revision=1&acceptedBy=+");
        Assert.Equal($"{path}?back=text-missing", nameless.Header("Location"));
        Assert.Equal("sent", await Status(quote));
        var accepted = await Answer($"{path}/accept", "revision=1&acceptedBy=Ann+Lee&option=2");
        Assert.Equal((303, $"{path}?back=accepted"), (accepted.Code, accepted.Header("Location")));
        Assert.Equal($"{path}?back=quote-accepted", (await Answer($"{path}/decline", "revision=1")).Header("Location"));

        var detail = await practice.Get($"/v1/quotes/{quote}");
        Assert.Equal(
            ("accepted", "960.00", "Ann Lee"),
            ((string?)detail["quote"]!["status"], (string?)detail["quote"]!["total"]!["amount"], (string?)detail["acceptedBy"]));
        Assert.Contains("Accepted. Thank you.", (await server.Get(null, path)).Ok().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_was_revoked_opens_nothing()
    {
        var quote = await practice.SendQuote();
        var path = await Share(quote);
        var link = (string?)(await practice.Get($"/v1/quotes/{quote}"))["links"]![0]!["linkId"];
        await practice.Post($"/v1/quotes/{quote}:revoke-share", $$"""{"linkId":"{{link}}"}""");

        Assert.Equal((404, "link-unknown"), (await server.Get(null, path)) is var gone ? (gone.Code, gone.ProblemCode) : default);
        Assert.Equal(404, (await Answer($"{path}/accept", "revision=1&acceptedBy=Ann")).Code);
        Assert.Equal("sent", await Status(quote));
    }

    [Fact]
    public async Task A_revision_is_sent_again_under_the_same_number_and_the_one_before_can_no_longer_be_accepted()
    {
        var quote = await practice.SendQuote();
        var path = await Share(quote);
        await practice.Post($"/v1/quotes/{quote}:revise", Endpoints.Quote(practice, "").Replace("450.00", "500.00", StringComparison.Ordinal));
        Assert.Contains("being revised", (await server.Get(null, path)).Ok().Text, StringComparison.Ordinal);
        Assert.Equal($"{path}?back=quote-under-revision", (await Answer($"{path}/accept", "revision=1&acceptedBy=Ann")).Header("Location"));

        var sent = (await practice.Post($"/v1/quotes/{quote}:send", "{}")).Json;

        Assert.Equal(2, (int?)sent["revision"]);
        Assert.Equal($"{path}?back=quote-under-revision", (await Answer($"{path}/accept", "revision=1&acceptedBy=Ann")).Header("Location"));
        Assert.Equal($"{path}?back=accepted", (await Answer($"{path}/accept", "revision=2&acceptedBy=Ann")).Header("Location"));
        Assert.Equal("1000.00", (string?)(await practice.Get($"/v1/quotes/{quote}"))["quote"]!["total"]!["amount"]);
    }

    [Fact]
    public async Task Numbers_of_quotes_have_no_gap_however_many_are_sent_at_once()
    {
        var quotes = new List<Guid>();
        for (var i = 0; i < 8; i++)
            quotes.Add((await practice.Post("/v1/quotes", Endpoints.Quote(practice, $",\"clientId\":\"{practice.ClientId}\""))).Id);

        await Task.WhenAll(quotes.Select(async quote =>
        {
            // Those who lose the race too often are told to ask again.
            for (var code = 409; code == 409;) code = (await server.Post(practice.Owner, $"/v1/quotes/{quote}:send", "{}")).Code;
        }));

        var numbers = (await practice.Get("/v1/quotes"))["items"]!.AsArray().Select(quote => ((string)quote!["number"]!)[^4..]);
        Assert.Equal(Enumerable.Range(1, 8).Select(n => FormattableString.Invariant($"{n:0000}")), numbers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_accepted_quote_becomes_an_engagement_with_its_fee_and_a_deposit_once()
    {
        var quote = await Accepted();
        var turned = (await practice.Post($"/v1/quotes/{quote}:turn-into-engagement",
            """{"kind":"fixed-fee","validFrom":"2026-01-01","deposit":{"amount":"450.00","currency":"USD"}}""")).Json;
        var (engagement, deposit) = ((Guid)turned["engagementId"]!, (Guid)turned["invoiceId"]!);

        Assert.Equal("Website", (string?)(await practice.Get($"/v1/engagements/{engagement}"))["name"]);
        await practice.Post($"/v1/invoices/{deposit}:finalize", """{"issuedOn":"2026-04-01"}""");
        await practice.Post("/v1/payments",
            $$$"""{"invoiceId":"{{{deposit}}}","amount":{"amount":"450.00","currency":"USD"},"method":"transfer","receivedOn":"2026-04-02"}""");
        await practice.Post("/v1/time-entries", $$"""{"engagementId":"{{engagement}}","workedOn":"2026-04-03","durationSeconds":7200}""");
        var draft = (await practice.Post("/v1/invoices",
            $$"""{"clientId":"{{practice.ClientId}}","through":"2026-04-30","retainerId":"{{turned["retainerId"]}}"}""")).Id;
        var final = (await practice.Post($"/v1/invoices/{draft}:finalize", """{"issuedOn":"2026-05-01"}""")).Json;
        Assert.Equal(("900.00", "450.00"), ((string?)final["total"]!["amount"], (string?)final["due"]!["amount"]));

        var again = await server.Post(practice.Owner, $"/v1/quotes/{quote}:turn-into-invoice", "{}");
        Assert.Equal((409, "quote-turned"), (again.Code, again.ProblemCode));
        Assert.Contains($"{engagement}", (string?)again.Json["detail"], StringComparison.Ordinal);
        var view = (await practice.Get($"/v1/quotes/{quote}"))["quote"]!;
        Assert.Equal(($"{engagement}", $"{deposit}"), ((string?)view["engagementId"], (string?)view["invoiceId"]));
        await Reconciled.Holds(server, practice.Id);
    }

    [Fact]
    public async Task An_accepted_quote_becomes_a_draft_over_its_lines()
    {
        var quote = await Accepted();
        var invoice = (Guid)(await practice.Post($"/v1/quotes/{quote}:turn-into-invoice", "{}")).Json["invoiceId"]!;
        var draft = await practice.Get($"/v1/invoices/{invoice}");
        Assert.Equal(
            [("fee", "Pages (2 × $450.00)", "900.00")],
            draft["lines"]!.AsArray().Select(line => ((string?)line!["kind"], (string?)line["description"], (string?)line["amount"]!["amount"])));
        var final = (await practice.Post($"/v1/invoices/{invoice}:finalize", """{"issuedOn":"2026-04-01"}""")).Json;
        Assert.Equal("900.00", (string?)final["due"]!["amount"]);
        await Reconciled.Holds(server, practice.Id);
    }

    [Fact]
    public async Task By_the_hour_it_sets_the_rate_and_what_cannot_be_agreed_leaves_the_quote_as_it_is()
    {
        var quote = await Accepted();
        var refused = await server.Post(practice.Owner, $"/v1/quotes/{quote}:turn-into-engagement", """{"kind":"barter"}""");
        Assert.Equal((422, "billing-mode-unknown"), (refused.Code, refused.ProblemCode));
        Assert.Null((await practice.Get($"/v1/quotes/{quote}"))["quote"]!["engagementId"]);

        var engagement = (Guid)(await practice.Post($"/v1/quotes/{quote}:turn-into-engagement",
            """{"kind":"hourly","perHour":{"amount":"45.00","currency":"USD"},"validFrom":"2026-01-01"}""")).Json["engagementId"]!;

        var entry = (await practice.Post("/v1/time-entries",
            $$"""{"engagementId":"{{engagement}}","workedOn":"2026-04-03","durationSeconds":7200}""")).Id;
        Assert.Contains("90.00", (await practice.Get($"/v1/time-entries/{entry}/price")).ToJsonString(), StringComparison.Ordinal);
    }

    private async Task<Guid> Accepted()
    {
        var quote = await practice.SendQuote();
        await practice.Post($"/v1/quotes/{quote}:accept", """{"acceptedBy":"Ann"}""");
        return quote;
    }

    private async Task<string> Share(Guid quote) =>
        new Uri((await practice.Post($"/v1/quotes/{quote}:share", "{}")).Json["url"]!.GetValue<string>()).AbsolutePath;

    private async Task<string?> Status(Guid quote) => (string?)(await practice.Get($"/v1/quotes/{quote}"))["quote"]!["status"];

    private Task<ApiAnswer> Answer(string path, string form) =>
        server.PostBytes(null, path, Encoding.ASCII.GetBytes(form), "application/x-www-form-urlencoded");
}
