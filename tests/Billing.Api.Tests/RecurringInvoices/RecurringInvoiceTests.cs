using System.Text.Json.Nodes;
using Billing.Api.Mailing;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Invoicing;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Api.Tests.RecurringInvoices;

/// <summary>Fortnights from forty days ago: two of them are due, the third is running.</summary>
public sealed class RecurringInvoiceTests : IAsyncLifetime
{
    private const string RunDue = "/v1/recurring-invoices:run-due";
    private ApiServer server = null!;
    private Practice practice = null!;

    public async ValueTask InitializeAsync()
    {
        server = await ApiServer.Start();
        practice = await Practice.OpenEmpty(server);
        await practice.AddClient();
        await practice.Post($"/v1/engagements/{practice.EngagementId}:set-rate",
            """{"perHour":{"amount":"40","currency":"USD"},"validFrom":"2020-01-01"}""");
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Each_period_that_is_due_sweeps_up_what_is_unbilled_by_then_and_is_invoiced_once()
    {
        await Worked(-43, hours: 1);
        await Worked(-30, hours: 2);
        await Worked(-20, hours: 3);
        await Worked(-3, hours: 4);
        var recurring = await Repeat("""
            "mode":"finalize","fees":[{"description":"Care {period-start}","amount":{"amount":"10.00","currency":"USD"}}],"note":"No. {number}"
            """);
        var planned = await practice.Get($"/v1/recurring-invoices/{recurring}?limit=3");
        Assert.Equal(3, planned["next"]!.AsArray().Count);
        Assert.Equal("No. 1", (string?)planned["next"]![0]!["note"]);

        var ran = await Run();

        Assert.Equal(["invoiced", "invoiced"], ran.Select(period => (string?)period["outcome"]));
        Assert.Equal((string?)planned["next"]![0]!["invoiceId"], (string?)ran[0]["invoiceId"]);
        // What came late for an earlier period is on the first invoice; the running fortnight's is on none.
        Assert.Equal(["130.00", "130.00"], await Totals(ran));
        Assert.Equal([(string?)ran[0]["from"], (string?)ran[1]["from"]], (await Past(recurring)).Select(period => (string?)period["from"]));
        var invoice = await practice.Get($"/v1/invoices/{ran[0]["invoiceId"]}");
        Assert.Equal("No. 1", (string?)invoice["invoice"]!["note"]);
        Assert.Equal(Practice.DaysFromNow(-26), (string?)invoice["invoice"]!["issuedOn"]);
        Assert.Empty(await Run());
        await Reconciled.Holds(server, practice.Id);
    }

    [Fact]
    public async Task However_many_ask_at_once_each_period_has_one_invoice()
    {
        await Worked(-30, hours: 2);
        await Repeat("""
            "mode":"finalize","fees":[{"description":"Care","amount":{"amount":"10.00","currency":"USD"}}]
            """);
        await server.CatchUp();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => server.Post(practice.Owner, RunDue, "{}")));

