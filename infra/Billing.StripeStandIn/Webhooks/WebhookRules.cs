namespace Billing.StripeStandIn.Webhooks;

/// <summary>
/// Mischief in store for the next webhooks: each rule is used up by the deliveries it matches, oldest rule first.
/// The caller holds the lock.
/// </summary>
internal sealed class WebhookRules
{
    private readonly List<Rule> _rules = [];

    public void Add(string? eventType, int times, WebhookFate fate) =>
        _rules.Add(new(eventType, fate) { Left = times });

    /// <summary>What happens to the next webhook of this type.</summary>
    public WebhookFate Next(string eventType)
    {
        var rule = _rules.FirstOrDefault(rule => rule.EventType is null || rule.EventType == eventType);
        if (rule is null) return WebhookFate.Normal;
        if (--rule.Left == 0) _rules.Remove(rule);
        return rule.Fate;
    }

    private sealed record Rule(string? EventType, WebhookFate Fate)
    {
        public int Left { get; set; }
    }
}

/// <summary>What becomes of one webhook.</summary>
/// <param name="Copies">How often it is sent; 0 loses it.</param>
/// <param name="Delay">How long it is late.</param>
internal sealed record WebhookFate(int Copies, TimeSpan Delay)
{
    public static readonly WebhookFate Normal = new(1, TimeSpan.Zero);
}
