using Billing.EventStore.Port;
using Billing.EventStore.Postgres;
using Billing.EventStore.Tests.Conformance;
using Billing.TestSupport;
using Billing.TestSupport.Postgres;
using NodaTime;

namespace Billing.EventStore.Tests.Postgres;

/// <summary>What becomes of appends, reads and subscriptions when connections are cut and when the server crashes.</summary>
public sealed class LossTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cut_connections_lose_and_double_nothing_and_everyone_goes_on()
    {
        await using var schema = new EventSchema();
        await using var one = await schema.Open();
        await using var two = await schema.Open();
        var load = new LossyLoad([one, two]);
        var watching = Watch(one, two);
        var running = load.Run();

        for (var n = 0; n < 25; n++)
        {
            await load.Acknowledge(10);
            await schema.Run(
                $"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = '{schema.Name}'");
        }
        await load.Acknowledge(10);

        await load.Finish(running);
        await AssertKept(load, one, watching);
        Assert.InRange(load.Failures, 1, int.MaxValue);
    }

    [Fact]
    public async Task Connections_cut_inside_the_commit_lose_and_double_nothing()
    {
        await using var schema = new EventSchema();
        await using var one = await schema.Open();
        await using var two = await schema.Open();
        await schema.Run("""
            CREATE SEQUENCE commits;
            CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN
                IF nextval(''commits'') % 40 = 0 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
                RETURN NULL;
            END';
            CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON events DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION cut()
            """);
        var load = new LossyLoad([one, two]);
        var watching = Watch(one, two);
        var running = load.Run();

        await load.Acknowledge(200);
        await schema.Run("DROP TRIGGER cut ON events");
        await load.Acknowledge(10);

        await load.Finish(running);
        await AssertKept(load, one, watching);
        Assert.InRange(load.Failures, 1, int.MaxValue);
    }

    [Fact]
    public async Task A_server_that_crashes_and_comes_back_loses_and_doubles_nothing()
    {
        using var cluster = StartCluster();
        await using var schema = new EventSchema { Find = () => Task.FromResult(cluster.ConnectionString) };
        await using var one = await schema.Open();
        await using var two = await schema.Open();
        var load = new LossyLoad([one, two]);
        var watching = Watch(one, two);
        var running = load.Run();

        for (var n = 0; n < 3; n++)
        {
            await load.Acknowledge(60);
            cluster.Crash();
            cluster.StartAgain();
        }
        await load.Acknowledge(60);

        await load.Finish(running);
        await AssertKept(load, one, watching);
    }

    [Fact]
    public async Task A_standby_that_takes_over_has_whatever_was_acknowledged_and_everyone_goes_on()
    {
        using var primary = StartCluster();
        using var standby = primary.StartStandby();
        await using var schema = new EventSchema { Find = () => Task.FromResult(primary.ConnectionStringWith(standby)) };
        // A commit is acknowledged once the standby has it, as docs/operations.md asks of whoever wants a failover to lose nothing.
        await schema.Run("ALTER SYSTEM SET synchronous_standby_names = '*'");
        await schema.Run("SELECT pg_reload_conf()");
        await using var one = await schema.Open();
        await using var two = await schema.Open();
        var load = new LossyLoad([one, two]);
        var watching = Watch(one, two);
        var running = load.Run();

        await load.Acknowledge(60);
        primary.Lose();
        standby.Promote();
        await load.Acknowledge(60);

        // Whether a caller notices is chance: only who had a commit under way does, the others wait the takeover out.
        await load.Finish(running);
        await AssertKept(load, one, watching);
    }

    [Fact]
    public async Task While_the_server_is_away_calls_fail_and_subscriptions_wait()
    {
        using var cluster = StartCluster();
        await using var schema = new EventSchema { Find = () => Task.FromResult(cluster.ConnectionString) };
        await using var store = await schema.Open(o => o with { Patience = Duration.FromMilliseconds(50) });
        var book = Given.Book();
        var following = Recorded.Follow(store, 2);
        Assert.IsType<AppendOutcome.Appended>(await store.Append(Given.Append(book, "invoice-1", 0), Stop));
        var request = Given.Append(book, "invoice-1", 1);

        cluster.Crash();
        var failure = await Assert.ThrowsAsync<EventStoreException>(async () => await store.Append(request, Stop));
        await Assert.ThrowsAsync<EventStoreException>(async () => await store.ReadBook(book, 0, 10, Stop));
        await Assert.ThrowsAsync<EventStoreException>(async () => await store.HeadPosition(Stop));
        Assert.False(following.IsCompleted);
        cluster.StartAgain();

        Assert.Contains("append again with the same event ids", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await Insist(store, request)).Position);
        Assert.Equal([1L, 2L], (await following).Select(e => e.Position));
    }

    private static List<Task<List<StoredEvent>>> Watch(params PostgresEventStore[] nodes) =>
        [.. nodes.Select(node => Recorded.Follow(node, e => e.Stream == LossyLoad.Last))];

    /// <summary>The subscriptions that ran through it all saw just what is stored, once and in order.</summary>
    private static async Task AssertKept(LossyLoad load, PostgresEventStore store, List<Task<List<StoredEvent>>> watching)
    {
        var feed = await store.ReadFeed(0, int.MaxValue, Stop);
        load.AssertKept(feed);
        foreach (var seen in await Task.WhenAll(watching)) Assert.Equal(feed.Select(e => e.Id), seen.Select(e => e.Id));
    }

    /// <summary>So little patience may end before the connections that the crash broke are all replaced.</summary>
    private static async Task<AppendOutcome.Appended> Insist(PostgresEventStore store, AppendRequest request)
    {
        while (true)
        {
            try
            {
                return Assert.IsType<AppendOutcome.Appended>(await store.Append(request, Stop));
            }
            catch (EventStoreException)
            {
                // The same event ids make it safe to append again.
            }
        }
    }

    private static PostgresCluster StartCluster()
    {
        var cluster = PostgresCluster.TryStart(durable: false);
        if (cluster is null) Require.Missing("PostgreSQL is not installed (Debian: apt-get install postgresql)");
        return cluster!;
    }
}
