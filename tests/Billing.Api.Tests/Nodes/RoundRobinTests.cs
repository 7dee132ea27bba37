using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Billing.Api.Tests.Hosting;
using Billing.TestSupport.Postgres;

namespace Billing.Api.Tests.Nodes;

/// <summary>Two nodes behind a balancer that knows nothing of their health.</summary>
[Collection(ServerProcess.Collection)]
public sealed class RoundRobinTests
{
    private const int Callers = 6, BeforeTheKill = 120, AfterTheKill = 120;

    /// <summary>How long a caller may find nobody who answers, until the other node has taken the read models over.</summary>
    private static readonly TimeSpan TakeOverLimit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Who_writes_on_one_node_reads_it_on_the_next_while_one_of_them_is_killed()
    {
        await using var database = await PostgresDatabase.Create();
        string[] settings = ["--Billing:Store=postgres", $"--Billing:Postgres={database.ConnectionString}"];
        await using var one = await ServerProcess.Start(settings);
        await using var other = await ServerProcess.Start(settings);
        var acknowledged = new ConcurrentDictionary<string, Guid>(StringComparer.Ordinal);
        var waits = new ConcurrentBag<TimeSpan>();
        var (enough, goal) = (new TaskCompletionSource(), int.MaxValue);
        var callers = Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            using var nodes = new RoundRobin(one.OwnerToken, one.Address, other.Address);
            for (var n = 0; acknowledged.Count < Volatile.Read(ref goal); n++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"round-{caller}-{n}");
                var clock = Stopwatch.StartNew();
                var id = (await nodes.Send(node => node.Post("/v1/clients", new { name, currency = "USD" }, key: name))).Ok().Id;
                Assert.Equal(name, (await nodes.Send(node => node.Get($"/v1/clients/{id:D}"))).Ok().String("name"));
                waits.Add(clock.Elapsed);
                Assert.True(acknowledged.TryAdd(name, id));
                if (acknowledged.Count >= BeforeTheKill) enough.TrySetResult();
            }
        })).ToList();
        await Task.WhenAny(enough.Task, Task.WhenAll(callers));
        await one.Kill();
        Volatile.Write(ref goal, acknowledged.Count + AfterTheKill);

        await Task.WhenAll(callers);

        Assert.True(waits.Max() < TakeOverLimit, $"Somebody waited {waits.Max()}.");
        using var person = new Person(other.Address, one.OwnerToken);
        Assert.Equal("live", (await person.Get("/health")).Ok().String("node"));
        foreach (var (name, id) in acknowledged) Assert.Equal(name, (await person.Get($"/v1/clients/{id:D}")).Ok().String("name"));
        Assert.Equal(acknowledged.Keys.Order(), (await SeveralNodesTests.Names(person)).Order());
    }

    /// <summary>
    /// Somebody's requests, one node after the other. What got no answer, or was told to come back, is asked again on the next, with
    /// the same key; what was written goes along as a position.
    /// </summary>
    private sealed class RoundRobin : IDisposable
    {
        private readonly Person[] nodes;
        private int next;

        public RoundRobin(string token, params Uri[] addresses)
        {
            var lastWrite = new LastWrite();
            nodes = [.. addresses.Select(address => new Person(address, token, lastWrite))];
        }

        public async Task<Reply> Send(Func<Person, Task<Reply>> ask)
        {
            while (true)
            {
                try
                {
                    var reply = await ask(nodes[next++ % nodes.Length]);
                    if (reply.Status != HttpStatusCode.ServiceUnavailable) return reply;
                    await Task.Delay(TimeSpan.FromSeconds(int.Parse(reply.Headers["Retry-After"], CultureInfo.InvariantCulture)));
                }
                catch (HttpRequestException)
                {
                    // Nobody is there any more: the next one is.
                }
            }
        }

        public void Dispose()
        {
            foreach (var node in nodes) node.Dispose();
        }
    }
}
