using System.Globalization;
using System.Runtime.CompilerServices;
using Billing.EventStore.Port;
using Billing.EventStore.Verification;

namespace Billing.EventStore.Copying;

/// <param name="Copied">Events that this run copied; those of an earlier run do not count.</param>
/// <param name="Place">The last place of the book in both stores.</param>
/// <param name="Link">The link there, the same in both.</param>
public sealed record CopiedBook(BookId Book, long Copied, long Place, ReadOnlyMemory<byte> Link);

/// <summary>
/// Copies a book from one store to another. Where the target has a beginning of the same book already, it goes on behind it,
/// so a copy that was interrupted, or whose source went on growing, is completed by running it again.
/// </summary>
public static class BookCopy
{
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(20);

    /// <param name="progress">Told the place reached after each append.</param>
    /// <exception cref="EventStoreException">
    /// The target's book has other events than the source's, or the source's chain is broken; what fitted was copied.
    /// </exception>
    public static Task<CopiedBook> Run(
        IEventReader source, IEventStore target, BookId book, IProgress<long>? progress, CancellationToken cancellationToken) =>
        Run(new StoredBook(source, book), target, progress, cancellationToken);

    /// <inheritdoc cref="Run(IEventReader, IEventStore, BookId, IProgress{long}?, CancellationToken)"/>
    public static async Task<CopiedBook> Run(
        IBookSource source, IEventStore target, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var book = source.Book;
        var start = await CommonPlace(source, target, cancellationToken).ConfigureAwait(false);
        var place = start.Place;
        var events = Sound(source, start, cancellationToken);
        await foreach (var request in AppendGroups.Of(events, cancellationToken).ConfigureAwait(false))
        {
            place = await Append(target, request, place, cancellationToken).ConfigureAwait(false);
            progress?.Report(place);
        }
        var report = await BookVerifier.Verify(new StoredBook(target, book), [], null, cancellationToken).ConfigureAwait(false);
        if (report.Fault is { } fault) throw new EventStoreException($"The copied book {book} does not hold: {fault}.");
        await CheckSameLink(source, report, cancellationToken).ConfigureAwait(false);
        return new CopiedBook(book, place - start.Place, report.Place, report.Link);
    }

    /// <summary>How far both stores have the same book. A link at a place stands for everything before it.</summary>
    private static async Task<(long Place, ReadOnlyMemory<byte> Link)> CommonPlace(
        IBookSource source, IEventReader target, CancellationToken cancellationToken)
    {
        if (await LastEvent.Of(target, source.Book, cancellationToken).ConfigureAwait(false) is not { } last)
            return (0, Chain.Origin);
        var original = await source.ReadAfter(last.Place - 1, cancellationToken)
            .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (original is not null && original.Place == last.Place && original.Link.Span.SequenceEqual(last.Link.Span))
            return (last.Place, last.Link);
        throw new EventStoreException(string.Create(
            CultureInfo.InvariantCulture,
            $"Book {source.Book} is in the target already with {last.Place} events that are not the source's first {last.Place}; nothing "
            + $"was copied. Events are never replaced: name a target without this book."));
    }

    /// <summary>The source's events as long as each follows from the one before, so that nothing altered gets into the target.</summary>
    private static async IAsyncEnumerable<StoredEvent> Sound(
        IBookSource source, (long Place, ReadOnlyMemory<byte> Link) start,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var walk = new BookWalk(source.Book, start.Place, start.Link);
        await foreach (var stored in source.ReadAfter(start.Place, cancellationToken).ConfigureAwait(false))
        {
            if (!walk.Follows(stored))
                throw new EventStoreException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Book {source.Book} does not hold at place {stored.Place} of the source: run 'verify' on it. What comes before "
                    + $"was copied."));
            yield return stored;
        }
    }

    private static async Task<long> Append(
        IEventStore target, AppendRequest request, long place, CancellationToken cancellationToken)
    {
        while (true)
        {
            var outcome = await target.Append(request, cancellationToken).ConfigureAwait(false);
            switch (outcome)
            {
                case AppendOutcome.Busy:
                    await Task.Delay(BusyPause, cancellationToken).ConfigureAwait(false);
                    continue;
                case AppendOutcome.Appended appended when appended.Place == place + request.Writes.Sum(w => w.Events.Count):
                    return appended.Place;
                case AppendOutcome.KeyTaken(var key):
                    throw Stopped(request, place, $"its idempotency key {key} is taken there, which only another writer can have done");
                default:
                    throw Stopped(request, place, $"it answered {outcome}, which only another writer can have caused");
            }
        }
    }

    private static async Task CheckSameLink(IBookSource source, BookReport report, CancellationToken cancellationToken)
    {
        if (report.Place == 0) return;
        var last = await source.ReadAfter(report.Place - 1, cancellationToken)
            .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (last is not null && last.Link.Span.SequenceEqual(report.Link.Span)) return;
        throw new EventStoreException(string.Create(
            CultureInfo.InvariantCulture,
            $"Book {report.Book} was copied up to place {report.Place}, but its link there is not the source's: one of the stores "
            + $"was changed meanwhile. Run 'verify' on both, and throw this copy away."));
    }

    private static EventStoreException Stopped(AppendRequest request, long place, string why) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"The copy of book {request.Book} stopped in the target at place {place}: {why}. Stop what else writes to the target."));
}
