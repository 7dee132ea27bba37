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

    private BookSnapshot(ReadDatabase database) => Database = database;

    public ReadDatabase Database { get; }

    /// <exception cref="InvalidOperationException">An event of the book can't be read.</exception>
    public static async Task<BookSnapshot> Fill(
        IEventReader store, BookId book, long throughPlace, CancellationToken cancellationToken)
    {
        var snapshot = new BookSnapshot(SqliteReadDatabase.InMemory());
        try
        {
            var projections = new ProjectionSet();
            var applier = new Applier(projections, snapshot.Database);
            applier.Open();
            for (var place = 0L; place < throughPlace;)
            {
                var limit = (int)Math.Min(PageEvents, throughPlace - place);
                var page = await store.ReadBook(book, place, limit, cancellationToken).ConfigureAwait(false);
                if (page.Count == 0) break;
                var batch = projections.Decode(page, after: 0);
                if (batch.Fault is { } fault) throw new InvalidOperationException(fault.Reason);
                applier.Fold(batch);
                place = page[^1].Place;
            }
            applier.Commit();
            applier.CompleteIndexes();
            return snapshot;
        }
        catch
        {
            snapshot.Dispose();
            throw;
        }
    }

    public void Dispose() => Database.Dispose();
}
