using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;
using NodaTime;

namespace Billing.Api.Tests.TimeTracking;

/// <summary>A practice keeps its time over HTTP; what the read models show is what was decided.</summary>
public sealed class TimekeepingTests : IAsyncLifetime
{
    private ApiServer _server = null!;
    private Practice _practice = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _practice = await Practice.OpenEmpty(_server);
        await _practice.AddClient();
        await _practice.AddAssistant();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_timer_is_switched_continued_and_resolved_also_over_the_border_of_weeks()
    {
        var start = Ago(days: 9);
        var first = (await Ana("/v1/timer:start", $$"""{{{Work}},"startedAt":"{{start}}","tags":["b","a"],"billable":false}""")).Ok().Id;
        await _server.CatchUp();
        var forgotten = (await _server.Get(_practice.Owner, "/v1/timers?forgotten=true")).Ok().Items.Single();
        Assert.Equal((first.ToString(), true), ((string?)forgotten["running"]!["entryId"], (bool)forgotten["forgotten"]!));
        Assert.Equal(("cut", 28_800, "8h"), Proposed(forgotten));
        Assert.Empty((await _server.Get(_practice.Owner, "/v1/timers?forgotten=false")).Ok().Items);

        var tooLong = await Ana("/v1/timer:switch", $"{{{Work}}}");
        Assert.Equal((409, "timer-forgotten"), (tooLong.Code, tooLong.ProblemCode));
        var resolved = (await Ana("/v1/timer:resolve", $$"""
            {"resolution":"split","pieces":[{"startedAt":"{{start}}","endedAt":"{{Ago(days: 9, hours: -2)}}"},
             {"startedAt":"{{Ago(days: 9, hours: -3)}}","endedAt":"{{Ago(days: 9, hours: -4)}}"},
             {"startedAt":"{{Ago(days: 1)}}","endedAt":"{{Ago(days: 1, hours: -1)}}"}]}
            """)).Ok();
        var entries = resolved.Json["entryIds"]!.AsArray().Select(id => (string)id!).ToList();
        Assert.Equal((3, first.ToString()), (entries.Count, entries[0]));
        Assert.Equal([7200, 3600, 3600], (await Task.WhenAll(entries.Select(Seconds))).ToList());

        var second = (await Ana("/v1/timer:continue", $$"""{"entryId":"{{first}}","startedAt":"{{Ago(hours: 3)}}"}""")).Ok().Id;
        var running = (await _server.Get(_practice.Assistant, "/v1/timer")).Ok().Json;
        Assert.Equal(["a", "b"], running["running"]!["tags"]!.AsArray().Select(tag => (string)tag!));
        Assert.Equal((false, false), ((bool)running["running"]!["billable"]!, (bool)running["forgotten"]!));

        var switched = (await Ana("/v1/timer:switch", $$"""{{{Work}},"startedAt":"{{Ago(hours: 2)}}","tags":["a"]}""")).Ok();
        Assert.Equal((string?)switched.Json["stoppedId"], second.ToString());
        Assert.Equal(3600, await Seconds(second.ToString()));
        (await Ana("/v1/timer:stop", $$"""{"endedAt":"{{Ago(hours: 1)}}"}""")).Ok();
        Assert.Equal(5, (await _server.Get(_practice.Assistant, "/v1/time-entries?tag=a")).Ok().Items.Count);
        Assert.Equal(4, (await _server.Get(_practice.Assistant, "/v1/time-entries?tag=b")).Ok().Items.Count);
        Assert.Empty((await _server.Get(_practice.Assistant, "/v1/time-entries?tag=A")).Ok().Items);
    }

    /// <summary>Sunday 23:00 to Monday 1:00 in Chicago: one append writes to both weeks, or to none.</summary>
    [Fact]
    public async Task A_switch_on_Monday_stops_the_timer_that_began_on_Sunday()
    {
        var sunday = (await Ana("/v1/timer:start", $$"""{{{Work}},"startedAt":"2026-03-16T04:00:00Z"}""")).Ok().Id;
        var before = await _server.Head();
        var early = await Ana("/v1/timer:switch", $$"""{{{Work}},"startedAt":"2026-03-16T03:00:00Z"}""");
        Assert.Equal((422, "end-not-after-start", "/startedAt"), (early.Code, early.ProblemCode, early.Pointers.Single()));
        var unknown = await Ana("/v1/timer:switch", $$"""{"engagementId":"{{Guid.NewGuid()}}","startedAt":"2026-03-16T06:00:00Z"}""");
        Assert.Equal((404, "engagement-unknown"), (unknown.Code, unknown.ProblemCode));
        Assert.Equal(before, await _server.Head());

        var monday = (await Ana("/v1/timer:switch", $$"""{{{Work}},"startedAt":"2026-03-16T06:00:00Z"}""")).Ok();
        Assert.Equal(sunday.ToString(), (string?)monday.Json["stoppedId"]);
        (await Ana("/v1/timer:stop", """{"endedAt":"2026-03-16T06:30:00Z"}""")).Ok();
        Assert.Equal(7200, (long)(await _server.Get(_practice.Assistant, "/v1/weeks/2026-W11")).Ok().Json["durationSeconds"]!);
        Assert.Equal(1800, (long)(await _server.Get(_practice.Assistant, "/v1/weeks/2026-W12")).Ok().Json["durationSeconds"]!);
    }

