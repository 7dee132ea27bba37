using System.Text.Json.Nodes;

namespace Billing.StripeStandIn.Objects;

/// <summary>A <c>payment_method</c> that is kept for a customer. One that a checkout used once and kept for nobody has no object
/// here.</summary>
internal static class PaymentMethodShape
{
    public static JsonObject New(string id, string type, string customerId, string? email, long createdUnix) => new()
    {
        ["id"] = id,
        ["object"] = "payment_method",
        ["allow_redisplay"] = "limited",
        ["billing_details"] = new JsonObject
        {
            ["address"] = null,
            ["email"] = email,
            ["name"] = null,
            ["phone"] = null,
            ["tax_id"] = null,
        },
        [type] = PaymentMethods.Kept(type),
        ["created"] = createdUnix,
        ["customer"] = customerId,
        ["customer_account"] = null,
        ["livemode"] = false,
        ["metadata"] = new JsonObject(),
        ["type"] = type,
    };
}
