using System.Diagnostics;
using Billing.Domain;
using Billing.EventStore.Codec;
using Billing.EventStore.Port;

namespace Billing.Api.Commands;

/// <summary>
/// Runs a command: reads the streams it names, lets it decide, and appends what it decided at the versions that it read.
/// A conflict re-reads and re-decides, at most three times.
/// </summary>
public sealed class CommandRunner(IEventStore store, StateCache cache, Func<Guid> newId)
{
    private const int MaxTries = 4;

    /// <param name="decide">
    /// Loads what it needs through the session, records decisions, and answers a refusal or null. It may run several times,
    /// so it must do nothing else.
    /// </param>
    /// <param name="own">
    /// The command's own stream, which <c>If-Match</c> speaks of and whose version the answer carries.
    /// </param>
    public async Task<CommandResult> Run(
        CommandContext context, string own, Func<BookSession, ValueTask<Rejection?>> decide, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var session = new BookSession(store, cache, context, cancellationToken);
            var refusal = await decide(session);
            var isStale = context.IfMatch is { } expected && session.HasRead(own) && session.VersionOf(own) != expected;
            if (isStale || refusal is not null)
            {
                // It may rest on a state that another node has changed since: look again at what is stored.
                if (attempt == 1 && await DroppedStale(session, cancellationToken)) continue;
                return isStale ? new CommandResult.Stale(session.VersionOf(own)) : new CommandResult.Refused(refusal!);
            }
            if (session.Writes.All(w => w.Events.Count == 0))
                return new CommandResult.Done(own, session.VersionOf(own), 0, [], Replayed: false);

            var (request, events) = Request(context, session, own);
            if (context.DryRun) return new CommandResult.Preview(events);
            var outcome = await store.Append(request, cancellationToken);
            if (outcome is AppendOutcome.Conflict) foreach (var stream in session.Streams) cache.Drop(context.Book, stream);
            if (outcome is AppendOutcome.Conflict && attempt < MaxTries) continue;
            return await Settle(outcome, session, own, cancellationToken);
        }
    }

    private async ValueTask<CommandResult> Settle(
        AppendOutcome outcome, BookSession session, string own, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case AppendOutcome.Appended appended:
                Remember(session);
                var ownEvents = session.Writes.FirstOrDefault(w => w.Stream == own)?.Events.Count ?? 0;
                return new CommandResult.Done(
                    own, session.VersionOf(own) + ownEvents, appended.Position,
                    [.. OwnFirst(session, own).SelectMany(w => w.Events)], Replayed: false);
            case AppendOutcome.Conflict conflict:
                return new CommandResult.Refused(new Rejection(
                    "too-much-contention", $"{conflict.Stream} keeps changing. Nothing was written; send the request again."));
            case AppendOutcome.KeyTaken:
                return await Replay(session.Context, cancellationToken)
                    ?? throw new InvalidOperationException("The store says that a key is taken, but does not know it.");
            case AppendOutcome.Busy:
                return new CommandResult.Overloaded();
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>
    /// The answer to a request whose key was used before: the same events again, a refusal where the key stands for
    /// another request, or null for a new key.
    /// </summary>
    public async ValueTask<CommandResult?> Replay(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.IdempotencyKey is null) return null;
        var earlier = await store.FindByIdempotencyKey(context.Book, context.IdempotencyKey, cancellationToken);
        if (earlier is null) return null;
        if (earlier.BodyHash != context.BodyHash)
            return new CommandResult.Refused(new Rejection(
                "idempotency-key-reused",
                "This Idempotency-Key was used for another request. Send a new key with a new request.",
                Kind: RejectionKind.Invalid));
        var own = earlier.Events[0].Stream;
        return new CommandResult.Done(
            own, earlier.Events.Where(e => e.Stream == own).Max(e => e.Version), earlier.Events[^1].Position,
            [.. earlier.Events.Select(EventCodec.Decode)], Replayed: true);
    }

    private static IEnumerable<BookSession.PendingWrite> OwnFirst(BookSession session, string own) =>
        session.Writes.Where(w => w.Events.Count > 0).OrderBy(w => w.Stream == own ? 0 : 1);

    private (AppendRequest, IReadOnlyList<(string, NewEvent)>) Request(CommandContext context, BookSession session, string own)
    {
        var writes = OwnFirst(session, own)
            .Select(w => new StreamAppend(w.Stream, w.Read.Version, [.. w.Events.Select(e => EventCodec.Encode(newId(), e))]))
            .ToList();
        var written = writes.Select(w => w.Stream).ToHashSet(StringComparer.Ordinal);
        var checks = session.Streams.Where(s => !written.Contains(s)).Select(s => new StreamCheck(s, session.VersionOf(s)));
        var metadata = new EventMetadata(
            context.Actor, context.CorrelationId, context.CorrelationId, context.Now, context.IdempotencyKey, context.BodyHash);
        return (
            new AppendRequest(context.Book, writes, [.. checks], metadata),
            [.. writes.SelectMany(w => w.Events.Select(e => (w.Stream, e)))]);
    }

    private void Remember(BookSession session)
    {
        foreach (var write in session.Writes.Where(w => w.Events.Count > 0))
        {
            var state = write.Fold(write.Read.State, write.Events);
            cache.Put(session.Context.Book, write.Stream, state, write.Read.Version + write.Events.Count);
        }
    }

    /// <summary>Drops cached states that the store has gone beyond. True where there was one.</summary>
    private async ValueTask<bool> DroppedStale(BookSession session, CancellationToken cancellationToken)
    {
        var dropped = false;
        foreach (var stream in session.Streams)
        {
            var beyond = await store.ReadStream(
                session.Context.Book, stream, session.VersionOf(stream) + 1, 1, ReadDirection.Forwards, cancellationToken);
            if (beyond.Count == 0) continue;
            cache.Drop(session.Context.Book, stream);
            dropped = true;
        }
        return dropped;
    }
}