    [Fact]
    public async Task The_practices_policy_says_what_starting_does_and_its_lock_closes_days()
    {
        (await Ana("/v1/timer:start", $$"""{{{Work}},"startedAt":"{{Ago(hours: 3)}}"}""")).Ok();
        var refused = await Ana("/v1/timer:start", $"{{{Work}}}");
        Assert.Equal((409, "timer-running"), (refused.Code, refused.ProblemCode));
        await _practice.Post(
            "/v1/business:set-timekeeping-policy", """{"whileRunning":"stop-first","forgottenAfterSeconds":7200,"capSeconds":3600}""");
        Assert.Equal("stop-first", (string?)(await _practice.Get("/v1/business"))["timekeeping"]!["whileRunning"]);
        Assert.Equal(("cut", 3600, "1h"), Proposed((await _server.Get(_practice.Assistant, "/v1/timer")).Ok().Json));
        Assert.NotNull((string?)(await Ana("/v1/timer:start", $"{{{Work}}}")).Ok().Json["stoppedId"]);

        await _practice.Post("/v1/business:lock-period", """{"through":"2026-03-31","reason":"Quarter filed"}""");
        Assert.Equal("2026-03-31", (string?)(await _practice.Get("/v1/business"))["lockedThrough"]);
        var closed = await Ana("/v1/time-entries", $$"""{{{Work}},"workedOn":"2026-03-31","duration":"1h"}""");
        Assert.Equal((409, "period-locked"), (closed.Code, closed.ProblemCode));
        Assert.Equal(["/workedOn"], closed.Pointers);
        var open = (await Ana("/v1/time-entries", $$"""{{{Work}},"workedOn":"2026-04-01","duration":"1h 30min"}""")).Ok().Id;
        Assert.Equal(5400, await Seconds(open.ToString()));
        var unreadable = await Ana("/v1/time-entries", $$"""{{{Work}},"workedOn":"2026-04-01","duration":"1,5"}""");
        Assert.Equal((400, "/duration"), (unreadable.Code, unreadable.Pointers.Single()));
    }

    [Fact]
    public async Task Stopping_a_forgotten_timer_says_so_and_caps_it_where_the_policy_has_it_so()
    {
        (await Ana("/v1/timer:start", $$"""{{{Work}},"startedAt":"{{Ago(hours: 22)}}"}""")).Ok();
        var kept = (await Ana("/v1/timer:stop", "{}")).Ok().Json;
        Assert.InRange((long)kept["durationSeconds"]!, 79_200, 79_260);
        Assert.Equal((false, (long)kept["durationSeconds"]!), ((bool)kept["forgotten"]!["capped"]!, (long)kept["forgotten"]!["ranSeconds"]!));
        (await Ana($"/v1/time-entries/{(string?)kept["id"]}:remove", "{}")).Ok();

        const string policy = """{"whileRunning":"stop-first","forgottenAfterSeconds":36000,"capSeconds":28800,"whenForgotten":"cap"}""";
        await _practice.Post("/v1/business:set-timekeeping-policy", policy);
        Assert.Equal("cap", (string?)(await _practice.Get("/v1/business"))["timekeeping"]!["whenForgotten"]);
        (await Ana("/v1/timer:start", $$"""{{{Work}},"startedAt":"{{Ago(hours: 33)}}"}""")).Ok();
        var started = (await Ana("/v1/timer:start", $"{{{Work}}}")).Ok().Json;
        Assert.Equal((true, 28_800), ((bool)started["forgotten"]!["capped"]!, (long)started["forgotten"]!["durationSeconds"]!));
        Assert.InRange((long)started["forgotten"]!["ranSeconds"]!, 118_800, 118_860);
        Assert.Equal(28_800, await Seconds((string)started["stoppedId"]!));
    }

    [Fact]
    public async Task Time_can_be_logged_for_a_member_at_once_after_adding_them()
    {
        for (var n = 0; n < 20; n++)
        {
            var member = (await _practice.Post("/v1/members", $$"""{"name":"M{{n}}","role":"assistant","timeZone":"America/Chicago"}""")).Id;
            (await _server.Post(_practice.Owner, "/v1/time-entries",
                $$"""{{{Work}},"assistantId":"{{member}}","workedOn":"2026-03-02","duration":"1h"}""")).Ok();
        }
    }

