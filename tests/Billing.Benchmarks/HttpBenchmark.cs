using Billing.Api.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Billing.Benchmarks;

/// <summary>
/// What a caller of the API waits for: an authenticated time entry, decided, durable and answered, against an endpoint of
/// the same server that does nothing.
/// </summary>
internal sealed class HttpBenchmark : IBenchmark
{
    private const string EmptyPath = "/empty";
    private static readonly int[] Connections = [32, 256];

    public string Name => "http";

    public string Heading(BenchOptions options) =>
        $"""
        http: POST /v1/time-entries with a bearer token, appended to SQLite (WAL, synchronous=FULL) before it is answered.
        Load: closed loop over keep-alive connections of this very process, each with an assistant of its own; generator and
        server share the machine's {Environment.ProcessorCount} cores, for the limit just the same.
        Shape: one entry by day and duration with a short note, {HttpCaller.EntriesPerWeek} to a week, then the next week; every
        answer is read and must be 201. Read models follow along.
        Limit: the same request to an endpoint that reads nothing and answers 201 without a body.
        {Rounds(options)} rounds, interleaved; values are medians, the ratio is the median of the rounds' ratios.
        """;

    public async Task<IReadOnlyList<BenchCase>> Run(BenchOptions options)
    {
        var duration = TimeSpan.FromSeconds(options.Quick ? 1 : 2);
        await using var app = Build(options.Folder);
        await app.StartAsync();
        var address = new Uri(app.Urls.First());
        using var practice = await HttpPractice.Open(app.Services, address, Connections.Max());

        var measurements = Connections.SelectMany(connections => new BenchMeasurement[]
        {
            new($"an empty endpoint, {connections} connections", () => practice.Answers(connections, EmptyPath, duration)),
            new($"{connections} connections", () => practice.Answers(connections, HttpCaller.EntriesPath, duration)),
        }).ToArray();
        var samples = await BenchRounds.Interleave(Rounds(options), () => Task.CompletedTask, measurements);
        await app.StopAsync();
        return
        [
            BenchCase.Of($"{Connections[0]} connections", "requests/s", samples[1], samples[0], 0.15, 0.37),
            BenchCase.Of($"{Connections[1]} connections", "requests/s", samples[3], samples[2], 0.25, 0.45),
        ];
    }

    private static int Rounds(BenchOptions options) => options.Quick ? 5 : 7;

    private static WebApplication Build(string folder)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["Billing:DataFolder"] = folder;
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = BillingServer.Build(builder);
        app.MapPost(EmptyPath, static (HttpContext http) =>
        {
            http.Response.StatusCode = StatusCodes.Status201Created;
            return Task.CompletedTask;
        });
        return app;
    }
}
