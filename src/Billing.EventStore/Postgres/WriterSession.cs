using System.Globalization;
using Billing.EventStore.Port;
using Billing.EventStore.Writing;
using NodaTime;
using Npgsql;

namespace Billing.EventStore.Postgres;

/// <summary>
/// The writing connection. It writes groups of appends, each in a transaction of its own under the writing lock. After any
/// failure it is disposed, which ends the open transaction, and a new one takes its place.
/// </summary>
internal sealed class WriterSession : IDisposable
{
    private const int LeastPruned = 64;

    private const string ReadNewest = """
        SELECT coalesce((SELECT max(position) FROM events), 0), coalesce((SELECT max(book_key) FROM books), 0),
            coalesce((SELECT max(stream_key) FROM streams), 0)
        """;

    /// <summary>Enough for what other processes write while this one waits for the lock.</summary>
    private const string ReadNews = """
        SELECT e.position, b.id, b.book_key, e.place, e.link, s.name, s.stream_key, e.version
        FROM (SELECT * FROM events WHERE position > $1 ORDER BY position LIMIT 1000) e
        JOIN books b ON b.book_key = e.book_key JOIN streams s ON s.stream_key = e.stream_key ORDER BY e.position
        """;

    private const string Prune = """
        DELETE FROM idempotency_keys WHERE recorded_at_ticks < $1 AND first_position IN (
            SELECT first_position FROM idempotency_keys ORDER BY first_position LIMIT $2)
        """;

    private readonly NpgsqlConnection connection;
    private readonly PostgresStoreOptions options;
    private readonly string takeLock, notify;
    private readonly Heads heads;
    private readonly List<PendingAppend> refused = [];
    private NewRows rows = new();
    private Instant newest = Instant.MinValue;

