using System.Text.Json.Nodes;
using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Objects;

/// <summary>
/// The <c>payment_intent</c> that a session makes when the payer first submits; until then the session has none.
/// </summary>
internal static class PaymentIntentShape
{
    public static JsonObject New(JsonObject session, FormNode? intentData, string? receiptEmail, long createdUnix) => New(
        intentData, session.Whole("amount_total"), session.Text("currency"), session.TextOrNull("customer"),
        session["payment_method_types"]!.DeepClone(), receiptEmail, createdUnix);

    /// <summary>One that is made and confirmed by the merchant, without a checkout.</summary>
    public static JsonObject OffSession(FormNode form, long createdUnix)
    {
        var currency = form.Text("currency")!;
        var intent = New(
            form, long.Parse(form.Text("amount")!, System.Globalization.CultureInfo.InvariantCulture), currency, form.Text("customer"),
            JsonReading.Strings([.. PaymentMethods.Ours(currency)]), receiptEmail: null, createdUnix);
        intent["automatic_payment_methods"] = new JsonObject
        {
            ["allow_redirects"] = form.Text("automatic_payment_methods", "allow_redirects") ?? "always",
            ["enabled"] = true,
        };
        return intent;
    }

    private static JsonObject New(
        FormNode? intentData, long amountMinor, string currency, string? customerId, JsonNode types, string? receiptEmail,
        long createdUnix)
    {
        var id = StripeId.PaymentIntent();
        var intent = new JsonObject
        {
            ["id"] = id,
            ["object"] = "payment_intent",
            ["allowed_payment_method_types"] = null,
            ["amount"] = amountMinor,
            ["amount_capturable"] = 0L,
            ["amount_details"] = new JsonObject { ["tip"] = new JsonObject() },
            ["amount_received"] = 0L,
            ["automatic_payment_methods"] = null,
            ["capture_method"] = "automatic_async",
            ["client_secret"] = StripeId.ClientSecret(id),
            ["confirmation_method"] = "automatic",
            ["created"] = createdUnix,
            ["currency"] = currency,
            ["customer"] = customerId,
            ["description"] = intentData?.Text("description"),
            ["last_payment_error"] = null,
            ["latest_charge"] = null,
            ["livemode"] = false,
            ["metadata"] = MetadataShape.New(intentData?["metadata"]),
            ["payment_method"] = null,
            ["payment_method_options"] = new JsonObject(),
            ["payment_method_types"] = types,
            ["receipt_email"] = intentData?.Text("receipt_email") ?? receiptEmail,
            ["setup_future_usage"] = intentData?.Text("setup_future_usage"),
            ["statement_descriptor"] = intentData?.Text("statement_descriptor"),
            ["statement_descriptor_suffix"] = intentData?.Text("statement_descriptor_suffix"),
            ["status"] = "requires_payment_method",
        };
        foreach (var name in Unused) intent[name] = null;
        return intent;
    }

    private static readonly string[] Unused =
    [
        "application", "application_fee_amount", "canceled_at", "cancellation_reason", "customer_account",
        "excluded_payment_method_types", "managed_payments", "next_action", "on_behalf_of",
        "payment_method_configuration_details", "payment_record", "processing", "review", "shipping", "source",
        "transfer_data", "transfer_group",
    ];
}
