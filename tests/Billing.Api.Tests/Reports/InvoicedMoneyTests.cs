using System.Globalization;
using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Refusals;

namespace Billing.Api.Tests.Reports;

/// <summary>Money that was invoiced stands in the reports once, in the month of its work, whatever became of the work. An hour costs
/// 40.00.</summary>
public sealed class InvoicedMoneyTests(FullServer full) : IClassFixture<FullServer>
{
    private const string Year = "from=2026-01-01&to=2026-12-31";

    private ApiServer Server => full.Server;

    [Fact]
    public async Task A_difference_that_was_billed_later_belongs_to_the_month_of_the_work()
    {
        var practice = await Worked(("2026-02-03", 2));
        var invoice = await Billed(practice, "2026-03-01");
        foreach (var (rate, expected, issued) in new[] { ("50.00", "100.00", "2026-05-01"), ("45.00", "90.00", "2026-06-01") })
        {
            await practice.Post($"/v1/engagements/{practice.EngagementId}:set-rate",
                $$$"""{"perHour":{"amount":"{{{rate}}}","currency":"USD"},"validFrom":"2026-01-01"}""");
            var fingerprint = (string)(await practice.Get($"/v1/invoices/{invoice}/proposal"))["proposal"]!["fingerprint"]!;
            await practice.Post($"/v1/invoices/{invoice}:accept-rebill",
                $$"""{"fingerprint":"{{fingerprint}}","way":"delta","issuedOn":"{{issued}}"}""");
            Assert.Equal([("2026-02", expected)], await Rows(practice, "work", "invoiced", "&by=month"));
            Assert.Equal([(practice.ClientId.ToString(), expected)], await Rows(practice, "effective-rate", "earned", ""));
        }
    }

    [Fact]
    public async Task Work_that_was_removed_after_it_was_billed_keeps_its_money_until_it_is_credited()
    {
        var practice = await Worked(("2026-02-03", 1), ("2026-03-03", 2));
        var invoice = await Billed(practice, "2026-04-01");
        await practice.Post("/v1/payments", $$$"""
            {"invoiceId":"{{{invoice}}}","method":"transfer","receivedOn":"2026-04-02","amount":{"amount":"120.00","currency":"USD"} }
            """);
        var entries = (await practice.Get("/v1/time-entries?from=2026-03-01&to=2026-03-31"))["items"]!.AsArray();
        await practice.Post($"/v1/time-entries/{entries.Single()!["entryId"]}:remove", "{}");
        var fingerprint = (string)(await practice.Get($"/v1/invoices/{invoice}/proposal"))["proposal"]!["fingerprint"]!;
        await practice.Post($"/v1/invoices/{invoice}:drop-rebill", $$"""{"fingerprint":"{{fingerprint}}"}""");
        Assert.Equal([("2026-02", "40.00"), ("2026-03", "80.00")], await Rows(practice, "work", "invoiced", "&by=month"));
        Assert.Equal([(practice.ClientId.ToString(), "120.00")], await Rows(practice, "effective-rate", "earned", ""));
        var explained = await practice.Get($"/v1/reports/work/explain?{Year}&by=month&row=2026-03:USD&column=invoiced");
        Assert.Contains(explained["inputs"]!.AsArray(), input => (string?)input!["id"] == invoice);
    }

    /// <summary>What an hour brings is said before it is billed as it is said afterwards.</summary>
    [Theory]
    [InlineData("""{"kind":"capped","amount":{"amount":"100.00","currency":"USD"},"validFrom":"2026-01-01"}""", "10.00")]
    [InlineData("""{"kind":"fixed-fee","amount":{"amount":"100.00","currency":"USD"},"validFrom":"2026-01-01"}""", "10.00")]
    [InlineData(null, "30.00")]
    public async Task What_an_hour_brings_is_the_same_before_it_is_billed_and_after(string? mode, string perHour)
    {
        var practice = await Worked(("2026-02-03", 4), ("2026-02-05", 6));
        if (mode is not null) await practice.Post($"/v1/engagements/{practice.EngagementId}:set-billing-mode", mode);
        else await PrepaidHours(practice);
        Assert.Equal([(practice.ClientId.ToString(), perHour)], await Rows(practice, "effective-rate", "effectivePerHour", ""));
        await Billed(practice, "2026-04-01");
        Assert.Equal([(practice.ClientId.ToString(), perHour)], await Rows(practice, "effective-rate", "effectivePerHour", ""));
    }

