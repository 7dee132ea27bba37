using Billing.Api.Hosting;
using Billing.Api.Tests.Hosting;
using Billing.EventStore;
using Billing.EventStore.Exporting;
using Billing.KurrentStandIn;
using Billing.TestSupport.Postgres;
using Billing.TestSupport.Processes;

namespace Billing.Api.Tests.Exchange;

/// <summary>An import whose process is killed, which gives it no chance to tidy up.</summary>
[Collection(DemoExport.Collection)]
public sealed class KilledImportTests(DemoExport demo) : IDisposable
{
    private const int Kills = 4, KilledBySignal9 = 128 + 9, MostMilliseconds = 40;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(1);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("billing-killed-import-");
    private readonly Random _dice = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    /// <param name="milestone">A file that the import makes on its way; the kill comes a random moment after it.</param>
    [Theory]
    [InlineData("keys.db")]
    [InlineData("events.db.importing")]
    [InlineData("events.db.restoring")]
    [InlineData("events.db")]
    public async Task Of_an_event_file_there_is_nothing_or_everything_and_never_a_part(string milestone)
    {
        for (var kill = 0; kill < Kills; kill++)
        {
            var data = Path.Combine(_folder.FullName, $"data-{kill}");
            var events = new StoreAddress("sqlite", Path.Combine(data, "events.db"));
            string[] settings = [$"--Billing:DataFolder={data}"];

            // A server that was stopped before anything was written has left a file without events.
            if (kill % 2 == 1 && milestone != "events.db") await (await events.Open(Stop)).DisposeAsync();

            await Killed(settings, async stop =>
            {
                while (!File.Exists(Path.Combine(data, milestone))) await Task.Delay(Glance, stop);
                await Task.Delay(_dice.Next(MostMilliseconds), stop);
            });

            if (await IsThere(events)) await Holds(events);
            else Assert.Equal(0, (await Import(settings)).ExitCode);
            await Holds(events);
            var again = await Import(settings);
            Assert.Equal(1, again.ExitCode);
            Assert.Contains("already, with", again.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_in_which_a_killed_server_had_laid_out_nothing_yet_is_an_empty_installation()
    {
        var events = new StoreAddress("sqlite", Path.Combine(_folder.FullName, "events.db"));
        await File.WriteAllBytesAsync(events.Place, [], Stop);

        var run = await Import([$"--Billing:DataFolder={_folder.FullName}"]);

        Assert.True(run.ExitCode == 0, run.Errors);
        await Holds(events);
    }

    [Fact]
    public async Task Of_two_that_run_at_once_one_brings_everything_in_and_the_other_nothing()
    {
        var events = new StoreAddress("sqlite", Path.Combine(_folder.FullName, "events.db"));
        string[] settings = [$"--Billing:DataFolder={_folder.FullName}"];

        var both = await Task.WhenAll(Import(settings), Import(settings));

        Assert.Equal([0, 1], both.Select(run => run.ExitCode).Order());
        await Holds(events);
        Assert.Empty(Directory.GetFiles(_folder.FullName, "events.db.importing*"));
    }

    [Fact]
    public async Task On_PostgreSQL_it_goes_on_where_it_was_cut_off_until_each_event_is_there_once()
    {
        await using var database = await PostgresDatabase.Create();
        await CutOffAndCompleted(
            new StoreAddress("postgres", database.ConnectionString),
            ["--Billing:Store=postgres", $"--Billing:Postgres={database.ConnectionString}"]);
    }

    [Fact]
    public async Task On_KurrentDB_it_goes_on_where_it_was_cut_off_until_each_event_is_there_once()
    {
        await using var server = await KurrentStandInServer.Start();
        await CutOffAndCompleted(
            new StoreAddress("kurrentdb", server.ConnectionString),
            ["--Billing:Store=kurrentdb", $"--Billing:KurrentDb={server.ConnectionString}"]);
    }

    /// <summary>Each kill comes at a random place behind the one of before, so that each leaves a longer part.</summary>
    private async Task CutOffAndCompleted(StoreAddress events, IReadOnlyList<string> settings)
    {
        settings = [.. settings, $"--Billing:DataFolder={_folder.FullName}"];
        await using var store = await events.Open(Stop);
        var (whole, reached) = (await Practice(), 0L);
        for (var kill = 0; kill < Kills; kill++)
        {
            var place = reached + _dice.NextInt64(1, (whole.Place - reached) / 3);
            await Killed(settings, async stop =>
            {
                while ((await store.ReadBook(whole.Book, place - 1, 1, stop)).Count == 0) await Task.Delay(Glance, stop);
            });
            reached = (await store.ReadBook(whole.Book, 0, int.MaxValue, Stop)).Count;
            Assert.InRange(reached, place, whole.Place - 1);
        }

        var run = await Import(settings);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains(FormattableString.Invariant($"{whole.Place - reached} events are imported"), run.Output, StringComparison.Ordinal);
        await Holds(events);
        Assert.Contains("already, with", (await Import(settings)).Errors, StringComparison.Ordinal);
    }

    /// <summary>Starts the program, waits as told, and ends it as a power cut would.</summary>
    private async Task Killed(IEnumerable<string> settings, Func<CancellationToken, Task> moment)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        using var process = DotnetProcess.Start(
            typeof(BillingHost).Assembly.Location, ["import-practice", "--from", demo.File.Path, .. settings], _folder.FullName);
        await await Task.WhenAny(moment(over.Token), process.Ended(over.Token));
        var code = await process.Kill();
        await over.CancelAsync();
        Assert.True(code is KilledBySignal9 or 0, process.Errors);
    }

    private Task<ProgramRun> Import(IEnumerable<string> settings) =>
        ProgramRun.Of(["import-practice", "--from", demo.File.Path, .. settings]);

    private static async Task<bool> IsThere(StoreAddress events)
    {
        if (!File.Exists(events.Place)) return false;
        await using var store = await events.OpenReader(Stop);
        return await store.HeadPosition(Stop) > 0;
    }

    /// <summary>Each event of the file once, and the chain up to the file's last link.</summary>
    private async Task Holds(StoreAddress events)
    {
        var whole = await Practice();
        await using var store = await events.OpenReader(Stop);
        var stored = await store.ReadBook(whole.Book, 0, int.MaxValue, Stop);
        Assert.Equal(whole.Place, stored.Count);
        Assert.Equal(stored.Count, stored.Select(e => e.Id).Distinct().Count());
        Assert.Equal(Convert.ToHexString(whole.Link.Span), Convert.ToHexString(stored[^1].Link.Span));
        Assert.Equal(0, (await ProgramRun.Of("verify", "--store", $"{events.Engine}:{events.Place}")).ExitCode);
    }

    private Task<ExportedPractice> Practice() => ExportedPractice.Open(demo.File.Path, null, Stop);
}
