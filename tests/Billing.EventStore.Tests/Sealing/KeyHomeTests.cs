using Billing.EventStore.Port;
using Billing.EventStore.Sealing;
using Billing.EventStore.Tests.Conformance;
using Billing.TestSupport.Postgres;
using Npgsql;

namespace Billing.EventStore.Tests.Sealing;

/// <summary>What a home of keys must do, wherever it is.</summary>
public abstract class KeyHomeTests
{
    private readonly BookId book = Given.Book();
    private readonly KeyOwner client = new(Guid.CreateVersion7(), KeyUse.Contact);

    protected abstract Task<IKeyHome> Open();

    /// <summary>All that the home has written, as bytes.</summary>
    protected abstract Task<byte[]> Bytes();

    [Fact]
    public async Task An_owner_has_one_key_which_every_process_and_the_next_start_knows()
    {
        using var home = await Open();
        using var other = await Open();
        var first = home.Keep(Row(client, 1));
        var second = other.Keep(Row(client, 2));

        Assert.Equal(first.Id, second.Id);
        Assert.Equal(Key(1), second.Bytes);
        Assert.Equal(Key(1), other.Find(first.Id)!.Bytes);
        Assert.Null(home.Find(Guid.CreateVersion7()));
    }

    [Fact]
    public async Task An_erased_key_is_gone_for_good_and_its_bytes_with_it()
    {
        using var home = await Open();
        var row = home.Keep(Row(client, 7));
        var before = await Bytes();
        var erased = home.Erase(book, client, Guid.CreateVersion7(), Given.Morning);
        var after = await Bytes();

        Assert.True(erased);
        Assert.False(home.Erase(book, client, Guid.CreateVersion7(), Given.Morning));
        Assert.Null(home.Find(row.Id)!.Bytes);
        Assert.Null(home.Keep(Row(client, 8)).Bytes);
        Assert.False(home.Add(row));
        Assert.Equal([new KeyValuePair<BookId, long>(book, 1)], home.CountErased());
        Assert.True(before.AsSpan().IndexOf(Key(7)) >= 0);
        Assert.Equal(-1, after.AsSpan().IndexOf(Key(7)));
    }

    [Fact]
    public async Task Nobody_gets_a_key_of_whom_the_keys_were_erased_before_there_was_one()
    {
        using var home = await Open();
        home.Erase(book, client, Guid.CreateVersion7(), Given.Morning);

        Assert.Null(home.Keep(Row(client, 3)).Bytes);
        Assert.NotNull(home.Keep(Row(client with { Use = KeyUse.Documents }, 4)).Bytes);
        Assert.NotNull(home.Keep(Row(new KeyOwner(null, KeyUse.Documents), 5)).Bytes);
    }

    [Fact]
    public async Task A_copy_of_keys_brings_nothing_back_that_was_erased_since()
    {
        using var home = await Open();
        var folder = Directory.CreateTempSubdirectory("billing-keys-");
        try
        {
            using var copy = SqliteKeyHome.Open(Path.Combine(folder.FullName, "copy.db"));
            var other = client with { Use = KeyUse.Documents };
            home.Keep(Row(client, 1));
            var kept = home.Keep(Row(other, 2));
            Assert.Equal(2, KeyCopy.Run(home, copy, Given.Morning));
            home.Erase(book, client, Guid.CreateVersion7(), Given.Morning);

            Assert.Equal(0, KeyCopy.Run(copy, home, Given.Morning));
            Assert.Null(home.Keep(Row(client, 3)).Bytes);
            Assert.Equal(kept.Id, home.Keep(Row(other, 3)).Id);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private KeyRow Row(KeyOwner owner, byte fill) => new(Guid.CreateVersion7(), book, owner, Key(fill), IsWrapped: false);

    private static byte[] Key(byte fill) => [.. Enumerable.Repeat(fill, 16), .. Enumerable.Repeat((byte)(0xF0 ^ fill), 16)];
}

public sealed class SqliteKeyHomeTests : KeyHomeTests, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("billing-keys-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Only_its_user_may_read_the_file()
    {
        if (OperatingSystem.IsWindows()) return;
        (await Open()).Dispose();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder.FullName, "keys.db")));
    }

    protected override Task<IKeyHome> Open() => Task.FromResult<IKeyHome>(SqliteKeyHome.Open(Path.Combine(folder.FullName, "keys.db")));

    protected override Task<byte[]> Bytes() =>
        Task.FromResult(folder.GetFiles().SelectMany(file => File.ReadAllBytes(file.FullName)).ToArray());
}

public sealed class PostgresKeyHomeTests : KeyHomeTests, IAsyncDisposable
{
    private string? database;

    public async ValueTask DisposeAsync()
    {
        if (database is null) return;
        NpgsqlConnection.ClearAllPools();
        await Run(await PostgresServer.ForTests(), $"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
    }

    protected override async Task<IKeyHome> Open() => PostgresKeyHome.Open(await Connection());

    /// <summary>Of the table's own file, behind the server's back as far as it lets us.</summary>
    protected override async Task<byte[]> Bytes() => (byte[])(await Run(
        await Connection(),
        "CHECKPOINT; SELECT pg_read_binary_file(pg_relation_filepath('billing_keys.keys'))"))!;

    private async Task<string> Connection()
    {
        var server = await PostgresServer.ForTests();
        if (database is null)
        {
            database = $"keys_{Guid.CreateVersion7():N}";
            await Run(server, $"CREATE DATABASE {database}");
        }
        return new NpgsqlConnectionStringBuilder(server) { Database = database }.ConnectionString;
    }

    private static async Task<object?> Run(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        object? answer = null;
        foreach (var statement in sql.Split("; "))
        {
            await using var command = new NpgsqlCommand(statement, connection);
            answer = await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        }
        return answer;
    }
}
