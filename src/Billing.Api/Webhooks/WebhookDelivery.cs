using Billing.Api.Access;
using Billing.Api.Changes;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.Api.Webhooks;

/// <summary>Makes attempts, writes them down, and reads what is to be told as its owner may see it.</summary>
internal sealed class WebhookDelivery(ChangeReader reader, WebhookSender sender, WebhookLog log, IClock clock)
{
    /// <summary>Null where the cursor is of another history than the book's.</summary>
    public ValueTask<ChangePage?> Read(BookId book, ChangeCursor since, int limit, CancellationToken cancellationToken) =>
        reader.Read(new Caller(book, Guid.Empty, Role.Owner, Guid.Empty, "Etc/UTC"), since, limit, cancellationToken);

    /// <exception cref="OperationCanceledException">The server stops, or the caller has gone. It is sent again.</exception>
    public async Task<WebhookReply> Attempt(
        WebhookEndpoint endpoint, ChangeCursor since, Change change, int attempt, CancellationToken cancellationToken)
    {
        var (message, at) = (WebhookMessage.Of(change), clock.GetCurrentInstant());
        var reply = await sender.Send(endpoint.Url, endpoint.Secrets(at), message, cancellationToken);
        log.Note(endpoint.Id, since, message, attempt, at, reply);
        return reply;
    }

    /// <summary>Sends a message of the log once more, whatever else waits; null where its change is in the book no more.</summary>
    public async Task<LoggedAttempt?> Again(WebhookEndpoint endpoint, LoggedAttempt former, CancellationToken cancellationToken)
    {
        var since = WebhookTables.Cursor(former.Since);
        if (await Read(endpoint.Book, since, 1, cancellationToken) is not { Items: [var change] }) return null;
        await Attempt(endpoint, since, change, former.Attempt + 1, cancellationToken);
        return log.Latest(endpoint.Id, former.Message);
    }
}
