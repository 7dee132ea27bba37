using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Billing.Api.Tests.Hosting;
using Billing.TestSupport.Postgres;

namespace Billing.Api.Tests.Nodes;

[Collection(ServerProcess.Collection)]
public sealed class SeveralNodesTests
{
    private const int Callers = 6, AcknowledgedBeforeTheKill = 120;

    /// <summary>How soon another node has to go on where the one that keeps the read models is killed.</summary>
    private static readonly TimeSpan TakeOverLimit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task What_one_node_wrote_another_reads_and_when_one_is_killed_under_load_nothing_is_lost_or_doubled()
    {
        await using var database = await PostgresDatabase.Create();
        string[] settings = ["--Billing:Store=postgres", $"--Billing:Postgres={database.ConnectionString}"];
        await using var one = await ServerProcess.Start(settings);
        await using var other = await ServerProcess.Start(settings);
        Assert.DoesNotContain("bill_", other.Output, StringComparison.Ordinal);
        var lastWrite = new LastWrite();
        using var here = new Person(one.Address, one.OwnerToken, lastWrite);
        using var there = new Person(other.Address, one.OwnerToken, lastWrite);

        for (var n = 0; n < 20; n++)
        {
            var client = (await here.Post("/v1/clients", Client($"early {n}"))).Ok().Id;
            Assert.Equal($"early {n}", (await there.Get($"/v1/clients/{client:D}")).Ok().String("name"));
            var another = (await there.Post("/v1/clients", Client($"late {n}"))).Ok().Id;
            Assert.Equal($"late {n}", (await here.Get($"/v1/clients/{another:D}")).Ok().String("name"));
        }
        Assert.Equal("live", (await here.Get("/health")).Ok().String("node"));
        Assert.Equal("standby", (await there.Get("/health")).Ok().String("node"));

        var (acknowledged, unknown) = await LoadUntilKilled(one);
        var sinceKill = Stopwatch.StartNew();
        await Eventually.Is(() => there.Get("/health"), health => health.String("node") == "live");
        Assert.True(sinceKill.Elapsed < TakeOverLimit, $"It took {sinceKill.Elapsed} until the other node kept the read models.");

        // Whoever got no answer asks the other node again, under the same key.
        foreach (var name in unknown) (await there.Post("/v1/clients", Client(name), key: name)).Ok();
        var names = await Names(there);
        Assert.Equal(names.Distinct(StringComparer.Ordinal).Count(), names.Count);
        Assert.Equal(
            acknowledged.Concat(unknown).Concat(Enumerable.Range(0, 20).SelectMany(n => new[] { $"early {n}", $"late {n}" })).Order(),
            names.Order());

        await one.Restart();
        using var again = new Person(one.Address, one.OwnerToken, lastWrite);
        Assert.Equal(names, await Names(again));
        Assert.Equal("standby", (await again.Get("/health")).Ok().String("node"));
    }

    /// <summary>Adds clients from many callers at once and kills the server in the midst of it.</summary>
    private static async Task<(IReadOnlyCollection<string> Acknowledged, IReadOnlyCollection<string> Unknown)> LoadUntilKilled(
        ServerProcess server)
    {
        var (acknowledged, unknown) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        var enough = new TaskCompletionSource();
        var token = server.OwnerToken;
        var callers = Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            using var person = new Person(server.Address, token);
            for (var n = 0; ; n++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"loaded-{caller}-{n}");
                try
                {
                    (await person.Post("/v1/clients", Client(name), key: name)).Ok();
                }
                catch (HttpRequestException)
                {
                    unknown.Enqueue(name);
                    return;
                }
                acknowledged.Enqueue(name);
                if (acknowledged.Count >= AcknowledgedBeforeTheKill) enough.TrySetResult();
            }
        })).ToList();
        await Task.WhenAny(enough.Task, Task.WhenAll(callers));
        await server.Kill();
        await Task.WhenAll(callers);
        return (acknowledged, unknown);
    }

    /// <summary>Of all clients.</summary>
    internal static async Task<List<string>> Names(Person person)
    {
        var names = new List<string>();
        for (var path = "/v1/clients?limit=500"; path.Length > 0;)
        {
            var page = (await person.Get(path)).Ok();
            names.AddRange(page.List("items").Select(item => (string)item["name"]!));
            path = page.IsNull("next") ? "" : $"/v1/clients?limit=500&cursor={page.String("next")}";
        }
        return names;
    }

    private static object Client(string name) => new { name, currency = "USD", email = "office@client.example" };
}
