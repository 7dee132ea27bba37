using System.Text.Json.Nodes;
using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Objects;

/// <summary>
/// The <c>checkout.session</c> object in payment mode on Stripe's hosted page, with every field that API version
/// 2026-10-28.endive declares.
/// </summary>
internal static class CheckoutSessionShape
{
    public static JsonObject New(
        FormNode form, string payAddress, IReadOnlyList<JsonObject> lineItems, long createdUnix, long expiresUnix)
    {
        var id = StripeId.CheckoutSession();
        var currency = lineItems[0].Text("currency");
        var amount = lineItems.Sum(item => item.Whole("amount_total"));
        var session = new JsonObject { ["id"] = id, ["object"] = "checkout.session" };
        Add(session, Offer(form, currency, amount));
        Add(session, Buyer(form));
        Add(session, Unused());
        session["created"] = createdUnix;
        session["expires_at"] = expiresUnix;
        session["livemode"] = false;
        session["mode"] = "payment";
        session["payment_intent"] = null;
        session["payment_status"] = "unpaid";
        session["status"] = "open";
        session["ui_mode"] = "hosted_page";
        session["url"] = $"{payAddress}{id}";
        return session;
    }

    /// <summary>What is sold, for how much, payable how, and where the payer goes afterwards.</summary>
    private static JsonObject Offer(FormNode form, string currency, long amountMinor)
    {
        var excluded = form.Values("excluded_payment_method_types");
        var offer = new JsonObject
        {
            ["adaptive_pricing"] = new JsonObject { ["enabled"] = form.Text("adaptive_pricing", "enabled") != "false" },
            ["allowed_payment_method_types"] = form["allowed_payment_method_types"] is null
                ? null
                : JsonReading.Strings(form.Values("allowed_payment_method_types")),
            ["amount_subtotal"] = amountMinor,
            ["amount_total"] = amountMinor,
            ["cancel_url"] = form.Text("cancel_url"),
            ["client_reference_id"] = form.Text("client_reference_id"),
            ["currency"] = currency,
            ["custom_text"] = CustomText(form),
            ["locale"] = form.Text("locale"),
            ["metadata"] = MetadataShape.New(form["metadata"]),
            ["payment_method_types"] = JsonReading.Strings(PaymentMethods.Offered(form, currency)),
            ["submit_type"] = form.Text("submit_type"),
            ["success_url"] = form.Text("success_url"),
            ["total_details"] = new JsonObject
            {
                ["amount_discount"] = 0L,
                ["amount_shipping"] = 0L,
                ["amount_tax"] = 0L,
            },
        };
        if (excluded.Count > 0) offer["excluded_payment_method_types"] = JsonReading.Strings(excluded);
        return offer;
    }

    private static JsonObject Buyer(FormNode form) => new()
    {
        ["billing_address_collection"] = form.Text("billing_address_collection"),
        ["customer"] = form.Text("customer"),
        ["customer_creation"] = form.Text("customer") is null ? form.Text("customer_creation") ?? "if_required" : null,
        ["customer_details"] = form.Text("customer_email") is { } email ? CustomerDetails(email) : null,
        ["customer_email"] = form.Text("customer_email"),
        ["phone_number_collection"] = new JsonObject { ["enabled"] = false },
    };

    public static JsonObject CustomerDetails(JsonObject customer) =>
        CustomerDetails(customer.TextOrNull("email"), customer.TextOrNull("name"));

    /// <summary>What the page learned of the payer.</summary>
    public static JsonObject CustomerDetails(string? email, string? name = null) => new()
    {
        ["address"] = null,
        ["business_name"] = null,
        ["email"] = email,
        ["individual_name"] = null,
        ["name"] = name,
        ["phone"] = null,
        ["tax_exempt"] = "none",
        ["tax_ids"] = new JsonArray(),
    };

    private static JsonObject CustomText(FormNode form) => new()
    {
        ["after_submit"] = null,
        ["shipping_address"] = null,
        ["submit"] = form.Text("custom_text", "submit", "message") is { } message
            ? new JsonObject { ["message"] = message }
            : null,
        ["terms_of_service_acceptance"] = null,
    };

    /// <summary>Fields of features that a one-off invoice payment doesn't use.</summary>
    private static JsonObject Unused() => new()
    {
        ["after_expiration"] = null,
        ["allow_promotion_codes"] = null,
        ["automatic_tax"] = new JsonObject
        {
            ["enabled"] = false,
            ["liability"] = null,
            ["provider"] = null,
            ["status"] = null,
        },
        ["client_secret"] = null,
        ["collected_information"] = null,
        ["consent"] = null,
        ["consent_collection"] = null,
        ["currency_conversion"] = null,
        ["custom_fields"] = new JsonArray(),
        ["customer_account"] = null,
        ["discounts"] = new JsonArray(),
        ["integration_identifier"] = null,
        ["invoice"] = null,
        ["invoice_creation"] = null,
        ["managed_payments"] = new JsonObject { ["enabled"] = false },
        ["origin_context"] = null,
        ["payment_link"] = null,
        ["payment_method_collection"] = "if_required",
        ["payment_method_configuration_details"] = null,
        ["payment_method_options"] = new JsonObject
        {
            ["card"] = new JsonObject { ["request_three_d_secure"] = "automatic" },
        },
        ["permissions"] = null,
        ["recovered_from"] = null,
        ["saved_payment_method_options"] = null,
        ["setup_intent"] = null,
        ["shipping_address_collection"] = null,
        ["shipping_cost"] = null,
        ["shipping_options"] = new JsonArray(),
        ["subscription"] = null,
        ["wallet_options"] = null,
    };

    private static void Add(JsonObject session, JsonObject fields)
    {
        foreach (var (name, value) in fields) session[name] = value?.DeepClone();
    }
}
