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
            CREATE INDEX IF NOT EXISTS notice_open ON notice(due_at) WHERE state = 'new';
            CREATE TABLE IF NOT EXISTS bookmark (name TEXT PRIMARY KEY, at BIGINT NOT NULL)
            """);
        database.AddColumn("notice", "payout_id", "TEXT");
        database.AddColumn("notice", "customer_id", "TEXT");
        database.AddColumn("notice", "account", "TEXT");
    }

    /// <summary>Keeps a notice. A repeated one changes nothing.</summary>
    public void Take(StripeNotice notice, Instant now)
    {
        _database.Execute(
            """
            INSERT INTO notice (event_id, type, session_id, payment_intent_id, payout_id, customer_id, account, received_at, due_at)
            VALUES (@id, @type, @session, @intent, @payout, @customer, @account, @now, @now) ON CONFLICT (event_id) DO NOTHING
            """,
            ("@id", KeyOf(notice)), ("@type", notice.Type), ("@session", notice.SessionId),
            ("@intent", notice.PaymentIntentId), ("@payout", notice.PayoutId), ("@customer", notice.CustomerId),
            ("@account", notice.Account), ("@now", now.ToUnixTimeMilliseconds()));
        _arrived.Release();
    }

    /// <summary>
    /// The oldest notices that are due. Where several nodes share the inbox, no other is given them for two minutes.
    /// </summary>
    public IReadOnlyList<StripeNotice> Due(Instant now, int limit) => _database.Rows(
        _database.Due,
        row => new StripeNotice(
            EventId(row, Text(row, 7)), row.GetString(1), Text(row, 2), Text(row, 3), (int)row.GetInt64(5), Text(row, 4), Text(row, 6),
            Text(row, 7)),
        ("@now", now.ToUnixTimeMilliseconds()), ("@limit", limit), ("@later", (now + Claim).ToUnixTimeMilliseconds()));

    /// <param name="remark">Why it was left aside, where it was.</param>
    public void Finish(StripeNotice notice, string? remark = null) => _database.Execute(
        "UPDATE notice SET state = @state, remark = @remark WHERE event_id = @id",
        ("@state", remark is null ? "done" : "ignored"), ("@remark", remark), ("@id", KeyOf(notice)));

    /// <summary>Puts a notice off, or lays it among the dead letters after the last try.</summary>
    public void PutOff(StripeNotice notice, string remark, Instant now)
    {
        var isDead = notice.Attempts >= Backoff.Length;
        var due = isDead ? now : now + Backoff[notice.Attempts];
        _database.Execute(
            "UPDATE notice SET state = @state, attempts = attempts + 1, due_at = @due, remark = @remark WHERE event_id = @id",
            ("@state", isDead ? "dead" : "new"), ("@due", due.ToUnixTimeMilliseconds()), ("@remark", remark),
            ("@id", KeyOf(notice)));
    }

    /// <summary>Lays a notice among the dead letters at once: it would be refused however often it were tried.</summary>
    public void LayAside(StripeNotice notice, string remark) => _database.Execute(
        "UPDATE notice SET state = 'dead', attempts = attempts + 1, remark = @remark WHERE event_id = @id",
        ("@remark", remark), ("@id", KeyOf(notice)));

    /// <summary>What there is to do, for whoever watches over the server.</summary>
    public InboxState State() => _database.Rows(
        """
        SELECT SUM(CASE WHEN state = 'new' THEN 1 ELSE 0 END), SUM(CASE WHEN state = 'dead' THEN 1 ELSE 0 END),
            MIN(CASE WHEN state = 'new' THEN received_at END)
        FROM notice WHERE state IN ('new', 'dead')
        """,
        row => new InboxState(
            row.IsDBNull(0) ? 0 : row.GetInt64(0), row.IsDBNull(1) ? 0 : row.GetInt64(1),
            row.IsDBNull(2) ? null : Instant.FromUnixTimeMilliseconds(row.GetInt64(2)))).Single();

    /// <summary>What could not be worked off and waits for a person, oldest first.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters(int limit) => _database.Rows(
        """
        SELECT event_id, type, session_id, payment_intent_id, payout_id, received_at, attempts, remark, account
        FROM notice WHERE state = 'dead' ORDER BY arrival LIMIT @limit
        """,
        row => new DeadLetter(
            EventId(row, Text(row, 8)), row.GetString(1), Text(row, 2), Text(row, 3), Text(row, 4),
            Instant.FromUnixTimeMilliseconds(row.GetInt64(5)), (int)row.GetInt64(6), Text(row, 7), Text(row, 8)),
        ("@limit", limit));

    /// <summary>Works a dead letter off once more, from its first try on. False where there is none with this id.</summary>
    /// <param name="account">In which the event happened; null for the installation's own.</param>
    public bool Replay(string eventId, string? account, Instant now)
    {
        var found = _database.Execute(
            "UPDATE notice SET state = 'new', attempts = 0, due_at = @now WHERE event_id = @id AND state = 'dead'",
            ("@now", now.ToUnixTimeMilliseconds()), ("@id", KeyOf(eventId, account))) > 0;
        if (found) _arrived.Release();
        return found;
    }

    /// <summary>Up to when something was read; null before the first time.</summary>
    public Instant? Bookmark(string name) => _database.Rows(
        "SELECT at FROM bookmark WHERE name = @name", row => Instant.FromUnixTimeMilliseconds(row.GetInt64(0)), ("@name", name)) is [var at]
            ? at
            : null;

    public void SetBookmark(string name, Instant at) => _database.Execute(
        "INSERT INTO bookmark (name, at) VALUES (@name, @at) ON CONFLICT (name) DO UPDATE SET at = excluded.at",
        ("@name", name), ("@at", at.ToUnixTimeMilliseconds()));

    /// <summary>Waits until a notice arrives, at most so long.</summary>
    public Task<bool> WaitForArrival(TimeSpan atMost, CancellationToken cancellationToken) =>
        _arrived.WaitAsync(atMost, cancellationToken);

    public void Dispose()
    {
        _database.Dispose();
        _arrived.Dispose();
    }

    private static string KeyOf(StripeNotice notice) => KeyOf(notice.EventId, notice.Account);

    /// <summary>
    /// What a notice is kept once by: its event, in its account. It stands in the column that older programs know as the event's id, so
    /// that of several nodes some may be older.
    /// </summary>
    private static string KeyOf(string eventId, string? account) => account is null ? eventId : $"{account}/{eventId}";

    private static string EventId(DbDataReader row, string? account) => row.GetString(0)[(account is null ? 0 : account.Length + 1)..];

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}

/// <summary>What of a Stripe event is used: its names. The payload is only a hint; the object is fetched.</summary>
/// <param name="Attempts">How often it was tried in vain.</param>
/// <param name="CustomerId">Of news about a customer or a method that was kept for it.</param>
/// <param name="Account">The connected account in which it happened; null for the installation's own.</param>
public sealed record StripeNotice(
    string EventId, string Type, string? SessionId, string? PaymentIntentId, int Attempts = 0, string? PayoutId = null,
    string? CustomerId = null, string? Account = null)
{
    /// <summary>Whether it is about real money; null where the event did not say. It is not kept.</summary>
    public bool? IsLive { get; init; }
}

/// <summary>A notice that could not be worked off.</summary>
/// <param name="Why">What stood in the way at the last try.</param>
/// <param name="Account">The connected account in which it happened; null for the installation's own.</param>
public sealed record DeadLetter(
    string EventId, string Type, string? SessionId, string? PaymentIntentId, string? PayoutId, Instant ReceivedAt, int Attempts,
    string? Why, string? Account);

/// <param name="Waiting">Notices that are to be worked off.</param>
/// <param name="Dead">Notices that wait for a person.</param>
/// <param name="OldestReceivedAt">When the oldest came that is to be worked off; null where there is none.</param>
public sealed record InboxState(long Waiting, long Dead, Instant? OldestReceivedAt);
