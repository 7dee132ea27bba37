using Billing.StripeStandIn.Objects;
using Billing.StripeStandIn.Wire;
using static Billing.StripeStandIn.Wire.Parameter;

namespace Billing.StripeStandIn.Api;

/// <summary>
/// What <c>POST /v1/checkout/sessions</c> takes in 2026-10-28.endive. <c>payment_method_types</c> is not among
/// it any more, so sending it is refused as unknown.
/// </summary>
internal static class CheckoutParameters
{
    public static readonly IReadOnlyList<Parameter> Create =
    [
        Expand,
        new Choice("mode", "payment", "setup", "subscription") { Required = true },
        new Choice("ui_mode", "hosted_page", "elements", "embedded_page", "form"),
        new Link("success_url") { Required = true },
        new Link("cancel_url"),
        new Text("client_reference_id", 200),
        new Text("customer"),
        new Email("customer_email"),
        new Choice("customer_creation", "always", "if_required"),
        new WholeNumber("expires_at", 0),
        new ListOf("line_items", LineItem) { Required = true },
        new Metadata(),
        new Hash("payment_intent_data", PaymentIntentData),
        new Hash("adaptive_pricing", new Flag("enabled")),
        new Hash("automatic_tax", new Flag("enabled") { Required = true }, new NotSimulated("liability")),
        new Hash("custom_text", CustomTexts),
        new ListOf("allowed_payment_method_types", new Choice("", [.. PaymentMethods.Types, "link"])),
        new ListOf("excluded_payment_method_types", new Choice("", PaymentMethods.Types)),
        new Choice("billing_address_collection", "auto", "required"),
        new Choice("submit_type", "auto", "book", "donate", "pay", "subscribe"),
        new Choice("locale", Locales),
        .. NotActedOut.Select(name => new NotSimulated(name)),
    ];

    private static Parameter LineItem => new Hash(
        "",
        new Hash("price_data", PriceData),
        new WholeNumber("quantity", 1, 999_999) { Required = true },
        new Metadata(),
        new NotSimulated("price"),
        new NotSimulated("adjustable_quantity"),
        new NotSimulated("tax_rates"))
    {
        Required = true,
    };

    private static Parameter[] PriceData =>
    [
        new CurrencyCode("currency") { Required = true },
        new WholeNumber("unit_amount", 0),
        new Hash(
            "product_data",
            new Text("name", 250) { Required = true },
            new Text("description"),
            new Metadata(),
            new Text("tax_code"),
            new Text("unit_label", 12),
            new NotSimulated("images"),
            new NotSimulated("tax_details")),
        new Choice("tax_behavior", "exclusive", "inclusive", "unspecified"),
        new NotSimulated("product"),
        new NotSimulated("recurring"),
        new NotSimulated("unit_amount_decimal"),
    ];

    private static Parameter[] PaymentIntentData =>
    [
        new Text("description", 1000),
        new Metadata(),
        new Email("receipt_email"),
        new Text("statement_descriptor", 22),
        new Text("statement_descriptor_suffix", 22),
        new Choice("capture_method", "automatic", "automatic_async", "manual"),
        new Choice("setup_future_usage", "off_session", "on_session"),
        .. "application_fee_amount on_behalf_of shipping transfer_data transfer_group".Split(' ')
            .Select(name => new NotSimulated(name)),
    ];

    private static Parameter[] CustomTexts =>
    [
        new Hash("submit", new Text("message", 1200) { Required = true }),
        new NotSimulated("after_submit"),
        new NotSimulated("shipping_address"),
        new NotSimulated("terms_of_service_acceptance"),
    ];

    private static string[] Locales =>
        """
        auto bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hi-IN hr hu id it ja ko lt lv ms mt nb nl pl pt
        pt-BR ro ru sk sl sv th tr vi zh zh-HK zh-TW
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    private static string[] NotActedOut =>
        """
        after_expiration allow_promotion_codes branding_settings consent_collection currency custom_fields
        customer_account customer_update discounts integration_identifier invoice_creation managed_payments
        name_collection optional_items origin_context payment_method_collection payment_method_configuration
        payment_method_data payment_method_options permissions phone_number_collection redirect_on_completion
        return_url saved_payment_method_options setup_intent_data shipping_address_collection shipping_options
        subscription_data tax_id_collection wallet_options
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
