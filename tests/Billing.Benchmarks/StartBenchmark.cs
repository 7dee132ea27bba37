using System.Diagnostics;
using System.Globalization;
using Billing.TestSupport.Processes;

namespace Billing.Benchmarks;

/// <summary>How soon the program answers after it was started, and what it holds in memory before anybody asks for anything.</summary>
internal sealed class StartBenchmark : IBenchmark
{
    private const string ReadyPath = "/health/ready";
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2), Patience = TimeSpan.FromSeconds(60);

    public string Name => "start";

    public string Heading(BenchOptions options) =>
        $"""
        start: the program as it is built, in a process of its own, over an empty practice's files with SQLite: milliseconds from
        starting the process to the first answer that it is ready, and the resident memory {Idle.TotalSeconds} s later.
        Limit: a host of ASP.NET Core in a process of its own that opens one SQLite file and answers one question of it.
        {Rounds(options)} rounds, interleaved; the first, which lays the files out, is not counted; the ratio is the median of
        the rounds' ratios.
        """;

    public async Task<IReadOnlyList<BenchCase>> Run(BenchOptions options)
    {
        var (memory, leanMemory) = (new List<double>(), new List<double>());
        var samples = await BenchRounds.Interleave(
            Rounds(options),
            () => Task.CompletedTask,
            new("lean host", () => Start(
                "Billing.Benchmarks.dll", leanMemory, "/", url => [LeanHost.Verb, url, Path.Combine(options.Folder, "lean.db")])),
            new("server", () => Start(
                "Billing.Api.dll", memory, ReadyPath, url => ["--urls", url, "--Billing:DataFolder", options.Folder])));
        return
        [
            BenchCase.Of("first answer", "ms", samples[1], samples[0], 3, 2, lowerIsBetter: true),
            BenchCase.Of(
                "idle memory", "MiB", new BenchSamples("server", [.. memory.Skip(1)]),
                new BenchSamples("lean host", [.. leanMemory.Skip(1)]), 2, 1.4, lowerIsBetter: true),
        ];
    }

    private static int Rounds(BenchOptions options) => options.Quick ? 5 : 11;

    /// <returns>Milliseconds to its first good answer.</returns>
    private static async Task<double> Start(string program, List<double> memory, string path, Func<string, string[]> arguments)
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{LoopbackPort.Free()}");
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        var clock = Stopwatch.StartNew();
        using var process = DotnetProcess.Start(
            Path.Combine(AppContext.BaseDirectory, program), arguments(url), AppContext.BaseDirectory);
        try
        {
            while (!await Answers(http, path))
            {
                if (process.HasExited || clock.Elapsed > Patience)
                    throw new InvalidOperationException($"{program} does not answer. {process.Errors}");
                await Task.Delay(5);
            }
            var taken = clock.Elapsed.TotalMilliseconds;
            await Task.Delay(Idle);
            memory.Add(process.ResidentBytes / 1048576.0);
            return taken;
        }
        finally
        {
            await process.Kill();
        }
    }

    private static async Task<bool> Answers(HttpClient http, string path)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
