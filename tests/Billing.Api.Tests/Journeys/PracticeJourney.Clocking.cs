using System.Net;
using Billing.Api.Tests.Hosting;

namespace Billing.Api.Tests.Journeys;

/// <content>The assistant clocks hours: 19,200 seconds in the end, all of them in week 2026-W07.</content>
public sealed partial class PracticeJourney
{
    private const string Week = "2026-W07";
    private const string Entries = "/v1/time-entries";
    private const string ClockedKey = "clocked-once";
    private object? _clocked;
    private Reply? _clockedReply;

    public string[] ClockedPaths =>
    [
        "/v1/business", "/v1/members", "/v1/tokens", "/v1/clients", "/v1/engagements", $"{Entries}?from=2026-02-01&to=2026-02-28",
        $"/v1/weeks/{Week}?assistant={_ana}",
    ];

    /// <summary>8,400 s by its ends, 4,500 s by its day that are corrected to 5,400 s, and 3,600 s that are removed.</summary>
    public async Task LogPastWork()
    {
        _clocked = Work("2026-02-10T12:00:00Z", "2026-02-10T14:20:00Z", "Rescheduled patients");
        _clockedReply = (await Assistant.Post(Entries, _clocked, ClockedKey)).Ok();
        await IsReplayed();
        var conflict = (await Assistant.Post(Entries, Work("2026-02-10T14:00:00Z", "2026-02-10T15:00:00Z", "Twice at once")))
            .Refused(HttpStatusCode.Conflict, "time-overlap");
        Assert.Contains(_clockedReply.Id.ToString(), conflict, StringComparison.Ordinal);

        var mistaken = (await Assistant.Post(Entries, Day("2026-02-11", 4_500, "Reports"))).Ok();
        (await Assistant.Post($"{Entries}/{mistaken.Id}:correct", Day("2026-02-11", 5_400, "Weekly reports"))).Ok();
        var unwanted = (await Assistant.Post(Entries, Day("2026-02-12", 3_600, "Not ours"))).Ok();
        (await Assistant.Post($"{Entries}/{unwanted.Id}:remove")).Ok();
        (await Assistant.Get($"{Entries}/{unwanted.Id}")).Refused(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(8_400 + 5_400, (await Assistant.Get($"/v1/weeks/{Week}")).Ok().Whole("durationSeconds"));
    }

    public async Task StartTimer()
    {
        var started = (await Assistant.Post(
            "/v1/timer:start", new { engagementId = _inbox, startedAt = "2026-02-13T13:00:00Z", note = "Inbox triage" })).Ok();
        Assert.Equal(started.Id.ToString(), (await Assistant.Get("/v1/timer")).Ok().String("running.entryId"));
        (await Assistant.Post("/v1/timer:start", new { engagementId = _inbox })).Refused(HttpStatusCode.Conflict, "timer-running");
    }

    /// <summary>The same key still means the same request after a kill: it is kept with what it wrote.</summary>
    public Task IsReplayed() => IsReplayed(Assistant, Entries, _clocked!, ClockedKey, _clockedReply!);

    /// <summary>5,400 s by the timer; then the week says 8,400 + 5,400 + 5,400 = 19,200 s and stands still.</summary>
    public async Task StopTimerAndHandIn()
    {
        var stopped = (await Assistant.Post("/v1/timer:stop", new { endedAt = "2026-02-13T14:30:00Z" })).Ok();
        Assert.Equal(5_400, stopped.Whole("durationSeconds"));
        Assert.True((await Assistant.Get("/v1/timer")).Ok().IsNull("running"));

        (await Assistant.Post($"/v1/weeks/{Week}:hand-in")).Ok();
        var week = (await Assistant.Get($"/v1/weeks/{Week}")).Ok();
        Assert.Equal(19_200, week.Whole("durationSeconds"));
        Assert.Equal([0, 8_400, 5_400, 0, 5_400, 0, 0], week.List("days").Select(day => (long)day["durationSeconds"]!));
        Assert.False(week.IsNull("handedInAt"));
        (await Assistant.Post(Entries, Day("2026-02-11", 60, "Too late"))).Refused(HttpStatusCode.Conflict, "week-handed-in");
    }

    /// <summary>What an hour costs, and the bills, are the owner's business.</summary>
    public async Task TheAssistantSeesNoMoney()
    {
        Assert.Empty((await Assistant.Get($"/v1/engagements/{_inbox}")).Ok().List("cards"));
        Assert.Single((await _owner.Get($"/v1/engagements/{_inbox}")).Ok().List("cards"));
        (await Assistant.Get("/v1/invoices")).Refused(HttpStatusCode.Forbidden, "role-not-allowed");
    }

    private object Work(string startedAt, string endedAt, string note) =>
        new { engagementId = _inbox, startedAt, endedAt, note };

    private object Day(string workedOn, long durationSeconds, string note) =>
        new { engagementId = _inbox, workedOn, durationSeconds, note };
}
