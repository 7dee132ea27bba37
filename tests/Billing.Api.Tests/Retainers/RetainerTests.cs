using System.Text.Json.Nodes;
using Billing.Api.Retainers;
using Billing.Api.Tests.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Api.Tests.Retainers;

/// <summary>Retainers through the API: agreed, worked, invoiced, filled up, given back. An hour costs 40.00.</summary>
public sealed class RetainerTests : IAsyncLifetime
{
    private const string TenHours =
        """{"kind":"hours-per-period","automatic":true,"fee":{"amount":"350","currency":"USD"},"includedSeconds":36000,"period":{"unit":"month","anchor":"2026-03-01"},"unused":{"rule":"roll-over","periods":1},"orderOfUse":"base-first","overage":{"rule":"bill","perHour":{"amount":"50","currency":"USD"}},"caps":{"softPercent":110}}""";

    private ApiServer _server = null!;
    private Practice _practice = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _practice = await Practice.Open(_server, "Juniper");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Automatic_hours_cover_an_invoice_that_does_not_name_them_and_a_void_gives_them_back()
    {
        var retainer = await Agree(TenHours);
        var entry = await Log("2026-03-10", hours: 8);
        var more = await Log("2026-03-11", hours: 5);
        var standing = (await _practice.Get($"/v1/retainers/{retainer}?asOf=2026-03-31"))["standing"]!;
        Assert.Equal((0, Hours(13)), (Seconds(standing["usedInvoiced"]), Seconds(standing["usedUnbilled"])));
        Assert.Equal((0, Hours(10)), (Seconds(standing["left"]), Seconds(standing["leftInvoiced"])));
        Assert.Equal(["soft-cap-reached"], standing["warnings"]!.AsArray().Select(warning => warning!.GetValue<string>()));

        var invoice = await Draft([entry, more]);
        var finalized = await _practice.Post($"/v1/invoices/{invoice}:finalize", """{"issuedOn":"2026-04-01"}""");
        Assert.Equal("150.00", finalized.Json["total"]!["amount"]!.GetValue<string>());
        var lines = (await _practice.Get($"/v1/invoices/{invoice}"))["lines"]!.AsArray();
        Assert.Equal([Hours(10), Hours(3)], lines.Select(line => line!["quantitySeconds"]!.GetValue<long>()));
        Assert.Equal((retainer, retainer), (lines[0]!["coveredBy"]!.GetValue<Guid>(), lines[1]!["beyondOf"]!.GetValue<Guid>()));

        var lots = await _practice.Get($"/v1/retainers/{retainer}/lots?asOf=2026-03-31");
        var draws = lots["lots"]![0]!["draws"]!.AsArray();
        Assert.Equal(Hours(10), draws.Sum(draw => Seconds(draw!["quantity"])));
        Assert.All(draws, draw => Assert.Equal(invoice, draw!["invoiceId"]!.GetValue<Guid>()));
        Assert.Equal("billed", lots["beyond"]![0]!["how"]!.GetValue<string>());
        Assert.Equal((Hours(13), 0), await Used(retainer));

        await _practice.Post($"/v1/invoices/{invoice}:void", """{"reason":"wrong","voidedOn":"2026-04-02"}""");
        Assert.Equal((0, Hours(13)), await Used(retainer));
    }

