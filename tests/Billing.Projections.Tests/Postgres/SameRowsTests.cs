using Billing.Projections.Running;
using Billing.Projections.Tests.Given;
using CsCheck;

namespace Billing.Projections.Tests.Postgres;

public sealed class SameRowsTests
{
    /// <summary>Also where rows are written in several batches, and changed after they were let go of.</summary>
    [Fact]
    public Task Both_databases_hold_the_same_rows_of_the_same_history_live_and_rebuilt() =>
        Gen.Select(Gen.Int[1, 1_000_000], Gen.Int[1, 300], Gen.Int[1, 4]).SampleAsync(
            async (seed, steps, parts) =>
            {
                await using var embedded = new Practice(ReadModelsIn.Sqlite);
                await using var server = new Practice(ReadModelsIn.Postgres, embedded.Store);
                var history = RandomHistory.Of(seed, steps);
                foreach (var part in history.Chunk(1 + (history.Count / parts)))
                {
                    await embedded.Append(Practice.Book, part);
                    await server.CatchUp();
                    server.Reopen();
                }
                await server.CatchUp();
                await embedded.CatchUp();
                var rows = embedded.Runner.DumpRows();
                Assert.True(rows.Count > 10);
                Assert.Equal(rows, server.Runner.DumpRows());
                await server.Runner.Rebuild(CancellationToken.None);
                Assert.Equal(rows, server.Runner.DumpRows());
            },
            iter: 12,
            threads: 1);
}
