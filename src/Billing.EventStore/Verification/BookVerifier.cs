using Billing.EventStore.Port;

namespace Billing.EventStore.Verification;

/// <summary>What a walk along a book found.</summary>
/// <param name="Place">The last place that holds; 0 where none does, or the book is empty.</param>
/// <param name="Link">The link at that place.</param>
/// <param name="IsComplete">Whether the walk came to the end of the book; not where a fault or the bound ended it.</param>
/// <param name="Fault">The first event that is not as it was written; null where all are.</param>
/// <param name="Checkpoints">What became of each checkpoint that speaks of the book.</param>
public sealed record BookReport(
    BookId Book, long Place, ReadOnlyMemory<byte> Link, bool IsComplete, ChainFault? Fault, IReadOnlyList<CheckpointReport> Checkpoints)
{
    public bool IsWhole => Fault is null && Checkpoints.All(c => c.Finding == CheckpointFinding.Holds);
}

/// <summary>Walks a book along its chain and stops at the first event that is not as it was written.</summary>
public static class BookVerifier
{
    private const long ProgressEvents = 10_000;

    /// <param name="checkpoints">Of this book, with good signatures.</param>
    /// <param name="progress">Told the place reached, now and then.</param>
    public static Task<BookReport> Verify(
        IBookSource source, IReadOnlyList<Checkpoint> checkpoints, IProgress<long>? progress, CancellationToken cancellationToken) =>
        Verify(source, checkpoints, new BookWalk(source.Book, 0, Chain.Origin), long.MaxValue, progress, cancellationToken);

    /// <summary>At most so many events after a place whose link is known. The book before it is taken as it is.</summary>
    public static Task<BookReport> VerifyPart(
        IBookSource source, long afterPlace, ReadOnlyMemory<byte> link, long limit, CancellationToken cancellationToken) =>
        Verify(source, [], new BookWalk(source.Book, afterPlace, link), limit, null, cancellationToken);

    private static async Task<BookReport> Verify(
        IBookSource source, IReadOnlyList<Checkpoint> checkpoints, BookWalk walk, long limit, IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        var due = checkpoints.ToLookup(c => c.Place);
        var reports = new List<CheckpointReport>();
        var (fault, more) = (default(ChainFault), false);
        var last = limit == long.MaxValue ? limit : walk.Place + limit;
        try
        {
            await foreach (var stored in source.ReadAfter(walk.Place, cancellationToken).ConfigureAwait(false))
            {
                more = walk.Place == last;
                if (more) break;
                if (!walk.Follows(stored))
                {
                    var rest = source.ReadAfter(walk.Place, cancellationToken);
                    fault = await FaultSearch.Explain(walk, stored, rest, cancellationToken).ConfigureAwait(false);
                    break;
                }
                reports.AddRange(due[walk.Place].Select(c => CheckpointReport.At(c, walk.Link)));
                if (walk.Place % ProgressEvents == 0) progress?.Report(walk.Place);
            }
        }
        catch (EventStoreException unreadable)
        {
            fault = new ChainFault(
                ChainFaultKind.Unreadable, walk.Place + 1, null, null, "an event that can be read", unreadable.Message);
        }
        reports.AddRange(checkpoints.Where(c => c.Place > walk.Place).Select(c => CheckpointReport.Beyond(c, walk.Place, fault)));
        return new BookReport(source.Book, walk.Place, walk.Link, fault is null && !more, fault, reports);
    }
}
