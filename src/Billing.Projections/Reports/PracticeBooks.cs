using Billing.EventStore.Port;

namespace Billing.Projections.Reports;

/// <summary>
/// The folded books of the practices that ask for reports, taken further by what was written since. A few are kept, those asked
/// for last, bounded by their events.
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
            await Fold(entry.Folded, book, cancellationToken).ConfigureAwait(false);
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

    /// <summary>Folds every book anew when it is asked for next: something in one was erased.</summary>
    public void Clear()
    {
        lock (gate) kept.Clear();
    }

    private async Task Fold(PracticeBook folded, BookId book, CancellationToken cancellationToken)
    {
        while (await events.ReadBook(book, folded.Place, PageEvents, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
            foreach (var stored in page) folded.Add(stored);
    }

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
