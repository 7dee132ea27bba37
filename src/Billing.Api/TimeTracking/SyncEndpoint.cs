using System.ComponentModel.DataAnnotations;
using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Http;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.TimeTracking;

/// <param name="AssistantId">Who worked; left out, the caller.</param>
public sealed record SyncBody(
    [property: MaxLength(SyncEndpoint.MostItems)] IReadOnlyList<SyncItemBody> Items, Guid? AssistantId = null);

/// <summary>An entry as it should be, or that it should be gone.</summary>
/// <param name="Id">Chosen by the device.</param>
/// <param name="Revision">Counted by the device for each entry, from 1; the highest one wins.</param>
/// <param name="Removed">True where the entry should be gone; the rest is left out then.</param>
public sealed record SyncItemBody(
    Guid Id, long Revision, bool Removed = false, Guid? EngagementId = null, Instant? StartedAt = null, Instant? EndedAt = null,
    LocalDate? WorkedOn = null, long? DurationSeconds = null, [property: Text(50)] string? Duration = null,
    [property: Text(Wording.NoteMaxLength)] string? Note = null, bool Billable = true,
    [property: Text(TagList.TagMaxLength)] IReadOnlyList<string>? Tags = null);

/// <param name="Status">applied, already, superseded or refused.</param>
/// <param name="Problem">Why it was refused.</param>
public sealed record SyncItemReport(Guid Id, long Revision, string Status, FieldProblem? Problem = null);

/// <param name="Items">In the order in which they were sent.</param>
public sealed record SyncReport(IReadOnlyList<SyncItemReport> Items);

/// <summary>
/// Takes what a device has kept while it was offline. Each item is applied whole or not at all, and on its own: its revision
/// does what an Idempotency-Key does for other requests, so that a batch can be cut and sent again in any way.
/// </summary>
public static class SyncEndpoint
{
    public const int MostItems = 200;

    public static void MapSync(this IEndpointRouteBuilder v1) => v1.MapPost("/time-entries:sync", (Delegate)Handle)
        .WithMetadata(new AllowedRoles(Role.Everyone))
        .Accepts<SyncBody>("application/json")
        .Produces<SyncReport>();

    private static async Task<IResult> Handle(HttpContext http)
    {
        var (report, problem) = await Take(http);
        return report is null ? problem!.AsResult() : Results.Json(report, ApiJson.Options);
    }

    internal static async Task<(SyncReport?, Problem?)> Take(HttpContext http)
    {
        var (call, problem) = await EndpointMapping.Read<SyncBody>(http, Role.Everyone);
        if (call is null) return (null, problem);
        var reads = new QueryCall(http, call.Caller);
        // Another device of theirs may have sent an entry of these to another week a moment ago, or be about to.
        using var turn = await http.RequestServices.GetRequiredService<BookTurns>().Take(call.Caller.Book, http.RequestAborted);
        if (turn is null) return (null, Problem.Overloaded);
        if (await reads.WaitForAllWrites() is { } behind) return (null, behind);
        for (var i = 0; i < call.Body.Items.Count; i++)
        {
            if (call.Body.Items[i] is null)
                call.Refuse(FormattableString.Invariant($"/items/{i}"), "required", "An item must not be null.");
        }
        var assistant = call.Assistant(call.Body.AssistantId);
        if (call.Refusal is { } refusal) return (null, Problem.Of(refusal));
        if (!call.IsUsable) return (null, Problem.BadRequest(call.Errors));

        var report = await Apply(call, assistant!.Value);
        if (!call.Context.DryRun) await reads.NoteWrites();
        return (report, null);
    }

    /// <summary>
    /// High revisions go first, so that the lower ones of an entry have nothing to write. What was refused is tried again for
    /// as long as anything moves: an entry may have stood where another one of the batch should be.
    /// </summary>
    private static async Task<SyncReport> Apply(CommandCall<SyncBody> call, Guid assistant)
    {
        var items = call.Body.Items;
        var reports = new SyncItemReport[items.Count];
        var open = Enumerable.Range(0, items.Count).OrderByDescending(i => items[i].Revision).ToList();
        while (open.Count > 0)
        {
            foreach (var i in open) reports[i] = await Apply(call, assistant, items[i]);
            var refused = open.FindAll(i => reports[i].Status == "refused");
            if (refused.Count == open.Count || !open.Exists(i => reports[i].Status == "applied")) break;
            open = refused;
        }
        return new SyncReport(reports);
    }

    private static async Task<SyncItemReport> Apply(CommandCall<SyncBody> call, Guid assistant, SyncItemBody item)
    {
        var (work, fault) = Work(item);
        if (fault is not null) return new SyncItemReport(item.Id, item.Revision, "refused", fault);
        var wish = new SyncEntry(item.Id, assistant, item.Revision, work, call.Zone(assistant), call.Now);
        var context = call.Context with { IdempotencyKey = null, BodyHash = null, IfMatch = null };
        var foundIn = call.Directory().WeekOf(call.Caller.Book, item.Id);
        var bus = call.Http.RequestServices.GetRequiredService<CommandBus>();
        var result = await bus.Send(context, () => new SyncEntryCommand(context, wish, foundIn), call.Http.RequestAborted);
        return result switch
        {
            CommandResult.Done { Events.Count: 0 } => new SyncItemReport(item.Id, item.Revision, "already"),
            CommandResult.Done or CommandResult.Preview => new SyncItemReport(item.Id, item.Revision, "applied"),
            CommandResult.Refused { Rejection.Code: "revision-superseded" } =>
                new SyncItemReport(item.Id, item.Revision, "superseded"),
            CommandResult.Refused { Rejection: var why } =>
                new SyncItemReport(item.Id, item.Revision, "refused", new FieldProblem(why.Field ?? "", why.Code, why.Detail)),
            CommandResult.Overloaded => new SyncItemReport(item.Id, item.Revision, "refused", new FieldProblem(
                "", "overloaded", "Too much is being written just now; nothing of this item was. Send it again.")),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static (SyncedWork? Work, FieldProblem? Problem) Work(SyncItemBody item)
    {
        if (item.Removed) return (null, null);
        if (item.EngagementId is not { } engagement)
            return (null, new FieldProblem("/engagementId", "required", "An entry needs its engagement; one to be gone, removed."));
        var (time, problem) =
            new SpentBody(item.StartedAt, item.EndedAt, item.WorkedOn, item.DurationSeconds, item.Duration).Read();
        return time is null
            ? (null, problem)
            : (new SyncedWork(engagement, time, item.Note, item.Billable, item.Tags), null);
    }
}
