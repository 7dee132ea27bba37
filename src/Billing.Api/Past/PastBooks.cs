using Billing.EventStore.Port;
using Billing.EventStore.Sealing;
using Billing.Projections.Running;

namespace Billing.Api.Past;

/// <summary>
/// Books as they were known at a place. Those asked for last are kept, bounded by their number and their events, and one is filled
/// at a time, so that questions about the past leave room for the others. After an erasure all are filled anew.
/// </summary>
public sealed class PastBooks(IServiceProvider services, IEventStore events, KeyRing keys) : IDisposable
{
    /// <summary>So many events are kept together, and in read models of one request at most.</summary>
    public const long MostEvents = 500_000;

    /// <summary>So many books are kept at most: read models take a megabyte even of a short one.</summary>
    private const int MostKept = 16;

    private readonly Lock gate = new();
    private readonly SemaphoreSlim filling = new(1, 1);
    private readonly LinkedList<Kept> kept = [];

    private readonly record struct Key(BookId Book, long Place, bool WithModels, long Erasures);

    private sealed record Kept(Key Key, Task<PastBook> Filled);

    /// <summary>The book as far as the place, to be disposed after use.</summary>
    /// <param name="withModels">Whether read models are asked too.</param>
    public async Task<PastBook> Hold(BookId book, long place, bool withModels, CancellationToken cancellationToken)
    {
        while (true)
        {
            var entry = Find(new Key(book, place, withModels, keys.Erasures));
            try
            {
                var past = await entry.Filled.WaitAsync(cancellationToken);
                if (past.TryHold()) return past;
            }
            catch when (entry.Filled.IsFaulted)
            {
                Drop(entry);
                throw;
            }
        }
    }

    /// <summary>Lets go of all of them: something in one was erased.</summary>
    public void Clear()
    {
        List<Kept> gone;
        lock (gate)
        {
            gone = [.. kept];
            kept.Clear();
        }
        foreach (var entry in gone) Release(entry);
    }

    public void Dispose()
    {
        Clear();
        filling.Dispose();
    }

    private Kept Find(Key key)
    {
        List<Kept> gone = [];
        Kept entry;
        lock (gate)
        {
            entry = kept.FirstOrDefault(candidate => candidate.Key == key) ?? new Kept(key, Task.Run(() => Fill(key)));
            kept.Remove(entry);
            kept.AddFirst(entry);
            while (kept.Count > MostKept || (kept.Count > 1 && kept.Sum(other => other.Key.Place) > MostEvents))
            {
                gone.Add(kept.Last!.Value);
                kept.RemoveLast();
            }
        }
        foreach (var old in gone) Release(old);
        return entry;
    }

    private async Task<PastBook> Fill(Key key)
    {
        var book = new BookThrough(events, key.Book, key.Place, []);
        if (!key.WithModels) return new PastBook(services, book, snapshot: null);
        await filling.WaitAsync();
        try
        {
            return new PastBook(services, book, await BookSnapshot.Fill(book, key.Book, key.Place, CancellationToken.None));
        }
        finally
        {
            filling.Release();
        }
    }

    private void Drop(Kept entry)
    {
        lock (gate) kept.Remove(entry);
    }

    /// <summary>Once it is filled; whoever holds it goes on with it.</summary>
    private static void Release(Kept entry) => entry.Filled.ContinueWith(
        filled => filled.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
}
