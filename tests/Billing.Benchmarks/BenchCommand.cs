namespace Billing.Benchmarks;

/// <summary>One verb of the benchmark program.</summary>
internal interface IBenchmark
{
    string Name { get; }

    /// <summary>The load and the shape of the workload, in a sentence or two, printed above the figures.</summary>
    string Heading(BenchOptions options);

    Task<IReadOnlyList<BenchCase>> Run(BenchOptions options);
}

/// <param name="Json">One object a line instead of a table.</param>
/// <param name="Quick">Under 40 seconds, with rounder figures.</param>
/// <param name="Folder">An empty folder on the disk to measure; removed afterwards.</param>
internal sealed record BenchOptions(bool Json, bool Quick, string Folder);

/// <summary>Reads the command line, runs the verb and tells whether every bar was reached.</summary>
internal static class BenchCommand
{
    private const int Reached = 0, Missed = 1, Misused = 2;

    public static async Task<int> Run(string[] args, IReadOnlyList<IBenchmark> benchmarks)
    {
        var benchmark = Find(args, benchmarks, out var rest);
        if (benchmark is null || !TryParse(rest, out var parent, out var json, out var quick))
        {
            var names = string.Join(", ", benchmarks.Select(b => b.Name));
            await Console.Error.WriteLineAsync($"Usage: NAME [--json] [--quick] [--dir PATH], where NAME is one of: {names}");
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

    /// <summary>A name may be of several words, such as <c>append --store postgres</c>; the longest that fits is meant.</summary>
    private static IBenchmark? Find(string[] args, IReadOnlyList<IBenchmark> benchmarks, out string[] rest)
    {
        var found = benchmarks
            .Select(b => (Benchmark: b, Words: b.Name.Split(' ')))
            .Where(b => args.Length >= b.Words.Length && b.Words.SequenceEqual(args.Take(b.Words.Length)))
            .MaxBy(b => b.Words.Length);
        rest = found.Benchmark is null ? [] : args[found.Words.Length..];
        return found.Benchmark;
    }

    private static bool TryParse(string[] args, out string parent, out bool json, out bool quick)
    {
        (parent, json, quick) = (Path.GetTempPath(), false, false);
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--json") json = true;
            else if (args[i] == "--quick") quick = true;
            else if (args[i] == "--dir" && i + 1 < args.Length) parent = args[++i];
            else return false;
        }
        return true;
    }
}
