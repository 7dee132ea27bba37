using System.Text.Json.Nodes;

namespace Billing.StripeStandIn.Objects;

/// <summary>A <c>charge</c>: one try to take a payment intent's money.</summary>
internal static class ChargeShape
{
    public static JsonObject New(
        JsonObject intent, JsonObject? session, string methodType, string status, long createdUnix)
    {
        var card = methodType == PaymentMethods.Card;
        var buyer = session?["customer_details"] as JsonObject;
        var charge = new JsonObject
        {
            ["id"] = card ? StripeId.CardCharge() : StripeId.Payment(),
            ["object"] = "charge",
            ["amount"] = intent.Whole("amount"),
            ["amount_captured"] = status == "failed" ? 0L : intent.Whole("amount"),
            ["amount_refunded"] = 0L,
            ["billing_details"] = BillingDetails(buyer),
            ["calculated_statement_descriptor"] = card ? "STAND-IN" : null,
            ["captured"] = status != "failed",
            ["created"] = createdUnix,
            ["currency"] = intent.Text("currency"),
            ["customer"] = intent.TextOrNull("customer"),
            ["description"] = intent.TextOrNull("description"),
            ["disputed"] = false,
            ["fraud_details"] = new JsonObject(),
            ["livemode"] = false,
            ["metadata"] = intent["metadata"]!.DeepClone(),
            ["outcome"] = Outcome(status),
            ["paid"] = status == "succeeded",
            ["payment_intent"] = intent.Id(),
            ["payment_method"] = intent.TextOrNull("payment_method"),
            ["payment_method_details"] = PaymentMethods.Details(methodType, intent.Whole("amount")),
            ["receipt_email"] = intent.TextOrNull("receipt_email"),
            ["refunded"] = false,
            ["status"] = status,
        };
        foreach (var name in Unused) charge[name] = null;
        return charge;
    }

    /// <summary>What Stripe's risk checks and the bank said.</summary>
    public static JsonObject Outcome(string status)
    {
        var declined = status == "failed";
        return new JsonObject
        {
            ["advice_code"] = declined ? "try_again_later" : null,
            ["network_advice_code"] = null,
            ["network_decline_code"] = declined ? "05" : null,
            ["network_status"] = declined ? "declined_by_network" : "approved_by_network",
            ["reason"] = declined ? "generic_decline" : null,
            ["risk_level"] = "normal",
            ["seller_message"] = declined
                ? "The bank did not return any further details with this decline."
                : "Payment complete.",
            ["type"] = declined ? "issuer_declined" : "authorized",
        };
    }

    private static JsonObject BillingDetails(JsonObject? buyer) => new()
    {
        ["address"] = null,
        ["email"] = buyer?.TextOrNull("email"),
        ["name"] = buyer?.TextOrNull("name"),
        ["phone"] = null,
        ["tax_id"] = null,
    };

    private static readonly string[] Unused =
    [
        "application", "application_fee", "application_fee_amount", "balance_transaction",
        "failure_balance_transaction", "failure_code", "failure_message", "on_behalf_of", "receipt_number",
        "receipt_url", "review", "shipping", "source", "source_transfer", "statement_descriptor",
        "statement_descriptor_suffix", "transfer_data", "transfer_group",
    ];
}
