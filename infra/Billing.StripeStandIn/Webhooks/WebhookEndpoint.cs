namespace Billing.StripeStandIn.Webhooks;

/// <summary>
/// Where events are sent. As at Stripe, an endpoint gets either the platform's own events or, for Connect, those
/// of the connected accounts.
/// </summary>
internal sealed class WebhookEndpoint(Uri url, IReadOnlyList<string> secrets, bool connect)
{
    public Uri Url => url;

    public bool Connect => connect;

    /// <summary>All that are valid now; while one is rolled, there are two.</summary>
    public IReadOnlyList<string> Secrets { get; set; } = secrets;
}