    private WriterSession(NpgsqlConnection connection, PostgresStoreOptions options)
    {
        (this.connection, this.options) = (connection, options);
        heads = new Heads(connection, options.CachedStreams);
        takeLock = string.Create(
            CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({WritingLock.Key(options.Schema)})");
        notify = $"SELECT pg_notify('{options.Schema}', $1::text)";
    }

    /// <summary>Position of the newest event, as of the last group.</summary>
    public long Position => heads.Position;

    public static WriterSession Open(Server server, PostgresStoreOptions options)
    {
        var connection = server.Connect();
        try
        {
            using var command = new NpgsqlCommand(
                """
                SELECT set_config('synchronous_commit', 'on', false)
                WHERE current_setting('synchronous_commit') IN ('off', 'local')
                """,
                connection);
            command.ExecuteNonQuery();
            return new WriterSession(connection, options);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Takes the lock, in a statement of its own: the statements after it see all that was committed before it was had.
    /// That needs the isolation level that takes a new snapshot for each statement, whatever the server's default.
    /// </summary>
    public void Begin()
    {
        using var batch = new NpgsqlBatch(connection);
        batch.Add("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
        batch.Add(takeLock);
        batch.Add(ReadNews).Add(Position);
        batch.Add(ReadNewest);
        using var row = batch.ExecuteReader();
        row.NextResult();
        while (row.Read())
            heads.Learn(
                row.GetInt64(0),
                new BookId(row.GetGuid(1)),
                new BookHead { Key = row.GetInt64(2), Place = row.GetInt64(3), Link = row.GetFieldValue<byte[]>(4) },
                row.GetString(5),
                new StreamHead { Key = row.GetInt64(6), Version = row.GetInt64(7) });
        row.NextResult();
        row.Read();
        heads.Begin(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
        rows = new NewRows();
    }

    /// <summary>
    /// Decides the group and makes durable what it writes; only then may the callers hear of it. Where an event id turns
    /// out to be used already, it begins again and looks every id up first, so that this append alone is refused.
    /// </summary>
    public void Write(List<PendingAppend> group)
    {
        Decide(group, withSites: false);
        try
        {
            Commit();
        }
        catch (PostgresException doubled) when (doubled.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            heads.Forget();
            using (var rollback = new NpgsqlCommand("ROLLBACK", connection)) rollback.ExecuteNonQuery();
            Begin();
            Decide(group, withSites: true);
            Commit();
        }
    }

    public void Dispose() => connection.Dispose();

    /// <summary>An append that was stored before meets its own version or key. What is refused may be such a repeat.</summary>
    private void Decide(List<PendingAppend> group, bool withSites)
    {
        heads.Read(group.Select(a => a.Request), withSites);
        refused.Clear();
        Func<AppendRequest, AppendOutcome> append = Append;
        foreach (var pending in group)
            if (pending.Decide(append) is AppendOutcome.Conflict or AppendOutcome.KeyTaken) refused.Add(pending);
        if (refused.Count == 0 || withSites) return;
        heads.ReadSites(refused.Select(a => a.Request));
        foreach (var pending in refused) pending.Decide(append);
    }

    /// <summary>What is refused leaves no trace.</summary>
    /// <exception cref="ArgumentException">An event id is used twice.</exception>
    private AppendOutcome Append(AppendRequest request)
    {
        if (Repeat.Find(request, id => heads.Site(request.Book, id)) is { } repeated) return repeated;
        if (request.Metadata.IdempotencyKey is { } key && heads.IsTaken(request.Book, key)) return new AppendOutcome.KeyTaken(key);
        return FindConflict(request) is { } conflict ? conflict : Write(request);
    }

    private AppendOutcome.Conflict? FindConflict(AppendRequest request)
    {
        foreach (var write in request.Writes)
        {
            var version = heads.Stream(request.Book, write.Stream).Version;
            if (write.ExpectedVersion != version && write.ExpectedVersion != StreamAppend.AnyVersion)
                return new AppendOutcome.Conflict(write.Stream, write.ExpectedVersion, version);
        }
        foreach (var check in request.Checks)
        {
            var version = heads.Stream(request.Book, check.Stream).Version;
            if (check.ExpectedVersion != version)
                return new AppendOutcome.Conflict(check.Stream, check.ExpectedVersion, version);
        }
        return null;
    }

    private AppendOutcome.Appended Write(AppendRequest request)
    {
        Repeat.RefuseDoubles(request);
        var (book, first) = (heads.Book(request.Book), heads.Position + 1);
        if (book.Key == 0) rows.AddBook(book.Key = ++heads.BookKeys, request.Book);
        var versions = new long[request.Writes.Count];
        for (var i = 0; i < versions.Length; i++)
        {
            var write = request.Writes[i];
            var stream = heads.Stream(request.Book, write.Stream);
            if (stream.Key == 0) rows.AddStream(stream.Key = ++heads.StreamKeys, book.Key, write.Stream);
            foreach (var @event in write.Events)
            {
                var site = new EventSite(++heads.Position, ++book.Place, write.Stream, ++stream.Version);
                book.Link = Chain.Link(
                    book.Link, request.Book, site.Place, write.Stream, site.Version, @event, request.Metadata);
                heads.Add(request.Book, @event.Id, site);
                rows.AddEvent(book.Key, stream.Key, site, @event, request.Metadata, book.Link);
            }
            versions[i] = stream.Version;
        }
        if (request.Metadata.IdempotencyKey is { } key)
        {
            heads.Take(request.Book, key);
            rows.AddKey(book.Key, request.Metadata, first, heads.Position);
            newest = Instant.Max(newest, request.Metadata.RecordedAt);
        }
        return new AppendOutcome.Appended(heads.Position, book.Place, versions, Repeated: false);
    }

    private void Commit()
    {
        using var batch = new NpgsqlBatch(connection);
        rows.InsertInto(batch);
        if (rows.Keys > 0)
        {
            var prune = batch.Add(Prune);
            prune.Add((newest - options.KeyLifetime).ToUnixTimeTicks());
            prune.Add(Math.Max(LeastPruned, 2L * rows.Keys));
        }
        if (rows.Events > 0) batch.Add(notify).Add(Position);
        batch.Add("COMMIT");
        batch.ExecuteNonQuery();
    }
}
