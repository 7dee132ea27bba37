namespace Billing.Benchmarks;

/// <summary>One verb of the benchmark program.</summary>
internal interface IBenchmark
{
    string Name { get; }

    /// <summary>The load and the shape of the workload, in a sentence or two, printed above the figures.</summary>
    string Heading(BenchOptions options);

    Task<IReadOnlyList<BenchCase>> Run(BenchOptions options);

    /// <summary>Which <c>--store</c> it measures; the embedded one without that option.</summary>
    string Store => BenchCommand.EmbeddedStore;
}

/// <param name="Json">One object a line instead of a table.</param>
/// <param name="Quick">Under 40 seconds, with rounder figures.</param>
/// <param name="Folder">An empty folder on the disk to measure; removed afterwards.</param>
internal sealed record BenchOptions(bool Json, bool Quick, string Folder);

/// <summary>Reads the command line, runs the verb and tells whether every bar was reached.</summary>
internal static class BenchCommand
{
    public const string EmbeddedStore = "sqlite";

    private const int Reached = 0, Missed = 1, Misused = 2;

    public static async Task<int> Run(string[] args, IReadOnlyList<IBenchmark> benchmarks)
    {
        var understood = TryParse(args.Skip(1).ToArray(), out var parent, out var json, out var quick, out var store);
        var benchmark = benchmarks.FirstOrDefault(b => args.Length > 0 && b.Name == args[0] && b.Store == store);
        if (benchmark is null || !understood)
        {
            var names = string.Join(", ", benchmarks.Select(
                b => b.Store == EmbeddedStore ? b.Name : $"{b.Name} --store {b.Store}"));
            await Console.Error.WriteLineAsync(
                $"Usage: NAME [--store STORE] [--json] [--quick] [--dir PATH], where NAME is one of: {names}");
            return Misused;
        }
        var folder = Directory.CreateDirectory(Path.Combine(parent, $"billing-bench-{Guid.CreateVersion7():N}"));
        try
        {
            var options = new BenchOptions(json, quick, folder.FullName);
            if (!json) Console.WriteLine(benchmark.Heading(options) + Environment.NewLine);
            var cases = await benchmark.Run(options);
            foreach (var line in json ? BenchPrint.Json(benchmark.Name, cases) : BenchPrint.Table(cases))
                Console.WriteLine(line);
            return cases.All(c => c.Holds) ? Reached : Missed;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool TryParse(string[] args, out string parent, out bool json, out bool quick, out string store)
    {
        (parent, json, quick, store) = (Path.GetTempPath(), false, false, EmbeddedStore);
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--json") json = true;
            else if (args[i] == "--quick") quick = true;
            else if (args[i] == "--dir" && i + 1 < args.Length) parent = args[++i];
            else if (args[i] == "--store" && i + 1 < args.Length) store = args[++i];
            else return false;
        }
        return true;
    }
}
