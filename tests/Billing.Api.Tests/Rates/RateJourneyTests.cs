using Billing.Api.Tests.Http;
using Billing.Api.Tests.Refusals;

namespace Billing.Api.Tests.Rates;

/// <summary>Rates as people meet them: set, seen by whom they may be, explained, and changed for the past.</summary>
public sealed class RateJourneyTests(FullServer full) : IClassFixture<FullServer>
{
    private ApiServer Server => full.Server;

    [Fact]
    public async Task An_entry_says_which_card_priced_it_and_an_assistant_sees_it_once_allowed()
    {
        var practice = await Practice.Open(Server);
        var path = $"/v1/time-entries/{practice.EntryId}/price";
        await practice.Post("/v1/business:set-cost",
            $$$"""{"assistantId":"{{{practice.AssistantId}}}","perHour":{"amount":"15.00","currency":"USD"},"validFrom":"2026-01-01"}""");

        var price = await practice.Get(path);
        Assert.Equal("60.00", (string?)price["bill"]!["amount"]);
        Assert.Equal("22.50", (string?)price["cost"]!["amount"]);
        Assert.Equal("engagement", (string?)price["card"]!["level"]);
        Assert.Contains("the engagement's card holds", (string?)price["why"], StringComparison.Ordinal);

        foreach (var hidden in new[] { path, "/v1/business/rates", $"/v1/engagements/{practice.EngagementId}/rates" })
        {
            var answer = await Server.Get(practice.Assistant, hidden);
            Assert.Equal((403, "rates-hidden"), (answer.Code, answer.ProblemCode));
        }
        Assert.Empty(await Cards(practice));
        await practice.Post($"/v1/members/{practice.AssistantId}:allow-rates", """{"seesRates":true}""");
        var seen = (await Server.Get(practice.Assistant, path)).Ok().Json;
        Assert.Equal("60.00", (string?)seen["bill"]!["amount"]);
        Assert.Null(seen["cost"]);
        Assert.Single(await Cards(practice));
        await practice.Post($"/v1/members/{practice.AssistantId}:allow-rates", """{"seesRates":false}""");
        Assert.Equal(403, (await Server.Get(practice.Assistant, path)).Code);
    }

    [Fact]
    public async Task A_rate_for_the_past_shows_what_it_touches_then_reprices_and_proposes()
    {
        var practice = await Practice.Open(Server);
        const string card = """{"perHour":{"amount":"50.00","currency":"USD"},"validFrom":"2026-01-01"}""";
        var head = await Server.Head();
        var preview = (await Server.Post(practice.Owner, $"/v1/engagements/{practice.EngagementId}:preview-rate", card)).Ok().Json;
        Assert.Equal(head, await Server.Head());
        var client = Assert.Single(preview["clients"]!.AsArray())!;
        Assert.Equal((2, "100.00", "125.00"), (
            (int)client["unbilled"]!["entries"]!, (string?)client["unbilled"]!["before"]!["amount"],
            (string?)client["unbilled"]!["after"]!["amount"]));
        Assert.Equal(["100.00", "150.00"],
            client["invoices"]!.AsArray().Select(i => (string?)i!["after"]!["amount"]).Order(StringComparer.Ordinal));

        Assert.Empty((await practice.Get("/v1/proposals"))["items"]!.AsArray());
        await practice.Post($"/v1/engagements/{practice.EngagementId}:set-rate", card);
        Assert.Equal("125.00", (string?)(await practice.Get($"/v1/clients/{practice.ClientId}/unbilled?through=2026-03-31"))["total"]!["amount"]);
        Assert.Equal(2, (await practice.Get("/v1/proposals"))["items"]!.AsArray().Count);

        var proposal = await practice.Get($"/v1/invoices/{practice.InvoiceId}/proposal");
        Assert.Equal("proposed", (string?)proposal["status"]);
        Assert.Equal(("120.00", "150.00", "30.00"), (
            (string?)proposal["proposal"]!["original"]!["amount"], (string?)proposal["proposal"]!["now"]!["amount"],
            (string?)proposal["proposal"]!["difference"]!["amount"]));
        var fingerprint = (string)proposal["proposal"]!["fingerprint"]!;
        var wrong = await Server.Post(
            practice.Owner, $"/v1/invoices/{practice.InvoiceId}:drop-rebill", $$"""{"fingerprint":"{{new string('a', 64)}}"}""");
        Assert.Equal((409, "proposal-changed"), (wrong.Code, wrong.ProblemCode));
        await practice.Post($"/v1/invoices/{practice.InvoiceId}:drop-rebill", $$"""{"fingerprint":"{{fingerprint}}"}""");
        Assert.Single((await practice.Get("/v1/proposals"))["items"]!.AsArray());
        Assert.Equal("dropped", (string?)(await practice.Get($"/v1/invoices/{practice.InvoiceId}/proposal"))["status"]);
    }

