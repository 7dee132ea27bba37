using Billing.EventStore.Feed;
using Billing.EventStore.Port;
using Billing.EventStore.Writing;

namespace Billing.EventStore.Sqlite;

/// <summary>
/// The embedded event store: one SQLite file, every acknowledged append durable. One process at a time writes it. It has
/// no clock of its own: keys are pruned by the recorded-at of what is appended.
/// </summary>
public sealed class SqliteEventStore : IEventStore
{
    private readonly StoreLock held;
    private readonly Readers readers;
    private readonly AppendQueue queue;
    private readonly CommitSignal signal;
    private readonly Writer writer;
    private int disposed;

    private SqliteEventStore(string path, SqliteStoreOptions options, StoreLock held, WriterSession session)
    {
        this.held = held;
        readers = new Readers(path);
        queue = new AppendQueue(options.QueuedAppends, options.QueuedBytes);
        signal = new CommitSignal(session.Position);
        writer = new Writer(path, options, session, queue, signal);
    }

    /// <summary>Opens the file, or makes it and its folder where they do not exist, and brings its schema up to date.</summary>
    /// <exception cref="EventStoreException">
    /// Another process writes the file, a newer program wrote it, it is no event store, or it can't be opened.
    /// </exception>
    public static SqliteEventStore Open(string path, SqliteStoreOptions? options = null)
    {
        options ??= new SqliteStoreOptions();
        path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var held = StoreLock.Take(path);
        try
        {
            return new SqliteEventStore(path, options, held, WriterSession.Open(path, options));
        }
        catch (Exception exception)
        {
            held.Dispose();
            if (exception is Failure) throw new EventStoreException($"{path} can't be opened: {exception.Message}", exception);
            throw;
        }
    }

    public ValueTask<AppendOutcome> Append(AppendRequest request, CancellationToken cancellationToken)
    {
        RequestRules.Check(request);
        cancellationToken.ThrowIfCancellationRequested();
        var pending = new PendingAppend(request, cancellationToken);
        if (!queue.TryAdd(pending)) return ValueTask.FromResult<AppendOutcome>(new AppendOutcome.Busy());
        return new ValueTask<AppendOutcome>(
            cancellationToken.CanBeCanceled ? pending.Task.WaitAsync(cancellationToken) : pending.Task);
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadStream(
        BookId book, string stream, long from, int limit, ReadDirection direction, CancellationToken cancellationToken)
    {
        RequestRules.CheckText(stream, "stream");
        var step = direction == ReadDirection.Forwards ? 1 : -1;
        return ReadPages(
            limit,
            (reader, last, size) => reader.Stream(book, stream, last is null ? from : last.Version + step, size, direction),
            cancellationToken);
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadBook(
        BookId book, long afterPlace, int limit, CancellationToken cancellationToken) =>
        ReadPages(limit, (reader, last, size) => reader.Book(book, last?.Place ?? afterPlace, size), cancellationToken);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadFeed(long afterPosition, int limit, CancellationToken cancellationToken) =>
        ReadPages(limit, (reader, last, size) => reader.Feed(last?.Position ?? afterPosition, size), cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<StoredEvent>> Subscribe(long afterPosition, CancellationToken cancellationToken) =>
        Subscription.Follow(
            signal,
            (position, _) => ValueTask.FromResult(readers.ReadFeedPage(position)),
            afterPosition,
            cancellationToken);

    public ValueTask<long> HeadPosition(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(signal.Head);
    }

    public ValueTask<KeyedAppend?> FindByIdempotencyKey(BookId book, string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(readers.Use(reader => reader.Keyed(book, key)));
    }

    /// <summary>Writes what waits in the queue, ends the subscriptions and lets go of the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1) return;
        queue.Close();
        readers.Dispose();
        await writer.Ended.ConfigureAwait(false);
        signal.Close();
        held.Dispose();
    }

    private ValueTask<IReadOnlyList<StoredEvent>> ReadPages(
        int limit, Func<Reader, StoredEvent?, int, Page> readPage, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(readers.ReadPages(limit, readPage, cancellationToken));
    }
}
