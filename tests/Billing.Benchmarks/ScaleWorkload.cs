using Billing.Domain.TimeTracking;
using Billing.EventStore.Codec;
using Billing.EventStore.Port;
using Billing.Projections.Invoicing;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Benchmarks;

/// <summary>An event of a timesheet to read or write near to.</summary>
internal sealed record ScaleSite(StoredEvent Event, TimesheetEvent.TimeEntryLogged Entry)
{
    public TimesheetWeek Week { get; } = TimesheetWeek.Of(Entry.AssistantId, Entry.WorkedOn);
}

/// <summary>
/// A store of so many events, filled through its own writer by many callers at once. Practices differ in size as 1 to
/// 1/n^0.8; whose day comes next is drawn by these weights, so that streams and books lie mixed in the file.
/// </summary>
internal sealed class ScaleWorkload(ScaleHome home)
{
    /// <summary>So many in a book on average, whatever the size: a larger store has more practices, not longer years.</summary>
    public const int EventsPerBook = 2_500;

    private const int Fillers = 128, Sites = 2_000, Assistants = 4;
    private const int RecentPercent = 10, RecentSites = 80, LeastVersion = 30, LeastPlace = 50;
    private const int LeastUnbilled = 60, MostUnbilled = 140;

    private readonly List<ScaleSite> sites = [], unbilledSites = [];
    private string shape = "";
    private int nextSite;

    public ScaleHome Home => home;

    public string Shape => shape;

    /// <summary>Four of five lie among the newest tenth.</summary>
    public ScaleSite NextSite() => sites[nextSite++ % sites.Count];

    /// <summary>The same, of a client with so much unbilled work that answers of two stores are of about the same size.</summary>
    public ScaleSite NextUnbilledSite() => unbilledSites[nextSite++ % unbilledSites.Count];

    /// <param name="models">Built of all events.</param>
    public void FindUnbilled(ReadDatabase models)
    {
        var queries = new UnbilledQueries(models);
        unbilledSites.AddRange(sites.Where(site =>
            queries.Work(site.Event.Book, site.Entry.ClientId, site.Entry.WorkedOn).Entries.Count is > LeastUnbilled and < MostUnbilled));
    }

    public async Task Fill()
    {
        await using var store = await home.OpenStore();
        var weights = Enumerable.Range(1, Math.Max(1, home.Events / EventsPerBook)).Select(n => Math.Pow(n, -0.8)).ToArray();
        var perBook = new long[weights.Length];
        var stored = 0L;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(Fillers, weights.Length)).Select(filler => Task.Run(async () =>
        {
            var own = Enumerable.Range(0, weights.Length).Where(n => n % Fillers == filler).ToArray();
            var practices = own.Select(n => (Book: new BookId(Guid.CreateVersion7()), Next: Appends(n).GetEnumerator())).ToArray();
            var chance = new Random(filler);
            var total = own.Sum(n => weights[n]);
            // Each filler writes what its practices weigh.
            var share = (long)(home.Events * total / weights.Sum());
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
        shape = await Describe(perBook, stored);
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
        IEventStore store, BookId book, IReadOnlyList<(string Stream, object[] Events)> writes)
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

    private async Task FindSites(IEventStore store)
    {
        var (chance, head) = (new Random(1), await store.HeadPosition(CancellationToken.None));
        while (sites.Count < Sites)
        {
            var recent = sites.Count % 100 < RecentSites;
            var after = head - 1 - chance.NextInt64(recent ? head * RecentPercent / 100 : head);
            var found = (await store.ReadFeed(after, 1, CancellationToken.None))[0];
            var isWithinTimesheet = found.Type == "time-entry-logged.v1" && found is { Version: >= LeastVersion, Place: >= LeastPlace };
            if (isWithinTimesheet) sites.Add(new ScaleSite(found, (TimesheetEvent.TimeEntryLogged)EventCodec.Decode(found)));
        }
        for (var i = sites.Count - 1; i > 0; i--)
        {
            var other = chance.Next(i + 1);
            (sites[i], sites[other]) = (sites[other], sites[i]);
        }
    }

    private async Task<string> Describe(long[] perBook, long stored)
    {
        var (streams, mebibytes) = await home.Measure();
        var sorted = perBook.Order().ToArray();
        return FormattableString.Invariant(
            $"{stored:#,0} events in {perBook.Length:#,0} books and {streams:#,0} streams, {mebibytes:#,0} MiB; ")
            + FormattableString.Invariant(
                $"events a book: median {sorted[sorted.Length / 2]:#,0}, largest tenth from {sorted[sorted.Length * 9 / 10]:#,0}, largest {sorted[^1]:#,0}");
    }
}