    [Fact]
    public async Task A_week_is_set_as_a_grid_handed_in_sent_back_approved_and_reopened()
    {
        const string week = "/v1/weeks/2026-W10";
        var grid = $$"""{"cells":[{{{Work}},"workedOn":"2026-03-02","duration":"2h"},{{{Work}},"workedOn":"2026-03-03","durationSeconds":60}]}""";
        (await Ana($"{week}:set-grid", grid)).Ok();
        Assert.Null((string?)(await Ana($"{week}:set-grid", grid)).Ok().Json["position"]);
        var bad = await Ana($"{week}:set-grid", $$"""{"cells":[{{{Work}},"workedOn":"2026-03-04","duration":"1h"},{{{Work}},"workedOn":"2026-03-09","duration":"1h"}]}""");
        Assert.Equal((409, "grid-refused", "/cells/1/workedOn"), (bad.Code, bad.ProblemCode, bad.Pointers.Single()));
        Assert.Equal(7260, (long)(await _server.Get(_practice.Assistant, week)).Ok().Json["durationSeconds"]!);

        (await Ana($"{week}:hand-in", "{}")).Ok();
        await _server.CatchUp();
        var waiting = (await _server.Get(_practice.Owner, "/v1/weeks?status=handed-in")).Ok().Items.Single();
        Assert.Equal(("2026-W10", 7260), ((string?)waiting["week"], (long)waiting["durationSeconds"]!));
        await _practice.Post($"{week}:return", $$"""{"assistantId":"{{_practice.AssistantId}}","reason":"What was Tuesday?"}""");
        await _server.CatchUp();
        Assert.Equal("What was Tuesday?", (string?)(await _server.Get(_practice.Assistant, week)).Ok().Json["returnReason"]);
        Assert.Single((await _server.Get(_practice.Owner, "/v1/weeks?status=returned")).Ok().Items);

        (await Ana($"{week}:hand-in", "{}")).Ok();
        await _server.CatchUp();
        await _practice.Post($"{week}:approve", $$"""{"assistantId":"{{_practice.AssistantId}}"}""");
        Assert.Empty((await _server.Get(_practice.Owner, "/v1/weeks")).Ok().Items);
        Assert.Single((await _server.Get(_practice.Owner, "/v1/weeks?status=approved")).Ok().Items);
        Assert.Equal("week-handed-in", (await Ana("/v1/time-entries", $$"""{{{Work}},"workedOn":"2026-03-04","duration":"1"}""")).ProblemCode);
        await _practice.Post($"{week}:reopen", $$"""{"assistantId":"{{_practice.AssistantId}}"}""");
        (await Ana("/v1/time-entries", $$"""{{{Work}},"workedOn":"2026-03-04","duration":"1"}""")).Ok();
    }

    [Fact]
    public async Task Billed_time_is_corrected_and_removed_as_a_fact_and_its_invoice_stays_until_it_is_voided()
    {
        var (kept, removed) = (await _practice.Log(_practice.Assistant, "2026-03-02", 7200), await _practice.Log(_practice.Assistant, "2026-03-03", 3600));
        await _server.CatchUp();
        var invoice = (await _practice.Post("/v1/invoices",
            $$"""{"clientId":"{{_practice.ClientId}}","through":"2026-03-31","entryIds":["{{kept}}","{{removed}}"],"expenseIds":[]}""")).Id;
        await _practice.Post($"/v1/invoices/{invoice}:finalize", """{"issuedOn":"2026-04-01"}""");
        (await Ana("/v1/weeks/2026-W10:hand-in", "{}")).Ok();
        var before = (await _practice.Get($"/v1/invoices/{invoice}")).ToJsonString();

        (await Ana($"/v1/time-entries/{kept}:correct", $$"""{{{Work}},"workedOn":"2026-03-02","duration":"1h"}""")).Ok();
        (await Ana($"/v1/time-entries/{removed}:remove", "{}")).Ok();
        await _server.CatchUp();
        Assert.Equal(before, (await _practice.Get($"/v1/invoices/{invoice}")).ToJsonString());
        Assert.Equal(invoice.ToString(), (string?)(await _server.Get(_practice.Assistant, $"/v1/time-entries/{kept}")).Ok().Json["invoiceId"]);
        Assert.Equal(404, (await _server.Get(_practice.Assistant, $"/v1/time-entries/{removed}")).Code);

        await _practice.Post($"/v1/invoices/{invoice}:void", """{"reason":"wrong hours","voidedOn":"2026-04-02"}""");
        var unbilled = await _practice.Get($"/v1/clients/{_practice.ClientId}/unbilled?through=2026-03-31");
        Assert.Equal("40.00", (string?)unbilled["total"]!["amount"]);
    }

    private string Work => $"\"engagementId\":\"{_practice.EngagementId}\"";

    private Task<ApiAnswer> Ana(string path, string body) => _server.Post(_practice.Assistant, path, body);

    private async Task<long> Seconds(string entry) =>
        (long)(await _server.Get(_practice.Assistant, $"/v1/time-entries/{entry}")).Ok().Json["durationSeconds"]!;

    private static (string?, long, string?) Proposed(JsonObject timer)
    {
        var proposed = timer["proposed"]!;
        return ((string?)proposed["resolution"], (long)proposed["durationSeconds"]!, (string?)proposed["duration"]);
    }

    private static string Ago(int days = 0, int hours = 0) => NodaTime.Text.InstantPattern.General.Format(
        Now - Duration.FromDays(days) - Duration.FromHours(hours));

    private static readonly Instant Now = Instant.FromUnixTimeSeconds(SystemClock.Instance.GetCurrentInstant().ToUnixTimeSeconds());
}
