using System.Text.Json.Nodes;
using Billing.StripeStandIn.Objects;
using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Payments;

/// <summary>
/// Everything one Stripe account holds. Objects are kept as the JSON they are answered in; nothing of one
/// account is found through another.
/// </summary>
/// <param name="id">Such as <c>acct_…</c>.</param>
/// <param name="isPlatform">True for the API key's own account, false for a connected one.</param>
internal sealed class StripeAccount(string id, bool isPlatform)
{
    private readonly Dictionary<string, JsonObject> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<JsonObject>> _byKind = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CheckoutDetails> _checkouts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _payouts = new(StringComparer.Ordinal);

    public string Id => id;

    public bool IsPlatform => isPlatform;

    /// <summary>Its owner took the platform's access away. What goes on in it, goes on.</summary>
    public bool IsRevoked { get; set; }

    public void Add(JsonObject item)
    {
        _byId.Add(item.Id(), item);
        var kind = item.Text("object");
        if (!_byKind.TryGetValue(kind, out var all)) _byKind[kind] = all = [];
        all.Add(item);
    }

    public void AddCheckout(JsonObject session, CheckoutDetails details)
    {
        _checkouts.Add(session.Id(), details);
        Add(session);
    }

    public JsonObject? Find(string itemId) => _byId.GetValueOrDefault(itemId);

    /// <summary>The object of this kind, as Stripe names kinds in <c>object</c>.</summary>
    public JsonObject? Find(string kind, string itemId) =>
        Find(itemId) is { } item && item.Text("object") == kind ? item : null;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<JsonObject> All(string kind) => _byKind.GetValueOrDefault(kind) ?? [];

    /// <summary>Notes which payout a balance transaction is part of.</summary>
    public void PayOut(string transactionId, string payoutId) => _payouts[transactionId] = payoutId;

    public bool IsPaidOut(string transactionId) => _payouts.ContainsKey(transactionId);

    public bool IsPaidOutBy(string transactionId, string payoutId) => _payouts.GetValueOrDefault(transactionId) == payoutId;

    public CheckoutDetails Checkout(string sessionId) => _checkouts[sessionId];
}

/// <summary>What a session keeps that its object doesn't show.</summary>
/// <param name="LineItems">Shown only by <c>line_items</c>.</param>
/// <param name="IntentData"><c>payment_intent_data</c>, used when the payer submits.</param>
internal sealed record CheckoutDetails(IReadOnlyList<JsonObject> LineItems, FormNode? IntentData);
