using Billing.Domain.Clients;
using Billing.Projections.Clients;
using Billing.Projections.Running;
using Billing.Projections.Storage;
using Billing.Projections.Tests.Given;
using NodaTime;

namespace Billing.Projections.Tests.Postgres;

public sealed class LeaseTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_nodes_one_writes_and_both_read_what_was_written()
    {
        await using var practice = new Practice(ReadModelsIn.Sqlite);
        using var schema = new ReadModels.Schema();
        await using var one = new Node(practice.Store, schema);
        await using var other = new Node(practice.Store, schema);
        one.Run();
        other.Run();
        await one.Becomes<ProjectionHealth.Live>();
        for (var n = 1; n <= 30; n++)
        {
            var position = await practice.Append(Practice.Book, $"client-{Ids.Of(3, n):D}", Client(n));
            Assert.True(await other.Runner.WaitFor(position, Long, Cancellation));
            Assert.NotNull(new ClientQueries(other.Database).Client(Practice.Book, Ids.Of(3, n)));
        }
        Assert.IsType<ProjectionHealth.Standby>(other.Runner.Health);
        Assert.IsType<ProjectionHealth.Live>(one.Runner.Health);
        await Assert.ThrowsAsync<InvalidOperationException>(() => other.Runner.Rebuild(Cancellation));
    }

    [Fact]
    public async Task When_the_node_that_writes_stops_another_goes_on()
    {
        await using var practice = new Practice(ReadModelsIn.Sqlite);
        using var schema = new ReadModels.Schema();
        await using var one = new Node(practice.Store, schema, Duration.FromHours(1));
        await using var other = new Node(practice.Store, schema);
        one.Run();
        other.Run();
        await practice.Append(Practice.Book, RandomHistory.Of(31, 50));
        await one.Becomes<ProjectionHealth.Live>();
        await one.Stop();
        await other.Becomes<ProjectionHealth.Live>();
        var head = await practice.Append(Practice.Book, $"client-{Ids.Of(3, 99):D}", Client(99));
        Assert.True(await other.Runner.WaitFor(head, Long, Cancellation));
        await practice.CatchUp();
        Assert.Equal(practice.Runner.DumpRows(), other.Runner.DumpRows());
    }

    [Fact]
    public async Task A_node_that_stood_still_beyond_its_lease_can_not_commit()
    {
        using var schema = new ReadModels.Schema();
        await using var practice = new Practice(ReadModelsIn.Sqlite);
        await practice.Append(Practice.Book, $"client-{Ids.Of(3, 1):D}", Client(1));
        using var stalled = schema.Open();
        using var next = schema.Open();
        var applier = new Applier(new ProjectionSet(), stalled);
        Assert.True(stalled.Lease!.Take());
        applier.Open();
        applier.Fold(await Everything(practice));
        Assert.False(next.Lease!.Take());
        schema.Run("UPDATE lease SET expires_at = clock_timestamp()");
        Assert.True(next.Lease.Take());

        // Its open transaction was ended with its connection, and a new one meets the fence.
        Assert.ThrowsAny<ReadDatabaseException>(applier.Commit);
        applier.Fold(await Everything(practice));
        Assert.Throws<LeaseLostException>(applier.Commit);
        Assert.Equal(0L, schema.Run("SELECT count(*) FROM clients"));
        Assert.Equal(0L, schema.Run("SELECT position FROM checkpoint"));
        Assert.False(stalled.Lease.Renew());
        Assert.False(stalled.Lease.Take());
    }

    [Fact]
    public async Task A_lease_that_is_over_is_of_no_use_even_where_nobody_has_taken_it()
    {
        using var schema = new ReadModels.Schema();
        await using var practice = new Practice(ReadModelsIn.Sqlite);
        await practice.Append(Practice.Book, $"client-{Ids.Of(3, 1):D}", Client(1));
        using var database = schema.Open();
        var applier = new Applier(new ProjectionSet(), database);
        Assert.True(database.Lease!.Take());
        applier.Open();
        applier.Fold(await Everything(practice));
        schema.Run("UPDATE lease SET expires_at = clock_timestamp()");
        Assert.Throws<LeaseLostException>(applier.Commit);

        Assert.True(database.Lease.Take());
        applier.Open();
        applier.Fold(await Everything(practice));
        applier.Commit();
        Assert.Equal(1L, schema.Run("SELECT position FROM checkpoint"));
    }

    [Fact]
    public async Task Each_term_has_a_greater_number_also_after_the_schema_was_dropped()
    {
        using var schema = new ReadModels.Schema();
        using var one = schema.Open();
        using var other = schema.Open();
        var numbers = new List<long>();
        for (var n = 0; n < 3; n++)
        {
            var (taker, idle) = n % 2 == 0 ? (one, other) : (other, one);
            Assert.True(taker.Lease!.Take());
            Assert.False(idle.Lease!.Take());
            numbers.Add((long)schema.Run("SELECT token FROM lease")!);
            taker.Lease.Release();
            if (n == 1) schema.Run($"DROP SCHEMA {schema.Name} CASCADE");
            await Task.Yield();
        }
        Assert.Equal(numbers.Order().Distinct(), numbers);
    }

    private static async Task<Batch> Everything(Practice practice) =>
        new ProjectionSet().Decode(await practice.Store.ReadFeed(0, 100, Cancellation), after: 0);

    private static ClientEvent.ClientAdded Client(int n) => new(Ids.Of(3, n), $"Client {n}", null, null, "USD", 30, Practice.Now);
}
