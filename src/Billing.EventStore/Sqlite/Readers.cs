using System.Collections.Concurrent;
using Billing.EventStore.Port;

namespace Billing.EventStore.Sqlite;

/// <summary>
/// Read-only connections, one for each read under way. Reads are cut into pages, each a snapshot of its own, because a
/// snapshot that stays open keeps the log from being reused. Stored events never change, so pages fit together.
/// </summary>
internal sealed class Readers(string path) : IDisposable
{
    public const int PageEvents = 1_000;
    private const int KeptOpen = 8;

    private readonly ConcurrentStack<Reader> idle = new();
    private volatile bool closed;

    /// <summary>Reads pages until the limit is reached or there is no more. The page starts behind the last event given.</summary>
    public IReadOnlyList<StoredEvent> ReadPages(
        int limit, Func<Reader, StoredEvent?, int, Page> readPage, CancellationToken cancellationToken)
    {
        var all = new List<StoredEvent>();
        while (all.Count < limit)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var size = Math.Min(limit - all.Count, PageEvents);
            var page = Use(reader => readPage(reader, all.Count == 0 ? null : all[^1], size));
            if (all.Count == 0 && (page.IsLast || page.Events.Count == limit)) return page.Events;
            all.AddRange(page.Events);
            if (page.IsLast) break;
        }
        return all;
    }

    /// <summary>Shows a stream page by page; its version.</summary>
    public long VisitPages(BookId book, string stream, EventVisitor visitor, CancellationToken cancellationToken)
    {
        for (var version = 0L; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var before = version;
            version = Use(reader => reader.Visit(book, stream, before, PageEvents, visitor));
            if (version - before < PageEvents) return version;
        }
    }

    public IReadOnlyList<StoredEvent> ReadFeedPage(long afterPosition) =>
        Use(reader => reader.Feed(afterPosition, PageEvents)).Events;

    /// <exception cref="EventStoreException">The file can't be read.</exception>
    public T Use<T>(Func<Reader, T> read)
    {
        ObjectDisposedException.ThrowIf(closed, typeof(SqliteEventStore));
        Reader? reader = null;
        try
        {
            reader = idle.TryPop(out var kept) ? kept : new Reader(path);
            var result = read(reader);
            GiveBack(reader);
            return result;
        }
        catch (Exception exception)
        {
            reader?.Dispose();
            if (exception is Failure failure) throw failure.Explain(path, $"Reading {path} failed");
            throw;
        }
    }

    public void Dispose()
    {
        closed = true;
        while (idle.TryPop(out var reader)) reader.Dispose();
    }

    private void GiveBack(Reader reader)
    {
        if (closed || idle.Count >= KeptOpen)
        {
            reader.Dispose();
            return;
        }
        idle.Push(reader);
        if (closed) Dispose();
    }
}

/// <param name="IsLast">Nothing lay behind these events when they were read.</param>
internal readonly record struct Page(List<StoredEvent> Events, bool IsLast);
