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
        scale: latency on {Large(options):#,0} events against {Small:#,0}, SQLite, one caller{(options.Quick ? "; the whole size is 10,000,000" : "")}.
        Filled through the store's own writer by 128 callers, an assistant's day (about 14 events) or a step of an invoice an
        append, each under an idempotency key; practices of {ScaleWorkload.EventsPerBook:#,0} events on average, sizes as 1 to 1/n^0.8,
        whose turn it is drawn by these weights. Files are in the system's cache as far as it holds them.
        Load: closed loop; {Operations.Length} operations, {Calls(options)} calls each a round, at timesheets of which four of five lie
        among the newest tenth of the events; the store is opened anew for each and memory looked at after all.
        {Rounds(options)} rounds, interleaved; values are medians of the rounds' medians, the ratio is the median of their ratios.
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
        var measurements = Operations
            .SelectMany(operation => new[] { small, large }.Select(workload => new BenchMeasurement(
                Size(workload), () => Median(operation, workload, Calls(options)))))
            .Concat(new[] { small, large }.Select(workload => new BenchMeasurement(
                Size(workload), () => Mebibytes(workload, Calls(options)))))
            .ToArray();
        var samples = await BenchRounds.Interleave(Rounds(options), () => Task.CompletedTask, measurements);
        if (!options.Json) PrintTails(small, large);
        return
        [
            .. Operations.Select((operation, i) => BenchCase.Of(
                operation.Name, "µs", samples[(2 * i) + 1], samples[2 * i], 1.2, 1.05, lowerIsBetter: true)),
            BenchCase.Of("resident memory", "MiB", samples[^1], samples[^2], 1.2, 1.05, lowerIsBetter: true),
        ];
    }

    private static int Large(BenchOptions options) => options.Quick ? 1_000_000 : 10_000_000;

    private static int Rounds(BenchOptions options) => options.Quick ? 5 : 9;

    private static int Calls(BenchOptions options) => options.Quick ? 100 : 300;

    private async Task<double> Median(
        (string Name, Func<SqliteEventStore, StoredEvent, ValueTask> Run) operation, ScaleWorkload workload, int calls)
    {
        await using var store = SqliteEventStore.Open(workload.Path);
        for (var n = 0; n < calls / 10; n++) await operation.Run(store, workload.NextSite());
        var taken = new List<double>(calls);
        for (var n = 0; n < calls; n++)
        {
            var site = workload.NextSite();
            var start = Stopwatch.GetTimestamp();
            await operation.Run(store, site);
            taken.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }
        var key = Key(operation.Name, workload);
        if (!all.TryGetValue(key, out var kept)) all.Add(key, kept = []);
        kept.AddRange(taken);
        return BenchRounds.Median(taken);
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

    private static string Size(ScaleWorkload workload) =>
        string.Create(CultureInfo.InvariantCulture, $"{workload.Events:#,0} events");

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