        var ran = answers.SelectMany(answer => answer.Ok().Items).Where(period => (string?)period["outcome"] == "invoiced").ToList();
        Assert.Equal(2, ran.Select(period => (string?)period["invoiceId"]).Distinct().Count());
        Assert.Equal(2, ran.Count);
        Assert.Equal(2, (await practice.Get("/v1/invoices"))["items"]!.AsArray().Count);
        Assert.Empty(server.Errors);
    }

    [Fact]
    public async Task A_period_without_anything_to_bill_is_skipped_and_says_so()
    {
        await Worked(-20, hours: 1);
        var recurring = await Repeat("\"mode\":\"finalize\"");

        var ran = await Run();

        Assert.Equal([("skipped", "empty"), ("invoiced", null)], ran.Select(period => ((string?)period["outcome"], (string?)period["why"])));
        Assert.Equal(["empty", null], (await Past(recurring)).Select(period => (string?)period["skipped"]));
    }

    [Fact]
    public async Task What_lies_in_a_draft_is_left_to_that_draft()
    {
        await Worked(-30, hours: 2);
        await Worked(-20, hours: 3);
        await Repeat("\"mode\":\"draft\"");

        var ran = await Run();

        Assert.Equal(["invoiced", "invoiced"], ran.Select(period => (string?)period["outcome"]));
        Assert.Equal(["80.00", "120.00"], await Previews(ran));
        Assert.All(await Statuses(ran), status => Assert.Equal("draft", status));
    }

    [Fact]
    public async Task A_refused_period_writes_nothing_stays_due_and_says_why()
    {
        var work = (await practice.Post("/v1/engagements", $$"""{"clientId":"{{practice.ClientId}}","name":"Unpriced"}""")).Id;
        await practice.Post("/v1/time-entries",
            $$"""{"engagementId":"{{work}}","workedOn":"{{Practice.DaysFromNow(-30)}}","durationSeconds":3600}""");
        await Repeat("""
            "mode":"send","fees":[{"description":"Care","amount":{"amount":"10.00","currency":"USD"}}]
            """);
        await server.CatchUp();
        var head = await server.Head();

        var refused = Assert.Single(await Run());
        Assert.Equal(("refused", "rate-missing"), ((string?)refused["outcome"], (string?)refused["why"]));
        Assert.Equal(head, await server.Head());
        Assert.Single((await practice.Get("/v1/recurring-invoices/due"))["items"]!.AsArray());

        await practice.Post($"/v1/engagements/{work}:set-rate", """{"perHour":{"amount":"50","currency":"USD"},"validFrom":"2020-01-01"}""");
        Assert.Equal(["60.00", "10.00"], await Totals(await Run()));
    }

    [Fact]
    public async Task Finalised_and_sent_is_one_step_with_one_mail()
    {
        await Repeat("""
            "mode":"send","fees":[{"description":"Care {month} {year}","amount":{"amount":"10.00","currency":"USD"}}]
            """);

        var ran = await Run();
        await Run();
        await server.CatchUp();
        await server.Services.GetRequiredService<Outbox>().Look(TestContext.Current.CancellationToken);
        await server.CatchUp();

        Assert.All(await Statuses(ran), status => Assert.Equal("sent", status));
        var mails = (await practice.Get("/v1/mails"))["items"]!.AsArray();
        Assert.Equal(["sent", "sent"], mails.Select(mail => (string?)mail!["status"]));
    }

    [Fact]
    public async Task A_retainers_fee_is_asked_for_where_its_period_begins_by_a_deposit_of_its_own()
    {
        var retainer = (await practice.Post("/v1/retainers", $$$"""
            {"clientId":"{{{practice.ClientId}}}","name":"Flat","from":"{{{Practice.DaysFromNow(-40)}}}","terms":{"kind":"flat-fee","fee":{"amount":"300","currency":"USD"},"period":{"unit":"week","every":4,"anchor":"{{{Practice.DaysFromNow(-40)}}}"} } }
            """)).Id;
        await Repeat($$"""
            "mode":"finalize","billsTime":false,"billsExpenses":false,"feeRetainerId":"{{retainer}}"
            """);

        var ran = await Run();

        Assert.Equal(["invoiced", "skipped"], ran.Select(period => (string?)period["outcome"]));
        Assert.Null(ran[0]["invoiceId"]);
        var deposit = (await practice.Get($"/v1/invoices/{ran[0]["feeInvoiceId"]}"))["invoice"]!;
        Assert.Equal(("deposit", "300.00", $"{retainer}"),
            ((string?)deposit["kind"], (string?)deposit["total"]!["amount"], (string?)deposit["retainerId"]));
        await Reconciled.Holds(server, practice.Id);
    }

    [Fact]
    public async Task Skipped_paused_resumed_changed_and_ended_it_goes_on_where_it_stands()
    {
        var recurring = await Repeat("""
            "mode":"finalize","fees":[{"description":"Care","amount":{"amount":"10.00","currency":"USD"}}]
            """);
        var path = $"/v1/recurring-invoices/{recurring}";
        await practice.Post($"{path}:skip", $$"""{"from":"{{Practice.DaysFromNow(-40)}}"}""");
        await practice.Post($"{path}:pause", "{}");
        Assert.Empty(await Run());
        await practice.Post($"{path}:resume", """{"catchUp":true}""");
        await practice.Post($"{path}:change", Body("""
            "mode":"finalize","fees":[{"description":"Care","amount":{"amount":"25.00","currency":"USD"}}]
            """));

        Assert.Equal(["25.00"], await Totals(await Run()));
        Assert.Equal(["by-hand", null], (await Past(recurring)).Select(period => (string?)period["skipped"]));

        await practice.Post($"{path}:end", "{}");
        var ended = await practice.Get(path);
        Assert.Equal(("ended", 0), ((string?)ended["recurringInvoice"]!["status"], ended["next"]!.AsArray().Count));
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_done_and_writes_nothing()
    {
        await Repeat("""
            "mode":"finalize","fees":[{"description":"Care","amount":{"amount":"10.00","currency":"USD"}}]
            """);
        await server.CatchUp();
        var head = await server.Head();

        var would = Assert.Single((await server.Post(practice.Owner, $"{RunDue}?dryRun=true", "{}")).Ok().Items);

        Assert.Equal("invoiced", (string?)would["outcome"]);
        Assert.Equal(head, await server.Head());
    }

    private Task<Guid> Worked(int daysFromNow, int hours) => practice.Log(practice.Owner, Practice.DaysFromNow(daysFromNow), hours * 3600);

    private async Task<Guid> Repeat(string more) => (await practice.Post("/v1/recurring-invoices", Body(more))).Id;

    private string Body(string more) =>
        $$$"""{"clientId":"{{{practice.ClientId}}}","name":"Acme","cycle":{"rule":"weeks","every":2},"firstDay":"{{{Practice.DaysFromNow(-40)}}}",{{{more.Trim()}}} }""";

    private async Task<IReadOnlyList<JsonObject>> Run() => (await server.Post(practice.Owner, RunDue, "{}")).Ok().Items;

    private async Task<List<JsonNode>> Past(Guid recurring) =>
        [.. (await practice.Get($"/v1/recurring-invoices/{recurring}"))["past"]!.AsArray().Select(period => period!)];

    private Task<List<string?>> Totals(IReadOnlyList<JsonObject> ran) => Each(ran, invoice => (string?)invoice["invoice"]!["total"]!["amount"]);

    private Task<List<string?>> Previews(IReadOnlyList<JsonObject> ran) => Each(ran, invoice => (string?)invoice["preview"]!["total"]!["amount"]);

    private Task<List<string?>> Statuses(IReadOnlyList<JsonObject> ran) => Each(ran, invoice => (string?)invoice["invoice"]!["status"]);

    private async Task<List<string?>> Each(IReadOnlyList<JsonObject> ran, Func<JsonObject, string?> of)
    {
        var all = new List<string?>();
        foreach (var period in ran) all.Add(of(await practice.Get($"/v1/invoices/{period["invoiceId"]}")));
        return all;
    }
}
