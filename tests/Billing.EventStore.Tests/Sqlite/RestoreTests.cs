using Billing.EventStore.Port;
using Billing.EventStore.Sqlite;
using Billing.EventStore.Tests.Conformance;
using Billing.EventStore.Tests.Verification;

namespace Billing.EventStore.Tests.Sqlite;

public sealed class RestoreTests : IAsyncDisposable
{
    private readonly EventFile file = new();
    private readonly BookId book = Given.Book();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Backup => file.Path + ".backup";

    private string ReadModels => file.Path + ".read";

    public ValueTask DisposeAsync() => file.DisposeAsync();

    [Fact]
    public async Task The_backup_takes_the_files_place_and_the_file_is_kept_beside_it()
    {
        await BackUpThreeThenAppendTwo();
        await File.WriteAllTextAsync(ReadModels, "rows", Stop);

        var kept = await SqliteRestore.Run(Backup, file.Path, [ReadModels], Given.Morning, null, Stop);

        Assert.Equal($"{file.Path}.replaced-20260302T080000Z", kept);
        Assert.Equal(3, Count(file.Path));
        Assert.Equal(5, Count(kept!));
        Assert.Equal(3, Count(Backup));
        Assert.False(File.Exists(ReadModels));
        await using var store = SqliteEventStore.Open(file.Path);
        Assert.Equal(4, Assert.IsType<AppendOutcome.Appended>(await store.Append(Given.Append(book, "s-1", 3), Stop)).Place);
    }

    [Fact]
    public async Task A_backup_restores_onto_an_empty_folder()
    {
        await BackUpThreeThenAppendTwo();
        var elsewhere = Path.Combine(Path.GetDirectoryName(file.Path)!, "new", "events.db");

        Assert.Null(await SqliteRestore.Run(Backup, elsewhere, [], Given.Morning, null, Stop));

        Assert.Equal(3, Count(elsewhere));
    }

    [Fact]
    public async Task While_a_server_holds_the_file_nothing_is_restored()
    {
        await BackUpThreeThenAppendTwo();
        await using var serving = SqliteEventStore.Open(file.Path);

        var refusal = await Assert.ThrowsAsync<EventStoreException>(
            () => SqliteRestore.Run(Backup, file.Path, [], Given.Morning, null, Stop));

        Assert.Contains("open for writing in another process", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(5, await serving.HeadPosition(Stop));
    }

    [Fact]
    public async Task While_something_reads_the_file_nothing_is_restored()
    {
        await BackUpThreeThenAppendTwo();
        using var reading = Database.Open(file.Path, forWriting: false);
        reading.ReadNumber("SELECT count(*) FROM events");

        var refusal = await Assert.ThrowsAsync<EventStoreException>(
            () => SqliteRestore.Run(Backup, file.Path, [], Given.Morning, null, Stop));

        Assert.Contains("being read by another program", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(5, Count(file.Path));
    }

    [Fact]
    public async Task A_backup_that_does_not_hold_changes_nothing()
    {
        await using var written = await WrittenBook.Write();
        written.Change("DELETE FROM events WHERE {at 7}");
        await BackUpThreeThenAppendTwo();
        await File.WriteAllTextAsync(ReadModels, "rows", Stop);

        var refusal = await Assert.ThrowsAsync<EventStoreException>(
            () => SqliteRestore.Run(written.Path, file.Path, [ReadModels], Given.Morning, null, Stop));

        Assert.Contains("MISSING at place 7", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(5, Count(file.Path));
        Assert.True(File.Exists(ReadModels));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Killed_behind_any_step_it_leaves_the_old_file_or_the_new_and_can_be_run_again(int steps)
    {
        await BackUpThreeThenAppendTwo();

        await SqliteRestore.RunPart(Backup, file.Path, [ReadModels], Given.Morning, steps);

        Assert.Equal(steps == 5 ? 3 : 5, Count(file.Path));
        await SqliteEventStore.Open(file.Path).DisposeAsync();
        Assert.Equal(steps == 5 ? 3 : 5, Count(file.Path));
        await SqliteRestore.Run(Backup, file.Path, [ReadModels], Given.Morning.Plus(NodaTime.Duration.FromSeconds(1)), null, Stop);
        Assert.Equal(3, Count(file.Path));
    }

    [Fact]
    public async Task Killed_between_the_second_name_and_the_rename_it_leaves_the_old_file()
    {
        await BackUpThreeThenAppendTwo();
        await SqliteRestore.RunPart(Backup, file.Path, [], Given.Morning, 4);
        File.Copy(file.Path, file.Path + ".replaced-20260302T080000Z");

        Assert.Equal(5, Count(file.Path));
        await Assert.ThrowsAsync<EventStoreException>(() => SqliteRestore.Run(Backup, file.Path, [], Given.Morning, null, Stop));
    }

    [Fact]
    public async Task A_damaged_file_is_replaced_and_kept_with_its_log()
    {
        await BackUpThreeThenAppendTwo();
        await File.WriteAllTextAsync(file.Path, new string('x', 10_000), Stop);
        await File.WriteAllTextAsync(file.Path + "-wal", "the last of it", Stop);

        var kept = await SqliteRestore.Run(Backup, file.Path, [], Given.Morning, null, Stop);

        Assert.Equal(3, Count(file.Path));
        Assert.Equal(10_000, new FileInfo(kept!).Length);
        Assert.Equal("the last of it", await File.ReadAllTextAsync(kept + "-wal", Stop));
        Assert.False(File.Exists(file.Path + "-wal") && new FileInfo(file.Path + "-wal").Length > 0);
    }

    private async Task BackUpThreeThenAppendTwo()
    {
        await using var store = SqliteEventStore.Open(file.Path);
        await store.Append(Given.Append(book, "s-1", 0, 3), Stop);
        await SqliteBackup.Write(file.Path, Backup, null, Stop);
        await store.Append(Given.Append(book, "s-1", 3, 2), Stop);
    }

    private static long Count(string path)
    {
        using var database = Database.Open(path, forWriting: true);
        Assert.Equal("ok", database.ReadText("PRAGMA integrity_check"));
        return database.ReadNumber("SELECT count(*) FROM events");
    }
}
