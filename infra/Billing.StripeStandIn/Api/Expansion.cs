using System.Text.Json.Nodes;
using Billing.StripeStandIn.Objects;
using Billing.StripeStandIn.Payments;
using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Api;

/// <summary>
/// Puts whole objects where ids stand, along the paths of <c>expand[]</c>, and adds the lists that Stripe leaves
/// out unless they are asked for.
/// </summary>
internal static class Expansion
{
    private const int MaxDepth = 4;

    /// <summary>Kind and property to the kind found there; empty where the stand-in never has one.</summary>
    private static readonly Dictionary<(string Kind, string Property), string> Expandable = new()
    {
        [("checkout.session", "customer")] = "customer",
        [("checkout.session", "payment_intent")] = "payment_intent",
        [("checkout.session", "line_items")] = "",
        [("checkout.session", "invoice")] = "",
        [("checkout.session", "payment_link")] = "",
        [("checkout.session", "setup_intent")] = "",
        [("checkout.session", "subscription")] = "",
        [("payment_intent", "customer")] = "customer",
        [("payment_intent", "latest_charge")] = "charge",
        [("payment_intent", "review")] = "",
        [("payment_intent", "payment_method")] = "payment_method",
        [("payment_method", "customer")] = "customer",
        [("charge", "customer")] = "customer",
        [("charge", "payment_intent")] = "payment_intent",
        [("charge", "balance_transaction")] = "balance_transaction",
        [("charge", "failure_balance_transaction")] = "balance_transaction",
        [("charge", "refunds")] = "",
        [("charge", "review")] = "",
        [("refund", "charge")] = "charge",
        [("refund", "payment_intent")] = "payment_intent",
        [("refund", "balance_transaction")] = "balance_transaction",
        [("refund", "failure_balance_transaction")] = "balance_transaction",
        // Whatever it came of; what is beyond it can't be expanded.
        [("balance_transaction", "source")] = "",
        [("dispute", "charge")] = "charge",
        [("dispute", "payment_intent")] = "payment_intent",
        [("payout", "balance_transaction")] = "balance_transaction",
        [("payout", "failure_balance_transaction")] = "balance_transaction",
    };

    /// <summary>Refuses a path that leads nowhere, before anything is done.</summary>
    /// <param name="kind">Of the object answered, or of the elements of the list answered.</param>
    /// <param name="isList">Paths into a list begin with <c>data</c>.</param>
    /// <param name="form">Has <c>expand[]</c>.</param>
    public static StripeError? Check(string kind, bool isList, FormNode form)
    {
        foreach (var path in form.Values("expand"))
        {
            var names = path.Split('.');
            if (isList && names[0] != "data") return NotExpandable(names[0]);
            var inner = isList ? names[1..] : names;
            if (inner.Length > MaxDepth)
                return StripeError.BadParameter("You cannot expand more than 4 levels of a property.", null, "expand");
            var at = kind;
            foreach (var name in inner)
            {
                if (!Expandable.TryGetValue((at, name), out at!)) return NotExpandable(name);
            }
        }
        return null;
    }

    /// <summary>A copy of the object, or of a list of objects, with the checked paths expanded.</summary>
    public static Answer Expand(StripeAccount account, JsonObject item, FormNode form)
    {
        var copy = item.Copy();
        foreach (var path in form.Values("expand")) ExpandPath(account, copy, path.Split('.'));
        return Answer.Ok(copy);
    }

    private static void ExpandPath(StripeAccount account, JsonObject item, ReadOnlySpan<string> names)
    {
        if (names.IsEmpty) return;
        var name = names[0];
        if (item[name] is null) Include(account, item, name);
        if (item[name] is JsonValue id && account.Find(id.GetValue<string>()) is { } found) item[name] = found.Copy();
        if (item[name] is JsonObject inner) ExpandPath(account, inner, names[1..]);
        foreach (var element in item[name] as JsonArray ?? [])
            ExpandPath(account, element!.AsObject(), names[1..]);
    }

    private static void Include(StripeAccount account, JsonObject item, string name)
    {
        var kind = item.Text("object");
        if ((kind, name) is ("checkout.session", "line_items"))
            item[name] = JsonReading.List(
                account.Checkout(item.Id()).LineItems, hasMore: false,
                $"/v1/checkout/sessions/{item.Id()}/line_items");
        if ((kind, name) is ("charge", "refunds"))
            item[name] = JsonReading.List(
                account.All("refund").Where(refund => refund.Text("charge") == item.Id()).Reverse(),
                hasMore: false, $"/v1/charges/{item.Id()}/refunds");
    }

    private static StripeError NotExpandable(string name) =>
        StripeError.BadParameter($"This property cannot be expanded ({name}).", null, "expand");
}
