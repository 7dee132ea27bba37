using System.Text.Json.Nodes;
using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Objects;

/// <summary>A <c>customer</c>: who pays, as far as Stripe is told.</summary>
internal static class CustomerShape
{
    public static JsonObject New(FormNode form, long createdUnix) => new()
    {
        ["id"] = StripeId.Customer(),
        ["object"] = "customer",
        ["address"] = Address(form["address"]),
        ["balance"] = 0L,
        ["created"] = createdUnix,
        ["currency"] = null,
        ["customer_account"] = null,
        ["default_source"] = null,
        ["delinquent"] = false,
        ["description"] = form.Text("description"),
        ["discount"] = null,
        ["email"] = form.Text("email"),
        ["invoice_prefix"] = StripeId.Fingerprint()[..8].ToUpperInvariant(),
        ["invoice_settings"] = new JsonObject
        {
            ["custom_fields"] = null,
            ["default_payment_method"] = null,
            ["footer"] = null,
            ["rendering_options"] = null,
        },
        ["livemode"] = false,
        ["metadata"] = MetadataShape.New(form["metadata"]),
        ["name"] = form.Text("name"),
        ["next_invoice_sequence"] = 1L,
        ["phone"] = form.Text("phone"),
        ["preferred_locales"] = new JsonArray(),
        ["shipping"] = null,
        ["tax_exempt"] = form.Text("tax_exempt") ?? "none",
        ["test_clock"] = null,
    };

    /// <summary>All that is left of a customer that was deleted.</summary>
    public static JsonObject Deleted(string id) => new() { ["id"] = id, ["object"] = "customer", ["deleted"] = true };

    public static bool IsDeleted(JsonObject customer) => customer["deleted"] is not null;

    private static JsonObject? Address(FormNode? form)
    {
        if (form is null || !form.HasChildren) return null;
        var address = new JsonObject();
        foreach (var part in (string[])["city", "country", "line1", "line2", "postal_code", "state"])
            address[part] = form.Text(part);
        return address;
    }
}
