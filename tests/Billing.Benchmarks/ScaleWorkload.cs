using Billing.EventStore.Codec;
using Billing.EventStore.Port;
using Billing.EventStore.Sqlite;
using NodaTime;

namespace Billing.Benchmarks;

/// <summary>
/// A store of so many events, filled through its own writer by many callers at once. Practices differ in size as 1 to
/// 1/n^0.8; whose day comes next is drawn by these weights, so that streams and books lie mixed in the file.
/// </summary>
internal sealed class ScaleWorkload(string path, int events)
{
    /// <summary>So many in a book on average, whatever the size: a larger store has more practices, not longer years.</summary>
    public const int EventsPerBook = 2_500;

    private const int Fillers = 128, Sites = 2_000, Assistants = 4;
    private const int RecentPercent = 10, RecentSites = 80, LeastVersion = 30, LeastPlace = 50;

    private readonly List<StoredEvent> sites = [];
    private string shape = "";
    private int nextSite;

    public string Path => path;

    public string Shape => shape;

    public int Events => events;

    /// <summary>An event of a timesheet to read or write near to; four of five lie among the newest tenth.</summary>
    public StoredEvent NextSite() => sites[nextSite++ % sites.Count];

    public async Task Fill()
    {
        await using var store = SqliteEventStore.Open(path);
        var weights = Enumerable.Range(1, Math.Max(1, events / EventsPerBook)).Select(n => Math.Pow(n, -0.8)).ToArray();
        var perBook = new long[weights.Length];
        var stored = 0L;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(Fillers, weights.Length)).Select(filler => Task.Run(async () =>
        {
            var own = Enumerable.Range(0, weights.Length).Where(n => n % Fillers == filler).ToArray();
            var practices = own.Select(n => (Book: new BookId(Guid.CreateVersion7()), Next: Appends(n).GetEnumerator())).ToArray();
            var chance = new Random(filler);
            var total = own.Sum(n => weights[n]);
            // Each filler writes what its practices weigh.
            var share = (long)(events * total / weights.Sum());
            for (var written = 0L; written < share;)
            {
                var i = Draw(chance, own, weights, total);
                var practice = practices[i];
                practice.Next.MoveNext();
                var count = await Append(store, practice.Book, practice.Next.Current);
                perBook[own[i]] += count;
                written += count;
            }
            Interlocked.Add(ref stored, perBook.Where((_, n) => n % Fillers == filler).Sum());
        })));
        await FindSites(store);
        shape = Describe(perBook, stored);
    }

    private static int Draw(Random chance, int[] own, double[] weights, double total)
    {
        var at = chance.NextDouble() * total;
        var i = 0;
        while (i < own.Length - 1 && (at -= weights[own[i]]) > 0) i++;
        return i;
    }

    /// <summary>A practice's years, an append at a time.</summary>
    private static IEnumerable<IReadOnlyList<(string Stream, object[] Events)>> Appends(int number)
    {
        var work = new RebuildWorkload(number);
        foreach (var write in work.Open()) yield return [write];
        for (var week = 0; ; week++)
        {
            for (var day = 0; day < RebuildWorkload.DaysPerWeek; day++)
                for (var assistant = 0; assistant < Assistants; assistant++) yield return [work.Day(assistant, week, day)];
            if ((week + 1) % RebuildWorkload.WeeksPerInvoice != 0) continue;
            for (var client = 0; client < Assistants; client++)
                foreach (var append in work.Month(client, week)) yield return append;
        }
    }

    private static async Task<int> Append(
        SqliteEventStore store, BookId book, IReadOnlyList<(string Stream, object[] Events)> writes)
    {
        var request = new AppendRequest(
            book,
            [.. writes.Select(w => new StreamAppend(
                w.Stream, StreamAppend.AnyVersion, [.. w.Events.Select(e => EventCodec.Encode(Guid.CreateVersion7(), e))]))],
            [],
            new EventMetadata(
                "member:0199", Guid.CreateVersion7(), Guid.CreateVersion7(), Instant.FromUtc(2026, 1, 1, 0, 0),
                $"{Guid.CreateVersion7():D}", "9f86d081884c7d65"));
        if (await store.Append(request, CancellationToken.None) is not AppendOutcome.Appended)
            throw new InvalidOperationException("The store refused an append.");
        return writes.Sum(w => w.Events.Length);
    }

    private async Task FindSites(SqliteEventStore store)
    {
        var (chance, head) = (new Random(1), await store.HeadPosition(CancellationToken.None));
        while (sites.Count < Sites)
        {
            var recent = sites.Count % 100 < RecentSites;
            var after = head - 1 - chance.NextInt64(recent ? head * RecentPercent / 100 : head);
            var found = (await store.ReadFeed(after, 1, CancellationToken.None))[0];
            var isWithinTimesheet = found.Type == "time-entry-logged.v1" && found is { Version: >= LeastVersion, Place: >= LeastPlace };
            if (isWithinTimesheet) sites.Add(found);
        }
        for (var i = sites.Count - 1; i > 0; i--)
        {
            var other = chance.Next(i + 1);
            (sites[i], sites[other]) = (sites[other], sites[i]);
        }
    }

    private string Describe(long[] perBook, long stored)
    {
        using var database = Database.Open(path, forWriting: false);
        var streams = database.ReadNumber("SELECT count(*) FROM streams");
        var sorted = perBook.Order().ToArray();
        return FormattableString.Invariant(
            $"{stored:#,0} events in {perBook.Length:#,0} books and {streams:#,0} streams, {new FileInfo(path).Length >> 20:#,0} MiB; ")
            + FormattableString.Invariant(
                $"events a book: median {sorted[sorted.Length / 2]:#,0}, largest tenth from {sorted[sorted.Length * 9 / 10]:#,0}, largest {sorted[^1]:#,0}");
    }
}
