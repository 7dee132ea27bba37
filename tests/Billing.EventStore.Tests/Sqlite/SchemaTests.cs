using Billing.EventStore.Port;
using Billing.EventStore.Sqlite;
using Billing.EventStore.Tests.Conformance;

namespace Billing.EventStore.Tests.Sqlite;

public sealed class SchemaTests : IAsyncDisposable
{
    /// <summary>What version 1 laid out, as it was released. It stays here when there are later versions.</summary>
    private const string VersionOne = """
        CREATE TABLE books (
            book_key INTEGER PRIMARY KEY,
            id BLOB NOT NULL UNIQUE
        ) STRICT;
        CREATE TABLE streams (
            stream_key INTEGER PRIMARY KEY,
            book_key INTEGER NOT NULL,
            name TEXT NOT NULL,
            UNIQUE (book_key, name)
        ) STRICT;
        CREATE TABLE events (
            position INTEGER PRIMARY KEY,
            book_key INTEGER NOT NULL,
            place INTEGER NOT NULL,
            stream_key INTEGER NOT NULL,
            version INTEGER NOT NULL,
            id BLOB NOT NULL,
            type TEXT NOT NULL,
            actor TEXT NOT NULL,
            correlation_id BLOB NOT NULL,
            causation_id BLOB NOT NULL,
            recorded_at_ticks INTEGER NOT NULL,
            idempotency_key TEXT,
            body_hash TEXT,
            link BLOB NOT NULL,
            confidential_key BLOB,
            confidential BLOB,
            data TEXT NOT NULL,
            UNIQUE (stream_key, version),
            UNIQUE (book_key, place),
            UNIQUE (id, book_key)
        ) STRICT;
        CREATE TABLE idempotency_keys (
            first_position INTEGER PRIMARY KEY,
            last_position INTEGER NOT NULL,
            book_key INTEGER NOT NULL,
            key TEXT NOT NULL,
            recorded_at_ticks INTEGER NOT NULL,
            UNIQUE (book_key, key)
        ) STRICT;
        PRAGMA user_version = 1;
        """;

    private static readonly SqliteStoreOptions WithSecondStep = new()
    {
        SchemaSteps = [.. Schema.Steps, "ALTER TABLE books ADD COLUMN note TEXT; CREATE INDEX by_type ON events (type);"],
    };

    private static readonly Guid Book = new("01900000-0000-7000-8000-000000000001");

    private readonly EventFile file = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => file.DisposeAsync();

    [Fact]
    public void The_first_step_is_still_what_was_released() =>
        Assert.Equal(VersionOne.Replace("PRAGMA user_version = 1;", "", StringComparison.Ordinal).Trim(), Schema.Steps[0].Trim());

    [Fact]
    public async Task A_file_of_version_one_is_read_and_written_by_this_program()
    {
        LayOutVersionOne();

        await using var store = SqliteEventStore.Open(file.Path);

        Assert.Single(await store.ReadBook(new BookId(Book), 0, 10, Stop));
        Assert.IsType<AppendOutcome.Appended>(await store.Append(Given.Append(new BookId(Book), "invoice-1", 1), Stop));
    }

    [Fact]
    public async Task A_file_of_version_one_is_brought_to_the_second_with_all_that_is_in_it()
    {
        LayOutVersionOne();

        await using (var store = SqliteEventStore.Open(file.Path, WithSecondStep))
        {
            Assert.Single(await store.ReadBook(new BookId(Book), 0, 10, Stop));
            Assert.IsType<AppendOutcome.Appended>(await store.Append(Given.Append(new BookId(Book), "invoice-1", 1), Stop));
        }

        Assert.Equal(2, Number("PRAGMA user_version"));
        Assert.Equal(1, Number("SELECT count(*) FROM books WHERE note IS NULL"));
        var older = Assert.Throws<EventStoreException>(() => SqliteEventStore.Open(file.Path));
        Assert.Contains("has schema version 2, this program knows 1", older.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_fails_leaves_the_file_as_it_was()
    {
        LayOutVersionOne();
        var broken = new SqliteStoreOptions { SchemaSteps = [.. Schema.Steps, "CREATE TABLE half (n); CREATE TABLE books (n);"] };

        var refusal = Assert.Throws<EventStoreException>(() => SqliteEventStore.Open(file.Path, broken));

        Assert.Contains("stays at schema version 1, as the step to 2 failed", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, Number("PRAGMA user_version"));
        Assert.Equal(0, Number("SELECT count(*) FROM sqlite_schema WHERE name = 'half'"));
        await using var store = SqliteEventStore.Open(file.Path, WithSecondStep);
        Assert.Equal(1, await store.HeadPosition(Stop));
    }

    [Fact]
    public void A_reader_refuses_a_file_that_has_still_to_be_brought_up_to_date()
    {
        Execute("PRAGMA user_version = 0");

        var refusal = Assert.Throws<EventStoreException>(() => SqliteEventReader.Open(file.Path));

        Assert.Contains("start the server on it once", refusal.Message, StringComparison.Ordinal);
    }

    private void LayOutVersionOne() => Execute(VersionOne + $"""
        INSERT INTO books VALUES (1, x'{Convert.ToHexString(Book.ToByteArray(bigEndian: true))}');
        INSERT INTO streams VALUES (1, 1, 'invoice-1');
        INSERT INTO events VALUES (1, 1, 1, 1, 1, randomblob(16), 'invoice-finalized.v1', 'member:1', randomblob(16),
            randomblob(16), 17724384000000000, NULL, NULL, zeroblob(32), NULL, NULL, '{"{}"}');
        """);

    private void Execute(string sql)
    {
        using var database = Database.Open(file.Path, forWriting: true);
        database.Execute(sql);
    }

    private long Number(string sql)
    {
        using var database = Database.Open(file.Path, forWriting: false);
        return database.ReadNumber(sql);
    }
}
