using System.Diagnostics;
using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.TimeTracking;
using MediatR;

namespace Billing.Api.TimeTracking;

/// <summary>
/// Applies one item of a device that was offline. The entry's own record and every timesheet it touches are written in one
/// append, so that nothing of an item is half done.
/// </summary>
public sealed class SyncCommandHandler(CommandRunner runner, TimeDirectory directory) :
    IRequestHandler<SyncEntryCommand, CommandResult>
{
    public Task<CommandResult> Handle(SyncEntryCommand request, CancellationToken cancellationToken)
    {
        var own = OfflineEntry.Stream.Name(request.Wish.EntryId);
        return runner.Run(request.Context, own, async session =>
        {
            var state = await session.Load(OfflineEntry.Stream, own);
            var outcome = OfflineEntry.Known(state, request.Wish, request.FoundIn?.AssistantId)
                ?? await Decide(new TimeDesk(session, directory), state, request);
            switch (outcome)
            {
                case SyncOutcome.Already:
                    return null;
                case SyncOutcome.Superseded superseded:
                    return new Rejection(
                        "revision-superseded", $"Revision {superseded.Revision} of this entry was applied before; it stays.");
                case SyncOutcome.Refused refused:
                    return refused.Rejection;
                case SyncOutcome.Applied applied:
                    session.Write(OfflineEntry.Stream, own, [applied.Synced]);
                    // The week that is left goes first: who reads in order sees the entry move, not vanish.
                    if (applied.Left.Count > 0)
                        session.Write(Timesheet.Stream, OfflineEntry.HeldIn(state, request.FoundIn)!.Value.StreamName, applied.Left);
                    if (applied.Entered.Count > 0)
                        session.Write(Timesheet.Stream, request.Wish.Week!.Value.StreamName, applied.Entered);
                    return null;
                default:
                    throw new UnreachableException();
            }
        }, cancellationToken);
    }

    private static async ValueTask<SyncOutcome> Decide(TimeDesk desk, OfflineEntryState state, SyncEntryCommand request)
    {
        var held = OfflineEntry.HeldIn(state, request.FoundIn) is { } heldIn ? new HeldEntry(heldIn, await desk.Week(heldIn)) : null;
        var target = request.Wish.Week is { } week
            ? new SyncTarget(
                week, await desk.Week(week), await desk.Around(week), await desk.Work(request.Wish.Work!.EngagementId))
            : null;
        return OfflineEntry.Decide(state, request.Wish, held, target, await desk.Practice());
    }
}
