using Billing.Api.Changes;
using NodaTime;

namespace Billing.Api.Webhooks;

/// <summary>
/// Who sends to which endpoint, and how far they are. Of several nodes one has an endpoint, for as long as its claim lasts; what it
/// writes down without holding the claim any more counts for nothing.
/// </summary>
internal sealed class WebhookQueue(WebhookTables tables)
{
    private const string Mine = "WHERE id = @id AND claim = @claim AND paused IS NULL";

    /// <summary>Endpoints that may be sent to and are in nobody's hands, and their positions; who waits longest comes first.</summary>
    public IReadOnlyList<(Guid Id, string Position)> Due(Instant now) => tables.Database.Rows(
        "SELECT id, position FROM webhook WHERE paused IS NULL AND due_at <= @now AND claimed_until <= @now ORDER BY due_at",
        row => (Guid.Parse(row.GetString(0)), row.GetString(1)), ("@now", now.ToUnixTimeMilliseconds()));

    /// <summary>Takes an endpoint in hand; null where another one has it, or it may not be sent to any more.</summary>
    public WebhookEndpoint? Claim(Guid id, Guid claim, Instant now, Instant until) => tables.Endpoints(
        $"""
        UPDATE webhook SET claim = @claim, claimed_until = @until
        WHERE id = @id AND paused IS NULL AND due_at <= @now AND claimed_until <= @now RETURNING {WebhookTables.Columns}
        """,
        ("@id", $"{id:D}"), ("@claim", $"{claim:D}"), ("@now", now.ToUnixTimeMilliseconds()), ("@until", until.ToUnixTimeMilliseconds()))
            is [var claimed] ? claimed : null;

    /// <summary>Keeps it in hand until then. False where it is not any more: then nothing may be sent.</summary>
    public bool Hold(Guid id, Guid claim, Instant until) =>
        Set(id, claim, "claimed_until = @until", ("@until", until.ToUnixTimeMilliseconds()));

    /// <summary>Everything up to there is done.</summary>
    public bool MoveTo(Guid id, Guid claim, ChangeCursor position) =>
        Set(id, claim, "position = @position, attempts = 0", ("@position", position.ToString()));

    /// <summary>The next message was tried so often in vain, and is tried again then.</summary>
    public void PutOff(Guid id, Guid claim, int attempts, Instant due) => Set(
        id, claim, "attempts = @attempts, due_at = @due", ("@attempts", attempts), ("@due", due.ToUnixTimeMilliseconds()));

    public void Pause(Guid id, Guid claim, int attempts, string reason) => Set(
        id, claim, "attempts = @attempts, paused = @reason", ("@attempts", attempts), ("@reason", reason));

    public void Release(Guid id, Guid claim) => tables.Database.Execute(
        "UPDATE webhook SET claim = '', claimed_until = 0 WHERE id = @id AND claim = @claim", ("@id", $"{id:D}"), ("@claim", $"{claim:D}"));

    private bool Set(Guid id, Guid claim, string what, params (string, object?)[] parameters) => tables.Database.Execute(
        $"UPDATE webhook SET {what} {Mine}", [.. parameters, ("@id", $"{id:D}"), ("@claim", $"{claim:D}")]) > 0;
}
