using Billing.EventStore.Port;
using Billing.EventStore.Sqlite;
using Billing.EventStore.Tests.Conformance;
using Billing.EventStore.Tests.Verification;

namespace Billing.EventStore.Tests.Sqlite;

public sealed class BackupTests : IAsyncDisposable
{
    private readonly EventFile file = new();
    private readonly BookId book = Given.Book();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Backup => file.Path + ".backup";

    public ValueTask DisposeAsync() => file.DisposeAsync();

    [Fact]
    public async Task A_backup_taken_while_appends_go_on_is_a_whole_prefix_of_the_book()
    {
        await using var store = SqliteEventStore.Open(file.Path);
        var large = new string('1', 50_000);
        for (var n = 0; n < 400; n++) await store.Append(Given.Append(book, new StreamAppend("s-1", n, [Given.Event($"\"{large}\"")])), Stop);
        var during = new AppendingProgress(store, book);

        await SqliteBackup.Write(file.Path, Backup, during, Stop);

        await using var copy = SqliteEventReader.Open(Backup);
        var events = await copy.ReadBook(book, 0, int.MaxValue, Stop);
        Assert.True(during.Appended > 1, "No append was made while pages were copied.");
        Assert.Equal(400, events.Count);
        Assert.Equal(400 + during.Appended, await store.HeadPosition(Stop));
        Assert.Equal((await store.ReadBook(book, 0, 400, Stop)).Select(e => e.Link.ToArray()), events.Select(e => e.Link.ToArray()));
        Assert.Equal(during.Pages, during.Total);
        Assert.False(File.Exists(Backup + "-wal") || File.Exists(Backup + ".partial"));
    }

    [Fact]
    public async Task A_file_that_is_there_is_never_overwritten()
    {
        await SqliteEventStore.Open(file.Path).DisposeAsync();
        await File.WriteAllTextAsync(Backup, "mine", Stop);

        var refusal = await Assert.ThrowsAsync<EventStoreException>(() => SqliteBackup.Write(file.Path, Backup, null, Stop));

        Assert.Contains("is there already", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(Backup, Stop));
    }

    [Fact]
    public async Task What_a_killed_backup_left_is_no_hindrance()
    {
        await SqliteEventStore.Open(file.Path).DisposeAsync();
        await File.WriteAllTextAsync(Backup + ".partial", "half", Stop);

        await SqliteBackup.Write(file.Path, Backup, null, Stop);

        await SqliteEventReader.Open(Backup).DisposeAsync();
    }

    [Fact]
    public async Task A_copy_that_does_not_hold_never_gets_the_backups_name()
    {
        await using var written = await WrittenBook.Write();
        written.Change("UPDATE events SET data = '{}' WHERE {at 3}");

        var refusal = await Assert.ThrowsAsync<EventStoreException>(() => SqliteBackup.Write(written.Path, Backup, null, Stop));

        Assert.Contains("ALTERED at place 3", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Backup));
        Assert.True(File.Exists(Backup + ".faulty"));
    }

    [Fact]
    public async Task Where_there_is_no_event_file_there_is_no_backup()
    {
        var refusal = await Assert.ThrowsAsync<EventStoreException>(() => SqliteBackup.Write(file.Path, Backup, null, Stop));

        Assert.Contains("There is no event file", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(file.Path));
    }

    /// <summary>Appends between one step of the copy and the next, and waits for it: the writer must not be held up.</summary>
    private sealed class AppendingProgress(SqliteEventStore store, BookId book) : IProgress<PagesCopied>
    {
        public int Appended { get; private set; }

        public int Pages { get; private set; }

        public int Total { get; private set; }

        public void Report(PagesCopied value)
        {
            (Pages, Total) = (value.Done, value.Total);
            Assert.True(Appended < 100, "The copy begins again with each commit.");
            var append = Given.Append(book, "during-1", Appended);
            Assert.IsType<AppendOutcome.Appended>(store.Append(append, CancellationToken.None).AsTask().GetAwaiter().GetResult());
            Appended++;
        }
    }
}
