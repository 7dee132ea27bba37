using System.Net;
using System.Runtime;
using Billing.Api.Access;
using Billing.Api.Hosting;
using Billing.Api.Http;
using Billing.EventStore.Port;
using Billing.Projections.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Benchmarks;

/// <summary>Time entries posted by assistants, each durable before it is answered, against an endpoint that does nothing.</summary>
internal sealed class HttpBenchmark : IBenchmark
{
    private const string OperatorToken = "operator-token-of-the-benchmark-01";
    private const string EmptyPath = "/empty";
    private const int Few = 32, Many = 256;
    private const int WarmUpSeconds = 10, LongestWarmUpSeconds = 60;

    /// <summary>In a second in which the runtime compiles no more of them it has compiled what is hot.</summary>
    private const int FewMethods = 100;

    public string Name => "http";

    public string Heading(BenchOptions options) =>
        $"""
        http: the whole server on a loopback port with SQLite, WAL, synchronous=FULL, and its read models following along;
        the load comes from the same process. Limits of requests are counted, and a tenth of the requests traced to a collector that
        is in the same process too.
        Shape: {Many} assistants with a token each in {HttpPractices.Practices} practices; each connection is one assistant who posts
        a time entry by day and duration, waits for the answer and posts the next: {HttpPractices.EntriesPerDay} a day,
        {HttpPractices.DaysPerWeek} days a week, week after week; no idempotency key.
        {WarmUpSeconds} s of it warm up, or more while the runtime still compiles, and at least {Preloaded(options):#,0} entries are there,
        before the first round.
        Limit: the same bytes to an empty endpoint of the same server.
        {Rounds(options)} rounds, interleaved, the read models caught up before each measurement; the ratio is the median of
        the rounds' ratios.
        """;

    public async Task<IReadOnlyList<BenchCase>> Run(BenchOptions options)
    {
        var duration = TimeSpan.FromSeconds(options.Quick ? 0.6 : 2);
        await using var collector = await TraceSink.Start();
        await using var app = await BillingServer.Build(
            BillingHost.CreateBuilder(
            [
                "--urls", "http://127.0.0.1:0", "--Billing:DataFolder", options.Folder, "--Billing:OperatorToken", OperatorToken,
                "--Billing:RateLimit:Token:Burst", "1000000000", "--Billing:RateLimit:Token:PerMinute", "1000000000",
                "--Billing:Telemetry:Endpoint", collector.Address, "--Billing:Telemetry:Protocol", "http/protobuf",
            ]),
            // As if it took a token, so that nothing is counted for it.
            further => further.MapPost(EmptyPath, (RequestDelegate)(static _ => Task.CompletedTask))
                .WithMetadata(new AllowedRoles(Role.None)));
        await app.StartAsync();
        var address = new Uri(app.Urls.Single());
        var server = new IPEndPoint(IPAddress.Loopback, address.Port);
        var practices = await HttpPractices.Open(address, OperatorToken);
        await WarmUp(server, practices, Preloaded(options));

        var samples = await BenchRounds.Interleave(
            Rounds(options), () => Task.CompletedTask,
            new("empty endpoint, 32", () => Empty(Few)), new("32 connections", () => Entries(Few)),
            new("empty endpoint, 256", () => Empty(Many)), new("256 connections", () => Entries(Many)));
        await app.StopAsync();
        if (collector.Traces == 0) throw new InvalidOperationException("Nothing was traced.");
        return
        [
            BenchCase.Of("32 connections", "posts/s", samples[1], samples[0], 0.15, 0.37),
            BenchCase.Of("256 connections", "posts/s", samples[3], samples[2], 0.25, 0.45),
        ];

        async Task<double> Empty(int connections)
        {
            await CatchUp(app.Services);
            return await HttpLoad.Run(server, connections, duration, i => practices.SameTo(EmptyPath, i), 200);
        }

        async Task<double> Entries(int connections)
        {
            await CatchUp(app.Services);
            return await HttpLoad.Run(server, connections, duration, practices.NextEntry, 201);
        }
    }

    /// <summary>The runtime compiles what is hot for some seconds, on a thread of its own, which no measurement should pay for.</summary>
    private static async Task WarmUp(IPEndPoint server, HttpPractices practices, int entries)
    {
        var compiled = 0L;
        for (var second = 0;
            second < WarmUpSeconds || practices.EntriesLogged < entries || (compiled > FewMethods && second < LongestWarmUpSeconds);
            second++)
        {
            var before = JitInfo.GetCompiledMethodCount();
            await HttpLoad.Run(server, Many, TimeSpan.FromSeconds(1), practices.NextEntry, 201);
            compiled = JitInfo.GetCompiledMethodCount() - before;
        }
    }

    private static int Preloaded(BenchOptions options) => options.Quick ? 20_000 : 100_000;

    private static int Rounds(BenchOptions options) => options.Quick ? 5 : 7;

    private static async Task CatchUp(IServiceProvider services)
    {
        var head = await services.GetRequiredService<IEventStore>().HeadPosition(CancellationToken.None);
        if (!await services.GetRequiredService<ProjectionRunner>().WaitFor(head, TimeSpan.FromMinutes(2), CancellationToken.None))
            throw new InvalidOperationException("The read models did not catch up.");
    }
}
