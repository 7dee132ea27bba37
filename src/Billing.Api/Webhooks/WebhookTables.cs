using System.Data.Common;
using Billing.Api.Changes;
using Billing.Api.Payments;
using Billing.EventStore.Port;
using Billing.EventStore.Writing;
using NodaTime;

namespace Billing.Api.Webhooks;

/// <summary>Whom to tell of a practice's changes, and how far that is done.</summary>
/// <param name="Resources">Only these are told; none named, all are.</param>
/// <param name="Events">Only these are told; none named, all are.</param>
/// <param name="Paused">Why nothing is sent, as <see cref="PauseReason"/> has it; null where it is.</param>
/// <param name="OldSecret">Good until <paramref name="OldSecretUntil"/>.</param>
/// <param name="Position">Everything up to here was taken, or is not told.</param>
/// <param name="Attempts">At the next message, in vain.</param>
internal sealed record WebhookEndpoint(
    Guid Id, BookId Book, string Url, string? Description, IReadOnlyList<string> Resources, IReadOnlyList<string> Events, string? Paused,
    string Secret, string? OldSecret, Instant OldSecretUntil, ChangeCursor Position, int Attempts, Instant DueAt, string RegisteredBy,
    Instant RegisteredAt)
{
    public bool Wants(Change change) =>
        (Resources.Count == 0 || Resources.Contains(change.Resource)) && (Events.Count == 0 || Events.Contains(change.Event));

    /// <summary>What to sign with now: both while the secret is changed.</summary>
    public IReadOnlyList<string> Secrets(Instant now) => OldSecret is { } old && now < OldSecretUntil ? [Secret, old] : [Secret];
}

/// <summary>Why nothing is sent to an endpoint.</summary>
public static class PauseReason
{
    public const string Owner = "owner", Failed = "failed", Gone = "gone", CursorUnknown = "cursor-unknown";

    public static IReadOnlyList<string> All { get; } = [Owner, Failed, Gone, CursorUnknown];
}

/// <summary>
/// The tables beside the books: in a file of their own, or in the database that several nodes share. A secret must be at hand to sign
/// with, so that it lies here as it is; the file is for the server alone.
/// </summary>
internal sealed class WebhookTables : IDisposable
{
    public const string Columns =
        "id, book, url, description, resources, events, paused, secret, old_secret, old_until, position, attempts, due_at, registered_by, "
        + "registered_at";

    public WebhookTables(InboxDatabase database)
    {
        Database = database;
        database.LayOut($"""
            CREATE TABLE IF NOT EXISTS webhook (
                id TEXT PRIMARY KEY,
                book TEXT NOT NULL,
                url TEXT NOT NULL,
                description TEXT,
                resources TEXT NOT NULL,
                events TEXT NOT NULL,
                paused TEXT,
                secret TEXT NOT NULL,
                old_secret TEXT,
                old_until BIGINT NOT NULL,
                position TEXT NOT NULL,
                attempts BIGINT NOT NULL,
                due_at BIGINT NOT NULL,
                claim TEXT NOT NULL DEFAULT '',
                claimed_until BIGINT NOT NULL DEFAULT 0,
                registered_by TEXT NOT NULL,
                registered_at BIGINT NOT NULL);
            CREATE INDEX IF NOT EXISTS webhook_of_book ON webhook(book);
            CREATE TABLE IF NOT EXISTS webhook_attempt (
                number {database.Counter} PRIMARY KEY,
                webhook TEXT NOT NULL,
                message TEXT NOT NULL,
                since TEXT NOT NULL,
                type TEXT NOT NULL,
                attempt BIGINT NOT NULL,
                at BIGINT NOT NULL,
                status BIGINT NOT NULL,
                duration BIGINT NOT NULL,
                error TEXT);
            CREATE INDEX IF NOT EXISTS webhook_attempt_of ON webhook_attempt(webhook, number)
            """);
    }

    public InboxDatabase Database { get; }

    /// <summary>A file that nobody but the server's own user can read.</summary>
    public static InboxDatabase InFile(string path)
    {
        PrivateFile.Make(path);
        return new SqliteInbox(path);
    }

    public IReadOnlyList<WebhookEndpoint> Endpoints(string sql, params (string, object?)[] parameters) =>
        Database.Rows(sql, Read, parameters);

    public void Dispose() => Database.Dispose();

    public static string Names(IReadOnlyList<string> names) => string.Join(' ', names);

    public static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static Instant Time(DbDataReader row, int column) => Instant.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static WebhookEndpoint Read(DbDataReader row) => new(
        Guid.Parse(row.GetString(0)), new BookId(Guid.Parse(row.GetString(1))), row.GetString(2), Text(row, 3), Split(row.GetString(4)),
        Split(row.GetString(5)), Text(row, 6), row.GetString(7), Text(row, 8), Time(row, 9), Cursor(row.GetString(10)),
        (int)row.GetInt64(11), Time(row, 12), row.GetString(13), Time(row, 14));

    private static string[] Split(string names) => names.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public static ChangeCursor Cursor(string text) => ChangeCursor.TryParse(text, out var cursor)
        ? cursor
        : throw new InvalidDataException($"'{text}' is no cursor of ours.");
}
