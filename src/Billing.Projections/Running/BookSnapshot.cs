using Billing.EventStore.Port;
using Billing.Projections.Sqlite;
using Billing.Projections.Storage;

namespace Billing.Projections.Running;

/// <summary>
/// The read models of one book as they were known at a place in it, in memory, by the same projections. Queries take its
/// <see cref="Database"/> like any other.
/// </summary>
public sealed class BookSnapshot : IDisposable
{
    private const int PageEvents = 2_000;

    private readonly ProjectionSet projections = new();
    private readonly SqliteReadDatabase database = SqliteReadDatabase.InMemory();
    private readonly Applier applier;

    private BookSnapshot() => applier = new Applier(projections, database);

    public ReadDatabase Database => database;

    /// <summary>The last event of the book that is in it; null before the first.</summary>
    public StoredEvent? Last { get; private set; }

    /// <exception cref="InvalidOperationException">An event of the book can't be read.</exception>
    public static async Task<BookSnapshot> Fill(
        IEventReader store, BookId book, long throughPlace, CancellationToken cancellationToken)
    {
        var snapshot = new BookSnapshot();
        try
        {
            snapshot.applier.Open();
            await snapshot.Advance(store, book, throughPlace, cancellationToken).ConfigureAwait(false);
            return snapshot;
        }
        catch
        {
            snapshot.Dispose();
            throw;
        }
    }

    /// <summary>Takes it further, to a later place of the same book.</summary>
    /// <exception cref="InvalidOperationException">An event of the book can't be read.</exception>
    public async Task Advance(IEventReader store, BookId book, long throughPlace, CancellationToken cancellationToken)
    {
        for (var place = Last?.Place ?? 0; place < throughPlace; place = Last!.Place)
        {
            var limit = (int)Math.Min(PageEvents, throughPlace - place);
            var page = await store.ReadBook(book, place, limit, cancellationToken).ConfigureAwait(false);
            if (page.Count == 0) break;
            applier.Fold(projections.DecodeWhole(page));
            Last = page[^1];
        }
        applier.Commit();
        applier.CompleteIndexes();
        // What is stored need not be held a second time.
        applier.MostHeldRows = 0;
    }

    /// <summary>
    /// Asks of the read models as they would be with further events, of which nothing stays. Nobody else may use the snapshot
    /// meanwhile.
    /// </summary>
    /// <param name="more">Behind <see cref="Last"/>, at positions above its own.</param>
    /// <param name="question">Of <see cref="Database"/>.</param>
    /// <exception cref="InvalidOperationException">An event can't be read.</exception>
    public async Task<T> With<T>(IReadOnlyList<StoredEvent> more, Func<Task<T>> question)
    {
        applier.Fold(projections.DecodeWhole(more));
        try
        {
            applier.Flush();
            return await question().ConfigureAwait(false);
        }
        finally
        {
            applier.RollBack();
        }
    }

    /// <summary>As <see cref="ProjectionRunner.DumpRows"/>.</summary>
    public IReadOnlyList<string> DumpRows() => projections.Dump(database);

    public void Dispose() => database.Dispose();
}
