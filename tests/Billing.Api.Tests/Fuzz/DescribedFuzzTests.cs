using System.Globalization;
using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Fuzz;

/// <summary>Alone in its process: what other tests hold in memory, or keep a processor with, would count as the server's.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FuzzAlone
{
    public const string Name = "described fuzz";
}

[Collection(FuzzAlone.Name)]
public sealed class DescribedFuzzTests
{
    private const int Connections = 6;
    private const int Rounds = 2;
    private const int LongRun = 100_000;
    private const long MostGrowthBytes = 64 * 1024 * 1024;
    private static readonly int Requests = Number("BILLING_FUZZ_REQUESTS", 100_000);
    private static readonly int Seed = Number("BILLING_FUZZ_SEED", 20_261_126);

    /// <summary>So few requests go to one practice, so that its book stays that of an office.</summary>
    private static int RoundsOf(int requests) => Math.Max(Rounds, requests / 25_000);

    [Fact]
    public async Task Whatever_is_sent_is_answered_well_and_changes_nothing_unless_it_is_accepted()
    {
        var watch = new SecretWatch();
        await using var server = await ApiServer.Start(withStripe: true, settings: Settings(), log: watch);
        var description = (await server.Get(null, "/openapi/v1.json")).Ok().Json;
        var run = new FuzzRun(server, watch, Seed);
        watch.Watch(ApiServer.OperatorToken, ApiServer.StripeKey, ApiServer.WebhookSecret);
        var heap = new List<long>();
        for (var round = 0; round < RoundsOf(Requests); round++)
        {
            var practices = await Open(server, watch);
            var makers = new List<RequestMaker>();
            for (var n = 0; n < Connections; n++)
            {
                var (practice, known) = (practices[n], new Known());
                var world = await World.Prepare(server, practice, known);
                makers.Add(new RequestMaker(
                    server, description, practice, practices[(n + 1) % Connections], await Pages(server, practice, watch), known, world));
            }
            var each = Requests / RoundsOf(Requests) / Connections + 1;
            await Task.WhenAll(practices.Select(
                (practice, n) => run.Work(n, makers[n].Make, practice, round * each, each, makers[n].Learn)));
            heap.Add(Held());
            if (run.Faults.Count == 0) await BookCheck.Holds(server, practices);
        }

        var errors = string.Join("\n", server.Errors.Select(line => line[..Math.Min(line.Length, 1_500)]).Distinct().Take(20));
        // The stand-in forgets no payment, and lives in this process: what it holds is not the server's.
        await server.EndStripe();
        // What has just ended still stands on this stack.
        await Task.Yield();
        var afterwards = Held();
        var mebibytes = $"{string.Join(" ", heap.Select(h => h >> 20))}, {afterwards >> 20} without Stripe";
        Say($"{run.Summary}; {run.Waits} were to come again; heap in MiB {mebibytes}; {watch.Count} lines of log.");
        Assert.True(run.Faults.Count == 0, $"{run.Faults.Count} kinds of fault:\n\n{string.Join("\n", run.Faults.Take(30))}\n{errors}");
        Assert.True(errors.Length == 0, errors);
        Assert.Empty(watch.Lines);
        Assert.InRange(afterwards, 0, heap.Min() + MostGrowthBytes);
        AssertDeep(run, description);
    }

    /// <summary>
    /// What small objects hold once what waits for its finalizer, such as the sockets of a server that was stopped, is gone too. Large
    /// ones are mostly arrays that the runtime keeps for the next who needs one: they come and go by 60 MiB.
    /// </summary>
    private static long Held()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var oldest = GC.GetGCMemoryInfo(GCKind.FullBlocking).GenerationInfo[GC.MaxGeneration];
        return oldest.SizeAfterBytes - oldest.FragmentationAfterBytes;
    }

    /// <summary>The run tests only what takes some of what is sent: in a long run every operation that can.</summary>
    private static void AssertDeep(FuzzRun run, JsonObject description)
    {
        var operations = Described.Operations(description, new Dictionary<string, GoodRequest>(), new Dictionary<string, GoodFile>());
        var names = operations.Select(o => o.Name).ToList();
        var least = names.Where(run.Accepted.ContainsKey).OrderBy(name => run.Accepted[name]).Take(30);
        Say($"Least accepted: {string.Join(", ", least.Select(name => $"{name} {run.Accepted[name]}"))}");
        var never = names.Except(run.Accepted.Keys, StringComparer.Ordinal).ToList();
        Say($"Never accepted: {Told(never)}");
        Assert.True(never.Count * 5 < operations.Count, $"Of {operations.Count} operations these took nothing: {Told(never)}");
        Assert.Empty(OutOfReach.Reasons.Keys.Except(names, StringComparer.Ordinal));
        Assert.Empty(OutOfReach.Reasons.Keys.Intersect(run.Accepted.Keys, StringComparer.Ordinal));
        if (run.Sent < LongRun) return;
        var missed = never.FindAll(name => !OutOfReach.Reasons.ContainsKey(name));
        Assert.True(missed.Count == 0, $"These took nothing: {Told(missed)}");

        string Told(IEnumerable<string> some) => string.Join("; ", some.Select(name => $"{name} ({run.Refusals(name)})"));
    }

    private static async Task<IReadOnlyList<Practice>> Open(ApiServer server, SecretWatch watch)
    {
        var practices = new List<Practice>();
        for (var n = 0; n < Connections; n++)
        {
            var practice = await Practice.Open(server, string.Create(CultureInfo.InvariantCulture, $"Juniper {n}"));
            watch.Watch(practice.Owner, practice.Assistant, practice.OtherAssistant, practice.Bookkeeper);
            practices.Add(practice);
        }
        return practices;
    }

    private static async Task<PageRequests> Pages(ApiServer server, Practice practice, SecretWatch watch)
    {
        var pages = await PageRequests.Of(server, practice);
        watch.Watch(pages.Secrets);
        return pages;
    }

    private static Dictionary<string, string?> Settings()
    {
        var settings = new Dictionary<string, string?>(SecretTests.Verbose);
        foreach (var allowance in new[] { "Token", "Address", "Failures" }) settings[$"Billing:RateLimit:{allowance}:Burst"] = "1000000000";
        // What is told goes to a port of this machine that nobody listens at.
        settings["Billing:Webhooks:AllowLoopback"] = "true";
        return settings;
    }

    private static void Say(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
