using System.Globalization;
using System.Text.Json.Nodes;
using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Objects;

/// <summary>One <c>item</c> of a session, with the price and product that <c>price_data</c> makes in passing.</summary>
internal static class LineItemShape
{
    public static JsonObject New(FormNode form, long unitAmountMinor, long quantity, long createdUnix)
    {
        var currency = form.Text("price_data", "currency")!;
        var amount = unitAmountMinor * quantity;
        return new JsonObject
        {
            ["id"] = StripeId.LineItem(),
            ["object"] = "item",
            ["adjustable_quantity"] = null,
            ["amount_discount"] = 0L,
            ["amount_subtotal"] = amount,
            ["amount_tax"] = 0L,
            ["amount_total"] = amount,
            ["currency"] = currency,
            ["description"] = form.Text("price_data", "product_data", "name"),
            ["metadata"] = MetadataShape.New(form["metadata"]),
            ["price"] = Price(form, currency, unitAmountMinor, createdUnix),
            ["quantity"] = quantity,
        };
    }

    private static JsonObject Price(FormNode form, string currency, long unitAmountMinor, long createdUnix) => new()
    {
        ["id"] = StripeId.Price(),
        ["object"] = "price",
        ["active"] = false,
        ["billing_scheme"] = "per_unit",
        ["created"] = createdUnix,
        ["currency"] = currency,
        ["custom_unit_amount"] = null,
        ["livemode"] = false,
        ["lookup_key"] = null,
        ["metadata"] = new JsonObject(),
        ["nickname"] = null,
        ["product"] = StripeId.Product(),
        ["recurring"] = null,
        ["tax_behavior"] = form.Text("price_data", "tax_behavior") ?? "unspecified",
        ["tiers_mode"] = null,
        ["transform_quantity"] = null,
        ["type"] = "one_time",
        ["unit_amount"] = unitAmountMinor,
        ["unit_amount_decimal"] = unitAmountMinor.ToString(CultureInfo.InvariantCulture),
    };
}
