using Billing.Api.Changes;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.Api.Webhooks;

/// <summary>
/// What owners do with their endpoints. Whatever they change takes the endpoint out of the hands of who is sending to it, so that the
/// next message goes by what holds now.
/// </summary>
internal sealed class WebhookRegister(WebhookTables tables)
{
    private const string Free = "claim = '', claimed_until = 0";

    /// <summary>False where the id is taken, by whomever.</summary>
    public bool Add(WebhookEndpoint endpoint) => tables.Database.Execute(
        $"""
        INSERT INTO webhook ({WebhookTables.Columns})
        VALUES (@id, @book, @url, @description, @resources, @events, NULL, @secret, NULL, 0, @position, 0, @due, @by, @at)
        ON CONFLICT (id) DO NOTHING
        """,
        ("@id", $"{endpoint.Id:D}"), ("@book", endpoint.Book.ToString()), ("@url", endpoint.Url), ("@description", endpoint.Description),
        ("@resources", WebhookTables.Names(endpoint.Resources)), ("@events", WebhookTables.Names(endpoint.Events)),
        ("@secret", endpoint.Secret), ("@position", endpoint.Position.ToString()), ("@due", endpoint.DueAt.ToUnixTimeMilliseconds()),
        ("@by", endpoint.RegisteredBy), ("@at", endpoint.RegisteredAt.ToUnixTimeMilliseconds())) > 0;

    public IReadOnlyList<WebhookEndpoint> Of(BookId book) => tables.Endpoints(
        $"SELECT {WebhookTables.Columns} FROM webhook WHERE book = @book ORDER BY registered_at, id", ("@book", book.ToString()));

    public WebhookEndpoint? Find(BookId book, Guid id) => tables.Endpoints(
        $"SELECT {WebhookTables.Columns} FROM webhook WHERE id = @id AND book = @book", ("@id", $"{id:D}"), ("@book", book.ToString()))
            is [var found] ? found : null;

    public void Describe(
        WebhookEndpoint endpoint, string url, string? description, IReadOnlyList<string> resources, IReadOnlyList<string> events) => Set(
            endpoint, "url = @url, description = @description, resources = @resources, events = @events",
            ("@url", url), ("@description", description), ("@resources", WebhookTables.Names(resources)),
            ("@events", WebhookTables.Names(events)));

    public void Pause(WebhookEndpoint endpoint) => Set(endpoint, "paused = @reason", ("@reason", PauseReason.Owner));

    /// <summary>Goes on where it stopped, as if nothing had been tried in vain.</summary>
    public void Resume(WebhookEndpoint endpoint, Instant now) => Set(
        endpoint, "paused = NULL, attempts = 0, due_at = @now", ("@now", now.ToUnixTimeMilliseconds()));

    /// <summary>Sends everything after the position, once more where it was sent.</summary>
    public void GoBack(WebhookEndpoint endpoint, ChangeCursor position, Instant now) => Set(
        endpoint, "position = @position, attempts = 0, due_at = @now",
        ("@position", position.ToString()), ("@now", now.ToUnixTimeMilliseconds()));

    /// <summary>The secret of before stays good until then; one that is older still does not.</summary>
    public void Rotate(WebhookEndpoint endpoint, string secret, Instant until) => Set(
        endpoint, "old_secret = secret, old_until = @until, secret = @secret",
        ("@until", until.ToUnixTimeMilliseconds()), ("@secret", secret));

    /// <summary>With its secrets and its log.</summary>
    public void Remove(WebhookEndpoint endpoint)
    {
        tables.Database.Execute("DELETE FROM webhook WHERE id = @id", ("@id", $"{endpoint.Id:D}"));
        tables.Database.Execute("DELETE FROM webhook_attempt WHERE webhook = @id", ("@id", $"{endpoint.Id:D}"));
    }

    private void Set(WebhookEndpoint endpoint, string what, params (string, object?)[] parameters) => tables.Database.Execute(
        $"UPDATE webhook SET {what}, {Free} WHERE id = @id", [.. parameters, ("@id", $"{endpoint.Id:D}")]);
}
