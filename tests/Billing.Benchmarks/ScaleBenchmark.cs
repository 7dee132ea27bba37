using System.Diagnostics;
using System.Globalization;
using Billing.EventStore.Port;
using Billing.Projections.Running;
using Billing.Projections.Storage;

namespace Billing.Benchmarks;

/// <summary>The same appends, reads and queries, one after the other, on a large store and on a small one.</summary>
internal sealed class ScaleBenchmark(ScaleEngine engine) : IBenchmark
{
    private const int Small = 100_000;

    private readonly Dictionary<string, List<double>> all = [];

    public string Name => "scale";

    public string Store => engine.Store;

    public string Heading(BenchOptions options) =>
        $"""
        scale: latency on {Large(options):#,0} events against {Small:#,0}, one caller{Quicker(options)};
        {engine.Words}.
        Filled through the store's own writer by 128 callers, an assistant's day (about 14 events) or a step of an invoice an
        append, each under an idempotency key; practices of {ScaleWorkload.EventsPerBook:#,0} events on average, sizes as 1 to 1/n^0.8,
        whose turn it is drawn by these weights. Files are in the system's cache as far as it holds them.
        Load: closed loop; {ScaleOperation.All.Count} operations, {Calls(options)} calls of each a round on either store, in turns
        call by call, after {WarmUp(options):#,0} to warm up, at timesheets of which four of five lie among the newest tenth of the
        events; what is unbilled is asked of clients with 61 to 139 such entries.
        {Rounds(options)} rounds; values are medians of the rounds' medians, the ratio is the median of the rounds' ratios.
        """;

    public async Task<IReadOnlyList<BenchCase>> Run(BenchOptions options)
    {
        await using var smallHome = await engine.MakeHome(options, Small);
        await using var largeHome = await engine.MakeHome(options, Large(options));
        var (small, large) = (new ScaleWorkload(smallHome), new ScaleWorkload(largeHome));
        foreach (var workload in new[] { small, large })
        {
            await workload.Fill();
            if (!options.Json) Console.WriteLine(workload.Shape);
            await Project(workload, options);
            await workload.Home.Settle();
        }
        var latencies = ScaleOperation.All.Select(_ => (Small: new List<double>(), Large: new List<double>())).ToList();
        var memory = (Small: new List<double>(), Large: new List<double>());
        for (var round = 0; round < Rounds(options); round++)
        {
            for (var i = 0; i < ScaleOperation.All.Count; i++)
            {
                var (onSmall, onLarge) = await Medians(ScaleOperation.All[i], small, large, options);
                latencies[i].Small.Add(onSmall);
                latencies[i].Large.Add(onLarge);
            }
            memory.Small.Add(await Mebibytes(small, Calls(options)));
            memory.Large.Add(await Mebibytes(large, Calls(options)));
        }
        if (!options.Json) PrintTails(small, large);
        return
        [
            .. ScaleOperation.All.Select((operation, i) => Case(operation.Name, "µs", latencies[i])),
            Case("resident memory", "MiB", memory),
        ];
    }

    private static string Quicker(BenchOptions options) => options.Quick ? "; without --quick on 10,000,000" : "";

    private int Large(BenchOptions options) => options.Quick ? engine.QuickEvents : 10_000_000;

    private static int Rounds(BenchOptions options) => options.Quick ? 5 : 9;

    private static int Calls(BenchOptions options) => options.Quick ? 80 : 300;

    /// <summary>
    /// A server that has been up for a while has the upper pages of the indexes in its reader's cache: some 4,000 of the event
    /// file at 10 M events, of which one call at each of the sampled places brings in what is needed.
    /// </summary>
    private static int WarmUp(BenchOptions options) => options.Quick ? 80 : 2_000;

    private static BenchCase Case(string name, string unit, (List<double> Small, List<double> Large) rounds) => BenchCase.Of(
        name, unit, new BenchSamples("large", rounds.Large), new BenchSamples("100,000 events", rounds.Small), 1.2, 1.05,
        lowerIsBetter: true);

    /// <summary>Every read model of the events so far; what is appended afterwards is not in them.</summary>
    private static async Task Project(ScaleWorkload workload, BenchOptions options)
    {
        await using var store = await workload.Home.OpenStore();
        using var database = workload.Home.OpenReadModels();
        var clock = Stopwatch.StartNew();
        using var runner = new ProjectionRunner(store, database);
        await runner.CatchUp(CancellationToken.None);
        workload.FindUnbilled(database);
        if (options.Json) return;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"read models of {runner.Position:#,0} events built in {clock.Elapsed.TotalSeconds:#,0} s"));
    }

    /// <summary>Call by call in turns, so that both meet the same disk.</summary>
    private async Task<(double Small, double Large)> Medians(
        ScaleOperation operation, ScaleWorkload small, ScaleWorkload large, BenchOptions options)
    {
        var (calls, warmUp) = (Calls(options), WarmUp(options));
        await using var smallStore = await small.Home.OpenStore();
        await using var largeStore = await large.Home.OpenStore();
        using var smallModels = small.Home.OpenReadModels();
        using var largeModels = large.Home.OpenReadModels();
        var (onSmall, onLarge) = (new List<double>(warmUp + calls), new List<double>(warmUp + calls));
        for (var n = 0; n < warmUp + calls; n++)
        {
            if (n % 2 == 0) onSmall.Add(await Microseconds(smallStore, smallModels, small));
            onLarge.Add(await Microseconds(largeStore, largeModels, large));
            if (n % 2 == 1) onSmall.Add(await Microseconds(smallStore, smallModels, small));
        }
        return (Keep(small, onSmall[warmUp..]), Keep(large, onLarge[warmUp..]));

        async ValueTask<double> Microseconds(IEventStore store, ReadDatabase models, ScaleWorkload workload)
        {
            var site = operation.Site(workload);
            var start = Stopwatch.GetTimestamp();
            await operation.Run(store, models, site);
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
        await using var store = await workload.Home.OpenStore();
        using var models = workload.Home.OpenReadModels();
        foreach (var operation in ScaleOperation.All)
            for (var n = 0; n < calls; n++) await operation.Run(store, models, operation.Site(workload));
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Environment.WorkingSet / 1_048_576.0;
    }

    private void PrintTails(ScaleWorkload small, ScaleWorkload large)
    {
        Console.WriteLine();
        foreach (var (name, _) in ScaleOperation.All)
            Console.WriteLine($"p99 over all rounds, {name}: {Tail(name, large)}, {Tail(name, small)}");
        Console.WriteLine();
    }

    private string Tail(string operation, ScaleWorkload workload) => string.Create(
        CultureInfo.InvariantCulture, $"{P99(operation, workload):#,0} µs on {workload.Home.Events:#,0}");

    private double P99(string operation, ScaleWorkload workload)
    {
        var taken = all[Key(operation, workload)].Order().ToList();
        return taken[taken.Count * 99 / 100];
    }

    private static string Key(string operation, ScaleWorkload workload) =>
        string.Create(CultureInfo.InvariantCulture, $"{operation}, {workload.Home.Events}");
}
