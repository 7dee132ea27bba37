using System.Text.Json.Nodes;

namespace Billing.StripeStandIn.Objects;

/// <summary>An <c>event</c>: what happened, with the object as it was at that moment.</summary>
internal static class EventShape
{
    /// <param name="type">Such as <c>charge.succeeded</c>.</param>
    /// <param name="subject">Copied, so that later changes don't reach it.</param>
    /// <param name="previous">What changed from, for <c>*.updated</c>.</param>
    /// <param name="cause">The request behind it; its id is null where the payer or time was the cause.</param>
    /// <param name="apiVersion">Named in the event; the receiver checks it.</param>
    /// <param name="createdUnix">When.</param>
    public static JsonObject New(
        string type, JsonObject subject, JsonObject? previous, EventCause cause, string apiVersion, long createdUnix)
    {
        var data = new JsonObject { ["object"] = subject.Copy() };
        if (previous is not null) data["previous_attributes"] = previous;
        return new JsonObject
        {
            ["id"] = StripeId.Event(),
            ["object"] = "event",
            ["api_version"] = apiVersion,
            ["created"] = createdUnix,
            ["data"] = data,
            ["livemode"] = false,
            ["pending_webhooks"] = 0L,
            ["request"] = new JsonObject
            {
                ["id"] = cause.RequestId,
                ["idempotency_key"] = cause.IdempotencyKey,
            },
            ["type"] = type,
        };
    }
}

/// <summary>The API request that led to an event; both are null where no request did.</summary>
internal sealed record EventCause(string? RequestId, string? IdempotencyKey)
{
    public static readonly EventCause None = new(null, null);
}
