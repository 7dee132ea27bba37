using Billing.EventStore.Port;
using NodaTime;

namespace Billing.Projections.Reports;

/// <summary>
/// The folded books of the practices that ask for reports, taken further by what was written since. A few are kept, those asked
/// for last, bounded by their events; a report on the state of an earlier day folds its book anew.
/// </summary>
public sealed class PracticeBooks(IEventReader events, int mostEvents = 500_000)
{
    private const int PageEvents = 2_000;

    private readonly Lock gate = new();
    private readonly LinkedList<Kept> kept = [];

    /// <summary>Asks something of the book as it stands now, alone with it.</summary>
    public async Task<T> Ask<T>(BookId book, Func<PracticeBook, T> question, CancellationToken cancellationToken)
    {
        var entry = Take(book);
        await entry.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await Fold(entry.Folded, book, long.MaxValue, cancellationToken).ConfigureAwait(false);
            return question(entry.Folded);
        }
        catch
        {
            // Whatever it was, what is folded half way must not be asked again.
            Drop(entry);
            throw;
        }
        finally
        {
            entry.Turn.Release();
            Trim();
        }
    }

    /// <summary>
    /// Asks something of the book as it was known then: up to its last event that was recorded by that time. Clocks of several
    /// servers differ, so an event before it may bear a later time.
    /// </summary>
    public async Task<T> AskAsOf<T>(
        BookId book, Instant recordedThrough, Func<PracticeBook, T> question, CancellationToken cancellationToken)
    {
        var last = 0L;
        IReadOnlyList<StoredEvent> page;
        for (var place = 0L; (page = await Page(book, place, cancellationToken).ConfigureAwait(false)).Count > 0; place = page[^1].Place)
            last = page.LastOrDefault(stored => stored.Metadata.RecordedAt <= recordedThrough)?.Place ?? last;
        var folded = new PracticeBook();
        await Fold(folded, book, last, cancellationToken).ConfigureAwait(false);
        return question(folded);
    }

    /// <summary>Folds every book anew when it is asked for next: something in one was erased.</summary>
    public void Clear()
    {
        lock (gate) kept.Clear();
    }

    private async Task Fold(PracticeBook folded, BookId book, long lastPlace, CancellationToken cancellationToken)
    {
        while (folded.Place < lastPlace)
        {
            var page = await Page(book, folded.Place, cancellationToken).ConfigureAwait(false);
            foreach (var stored in page.TakeWhile(stored => stored.Place <= lastPlace)) folded.Add(stored);
            if (page.Count == 0) return;
        }
    }

    private ValueTask<IReadOnlyList<StoredEvent>> Page(BookId book, long after, CancellationToken cancellationToken) =>
        events.ReadBook(book, after, PageEvents, cancellationToken);

    private Kept Take(BookId book)
    {
        lock (gate)
        {
            var entry = kept.FirstOrDefault(candidate => candidate.Book == book) ?? new Kept(book);
            kept.Remove(entry);
            kept.AddFirst(entry);
            return entry;
        }
    }

    private void Drop(Kept entry)
    {
        lock (gate) kept.Remove(entry);
    }

    /// <summary>The one asked for last stays, however long it is.</summary>
    private void Trim()
    {
        lock (gate)
        {
            while (kept.Count > 1 && kept.Sum(entry => entry.Folded.Place) > mostEvents) kept.RemoveLast();
        }
    }

    private sealed class Kept(BookId book)
    {
        public BookId Book => book;

        public PracticeBook Folded { get; } = new();

        public SemaphoreSlim Turn { get; } = new(1, 1);
    }
}
