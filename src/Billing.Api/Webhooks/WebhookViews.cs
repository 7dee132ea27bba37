using Billing.Api.Http;
using NodaTime;

namespace Billing.Api.Webhooks;

/// <param name="Url">https, on a port that this server calls.</param>
/// <param name="Resources">Only changes of these are told, such as <c>invoice</c>; left out, of all.</param>
/// <param name="Events">Only these are told, such as <c>invoice-finalized</c>; left out, all.</param>
/// <param name="Description">For people.</param>
/// <param name="Since">Everything after this cursor is told; <c>now</c> unless given.</param>
/// <param name="Id">The caller's own choice; left out, a new one.</param>
public sealed record RegisterWebhookBody(
    [property: Text(2000)] string Url, [property: Text(60)] IReadOnlyList<string>? Resources = null,
    [property: Text(60)] IReadOnlyList<string>? Events = null, [property: Text(200)] string? Description = null,
    [property: Text(100)] string? Since = null, Guid? Id = null);

/// <summary>All of it anew: what is left out is no longer so.</summary>
/// <param name="Resources">As when it was registered.</param>
/// <param name="Events">As when it was registered.</param>
public sealed record ChangeWebhookBody(
    [property: Text(2000)] string Url, [property: Text(60)] IReadOnlyList<string>? Resources = null,
    [property: Text(60)] IReadOnlyList<string>? Events = null, [property: Text(200)] string? Description = null);

/// <param name="Since">Everything after this cursor is sent, once more where it was; left out, all of the history; <c>now</c> skips
/// what waits.</param>
public sealed record ReplayWebhookBody([property: Text(100)] string? Since = null);

/// <param name="MessageId">As a delivery has it.</param>
public sealed record RedeliverBody([property: Text(200)] string MessageId);

/// <param name="Status">active or paused.</param>
/// <param name="PausedBecause">owner: by <c>:pause</c>; failed: the last attempt failed too; gone: the receiver answered 410;
/// cursor-unknown: the books were restored to before its position. Null where it is active.</param>
/// <param name="Cursor">Everything up to here was taken, or is not told to it.</param>
/// <param name="FailedAttempts">How often the next message was tried in vain.</param>
/// <param name="NextAttemptAt">When it is tried again; null where nothing failed.</param>
/// <param name="OldSecretUntil">Until when messages are signed with the secret of before too; null where they are not.</param>
/// <param name="RegisteredBy">The member.</param>
public sealed record WebhookView(
    Guid Id, string Url, string? Description, IReadOnlyList<string> Resources, IReadOnlyList<string> Events, string Status,
    [property: OneOf(typeof(PauseReason), nameof(PauseReason.All))] string? PausedBecause, string Cursor, int FailedAttempts,
    Instant? NextAttemptAt, Instant? OldSecretUntil, Guid RegisteredBy, Instant RegisteredAt)
{
    internal static WebhookView Of(WebhookEndpoint endpoint, Instant now) => new(
        endpoint.Id, endpoint.Url, endpoint.Description, endpoint.Resources, endpoint.Events,
        endpoint.Paused is null ? "active" : "paused", endpoint.Paused, endpoint.Position.ToString(), endpoint.Attempts,
        endpoint is { Paused: null, Attempts: > 0 } ? endpoint.DueAt : null,
        endpoint.Secrets(now).Count > 1 ? endpoint.OldSecretUntil : null, Guid.Parse(endpoint.RegisteredBy), endpoint.RegisteredAt);
}

/// <param name="Secret">Shown this once. What it signs is said in docs/webhooks.md.</param>
/// <param name="OldSecretUntil">Until when messages are signed with the secret of before too; null where there was none.</param>
public sealed record WebhookSecretView(Guid Id, string Secret, Instant? OldSecretUntil);

public sealed record RemovedWebhook(Guid Id);

/// <summary>One attempt at one message.</summary>
/// <param name="Number">Counts up; larger is later.</param>
/// <param name="MessageId">The <c>webhook-id</c>, the same in every attempt.</param>
/// <param name="Type">Such as <c>invoice.changed</c>.</param>
/// <param name="Since">Send it to <c>:replay</c> to send this message and all after it once more.</param>
/// <param name="Attempt">Counts from 1.</param>
/// <param name="Status">Of HTTP; null where no answer came.</param>
/// <param name="Error">Null where it was taken.</param>
public sealed record DeliveryView(
    long Number, string MessageId, string Type, string Since, int Attempt, Instant At, int? Status, int DurationMilliseconds,
    bool IsTaken, string? Error)
{
    internal static DeliveryView Of(LoggedAttempt attempt) => new(
        attempt.Number, attempt.Message, attempt.Type, attempt.Since, attempt.Attempt, attempt.At, attempt.Reply.Status,
        attempt.Reply.DurationMilliseconds, attempt.Reply.IsTaken, attempt.Reply.Error);
}
