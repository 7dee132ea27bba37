using System.Diagnostics;
using Billing.Api.Sealing;
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
            var session = new BookSession(store, cache, context, cancellationToken, isChecked: true);
            var refusal = await decide(session);
            var isStale = context.IfMatch is { } expected && session.HasRead(own) && session.VersionOf(own) != expected;
            var appends = !isStale && refusal is null && session.HasWritten && !context.DryRun;
            if (!appends && attempt == 1 && await DroppedStale(session, cancellationToken)) continue;
            if (isStale) return new CommandResult.Stale(session.VersionOf(own));
            if (refusal is not null) return new CommandResult.Refused(refusal);
            if (!session.HasWritten)
                return new CommandResult.Done(own, session.VersionOf(own), 0, [], Replayed: false);

            var writes = OwnFirst(session, own);
            var request = Request(context, session, writes);
            if (context.DryRun) return new CommandResult.Preview(request);
            var outcome = await store.AppendMeasured(request);
            if (outcome is AppendOutcome.Conflict) foreach (var read in session.Streams) cache.Drop(context.Book, read.Stream);
            if (outcome is AppendOutcome.Conflict && attempt < MaxTries) continue;
            return await Settle(outcome, session, own, writes, cancellationToken);
        }
    }

    private async ValueTask<CommandResult> Settle(
        AppendOutcome outcome, BookSession session, string own, List<BookSession.PendingWrite> writes, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case AppendOutcome.Appended appended:
                Remember(session.Context.Book, writes);
                var ownEvents = writes[0].Stream == own ? writes[0].Events.Count : 0;
                var written = writes is [var only] ? only.Events : [.. writes.SelectMany(w => w.Events)];
                return new CommandResult.Done(
                    own, session.VersionOf(own) + ownEvents, appended.Position, written, Replayed: false);
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

    /// <summary>The writes that hold events, the command's own stream before the others.</summary>
    private static List<BookSession.PendingWrite> OwnFirst(BookSession session, string own)
    {
        var writes = new List<BookSession.PendingWrite>(session.Writes.Count);
        foreach (var write in session.Writes)
        {
            if (write.Events.Count == 0) continue;
            if (write.Stream == own) writes.Insert(0, write);
            else writes.Add(write);
        }
        return writes;
    }

    private AppendRequest Request(CommandContext context, BookSession session, List<BookSession.PendingWrite> writes)
    {
        var appends = new StreamAppend[writes.Count];
        for (var i = 0; i < appends.Length; i++)
        {
            var write = writes[i];
            appends[i] = new StreamAppend(
                write.Stream, write.Read.Version, write.Events.ConvertAll(e => Encode(e, write)));
        }
        var checks = new List<StreamCheck>(session.Streams.Count);
        foreach (var read in session.Streams)
            if (!IsWritten(read.Stream)) checks.Add(new StreamCheck(read.Stream, read.Version));
        return new AppendRequest(context.Book, appends, checks, new EventMetadata(
            context.Actor, context.CorrelationId, context.CorrelationId, context.Now, context.IdempotencyKey, context.BodyHash));

        bool IsWritten(string stream)
        {
            foreach (var write in writes)
                if (write.Stream == stream) return true;
            return false;
        }
    }

    private NewEvent Encode(object @event, BookSession.PendingWrite write)
    {
        var encoded = EventCodec.Encode(newId(), @event);
        return encoded.Confidential.IsEmpty ? encoded : encoded with { Owner = ConfidentialOwner.Of(@event, write.After) };
    }

    private void Remember(BookId book, List<BookSession.PendingWrite> writes)
    {
        foreach (var write in writes) cache.Put(book, write.Stream, write.After, write.Read.Version + write.Events.Count);
    }

    /// <summary>
    /// Drops cached states that the store has gone beyond. True where there was one. What is appended is checked with that; any other
    /// answer, a refusal, a preview, or that nothing is to be done, rests on what this node knew, and another may have changed since.
    /// </summary>
    private async ValueTask<bool> DroppedStale(BookSession session, CancellationToken cancellationToken)
    {
        var dropped = false;
        foreach (var read in session.Streams)
        {
            var beyond = await store.ReadStream(
                session.Context.Book, read.Stream, read.Version + 1, 1, ReadDirection.Forwards, cancellationToken);
            if (beyond.Count == 0) continue;
            cache.Drop(session.Context.Book, read.Stream);
            dropped = true;
        }
        return dropped;
    }
}
