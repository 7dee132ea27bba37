using System.Diagnostics;
using System.Globalization;
using Billing.EventStore.Port;
using Billing.EventStore.Sqlite;

namespace Billing.Benchmarks;

/// <summary>The same appends and reads, one after the other, on a large store and on a small one.</summary>
internal sealed class ScaleBenchmark : IBenchmark
{
    private const int Small = 100_000;

    /// <summary>What a caller does with a store, given a place in it.</summary>
    private static readonly (string Name, Func<SqliteEventStore, StoredEvent, ValueTask> Run)[] Operations =
    [
        ("durable append", Append),
        ("read 30 events of a stream", async (store, e) =>
            NotEmpty(await store.ReadStream(e.Book, e.Stream, 1, 30, ReadDirection.Forwards, CancellationToken.None))),
        ("read 50 events of a book", async (store, e) =>
            NotEmpty(await store.ReadBook(e.Book, e.Place - 50, 50, CancellationToken.None))),
        ("read the feed's last 100", async (store, _) =>
        {
            var head = await store.HeadPosition(CancellationToken.None);
            NotEmpty(await store.ReadFeed(head - 100, 100, CancellationToken.None));
        }),
        ("find an idempotency key", async (store, e) =>
            NotEmpty((await store.FindByIdempotencyKey(e.Book, e.Metadata.IdempotencyKey!, CancellationToken.None))?.Events ?? [])),
    ];

    private readonly Dictionary<string, List<double>> all = [];

    public string Name => "scale";

    public string Heading(BenchOptions options) =>
        $"""
        scale: latency on {Large(options):#,0} events against {Small:#,0}, SQLite, one caller{Quicker(options)}.
        Filled through the store's own writer by 128 callers, an assistant's day (about 14 events) or a step of an invoice an
        append, each under an idempotency key; practices of {ScaleWorkload.EventsPerBook:#,0} events on average, sizes as 1 to 1/n^0.8,
        whose turn it is drawn by these weights. Files are in the system's cache as far as it holds them.
        Load: closed loop; {Operations.Length} operations, {Calls(options)} calls of each a round on either store, in turns call by call,
        after as many to warm up, at timesheets of which four of five lie among the newest tenth of the events.
        {Rounds(options)} rounds; values are medians of the rounds' medians, the ratio is the median of the rounds' ratios.
        """;

    public async Task<IReadOnlyList<BenchCase>> Run(BenchOptions options)
    {
        var small = new ScaleWorkload(Path.Combine(options.Folder, "small.db"), Small);
        var large = new ScaleWorkload(Path.Combine(options.Folder, "large.db"), Large(options));
        foreach (var workload in new[] { small, large })
        {
            await workload.Fill();
            if (!options.Json) Console.WriteLine(workload.Shape);
        }
        var latencies = Operations.Select(_ => (Small: new List<double>(), Large: new List<double>())).ToList();
        var memory = (Small: new List<double>(), Large: new List<double>());
        for (var round = 0; round < Rounds(options); round++)
        {
            for (var i = 0; i < Operations.Length; i++)
            {
                var (onSmall, onLarge) = await Medians(Operations[i], small, large, Calls(options));
                latencies[i].Small.Add(onSmall);
                latencies[i].Large.Add(onLarge);
            }
            memory.Small.Add(await Mebibytes(small, Calls(options)));
            memory.Large.Add(await Mebibytes(large, Calls(options)));
        }
        if (!options.Json) PrintTails(small, large);
        return
        [
            .. Operations.Select((operation, i) => Case(operation.Name, "µs", latencies[i])),
            Case("resident memory", "MiB", memory),
        ];
    }

    private static string Quicker(BenchOptions options) => options.Quick ? "; without --quick on 10,000,000" : "";

    private static int Large(BenchOptions options) => options.Quick ? 1_000_000 : 10_000_000;

    private static int Rounds(BenchOptions options) => options.Quick ? 5 : 9;

    private static int Calls(BenchOptions options) => options.Quick ? 80 : 300;

    private static BenchCase Case(string name, string unit, (List<double> Small, List<double> Large) rounds) => BenchCase.Of(
        name, unit, new BenchSamples("large", rounds.Large), new BenchSamples("100,000 events", rounds.Small), 1.2, 1.05,
        lowerIsBetter: true);

    /// <summary>Call by call in turns, so that both meet the same disk; as many calls go before.</summary>
    private async Task<(double Small, double Large)> Medians(
        (string Name, Func<SqliteEventStore, StoredEvent, ValueTask> Run) operation, ScaleWorkload small, ScaleWorkload large, int calls)
    {
        await using var smallStore = SqliteEventStore.Open(small.Path);
        await using var largeStore = SqliteEventStore.Open(large.Path);
        var (onSmall, onLarge) = (new List<double>(2 * calls), new List<double>(2 * calls));
        for (var n = 0; n < 2 * calls; n++)
        {
            if (n % 2 == 0) onSmall.Add(await Microseconds(smallStore, small));
            onLarge.Add(await Microseconds(largeStore, large));
            if (n % 2 == 1) onSmall.Add(await Microseconds(smallStore, small));
        }
        return (Keep(small, onSmall[calls..]), Keep(large, onLarge[calls..]));

        async ValueTask<double> Microseconds(SqliteEventStore store, ScaleWorkload workload)
        {
            var site = workload.NextSite();
            var start = Stopwatch.GetTimestamp();
            await operation.Run(store, site);
            return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        double Keep(ScaleWorkload workload, List<double> taken)
        {
            var key = Key(operation.Name, workload);
            if (!all.TryGetValue(key, out var kept)) all.Add(key, kept = []);
            kept.AddRange(taken);
            return BenchRounds.Median(taken);
        }
    }

    /// <summary>Of the whole process after some of everything, with what it no longer needs given back before.</summary>
    private static async Task<double> Mebibytes(ScaleWorkload workload, int calls)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        await using var store = SqliteEventStore.Open(workload.Path);
        foreach (var (_, run) in Operations)
            for (var n = 0; n < calls; n++) await run(store, workload.NextSite());
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Environment.WorkingSet / 1_048_576.0;
    }

    private void PrintTails(ScaleWorkload small, ScaleWorkload large)
    {
        Console.WriteLine();
        foreach (var (name, _) in Operations)
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"p99 over all rounds, {name}: {P99(name, large):#,0} µs on {large.Events:#,0}, {P99(name, small):#,0} µs on {small.Events:#,0}"));
        Console.WriteLine();
    }

    private double P99(string operation, ScaleWorkload workload)
    {
        var taken = all[Key(operation, workload)].Order().ToList();
        return taken[taken.Count * 99 / 100];
    }

    private static string Key(string operation, ScaleWorkload workload) =>
        string.Create(CultureInfo.InvariantCulture, $"{operation}, {workload.Events}");

    private static async ValueTask Append(SqliteEventStore store, StoredEvent near)
    {
        var @event = new NewEvent(Guid.CreateVersion7(), near.Type, near.Data, near.Confidential);
        var request = new AppendRequest(
            near.Book, [new StreamAppend(near.Stream, StreamAppend.AnyVersion, [@event])], [],
            near.Metadata with { IdempotencyKey = $"{Guid.CreateVersion7():D}" });
        if (await store.Append(request, CancellationToken.None) is not AppendOutcome.Appended)
            throw new InvalidOperationException("The store refused an append.");
    }

    private static void NotEmpty(IReadOnlyList<StoredEvent> events)
    {
        if (events.Count == 0) throw new InvalidOperationException("Nothing was read.");
    }
}
