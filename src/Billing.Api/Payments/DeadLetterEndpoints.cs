using Billing.Api.Hosting;
using Billing.Api.Http;
using NodaTime;

namespace Billing.Api.Payments;

/// <summary>Stripe's notices that could not be worked off. The inbox is the server's and no practice's, so the operator looks.</summary>
public static class DeadLetterEndpoints
{
    private const int MostShown = 1_000;

    private static readonly PublicEndpoint OperatorOnly =
        PublicEndpoint.Because("it takes the operator's own token, which is no practice's");

    /// <summary>The account of the event, where it happened in a connected one.</summary>
    private static readonly QueryParameters ReplayParameters = new("stripeAccount");

    public static void MapDeadLetters(this IEndpointRouteBuilder v1)
    {
        v1.MapGet("/stripe/dead-letters", (Delegate)List).WithMetadata(OperatorOnly).Produces<ListView<DeadLetter>>();
        v1.MapPost("/stripe/dead-letters/{eventId}:replay", (Delegate)Replay)
            .WithMetadata(OperatorOnly, ReplayParameters).Produces<ReplayedNotice>();
    }

    private static IResult List(HttpContext http, BillingOptions options, StripeInbox inbox) =>
        OperatorAccess.Refuse(http, options) is { } refusal
            ? refusal.AsResult()
            : Results.Json(new ListView<DeadLetter>(inbox.DeadLetters(MostShown), null), ApiJson.Options);

    private static IResult Replay(HttpContext http, string eventId, BillingOptions options, StripeInbox inbox, IClock clock)
    {
        if (OperatorAccess.Refuse(http, options) is { } refusal) return refusal.AsResult();
        var account = http.Request.Query["stripeAccount"].ToString() is { Length: > 0 } named ? named : null;
        return inbox.Replay(eventId, account, clock.GetCurrentInstant())
            ? Results.Json(new ReplayedNotice(eventId), ApiJson.Options)
            : Problem.NotFound("dead letter").AsResult();
    }
}

/// <summary>It is worked off again within a second.</summary>
public sealed record ReplayedNotice(string EventId);
