using Microsoft.Data.Sqlite;
using NodaTime;

namespace Billing.Api.Payments;

/// <summary>
/// Stripe's notices as they came in, kept in a file of their own until they are worked off. A notice is taken once,
/// however often it comes; acknowledged means it is on disk.
/// </summary>
public sealed class StripeInbox : IDisposable
{
    private static readonly Duration[] Backoff =
    [
        Duration.FromSeconds(1), Duration.FromSeconds(5), Duration.FromSeconds(30), Duration.FromMinutes(5),
        Duration.FromMinutes(30), Duration.FromHours(2), Duration.FromHours(8),
    ];

    private readonly SqliteConnection _connection;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _arrived = new(0);

    public StripeInbox(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        Execute("PRAGMA journal_mode=WAL");
        Execute("PRAGMA synchronous=FULL");
        Execute("""
            CREATE TABLE IF NOT EXISTS notice (
                arrival INTEGER PRIMARY KEY,
                event_id TEXT NOT NULL UNIQUE,
                type TEXT NOT NULL,
                session_id TEXT,
                payment_intent_id TEXT,
                received_at INTEGER NOT NULL,
                state TEXT NOT NULL DEFAULT 'new',
                attempts INTEGER NOT NULL DEFAULT 0,
                due_at INTEGER NOT NULL,
                remark TEXT)
            """);
        Execute("CREATE INDEX IF NOT EXISTS notice_open ON notice(due_at) WHERE state = 'new'");
    }

    /// <summary>Keeps a notice. A repeated one changes nothing.</summary>
    public void Take(StripeNotice notice, Instant now)
    {
        lock (_gate)
        {
            Execute(
                """
                INSERT OR IGNORE INTO notice (event_id, type, session_id, payment_intent_id, received_at, due_at)
                VALUES ($id, $type, $session, $intent, $now, $now)
                """,
                ("$id", notice.EventId), ("$type", notice.Type), ("$session", notice.SessionId),
                ("$intent", notice.PaymentIntentId), ("$now", now.ToUnixTimeMilliseconds()));
        }
        _arrived.Release();
    }

    /// <summary>The oldest notices that are due.</summary>
    public IReadOnlyList<StripeNotice> Due(Instant now, int limit)
    {
        lock (_gate)
        {
            using var command = Command(
                """
                SELECT event_id, type, session_id, payment_intent_id, attempts FROM notice
                WHERE state = 'new' AND due_at <= $now ORDER BY arrival LIMIT $limit
                """,
                ("$now", now.ToUnixTimeMilliseconds()), ("$limit", limit));
            using var reader = command.ExecuteReader();
            var due = new List<StripeNotice>();
            while (reader.Read())
            {
                due.Add(new StripeNotice(
                    reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2),
                    reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetInt32(4)));
            }
            return due;
        }
    }

    /// <param name="remark">Why it was left aside, where it was.</param>
    public void Finish(StripeNotice notice, string? remark = null)
    {
        lock (_gate)
        {
            Execute(
                "UPDATE notice SET state = $state, remark = $remark WHERE event_id = $id",
                ("$state", remark is null ? "done" : "ignored"), ("$remark", remark), ("$id", notice.EventId));
        }
    }

    /// <summary>Puts a notice off, or lays it among the dead letters after the last try.</summary>
    public void PutOff(StripeNotice notice, string remark, Instant now)
    {
        var isDead = notice.Attempts >= Backoff.Length;
        var due = isDead ? now : now + Backoff[notice.Attempts];
        lock (_gate)
        {
            Execute(
                "UPDATE notice SET state = $state, attempts = attempts + 1, due_at = $due, remark = $remark WHERE event_id = $id",
                ("$state", isDead ? "dead" : "new"), ("$due", due.ToUnixTimeMilliseconds()), ("$remark", remark),
                ("$id", notice.EventId));
        }
    }

    /// <summary>Waits until a notice arrives, at most so long.</summary>
    public Task<bool> WaitForArrival(TimeSpan atMost, CancellationToken cancellationToken) =>
        _arrived.WaitAsync(atMost, cancellationToken);

    public void Dispose()
    {
        _connection.Dispose();
        _arrived.Dispose();
    }

    private void Execute(string sql, params ReadOnlySpan<(string, object?)> parameters)
    {
        using var command = Command(sql, parameters);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
}

/// <summary>What of a Stripe event is used: its names. The payload is only a hint; the object is fetched.</summary>
/// <param name="Attempts">How often it was tried in vain.</param>
public sealed record StripeNotice(string EventId, string Type, string? SessionId, string? PaymentIntentId, int Attempts = 0);
