using Billing.Domain;
using Billing.EventStore.Codec;
using Billing.EventStore.Port;

namespace Billing.Api.Commands;

/// <summary>
/// What one try of a command reads and wants to write. Every stream that it reads is checked when it appends: what was
/// decided on is what is still there.
/// </summary>
public sealed class BookSession(IEventStore store, StateCache cache, CommandContext context, CancellationToken cancellationToken)
{
    private const int UsualStreams = 7;
    private readonly Dictionary<string, Snapshot> _read = new(UsualStreams, StringComparer.Ordinal);
    private readonly List<PendingWrite> _writes = [];

    public CommandContext Context => context;

    internal List<PendingWrite> Writes => _writes;

    internal bool HasWritten => _writes.Exists(w => w.Events.Count > 0);

    internal Dictionary<string, Snapshot>.KeyCollection Streams => _read.Keys;

    /// <summary>
    /// The state of a stream, with everything that this session has already written to it. However often it is asked for,
    /// one session sees one version of it: what is checked at the end is what everything was decided on.
    /// </summary>
    public ValueTask<TState> Load<TState, TEvent>(StreamType<TState, TEvent> type, string stream)
        where TState : notnull
        where TEvent : notnull
    {
        if (_read.TryGetValue(stream, out var known)) return new(Current(type, stream, known));
        if (!cache.TryGet(context.Book, stream, out var state, out var version)) return LoadStored(type, stream);
        _read.Add(stream, new Snapshot(state, version));
        return new((TState)state);
    }

    public ValueTask<TState> Load<TState, TEvent>(StreamType<TState, TEvent> type, Guid id)
        where TState : notnull
        where TEvent : notnull => Load(type, type.Name(id));

    /// <summary>Takes a decision's events for writing, or hands on its refusal.</summary>
    public Rejection? Record<TState, TEvent>(StreamType<TState, TEvent> type, string stream, Decision<TEvent> decision)
        where TState : notnull
        where TEvent : notnull
    {
        switch (decision)
        {
            case Decision<TEvent>.Rejected rejected:
                return rejected.Rejection;
            case Decision<TEvent>.Accepted accepted:
                Write(type, stream, accepted.Events);
                return null;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    public Rejection? Record<TState, TEvent>(StreamType<TState, TEvent> type, Guid id, Decision<TEvent> decision)
        where TState : notnull
        where TEvent : notnull => Record(type, type.Name(id), decision);

    /// <summary>Writes to a stream that this session has loaded. The first stream named is the command's own.</summary>
    public void Write<TState, TEvent>(StreamType<TState, TEvent> type, string stream, IReadOnlyList<TEvent> events)
        where TState : notnull
        where TEvent : notnull
    {
        if (!_read.TryGetValue(stream, out var snapshot))
            throw new InvalidOperationException($"{stream} is written before it was read.");
        if (_writes.Find(w => w.Stream == stream) is { } pending)
        {
            pending.Events.AddRange(events.Cast<object>());
            return;
        }
        _writes.Add(new PendingWrite(
            stream, snapshot, [.. events.Cast<object>()],
            (state, written) => written.Cast<TEvent>().Aggregate((TState)state, type.Evolve)));
    }

    /// <summary>The version at which this session read a stream.</summary>
    internal long VersionOf(string stream) => _read[stream].Version;

    internal bool HasRead(string stream) => _read.ContainsKey(stream);

    /// <summary>With what this session has written to the stream since it read it.</summary>
    private TState Current<TState, TEvent>(StreamType<TState, TEvent> type, string stream, Snapshot read)
        where TState : notnull
        where TEvent : notnull =>
        _writes.Find(w => w.Stream == stream) is { } pending
            ? pending.Events.Cast<TEvent>().Aggregate((TState)read.State, type.Evolve)
            : (TState)read.State;

    private async ValueTask<TState> LoadStored<TState, TEvent>(StreamType<TState, TEvent> type, string stream)
        where TState : notnull
        where TEvent : notnull
    {
        var (state, version) = await store.Fold(type, context.Book, stream, cancellationToken);
        cache.Put(context.Book, stream, state, version);
        _read.Add(stream, new Snapshot(state, version));
        return state;
    }

    /// <param name="Fold">The state that follows from one and some events.</param>
    internal sealed record PendingWrite(
        string Stream, Snapshot Read, List<object> Events, Func<object, IEnumerable<object>, object> Fold)
    {
        private object? after;

        /// <summary>What the stream comes to by all of it. Asked for once everything is decided.</summary>
        public object After => after ??= Fold(Read.State, Events);
    }

    /// <summary>A stream as the session has read it.</summary>
    internal sealed record Snapshot(object State, long Version);
}
