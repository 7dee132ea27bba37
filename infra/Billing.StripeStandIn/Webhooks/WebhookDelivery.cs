using System.Text.Json.Nodes;
using Billing.StripeStandIn.Objects;
using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Webhooks;

/// <summary>How far a webhook has come.</summary>
public enum WebhookStatus
{
    /// <summary>In the queue, delayed, or between two tries.</summary>
    Waiting,

    /// <summary>Kept back by <see cref="WebhookControl.Hold"/>.</summary>
    Held,

    /// <summary>Answered with 2xx.</summary>
    Delivered,

    /// <summary>Lost on purpose.</summary>
    Dropped,

    /// <summary>Every try failed.</summary>
    GivenUp,
}

/// <summary>One event on its way to one endpoint.</summary>
/// <param name="EventId"><c>evt_…</c>.</param>
/// <param name="EventType">Such as <c>checkout.session.completed</c>.</param>
/// <param name="Url">The endpoint.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="Attempts">Requests made so far.</param>
/// <param name="LastAnswer">HTTP status of the last one, or what went wrong; null before the first.</param>
public sealed record WebhookDelivery(
    string EventId, string EventType, Uri Url, WebhookStatus Status, int Attempts, string? LastAnswer);

/// <summary>A webhook with its signature.</summary>
/// <param name="Signature">The <c>Stripe-Signature</c> header.</param>
/// <param name="Url">Where it is sent.</param>
public sealed record SignedWebhook(string Body, string Signature, Uri Url);

/// <summary>The same, while it changes.</summary>
internal sealed class Delivery(JsonObject happened, WebhookEndpoint endpoint)
{
    public string EventId { get; } = happened.Id();

    public string EventType { get; } = happened.Text("type");

    /// <summary>The bytes that are signed; each try sends the same.</summary>
    public string Body { get; } = Answer.Text(happened);

    public WebhookEndpoint Endpoint => endpoint;

    public WebhookStatus Status { get; set; } = WebhookStatus.Waiting;

    public int Attempts { get; set; }

    public string? LastAnswer { get; set; }

    public WebhookDelivery Snapshot() => new(EventId, EventType, endpoint.Url, Status, Attempts, LastAnswer);
}
