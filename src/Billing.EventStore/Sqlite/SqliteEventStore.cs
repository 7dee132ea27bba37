using System.Runtime.CompilerServices;
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
    private readonly SqliteEventReader reading;
    private readonly AppendQueue queue;
    private readonly CommitSignal signal;
    private readonly PageRewrite pages;
    private readonly JustCommitted committed = new();
    private readonly Writer writer;
    private int disposed;

    private SqliteEventStore(string path, SqliteStoreOptions options, StoreLock held, WriterSession session)
    {
        this.held = held;
        reading = new SqliteEventReader(path);
        queue = new AppendQueue(options.QueuedAppends, options.QueuedBytes);
        signal = new CommitSignal(session.Position);
        pages = new PageRewrite(path);
        writer = new Writer(path, options, session, pages, queue, signal, committed);
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
            if (exception is Failure failure) throw failure.Explain(path, $"{path} can't be opened");
            throw;
        }
    }

    public ValueTask<AppendOutcome> Append(AppendRequest request, CancellationToken cancellationToken)
    {
        RequestRules.Check(request);
        cancellationToken.ThrowIfCancellationRequested();
        return queue.Append(request, cancellationToken);
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadStream(
        BookId book, string stream, long from, int limit, ReadDirection direction, CancellationToken cancellationToken) =>
        reading.ReadStream(book, stream, from, limit, direction, cancellationToken);

    public ValueTask<long> VisitStream(
        BookId book, string stream, EventVisitor visitor, CancellationToken cancellationToken) =>
        reading.VisitStream(book, stream, visitor, cancellationToken);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadBook(
        BookId book, long afterPlace, int limit, CancellationToken cancellationToken) =>
        reading.ReadBook(book, afterPlace, limit, cancellationToken);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadFeed(long afterPosition, int limit, CancellationToken cancellationToken) =>
        reading.ReadFeed(afterPosition, limit, cancellationToken);

    public ValueTask<IReadOnlyList<BookId>> ReadBooks(BookId? after, int limit, CancellationToken cancellationToken) =>
        reading.ReadBooks(after, limit, cancellationToken);

    public async IAsyncEnumerable<IReadOnlyList<StoredEvent>> Subscribe(
        long afterPosition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var following = committed.Follow();
        await foreach (var page in Subscription.Follow(
            signal,
            (position, _) => ValueTask.FromResult(committed.TakeAfter(position, Readers.PageEvents) ?? reading.ReadFeedPage(position)),
            afterPosition,
            cancellationToken).ConfigureAwait(false))
            yield return page;
    }

    public ValueTask<long> HeadPosition(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(signal.Head);
    }

    public ValueTask<KeyedAppend?> FindByIdempotencyKey(BookId book, string key, CancellationToken cancellationToken) =>
        reading.FindByIdempotencyKey(book, key, cancellationToken);

    /// <summary>Writes what waits in the queue, ends the subscriptions and lets go of the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1) return;
        queue.Close();
        await reading.DisposeAsync().ConfigureAwait(false);
        await writer.Ended.ConfigureAwait(false);
        signal.Close();
        pages.Dispose();
        held.Dispose();
    }
}
