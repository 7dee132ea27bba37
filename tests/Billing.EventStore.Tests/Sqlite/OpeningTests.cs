using System.Diagnostics;
using Billing.EventStore.Port;
using Billing.EventStore.Sqlite;
using Billing.EventStore.Tests.Conformance;
using Billing.TestSupport;

namespace Billing.EventStore.Tests.Sqlite;

public sealed class OpeningTests : IAsyncDisposable
{
    private readonly EventFile file = new();

    public ValueTask DisposeAsync() => file.DisposeAsync();

    [Fact]
    public async Task A_file_that_is_open_for_writing_is_refused_until_it_is_closed()
    {
        var first = SqliteEventStore.Open(file.Path);

        var refusal = Assert.Throws<EventStoreException>(() => SqliteEventStore.Open(file.Path));
        Assert.Contains("open for writing in another process", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(file.Path, refusal.Message, StringComparison.Ordinal);

        await first.DisposeAsync();
        await SqliteEventStore.Open(file.Path).DisposeAsync();
    }

    [Fact]
    public async Task Another_process_sees_the_lock()
    {
        var flock = Require.Program("flock", "util-linux");
        var store = SqliteEventStore.Open(file.Path);
        Assert.Equal(1, await Run(flock, "--nonblock", file.Path + ".lock", "true"));

        await store.DisposeAsync();

        Assert.Equal(0, await Run(flock, "--nonblock", file.Path + ".lock", "true"));
    }

    [Fact]
    public async Task The_folder_is_made_where_it_is_missing()
    {
        var path = Path.Combine(Path.GetDirectoryName(file.Path)!, "a", "b", "events.db");
        await SqliteEventStore.Open(path).DisposeAsync();
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task A_file_of_a_newer_program_is_refused_and_left_as_it_is()
    {
        await SqliteEventStore.Open(file.Path).DisposeAsync();
        Execute($"PRAGMA user_version = {Schema.Latest + 1}");
        var before = await File.ReadAllBytesAsync(file.Path, TestContext.Current.CancellationToken);

        var refusal = Assert.Throws<EventStoreException>(() => SqliteEventStore.Open(file.Path));

        Assert.Contains("written by a newer program", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(file.Path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_database_of_another_kind_is_refused_and_left_as_it_is()
    {
        Execute("CREATE TABLE invoices (n)");
        var before = await File.ReadAllBytesAsync(file.Path, TestContext.Current.CancellationToken);

        var refusal = Assert.Throws<EventStoreException>(() => SqliteEventStore.Open(file.Path));

        Assert.Contains("another kind", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(file.Path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_its_lock_let_go()
    {
        await File.WriteAllTextAsync(file.Path, new string('x', 5_000), TestContext.Current.CancellationToken);
        Assert.Throws<EventStoreException>(() => SqliteEventStore.Open(file.Path));

        File.Delete(file.Path);
        await SqliteEventStore.Open(file.Path).DisposeAsync();
    }

    [Theory]
    [InlineData(3_051_003, true)]
    [InlineData(3_053_003, true)]
    [InlineData(3_051_002, false)]
    [InlineData(3_046_001, false)]
    public void A_library_that_can_corrupt_the_log_is_refused(int version, bool accepted)
    {
        var refusal = Record.Exception(() => Schema.CheckLibrary(version));
        Assert.Equal(accepted, refusal is null);
        if (!accepted) Assert.IsType<EventStoreException>(refusal);
    }

    [Fact]
    public async Task What_was_acknowledged_is_in_the_files_though_the_store_was_never_closed()
    {
        var stop = TestContext.Current.CancellationToken;
        var cp = Require.Program("cp", "coreutils");
        var book = Given.Book();
        await using var store = SqliteEventStore.Open(file.Path);
        for (var n = 0; n < 20; n++) await store.Append(Given.Append(book, "invoice-1", n), stop);

        var copy = Path.Combine(Path.GetDirectoryName(file.Path)!, "copy.db");
        Assert.Equal(0, await Run(cp, file.Path, copy));
        Assert.Equal(0, await Run(cp, file.Path + "-wal", copy + "-wal"));

        await using var reopened = SqliteEventStore.Open(copy);
        Assert.Equal(20, (await reopened.ReadBook(book, 0, 100, stop)).Count);
        Assert.Equal(20, await reopened.HeadPosition(stop));
    }

    private void Execute(string sql)
    {
        using var database = Database.Open(file.Path, forWriting: true);
        database.Execute(sql);
    }

    private static async Task<int> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }
}
