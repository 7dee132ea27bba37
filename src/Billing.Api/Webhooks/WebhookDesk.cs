using Billing.Api.Changes;
using Billing.Api.Http;
using Billing.Domain;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.Api.Webhooks;

/// <summary>What owners ask of their endpoints.</summary>
internal sealed class WebhookDesk(
    WebhookRegister register, WebhookLog log, WebhookDelivery delivery, ChangeReader changes, WebhookOptions options)
{
    private const int MostOfAPractice = 20;
    private static readonly Duration BothSecretsFor = Duration.FromHours(24);

    public static Problem Unknown => Problem.NotFound("webhook");

    public WebhookEndpoint? Find(BookId book, Guid id) => register.Find(book, id);

    public async ValueTask<QueryAnswer<WebhookSecretView>> Register(CommandCall<RegisterWebhookBody> call)
    {
        var body = call.Body;
        if (Fault(body.Url, body.Resources, body.Events) is { } fault) return Problem.Of(fault);
        if (register.Of(call.Caller.Book).Count >= MostOfAPractice)
            return Problem.Of(409, "webhooks-too-many", "The practice has twenty webhooks already. Remove one that is not needed.");
        var (position, problem) = await Position(call, body.Since ?? ChangeReader.FromNow);
        if (position is null) return problem!;
        var endpoint = new WebhookEndpoint(
            call.IdOrNew(body.Id), call.Caller.Book, body.Url, body.Description, body.Resources ?? [], body.Events ?? [], Paused: null,
            WebhookSignature.NewSecret(), OldSecret: null, call.Now, position, Attempts: 0, call.Now, $"{call.Caller.MemberId:D}",
            call.Now);
        if (!register.Add(endpoint))
            return Problem.Of(409, "id-taken", "Another resource has the chosen id. Choose a new one, or none.");
        call.Http.Response.StatusCode = StatusCodes.Status201Created;
        call.Http.Response.Headers.Location = $"/v1/webhooks/{endpoint.Id:D}";
        return new WebhookSecretView(endpoint.Id, endpoint.Secret, OldSecretUntil: null);
    }

    public QueryAnswer<WebhookView> Change(CommandCall<ChangeWebhookBody> call, WebhookEndpoint found)
    {
        var body = call.Body;
        if (Fault(body.Url, body.Resources, body.Events) is { } fault) return Problem.Of(fault);
        register.Describe(found, body.Url, body.Description, body.Resources ?? [], body.Events ?? []);
        return Shown(found, call.Now);
    }

    public QueryAnswer<WebhookView> Pause(CommandCall<NoBody> call, WebhookEndpoint found)
    {
        register.Pause(found);
        return Shown(found, call.Now);
    }

    public QueryAnswer<WebhookView> Resume(CommandCall<NoBody> call, WebhookEndpoint found)
    {
        register.Resume(found, call.Now);
        return Shown(found, call.Now);
    }

    public QueryAnswer<RemovedWebhook> Remove(WebhookEndpoint found)
    {
        register.Remove(found);
        return new RemovedWebhook(found.Id);
    }

    public QueryAnswer<WebhookSecretView> Rotate(CommandCall<NoBody> call, WebhookEndpoint found)
    {
        var (secret, until) = (WebhookSignature.NewSecret(), call.Now + BothSecretsFor);
        register.Rotate(found, secret, until);
        return new WebhookSecretView(found.Id, secret, until);
    }

    public async ValueTask<QueryAnswer<WebhookView>> Replay(CommandCall<ReplayWebhookBody> call, WebhookEndpoint found)
    {
        var (position, problem) = await Position(call, call.Body.Since);
        if (position is null) return problem!;
        register.GoBack(found, position, call.Now);
        return Shown(found, call.Now);
    }

    public async ValueTask<QueryAnswer<DeliveryView>> Redeliver(CommandCall<RedeliverBody> call, WebhookEndpoint found)
    {
        if (log.Latest(found.Id, call.Body.MessageId) is not { } former) return Problem.NotFound("delivery");
        return await delivery.Again(found, former, call.Http.RequestAborted) is { } attempt
            ? DeliveryView.Of(attempt)
            : ChangeEndpoints.UnknownCursor;
    }

    private QueryAnswer<WebhookView> Shown(WebhookEndpoint endpoint, Instant now) =>
        register.Find(endpoint.Book, endpoint.Id) is { } found ? WebhookView.Of(found, now) : Unknown;

    private Rejection? Fault(string url, IReadOnlyList<string>? resources, IReadOnlyList<string>? events) =>
        WebhookAddress.Fault(url, options) ?? WebhookFilters.Fault(resources, events);

    /// <summary>The cursor that was sent, if it is of this book; or what is wrong with it.</summary>
    private async ValueTask<(ChangeCursor? Position, Problem? Problem)> Position<TBody>(CommandCall<TBody> call, string? since)
    {
        var (book, aborted) = (call.Caller.Book, call.Http.RequestAborted);
        if (await changes.Named(book, since, aborted) is not { } cursor)
        {
            var fault = new FieldProblem("/since", "malformed", "since is a cursor as changes and deliveries have it, or now.");
            return (null, Problem.BadRequest([fault]));
        }
        return await delivery.Read(book, cursor, 1, aborted) is null ? (null, ChangeEndpoints.UnknownCursor) : (cursor, null);
    }
}
