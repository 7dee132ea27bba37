using System.Globalization;
using Billing.EventStore.Port;
using SQLitePCL;

namespace Billing.EventStore.Sqlite;

/// <summary>
/// The tables and how they came to be. <c>PRAGMA user_version</c> counts the migrations done; a released one never
/// changes, a new one is added behind it.
/// </summary>
internal static class Schema
{
    /// <summary>
    /// SQLite up to 3.51.2 can corrupt a database in WAL mode when a checkpoint and a restart of the log meet
    /// (sqlite.org/wal.html#walresetbug).
    /// </summary>
    public const int OldestSafeVersion = 3_051_003;

    private const string First = """
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
        """;

    /// <summary>Each brings a file from the version that is its index to the next. A released step never changes.</summary>
    public static IReadOnlyList<string> Steps { get; } = [First];

    public static int Latest => Steps.Count;

    /// <exception cref="EventStoreException">The library is older than the first safe one.</exception>
    public static void CheckLibrary(int version)
    {
        if (version >= OldestSafeVersion) return;
        throw new EventStoreException(string.Create(
            CultureInfo.InvariantCulture,
            $"The SQLite library is version {version / 1_000_000}.{version / 1_000 % 1_000}.{version % 1_000}; up to 3.51.2 it "
            + $"can corrupt a database in WAL mode. Install the library that comes with this program, 3.51.3 or newer."));
    }

    /// <summary>Before anything is changed in the file.</summary>
    /// <exception cref="EventStoreException">A newer program wrote the file, or it is no event store at all.</exception>
    public static void Check(Database database, string path, int latest)
    {
        CheckLibrary(raw.sqlite3_libversion_number());
        var done = database.ReadNumber("PRAGMA user_version");
        if (done > latest)
            throw new EventStoreException(string.Create(
                CultureInfo.InvariantCulture,
                $"{path} has schema version {done}, this program knows {latest}: it was written by a newer program; use that one."));
        if (done == 0 && database.ReadNumber("SELECT count(*) FROM sqlite_schema") > 0)
            throw new EventStoreException($"{path} is a SQLite database of another kind, not an event store.");
    }

    /// <summary>For a reader, which can't bring the file up to date.</summary>
    /// <exception cref="EventStoreException">The file has not this program's schema.</exception>
    public static void CheckReadable(Database database, string path)
    {
        Check(database, path, Latest);
        var done = database.ReadNumber("PRAGMA user_version");
        if (done == Latest) return;
        throw new EventStoreException(string.Create(
            CultureInfo.InvariantCulture,
            $"{path} has schema version {done}, this program reads {Latest}: start the server on it once, which brings it up to date."));
    }

    /// <summary>Brings a new or older database to the last step's schema, each step in a transaction of its own.</summary>
    /// <exception cref="EventStoreException">A step failed; the file stands as the step before it left it.</exception>
    public static void Migrate(Database database, string path, IReadOnlyList<string> steps)
    {
        for (var next = (int)database.ReadNumber("PRAGMA user_version"); next < steps.Count; next++)
        {
            try
            {
                database.Execute(string.Create(
                    CultureInfo.InvariantCulture, $"BEGIN IMMEDIATE; {steps[next]} PRAGMA user_version = {next + 1}; COMMIT;"));
            }
            catch (Failure failure)
            {
                throw failure.Explain(path, string.Create(
                    CultureInfo.InvariantCulture, $"{path} stays at schema version {next}, as the step to {next + 1} failed"));
            }
        }
    }
}
