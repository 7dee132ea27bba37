using Billing.Api.Changes;
using NodaTime;

namespace Billing.Api.Webhooks;

/// <summary>One attempt at one message.</summary>
/// <param name="Since">The cursor right before the change: it is read again from here.</param>
/// <param name="Attempt">Counts from 1.</param>
internal sealed record LoggedAttempt(
    long Number, string Message, string Since, string Type, int Attempt, Instant At, WebhookReply Reply);

/// <summary>What was tried, for thirty days. The messages themselves are not kept: they are read from the books again.</summary>
internal sealed class WebhookLog(WebhookTables tables)
{
    private const string Columns = "number, message, since, type, attempt, at, status, duration, error";
    private static readonly Duration Kept = Duration.FromDays(30);

    public void Note(Guid endpoint, ChangeCursor since, WebhookMessage message, int attempt, Instant at, WebhookReply reply)
    {
        tables.Database.Execute(
            """
            INSERT INTO webhook_attempt (webhook, message, since, type, attempt, at, status, duration, error)
            SELECT id, @message, @since, @type, @attempt, @at, @status, @duration, @error FROM webhook WHERE id = @id
            """,
            ("@id", $"{endpoint:D}"), ("@message", message.Id()), ("@since", since.ToString()), ("@type", message.Type),
            ("@attempt", (long)attempt), ("@at", at.ToUnixTimeMilliseconds()), ("@status", (long)(reply.Status ?? 0)),
            ("@duration", (long)reply.DurationMilliseconds), ("@error", reply.Error));
        tables.Database.Execute(
            "DELETE FROM webhook_attempt WHERE webhook = @id AND at < @before",
            ("@id", $"{endpoint:D}"), ("@before", (at - Kept).ToUnixTimeMilliseconds()));
    }

    /// <summary>The latest first.</summary>
    public IReadOnlyList<LoggedAttempt> Of(Guid endpoint, int limit) => Read(
        "WHERE webhook = @id ORDER BY number DESC LIMIT @limit", ("@id", $"{endpoint:D}"), ("@limit", (long)limit));

    /// <summary>The latest attempt at a message; null where there was none in thirty days.</summary>
    public LoggedAttempt? Latest(Guid endpoint, string message) => Read(
        "WHERE webhook = @id AND message = @message ORDER BY number DESC LIMIT 1", ("@id", $"{endpoint:D}"), ("@message", message))
            is [var found] ? found : null;

    private IReadOnlyList<LoggedAttempt> Read(string which, params (string, object?)[] parameters) => tables.Database.Rows(
        $"SELECT {Columns} FROM webhook_attempt {which}",
        row => new LoggedAttempt(
            row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), (int)row.GetInt64(4), WebhookTables.Time(row, 5),
            new WebhookReply(
                row.GetInt64(6) is > 0 and var status ? (int)status : null, (int)row.GetInt64(7), WebhookTables.Text(row, 8))),
        parameters);
}
