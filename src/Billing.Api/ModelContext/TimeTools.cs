using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using static Billing.Api.ModelContext.ToolDesk;

namespace Billing.Api.ModelContext;

/// <summary>Time: it can be corrected afterwards, so it is written at once.</summary>
[McpServerToolType]
internal sealed class TimeTools(ToolDesk desk)
{
    private const string Instant = "UTC, such as 2026-05-04T09:00:00Z.";
    private const string Day = "Such as 2026-05-04.";
    private const string RetryKey = "A new text of your own for each thing to write; sent again with the same one, it is written once.";

    [McpServerTool(Name = "list_clients", ReadOnly = true, OpenWorld = false)]
    [Description("Clients of the practice, with their ids.")]
    public async Task<CallToolResult> Clients([Description("Where the list goes on: next of the page before.")] Guid? cursor = null) =>
        Result(await desk.Get("/v1/clients", ("cursor", cursor?.ToString("D")), ("limit", "200")));

    [McpServerTool(Name = "list_engagements", ReadOnly = true, OpenWorld = false)]
    [Description("Engagements: what work is done for. Time is started and logged by their ids.")]
    public async Task<CallToolResult> Engagements(
        [Description("Only of this client.")] Guid? clientId = null,
        [Description("Where the list goes on: next of the page before.")] Guid? cursor = null) => Result(await desk.Get(
            "/v1/engagements", ("client", clientId?.ToString("D")), ("cursor", cursor?.ToString("D")), ("limit", "200")));

    [McpServerTool(Name = "timer_status", ReadOnly = true, OpenWorld = false)]
    [Description("The caller's timer: what runs and since when.")]
    public async Task<CallToolResult> Timer() => Result(await desk.Get("/v1/timer"));

    [McpServerTool(Name = "start_timer", Destructive = false, OpenWorld = false)]
    [Description("Starts the caller's timer.")]
    public async Task<CallToolResult> Start(
        Guid engagementId, string? note = null, string[]? tags = null, bool billable = true,
        [Description($"Left out, now. {Instant}")] string? startedAt = null,
        [Description(RetryKey)] string? retryKey = null) => Result(await desk.Post(
            "/v1/timer:start", new { engagementId, note, tags, billable, startedAt }, retryKey));

    [McpServerTool(Name = "switch_timer", Destructive = false, OpenWorld = false)]
    [Description("Stops the caller's timer and starts another in one step.")]
    public async Task<CallToolResult> Switch(
        Guid engagementId, string? note = null, string[]? tags = null, bool billable = true,
        [Description(RetryKey)] string? retryKey = null) =>
        Result(await desk.Post("/v1/timer:switch", new { engagementId, note, tags, billable }, retryKey));

    [McpServerTool(Name = "stop_timer", Destructive = false, OpenWorld = false)]
    [Description("Stops the caller's timer; it becomes a time entry.")]
    public async Task<CallToolResult> Stop(
        [Description($"Left out, now. {Instant}")] string? endedAt = null, [Description(RetryKey)] string? retryKey = null) =>
        Result(await desk.Post("/v1/timer:stop", new { endedAt }, retryKey));

    [McpServerTool(Name = "log_time", Destructive = false, OpenWorld = false)]
    [Description("Writes down time that the caller worked: either a day and a duration, or start and end.")]
    public async Task<CallToolResult> Log(
        Guid engagementId,
        [Description(Day)] string? workedOn = null,
        [Description("Such as 1:30, 1.5 or 1h 30min.")] string? duration = null,
        [Description(Instant)] string? startedAt = null,
        [Description(Instant)] string? endedAt = null,
        string? note = null, string[]? tags = null, bool billable = true,
        [Description(RetryKey)] string? retryKey = null) => Result(await desk.Post(
            "/v1/time-entries", new { engagementId, workedOn, duration, startedAt, endedAt, note, tags, billable }, retryKey));

    [McpServerTool(Name = "show_week", ReadOnly = true, OpenWorld = false)]
    [Description("The caller's week: its entries, the sums of its days, whether it is handed in.")]
    public async Task<CallToolResult> Week([Description("ISO 8601, such as 2026-W19.")] string week) =>
        Result(await desk.Get("/v1/weeks/{week}", new Dictionary<string, object> { ["week"] = week }));

    [McpServerTool(Name = "list_entries", ReadOnly = true, OpenWorld = false)]
    [Description("Time entries.")]
    public async Task<CallToolResult> Entries(
        [Description(Day)] string? from = null, [Description(Day)] string? to = null, Guid? clientId = null, Guid? engagementId = null,
        [Description("Where the list goes on: next of the page before.")] Guid? cursor = null) => Result(await desk.Get(
            "/v1/time-entries", ("from", from), ("to", to), ("client", clientId?.ToString("D")),
            ("engagement", engagementId?.ToString("D")), ("cursor", cursor?.ToString("D")), ("limit", "200")));
}