    [Fact]
    public async Task Rows_are_cut_by_client_engagement_and_assistant_and_whoever_sees_rates_sees_what_work_is_worth()
    {
        var practice = await Practice.Open(Server);
        var all = (await practice.Get($"/v1/reports/work?{Year}&by=month"))["rows"]!.ToJsonString();
        Assert.Equal(all, (await practice.Get($"/v1/reports/work?{Year}&by=month&client={practice.ClientId}"))["rows"]!.ToJsonString());
        foreach (var none in new[] { "client", "engagement", "assistant" })
            Assert.Empty((await practice.Get($"/v1/reports/work?{Year}&by=month&{none}={Guid.NewGuid()}"))["rows"]!.AsArray());
        Assert.Empty((await practice.Get($"/v1/reports/effective-rate?{Year}&client={Guid.NewGuid()}"))["rows"]!.AsArray());
        var refused = await Server.Get(practice.Owner, $"/v1/reports/trial-balance?{Year}&client={practice.ClientId}");
        Assert.Equal((400, "invalid-request"), (refused.Code, refused.ProblemCode));

        Assert.Equal(["billable", "billed", "unbilled", "worked"], await Columns(practice));
        await practice.Post($"/v1/members/{practice.AssistantId}:allow-rates", """{"seesRates":true}""");
        Assert.Equal(["billable", "billed", "invoiced", "unbilled", "worked", "worth"], await Columns(practice));
    }

    private async Task<IEnumerable<string>> Columns(Practice practice) =>
        (await Server.Get(practice.Assistant, $"/v1/reports/work?{Year}&by=month")).Ok().Json["rows"]![0]!["figures"]!.AsObject()
            .Select(figure => figure.Key).Order(StringComparer.Ordinal);

    private async Task<Practice> Worked(params (string Day, int Hours)[] work)
    {
        var practice = await Practice.OpenEmpty(Server);
        await practice.AddClient();
        foreach (var (day, hours) in work) await practice.Log(practice.Owner, day, hours * 3600);
        return practice;
    }

    private static async Task<string> Billed(Practice practice, string issuedOn)
    {
        var draft = (await practice.Post("/v1/invoices", $$"""{"clientId":"{{practice.ClientId}}","through":"{{issuedOn}}"}""")).Id;
        await practice.Post($"/v1/invoices/{draft}:finalize", $$"""{"issuedOn":"{{issuedOn}}"}""");
        return draft.ToString();
    }

    /// <summary>Ten hours of February for 300.00, paid.</summary>
    private static async Task PrepaidHours(Practice practice)
    {
        var retainer = (await practice.Post("/v1/retainers", $$$"""
            {"clientId":"{{{practice.ClientId}}}","name":"Ten hours","from":"2026-02-01","terms":{"kind":"hours-per-period","automatic":true,
            "fee":{"amount":"300.00","currency":"USD"},"includedSeconds":36000,"period":{"unit":"month","anchor":"2026-02-01" } } }
            """)).Id;
        var deposit = (await practice.Post($"/v1/retainers/{retainer}:request-deposit", $$$"""
            {"clientId":"{{{practice.ClientId}}}","amount":{"amount":"300.00","currency":"USD"} }
            """)).Id;
        await practice.Post($"/v1/invoices/{deposit}:finalize", """{"issuedOn":"2026-02-01"}""");
        await practice.Post("/v1/payments", $$$"""
            {"invoiceId":"{{{deposit}}}","method":"transfer","receivedOn":"2026-02-02","amount":{"amount":"300.00","currency":"USD"} }
            """);
    }

    private static async Task<List<(string Subject, string Value)>> Rows(Practice practice, string report, string column, string more)
    {
        var rows = (await practice.Get($"/v1/reports/{report}?{Year}{more}"))["rows"]!.AsArray();
        return
        [
            .. rows.Where(row => (string?)row!["subject"] != "total").Select(row => (
                (string)row!["subject"]!, Text(row["figures"]![column]!))),
        ];
    }

    private static string Text(JsonNode figure) =>
        (string?)(figure["amount"] ?? figure["perHour"])?["amount"] ?? figure.ToJsonString().ToString(CultureInfo.InvariantCulture);
}
