using Billing.Projections.Running;
using Billing.Projections.Storage;
using Billing.Projections.Tests.Given;

namespace Billing.Projections.Tests.Postgres;

public sealed class LossTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cut_connections_lose_and_double_nothing()
    {
        await using var practice = new Practice(ReadModelsIn.Sqlite);
        using var schema = new ReadModels.Schema();
        await using var node = new Node(practice.Store, schema);
        await using var follower = new Node(practice.Store, schema);
        node.Run();
        follower.Run();
        var head = 0L;
        foreach (var part in RandomHistory.Of(41, 300).Chunk(20))
        {
            head = await practice.Append(Practice.Book, part);
            schema.Run(
                $"""
                SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                WHERE pid <> pg_backend_pid() AND application_name IN ('{schema.Name}', '{node.WriterName}', '{follower.WriterName}')
                """);
        }
        await Reaches(node, head);
        await Reaches(follower, head);
        await practice.CatchUp();
        Assert.Equal(practice.Runner.DumpRows(), node.Runner.DumpRows());
    }

    [Fact]
    public async Task A_schema_that_was_dropped_is_laid_out_and_filled_again()
    {
        await using var practice = new Practice(ReadModelsIn.Sqlite);
        using var schema = new ReadModels.Schema();
        await using var node = new Node(practice.Store, schema);
        node.Run();
        var head = await practice.Append(Practice.Book, RandomHistory.Of(42, 60));
        await practice.CatchUp();
        await Reaches(node, head);
        await node.Becomes<ProjectionHealth.Live>();
        schema.Run($"DROP SCHEMA {schema.Name} CASCADE");
        while (!IsWhole(node, practice)) await Task.Delay(20, Cancellation);
    }

    private static async Task Reaches(Node node, long head)
    {
        while (!await node.Runner.WaitFor(head, Long, Cancellation)) await Task.Delay(20, Cancellation);
    }

    private static bool IsWhole(Node node, Practice practice)
    {
        try
        {
            return practice.Runner.DumpRows().SequenceEqual(node.Runner.DumpRows());
        }
        catch (ReadDatabaseException)
        {
            // The tables are not there yet.
            return false;
        }
    }
}
