using Billing.Domain;
using Billing.EventStore.Codec;
using Billing.EventStore.Port;

namespace Billing.Api.Commands;

/// <summary>
/// What one try of a command reads and wants to write. Every stream that it reads is checked when it appends: what was
/// decided on is what is still there.
/// </summary>
/// <param name="isChecked">
/// Whether what it read is checked when it appends. Otherwise it asks the store for what was written since a state was kept, by
/// another node or by a command that is just ending.
/// </param>
public sealed class BookSession(
    IEventStore store, StateCache cache, CommandContext context, CancellationToken cancellationToken, bool isChecked = false)
{
    private readonly ReadStreams _read = new();
    private readonly List<PendingWrite> _writes = [];

    public CommandContext Context => context;

    internal List<PendingWrite> Writes => _writes;

    internal bool HasWritten => _writes.Exists(static w => w.Events.Count > 0);

    internal ReadStreams Streams => _read;

    /// <summary>
    /// The state of a stream, with everything that this session has already written to it. However often it is asked for,
    /// one session sees one version of it: what is checked at the end is what everything was decided on.
    /// </summary>
    public ValueTask<TState> Load<TState, TEvent>(StreamType<TState, TEvent> type, string stream)
        where TState : notnull
        where TEvent : notnull
    {
        if (_read.TryFind(stream, out var known)) return new(Current(type, known));
        var isKept = cache.TryGet(context.Book, stream, out var state, out var version);
        if (!isKept) return LoadStored(type, stream, type.Initial, 0);
        if (!isChecked) return LoadStored(type, stream, (TState)state, version);
        _read.Add(new ReadStream(stream, state, version));
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
        if (!_read.TryFind(stream, out var read))
            throw new InvalidOperationException($"{stream} is written before it was read.");
        if (Pending(stream) is { } pending)
        {
            pending.Events.AddRange(events.Cast<object>());
            return;
        }
        _writes.Add(new PendingWrite(
            read, [.. events.Cast<object>()],
            (state, written) => written.Cast<TEvent>().Aggregate((TState)state, type.Evolve)));
    }

    /// <summary>The version at which this session read a stream.</summary>
    internal long VersionOf(string stream) => _read.TryFind(stream, out var read)
        ? read.Version
        : throw new InvalidOperationException($"{stream} was not read.");

    internal bool HasRead(string stream) => _read.TryFind(stream, out _);

    private PendingWrite? Pending(string stream)
    {
        foreach (var write in _writes)
            if (write.Stream == stream) return write;
        return null;
    }

    /// <summary>With what this session has written to the stream since it read it.</summary>
    private TState Current<TState, TEvent>(StreamType<TState, TEvent> type, ReadStream read)
        where TState : notnull
        where TEvent : notnull =>
        Pending(read.Stream) is { } pending
            ? pending.Events.Cast<TEvent>().Aggregate((TState)read.State, type.Evolve)
            : (TState)read.State;

    /// <param name="known">Of the version given; the initial state for 0.</param>
    private async ValueTask<TState> LoadStored<TState, TEvent>(
        StreamType<TState, TEvent> type, string stream, TState known, long knownVersion)
        where TState : notnull
        where TEvent : notnull
    {
        var (state, version) = await store.FoldOn(type, context.Book, stream, known, knownVersion, cancellationToken);
        cache.Put(context.Book, stream, state, version);
        _read.Add(new ReadStream(stream, state, version));
        return state;
    }

    /// <param name="Fold">The state that follows from one and some events.</param>
    internal sealed record PendingWrite(ReadStream Read, List<object> Events, Func<object, IEnumerable<object>, object> Fold)
    {
        private object? after;

        public string Stream => Read.Stream;

        /// <summary>What the stream comes to by all of it. Asked for once everything is decided.</summary>
        public object After => after ??= Fold(Read.State, Events);
    }
}