    [Fact]
    public async Task Periods_carry_their_rest_forward()
    {
        var retainer = await Agree(TenHours);
        await Log("2026-03-10", hours: 7);
        await Log("2026-04-10", hours: 13);
        var periods = (await _practice.Get($"/v1/retainers/{retainer}/periods?asOf=2026-05-01"))["items"]!.AsArray();
        Assert.Equal([Hours(10), Hours(13), Hours(10)], periods.Select(period => Seconds(period!["available"])));
        Assert.Equal("2026-03-31", periods[0]!["through"]!.GetValue<string>());
        Assert.Equal("50.00", periods[0]!["effectivePerHour"]!["amount"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_retainer_is_added_to_a_draft_and_taken_off_it()
    {
        var entry = await Log("2026-03-10", hours: 12);
        var retainer = await Agree(TenHours);
        var draft = (await _practice.Post(
            "/v1/invoices", $$"""{"clientId":"{{_practice.ClientId}}","entryIds":["{{entry}}"],"expenseIds":[],"retainerIds":[]}""")).Id;
        Assert.Equal("480.00", await Total(draft));
        await _practice.Post($"/v1/invoices/{draft}:use-retainers", $$"""{"retainerIds":["{{retainer}}"]}""");
        Assert.Equal("100.00", await Total(draft));
        await _practice.Post($"/v1/invoices/{draft}:use-retainers", """{"retainerIds":[]}""");
        Assert.Equal("480.00", await Total(draft));
    }

    [Fact]
    public async Task An_evergreen_retainer_is_filled_up_once_and_counts_when_it_is_paid()
    {
        var path = $"/v1/retainers/{_practice.EvergreenId}";
        Assert.Equal("500.00", (await _practice.Get(path))["standing"]!["topUpDue"]!["amount"]!.GetValue<string>());
        var deposit = (await _practice.Post($"{path}:request-top-up", "{}")).Id;
        await _practice.Post($"/v1/invoices/{deposit}:finalize", """{"issuedOn":"2026-03-05"}""");
        Assert.Equal("top-up-open", (await _server.Post(_practice.Owner, $"{path}:request-top-up", "{}")).ProblemCode);
        Assert.Equal("0.00", await Unearned());

        await _practice.Post("/v1/payments", $$$"""
            {"invoiceId":"{{{deposit}}}","amount":{"amount":"500.00","currency":"USD"},"method":"transfer","receivedOn":"2026-03-06"}
            """);
        Assert.Null((await _practice.Get(path))["standing"]!["topUpDue"]);
        Assert.Equal("top-up-not-due", (await _server.Post(_practice.Owner, $"{path}:request-top-up", "{}")).ProblemCode);
        Assert.Equal("500.00", await Unearned());

        Assert.Equal("retainer-not-empty", (await _server.Post(_practice.Owner, $"{path}:close", "{}")).ProblemCode);
        await _practice.Post($"{path}:refund", "{}");
        Assert.Equal("0.00", await Unearned());
        await _practice.Post($"{path}:close", "{}");
        Assert.Equal("retainer-closed", (await _server.Post(_practice.Owner, $"{path}:request-deposit",
            $$$"""{"clientId":"{{{_practice.ClientId}}}","amount":{"amount":"1","currency":"USD"}}""")).ProblemCode);
    }

    [Fact]
    public async Task The_same_work_is_held_against_another_policy_and_nothing_is_written()
    {
        var retainer = await Agree(TenHours);
        await Log("2026-03-10", hours: 13);
        var head = await _server.Head();
        var path = $"/v1/retainers/{retainer}:simulate";
        var answer = (await _server.Post(_practice.Owner, path,
            $$"""{"from":"2026-03-06","through":"2026-03-31","terms":{{TenHours.Replace("\"350\"", "\"300\"", StringComparison.Ordinal)}}}""")).Ok().Json;
        Assert.Equal(
            ("500.00", "450.00", "-50.00"),
            (Amount(answer["agreed"]!["cost"]), Amount(answer["other"]!["cost"]), Amount(answer["costDifference"])));
        Assert.Equal((Hours(13), "520.00"), (answer["workedSeconds"]!.GetValue<long>(), Amount(answer["workedValue"])));
        Assert.Equal(head, await _server.Head());

        foreach (var (body, code) in new[]
        {
            ($$"""{"from":"2026-03-06","through":"2026-03-05","terms":{{TenHours}}}""", "days-implausible"),
            ("""{"from":"2026-03-06","through":"2026-03-07","terms":{"kind":"gift"}}""", "terms-unknown-word"),
            ("""{"from":"2026-03-06"}""", "invalid-request"), ("[]", "invalid-request"),
        })
        {
            Assert.Equal(code, (await _server.Post(_practice.Owner, path, body)).ProblemCode);
        }
        Assert.Equal(404, (await _server.Post(
            _practice.Owner, $"/v1/retainers/{Guid.CreateVersion7()}:simulate",
            $$"""{"from":"2026-03-06","through":"2026-03-07","terms":{{TenHours}}}""")).Code);
        Assert.Empty(_server.Errors);
    }

    [Fact]
    public async Task The_clients_page_shows_used_and_left_of_what_runs()
    {
        await Agree("""{"kind":"hour-block","fee":{"amount":"400","currency":"USD"},"includedSeconds":36000}""", "Ten hours", buysBlock: true);
        var page = (await _server.Get(null, _practice.SharePath)).Ok().Text;
        Assert.Contains("Ten hours", page, StringComparison.Ordinal);
        Assert.Contains("of 10:00 h", page, StringComparison.Ordinal);
    }

    /// <summary>omb.cloud's policy in the order in which it happens: overage first, its approval later.</summary>
    [Theory]
    [InlineData("""{"seconds":3600,"approvedOn":"2026-03-20"}""")]
    [InlineData("""{"seconds":3600,"approvedOn":"2026-03-31"}""")]
    [InlineData("""{"seconds":3600,"approvedOn":"2026-04-03","periodDay":"2026-03-06"}""")]
    public async Task An_approval_after_the_work_releases_it(string approval)
    {
        var retainer = await Agree(TenHours.Replace("\"softPercent\":110", "\"softPercent\":110,\"hardPercent\":130", StringComparison.Ordinal));
        Guid[] entries = [await Log("2026-03-18", hours: 10), await Log("2026-03-19", hours: 4)];
        var body = $$"""{"clientId":"{{_practice.ClientId}}","entryIds":["{{entries[0]}}","{{entries[1]}}"],"expenseIds":[]}""";
        Assert.Equal("overage-needs-approval", (await _server.Post(_practice.Owner, "/v1/invoices", body)).ProblemCode);
        await _practice.Post($"/v1/retainers/{retainer}:approve-overage", """{"seconds":3600,"approvedOn":"2026-04-03"}""");
        Assert.Equal("overage-needs-approval", (await _server.Post(_practice.Owner, "/v1/invoices", body)).ProblemCode);

        await _practice.Post($"/v1/retainers/{retainer}:approve-overage", approval);
        Assert.Equal("200.00", await Total((await _practice.Post("/v1/invoices", body)).Id));
        var period = (await _practice.Get($"/v1/retainers/{retainer}?asOf=2026-03-31"))["standing"]!["period"]!;
        Assert.Equal((Hours(4), 0), (Seconds(period["billed"]), Seconds(period["stopped"])));
    }

    [Fact]
    public async Task A_block_is_billed_when_it_is_bought_and_counts_once_it_is_paid()
    {
        var retainer = await Agree(
            """{"kind":"hour-block","fee":{"amount":"400","currency":"USD"},"includedSeconds":36000,"block":{"hoursCount":"once-paid"}}""");
        var path = $"/v1/retainers/{retainer}";
        var bought = (await _practice.Post($"{path}:buy-hours", """{"boughtOn":"2026-03-06"}""")).Json;
        var invoice = bought["invoiceId"]!.GetValue<Guid>();
        Assert.Equal("400.00", await Total(invoice));
        var lots = await _practice.Get($"{path}/lots");
        Assert.Empty(lots["lots"]!.AsArray());
        Assert.Equal(bought["lotId"]!.GetValue<Guid>(), lots["awaited"]!.AsArray().Single()!["lotId"]!.GetValue<Guid>());
        Assert.Equal("nothing-to-refund", (await _server.Post(_practice.Owner, $"{path}:refund", "{}")).ProblemCode);

        await _practice.Post($"/v1/invoices/{invoice}:finalize", """{"issuedOn":"2026-03-06"}""");
        await _practice.Pay(invoice, "400.00", "2026-03-09");
        lots = await _practice.Get($"{path}/lots");
        Assert.Equal(Hours(10), Seconds(lots["lots"]!.AsArray().Single()!["left"]));
        Assert.Empty(lots["awaited"]!.AsArray());
        Assert.Equal("400.00", await Unearned());
        await _practice.Post($"{path}:refund", "{}");
        Assert.Equal(("0.00", "0.00"), (await Unearned(), Amount((await _practice.Get(path))["standing"]!["received"])));

        var unbilled = (await _practice.Post($"{path}:buy-hours", """{"draftsInvoice":false}""")).Json;
        Assert.Null(unbilled["invoiceId"]);
        Assert.Equal("nothing-to-refund", (await _server.Post(_practice.Owner, $"{path}:refund", "{}")).ProblemCode);
    }

    [Fact]
    public async Task The_server_asks_for_the_next_block_and_for_a_top_up_once_however_often_it_looks()
    {
        var retainer = await Agree(
            """{"kind":"hour-block","automatic":true,"fee":{"amount":"400","currency":"USD"},"includedSeconds":36000,"block":{"rebillAtPercent":80,"requestMode":"finalize"}}""",
            buysBlock: true);
        await Look();
        var before = await Deposits();
        await Log("2026-03-10", hours: 8);
        await Look();
        var asked = (await Deposits()).Except(before).ToList();
        Assert.Equal("finalized", (await _practice.Get($"/v1/invoices/{Assert.Single(asked)}"))["invoice"]!["status"]!.GetValue<string>());
        Assert.Equal(2, (await _practice.Get($"/v1/retainers/{retainer}/lots"))["lots"]!.AsArray().Count);
        await Look();
        await Log("2026-03-11", hours: 1);
        await Look();
        Assert.Single((await Deposits()).Except(before));

        var evergreen = (await _practice.Post("/v1/retainers", $$$"""
            {"clientId":"{{{_practice.ClientId}}}","name":"Always","from":"2026-03-06","terms":{"kind":"evergreen",
            "evergreen":{"floor":{"amount":"100","currency":"USD"},"target":{"amount":"500","currency":"USD"} } } }
            """)).Id;
        await Look();
        await Look();
        var topUp = Assert.Single((await Deposits()).Except(before).Except(asked));
        Assert.Equal("500.00", await Total(topUp));
        await _practice.Post($"/v1/invoices/{topUp}:finalize", """{"issuedOn":"2026-03-08"}""");
        await _practice.Pay(topUp, "500.00", "2026-03-09");
        await Look();
        Assert.Equal("500.00", Amount((await _practice.Get($"/v1/retainers/{evergreen}"))["balance"]));
        Assert.Equal(2, (await Deposits()).Except(before).Count());
        Assert.Empty(_server.Errors);
    }

    private async Task Look()
    {
        await _server.CatchUp();
        await _server.Services.GetRequiredService<RetainerRounds>().Go(TestContext.Current.CancellationToken);
        await _server.CatchUp();
    }

    private async Task<IReadOnlyList<Guid>> Deposits() =>
    [
        .. (await _practice.Get($"/v1/invoices?client={_practice.ClientId}&limit=100"))["items"]!.AsArray()
            .Select(invoice => invoice!["invoiceId"]!.GetValue<Guid>()),
    ];

    private async Task<Guid> Agree(string terms, string name = "Hours", bool buysBlock = false)
    {
        var id = (await _practice.Post("/v1/retainers", $$"""
            {"clientId":"{{_practice.ClientId}}","name":"{{name}}","from":"2026-03-06","terms":{{terms}}}
            """)).Id;
        if (buysBlock) await _practice.Post($"/v1/retainers/{id}:buy-hours", """{"boughtOn":"2026-03-06"}""");
        return id;
    }

    private Task<Guid> Log(string day, int hours) => _practice.Log(_practice.Owner, day, 3600 * hours);

    private async Task<Guid> Draft(IEnumerable<Guid> entries) => (await _practice.Post("/v1/invoices",
        $$"""{"clientId":"{{_practice.ClientId}}","entryIds":[{{string.Join(',', entries.Select(id => $"\"{id}\""))}}],"expenseIds":[]}""")).Id;

    private async Task<(long Invoiced, long Unbilled)> Used(Guid retainer)
    {
        var standing = (await _practice.Get($"/v1/retainers/{retainer}?asOf=2026-03-31"))["standing"]!;
        return (Seconds(standing["usedInvoiced"]), Seconds(standing["usedUnbilled"]));
    }

    private async Task<string> Total(Guid draft) => Amount((await _practice.Get($"/v1/invoices/{draft}"))["preview"]!["total"]);

    private async Task<string> Unearned() => Amount((await _practice.Get("/v1/unearned"))["items"]!.AsArray().Single()!["unearned"]);

    private static string Amount(JsonNode? money) => money!["amount"]!.GetValue<string>();

    private static long Seconds(JsonNode? quantity) => quantity!["seconds"]!.GetValue<long>();

    private static long Hours(long hours) => hours * 3600;
}
