using System.Data;
using System.Data.Common;
using NodaTime;

namespace Billing.Api.Payments;

/// <summary>
/// Stripe's notices as they came in, kept apart from the books until they are worked off. A notice is taken once,
/// however often it comes; acknowledged means it is on disk.
/// </summary>
public sealed class StripeInbox : IDisposable
{
    private static readonly Duration[] Backoff =
    [
        Duration.FromSeconds(1), Duration.FromSeconds(5), Duration.FromSeconds(30), Duration.FromMinutes(5),
        Duration.FromMinutes(30), Duration.FromHours(2), Duration.FromHours(8),
    ];

    private static readonly Duration Claim = Duration.FromMinutes(2);

    private readonly InboxDatabase _database;
    private readonly SemaphoreSlim _arrived = new(0);

    internal StripeInbox(InboxDatabase database)
    {
        _database = database;
        database.LayOut($"""
            CREATE TABLE IF NOT EXISTS notice (
                arrival {database.Counter} PRIMARY KEY,
                event_id TEXT NOT NULL UNIQUE,
                type TEXT NOT NULL,
                session_id TEXT,
                payment_intent_id TEXT,
                received_at BIGINT NOT NULL,
                state TEXT NOT NULL DEFAULT 'new',
                attempts BIGINT NOT NULL DEFAULT 0,
                due_at BIGINT NOT NULL,
                remark TEXT);
            CREATE INDEX IF NOT EXISTS notice_open ON notice(due_at) WHERE state = 'new'
            """);
    }

    /// <summary>Keeps a notice. A repeated one changes nothing.</summary>
    public void Take(StripeNotice notice, Instant now)
    {
        Execute(
            """
            INSERT INTO notice (event_id, type, session_id, payment_intent_id, received_at, due_at)
            VALUES (@id, @type, @session, @intent, @now, @now) ON CONFLICT (event_id) DO NOTHING
            """,
            ("@id", notice.EventId), ("@type", notice.Type), ("@session", notice.SessionId),
            ("@intent", notice.PaymentIntentId), ("@now", now.ToUnixTimeMilliseconds()));
        _arrived.Release();
    }

    /// <summary>
    /// The oldest notices that are due. Where several nodes share the inbox, no other is given them for two minutes.
    /// </summary>
    public IReadOnlyList<StripeNotice> Due(Instant now, int limit) => _database.Use(connection =>
    {
        using var command = Command(
            connection, _database.Due,
            ("@now", now.ToUnixTimeMilliseconds()), ("@limit", limit), ("@later", (now + Claim).ToUnixTimeMilliseconds()));
        using var reader = command.ExecuteReader();
        var due = new List<StripeNotice>();
        while (reader.Read())
        {
            due.Add(new StripeNotice(
                reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2),
                reader.IsDBNull(3) ? null : reader.GetString(3), (int)reader.GetInt64(4)));
        }
        return due;
    });

    /// <param name="remark">Why it was left aside, where it was.</param>
    public void Finish(StripeNotice notice, string? remark = null)
    {
        Execute(
            "UPDATE notice SET state = @state, remark = @remark WHERE event_id = @id",
            ("@state", remark is null ? "done" : "ignored"), ("@remark", remark), ("@id", notice.EventId));
    }

    /// <summary>Puts a notice off, or lays it among the dead letters after the last try.</summary>
    public void PutOff(StripeNotice notice, string remark, Instant now)
    {
        var isDead = notice.Attempts >= Backoff.Length;
        var due = isDead ? now : now + Backoff[notice.Attempts];
        Execute(
            "UPDATE notice SET state = @state, attempts = attempts + 1, due_at = @due, remark = @remark WHERE event_id = @id",
            ("@state", isDead ? "dead" : "new"), ("@due", due.ToUnixTimeMilliseconds()), ("@remark", remark),
            ("@id", notice.EventId));
    }

    /// <summary>Waits until a notice arrives, at most so long.</summary>
    public Task<bool> WaitForArrival(TimeSpan atMost, CancellationToken cancellationToken) =>
        _arrived.WaitAsync(atMost, cancellationToken);

    public void Dispose()
    {
        _database.Dispose();
        _arrived.Dispose();
    }

    private void Execute(string sql, params (string, object?)[] parameters) => _database.Use(connection =>
    {
        using var command = Command(connection, sql, parameters);
        return command.ExecuteNonQuery();
    });

    private static DbCommand Command(DbConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            if (value is null) parameter.DbType = DbType.String;
            command.Parameters.Add(parameter);
        }
        return command;
    }
}

/// <summary>What of a Stripe event is used: its names. The payload is only a hint; the object is fetched.</summary>
/// <param name="Attempts">How often it was tried in vain.</param>
public sealed record StripeNotice(string EventId, string Type, string? SessionId, string? PaymentIntentId, int Attempts = 0);