    [Fact]
    public async Task Surcharges_a_minimum_and_a_cap_stand_on_the_invoice_its_pdf_and_its_page_and_a_void_takes_them_back()
    {
        var practice = await Practice.OpenEmpty(Server);
        await practice.AddClient();
        var work = $"/v1/engagements/{practice.EngagementId}";
        await practice.Post($"{work}:set-surcharges", """{"rules":[{"kind":"weekend","basisPoints":2515,"daysOfWeek":[6,7]}],"validFrom":"2026-01-01"}""");
        await practice.Post($"{work}:set-time-rule", """{"validFrom":"2026-01-01","minimumSeconds":10800}""");
        await practice.Post($"{work}:set-billing-mode",
            """{"kind":"capped","amount":{"amount":"250.00","currency":"USD"},"per":"month","validFrom":"2026-01-01"}""");
        await practice.Log(practice.Owner, "2026-03-03", 3600);
        await practice.Log(practice.Owner, "2026-03-07", 3600);
        var draft = (await practice.Post("/v1/invoices", $$"""{"clientId":"{{practice.ClientId}}","through":"2026-03-31"}""")).Id;
        await practice.Post($"/v1/invoices/{draft}:finalize", """{"issuedOn":"2026-04-01"}""");

        var lines = (await practice.Get($"/v1/invoices/{draft}"))["lines"]!.AsArray();
        Assert.Equal([("time", "120.00"), ("time", "150.18"), ("cap", "-20.18")],
            lines.Select(line => ((string)line!["kind"]!, (string)line["amount"]!["amount"]!)));
        Assert.Equal("weekend +25.15 %", (string?)lines[1]!["surcharge"]);
        var link = new Uri((await practice.Post($"/v1/invoices/{draft}:share", "{}")).Json["url"]!.GetValue<string>()).AbsolutePath;
        var page = (await Server.Get(null, link)).Ok().Text;
        Assert.Contains("$50.06", page, StringComparison.Ordinal);
        Assert.Contains("weekend &#x2B;25.15 %", page, StringComparison.Ordinal);
        Assert.Contains("Each entry is billed as 3:00 h at least.", page, StringComparison.Ordinal);

        await practice.Post($"/v1/invoices/{draft}:void", """{"reason":"Again","voidedOn":"2026-04-02"}""");
        Assert.Equal("250.00", (string?)(await practice.Get($"/v1/clients/{practice.ClientId}/unbilled?through=2026-03-31"))["total"]!["amount"]);
    }

    [Fact]
    public async Task A_dearer_rate_within_a_promise_is_refused_by_name_and_every_level_shows_its_rates()
    {
        var practice = await Practice.OpenEmpty(Server);
        await practice.AddClient();
        var work = $"/v1/engagements/{practice.EngagementId}";
        await practice.Post($"{work}:lock-rates", """{"validFrom":"2026-01-01","untilExclusive":"2029-01-01"}""");
        var refused = await Server.Post(
            practice.Owner, $"{work}:set-rate", """{"perHour":{"amount":"40.01","currency":"USD"},"validFrom":"2028-12-31"}""");
        Assert.Equal((409, "rate-locked"), (refused.Code, refused.ProblemCode));
        await practice.Post($"{work}:set-rate", """{"perHour":{"amount":"40.01","currency":"USD"},"validFrom":"2029-01-01"}""");
        await practice.Post($"/v1/clients/{practice.ClientId}:set-rate", """{"perHour":{"amount":"38.00","currency":"USD"},"validFrom":"2026-01-01"}""");
        await practice.Post("/v1/business:set-rate", """{"perHour":{"amount":"35.00","currency":"USD"},"validFrom":"2026-01-01","task":"filing"}""");

        Assert.Equal(2, (await practice.Get($"{work}/rates"))["cards"]!.AsArray().Count);
        Assert.Single((await practice.Get($"{work}/rates"))["locks"]!.AsArray());
        Assert.Equal("client", (string?)(await practice.Get($"/v1/clients/{practice.ClientId}/rates"))["cards"]![0]!["level"]);
        Assert.Equal("filing", (string?)(await practice.Get("/v1/business/rates"))["cards"]![0]!["task"]);
    }

    [Theory]
    [InlineData("preview-surcharges", """{"rules":[{"kind":"weekend","basisPoints":10000,"daysOfWeek":[1,2,3,4,5,6,7]}],"validFrom":"2026-01-01"}""", "200.00")]
    [InlineData("preview-time-rule", """{"validFrom":"2026-01-01","minimumSeconds":36000}""", "800.00")]
    [InlineData("preview-billing-mode", """{"kind":"capped","amount":{"amount":"70.00","currency":"USD"},"validFrom":"2026-01-01"}""", "0.00")]
    public async Task Surcharges_time_rules_and_modes_for_the_past_show_what_they_touch(string verb, string body, string after)
    {
        var practice = await Practice.Open(Server);
        var head = await Server.Head();
        var preview = (await Server.Post(practice.Owner, $"/v1/engagements/{practice.EngagementId}:{verb}", body)).Ok().Json;
        Assert.Equal(head, await Server.Head());
        var client = Assert.Single(preview["clients"]!.AsArray())!;
        Assert.Equal((2, "100.00"), (
            (int)client["unbilled"]!["entries"]!, (string?)client["unbilled"]!["before"]!["amount"]));
        if (verb != "preview-billing-mode") Assert.Equal(after, (string?)client["unbilled"]!["after"]!["amount"]);
        Assert.All(client["invoices"]!.AsArray(), invoice => Assert.NotNull(invoice!["after"]));
        Assert.NotEmpty(client["invoices"]!.AsArray());
    }

    private async Task<System.Text.Json.Nodes.JsonArray> Cards(Practice practice) =>
        (await Server.Get(practice.Assistant, $"/v1/engagements/{practice.EngagementId}")).Ok().Json["cards"]!.AsArray();
}
