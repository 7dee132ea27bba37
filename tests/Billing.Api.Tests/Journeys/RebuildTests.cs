using Billing.Api.Tests.Hosting;
using Billing.EventStore.Sealing;
using Billing.EventStore.Sqlite;
using Billing.Projections.Running;
using Billing.Projections.Sqlite;

namespace Billing.Api.Tests.Journeys;

[Collection(ServerProcess.Collection)]
public sealed class RebuildTests
{
    private static readonly string[] FilledByTheJourneys =
    [
        "access_tokens", "businesses", "cash_receipts", "clients", "engagements", "estimated_tax_payments", "expenses", "invoices",
        "members", "payments", "processor_fees", "rate_cards", "retainer_lots", "retainers", "share_links", "tax_years",
        "time_entries", "weeks",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rebuilding_every_read_model_gives_the_rows_that_the_server_had()
    {
        await using var journey = await PracticeJourney.Begin();
        await journey.LogPastWork();
        await journey.StartTimer();
        await journey.StopTimerAndHandIn();
        await journey.BillAndShare();
        await journey.PayUnheard();
        await journey.HearOfThePayment();
        await journey.FundRetainer();
        await journey.DrawOnRetainer();
        await journey.EarnForHalfAYear();
        await journey.SpendForHalfAYear();
        await journey.DescribeTheFiler();
        await journey.CatchUp();
        await journey.Process.Kill();

        using var keys = new KeyRing(
            SqliteKeyHome.Open(Path.Combine(journey.Process.DataFolder, "keys.db")), master: null, Guid.CreateVersion7);
        await using var store = new SealedEventStore(
            SqliteEventStore.Open(Path.Combine(journey.Process.DataFolder, "events.db")), keys);
        var live = await Rows(store, journey, "read.db");
        var rebuilt = await Rows(store, journey, "rebuilt.db");

        Assert.Equal(live, rebuilt);
        Assert.Empty(FilledByTheJourneys.Except(live.Select(row => row[..row.IndexOf('|', StringComparison.Ordinal)])));
    }

    /// <summary>What the file holds once everything is applied: for the server's own, nothing is left to apply.</summary>
    private static async Task<IReadOnlyList<string>> Rows(SealedEventStore store, PracticeJourney journey, string file)
    {
        var isServers = file == "read.db";
        using var database = SqliteReadDatabase.Open(Path.Combine(journey.Process.DataFolder, file));
        using var runner = new ProjectionRunner(store, database);
        Assert.Equal(isServers ? await store.HeadPosition(Cancellation) : 0, runner.Position);
        if (!isServers) await runner.CatchUp(Cancellation);
        Assert.IsNotType<ProjectionHealth.Halted>(runner.Health);
        return runner.DumpRows();
    }
}
