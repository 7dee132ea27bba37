using System.Globalization;
using Billing.EventStore.Port;
using Npgsql;

namespace Billing.EventStore.Postgres;

/// <summary>
/// The tables and how they came to be. <c>schema_version</c> counts the migrations done; a released one never changes, a
/// new one is added behind it. Text is compared byte for byte (<c>COLLATE "C"</c>), whatever the database's language.
/// </summary>
internal static class Schema
{
    private const string First = """
        CREATE TABLE books (
            book_key bigint PRIMARY KEY,
            id uuid NOT NULL UNIQUE
        );
        CREATE TABLE streams (
            stream_key bigint PRIMARY KEY,
            book_key bigint NOT NULL,
            name text COLLATE "C" NOT NULL,
            UNIQUE (book_key, name)
        );
        CREATE TABLE events (
            position bigint PRIMARY KEY,
            book_key bigint NOT NULL,
            place bigint NOT NULL,
            stream_key bigint NOT NULL,
            version bigint NOT NULL,
            recorded_at_ticks bigint NOT NULL,
            id uuid NOT NULL,
            correlation_id uuid NOT NULL,
            causation_id uuid NOT NULL,
            confidential_key uuid,
            type text COLLATE "C" NOT NULL,
            actor text COLLATE "C" NOT NULL,
            idempotency_key text COLLATE "C",
            body_hash text COLLATE "C",
            link bytea NOT NULL,
            confidential bytea NOT NULL,
            data bytea NOT NULL,
            UNIQUE (stream_key, version),
            UNIQUE (book_key, place),
            UNIQUE (id, book_key)
        );
        CREATE TABLE idempotency_keys (
            first_position bigint PRIMARY KEY,
            last_position bigint NOT NULL,
            book_key bigint NOT NULL,
            key text COLLATE "C" NOT NULL,
            recorded_at_ticks bigint NOT NULL,
            UNIQUE (book_key, key)
        );
        """;

    private static readonly string[] Migrations = [First];

    public static int Latest => Migrations.Length;

    /// <summary>
    /// Brings a new or older schema to the newest, all in one transaction under the writing lock, so that processes that
    /// open at the same moment do it once and nobody writes meanwhile.
    /// </summary>
    /// <exception cref="EventStoreException">A newer program wrote the schema, or it is no event store at all.</exception>
    public static async Task Prepare(NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await Run($"SELECT pg_advisory_xact_lock({WritingLock.Key(schema)})").ConfigureAwait(false);
        if (await Run("SHOW server_encoding").ConfigureAwait(false) is not "UTF8")
            throw new EventStoreException(
                $"The database {connection.Database} is not encoded in UTF8, so it can't keep every text: create one that is.");
        var done = await Run($"SELECT to_regclass('{schema}.schema_version') IS NOT NULL").ConfigureAwait(false) is true
            ? (int)(await Run("SELECT max(version) FROM schema_version").ConfigureAwait(false))!
            : 0;
        if (done > Latest)
            throw new EventStoreException(
                $"The schema {schema} of database {connection.Database} has version {done}, this program knows {Latest}: "
                + "it was written by a newer program; use that one.");
        if (done == 0 && await Run($"SELECT count(*) FROM pg_tables WHERE schemaname = '{schema}'").ConfigureAwait(false) is not 0L)
            throw new EventStoreException(
                $"The schema {schema} of database {connection.Database} holds tables of another kind, not an event store: "
                + "give the store a schema of its own.");
        if (done == 0)
            await Run($"CREATE SCHEMA IF NOT EXISTS {schema}; CREATE TABLE schema_version (version integer PRIMARY KEY)")
                .ConfigureAwait(false);
        for (var next = done; next < Latest; next++)
            await Run(string.Create(
                CultureInfo.InvariantCulture,
                $"{Migrations[next]} INSERT INTO schema_version VALUES ({next + 1})")).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);

        async Task<object?> Run(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
