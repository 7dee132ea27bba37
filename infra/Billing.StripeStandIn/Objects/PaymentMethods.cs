using System.Text.Json.Nodes;
using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Objects;

/// <summary>
/// The ways to pay that the stand-in acts out: a card, and the currency's bank debit. The account's settings are
/// taken to have both on.
/// </summary>
internal static class PaymentMethods
{
    public const string Card = "card";

    private static readonly Dictionary<string, string> BankDebits = new(StringComparer.Ordinal)
    {
        ["usd"] = "us_bank_account",
        ["eur"] = "sepa_debit",
        ["gbp"] = "bacs_debit",
    };

    /// <summary>
    /// Every type that Stripe names; most are accepted here and never offered, as when an account has not
    /// turned them on. <c>link</c> can be allowed but not excluded.
    /// </summary>
    public static readonly IReadOnlyList<string> Types =
    [
        .. """
        acss_debit affirm afterpay_clearpay alipay alma amazon_pay au_becs_debit bacs_debit bancontact billie bizum
        blik boleto card cashapp crypto customer_balance eps fpx giropay grabpay ideal kakao_pay klarna konbini
        kr_card mb_way mobilepay multibanco naver_pay nz_bank_account oxxo p24 pay_by_bank payco paynow paypal
        paypay payto pix promptpay revolut_pay samsung_pay satispay scalapay sepa_debit sequra sofort sunbit swish
        twint upi us_bank_account wechat_pay zip
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <summary>What the page offers: what we act out, narrowed by the two lists of the request.</summary>
    public static IReadOnlyList<string> Offered(FormNode form, string currency)
    {
        var allowed = form.Values("allowed_payment_method_types");
        var excluded = form.Values("excluded_payment_method_types");
        return [.. Ours(currency)
            .Where(type => allowed.Count == 0 || allowed.Contains(type))
            .Where(type => !excluded.Contains(type))];
    }

    /// <summary>The session's bank debit; null where it offers none.</summary>
    public static string? BankDebit(JsonObject session) =>
        BankDebits.TryGetValue(session.Text("currency"), out var type) && Offers(session, type) ? type : null;

    public static bool Offers(JsonObject session, string type) =>
        session["payment_method_types"]!.AsArray().Any(offered => offered!.GetValue<string>() == type);

    /// <summary>A charge's <c>payment_method_details</c>.</summary>
    public static JsonObject Details(string type, long amountMinor) => new()
    {
        [type] = type switch
        {
            Card => CardDetails(amountMinor),
            "us_bank_account" => UsBankAccountDetails(),
            "sepa_debit" => SepaDebitDetails(),
            _ => BacsDebitDetails(),
        },
        ["type"] = type,
    };

    /// <summary>What a kept <c>payment_method</c> shows of itself: less than a charge's details.</summary>
    public static JsonObject Kept(string type) => type switch
    {
        Card => new JsonObject
        {
            ["brand"] = "visa",
            ["checks"] = new JsonObject
            {
                ["address_line1_check"] = null,
                ["address_postal_code_check"] = null,
                ["cvc_check"] = "pass",
            },
            ["country"] = "US",
            ["display_brand"] = "visa",
            ["exp_month"] = 12L,
            ["exp_year"] = 2034L,
            ["fingerprint"] = "standin4242card1",
            ["funding"] = "credit",
            ["generated_from"] = null,
            ["last4"] = "4242",
            ["networks"] = new JsonObject { ["available"] = new JsonArray("visa"), ["preferred"] = null },
            ["regulated_status"] = "unregulated",
            ["three_d_secure_usage"] = new JsonObject { ["supported"] = true },
            ["wallet"] = null,
        },
        "us_bank_account" => new JsonObject
        {
            ["account_holder_type"] = "company",
            ["account_type"] = "checking",
            ["bank_name"] = "STRIPE TEST BANK",
            ["financial_connections_account"] = null,
            ["fingerprint"] = "standin6789bank1",
            ["last4"] = "6789",
            ["networks"] = new JsonObject { ["preferred"] = "ach", ["supported"] = new JsonArray("ach") },
            ["routing_number"] = "110000000",
            ["status_details"] = null,
        },
        "sepa_debit" => new JsonObject
        {
            ["bank_code"] = "37040044",
            ["branch_code"] = null,
            ["country"] = "DE",
            ["fingerprint"] = "standin3000bank1",
            ["generated_from"] = null,
            ["last4"] = "3000",
        },
        _ => new JsonObject { ["fingerprint"] = "standin2345bank1", ["last4"] = "2345", ["sort_code"] = "108800" },
    };

    /// <summary>The bank debit of a currency; null where it has none.</summary>
    public static string? BankDebitOf(string currency) => BankDebits.GetValueOrDefault(currency);

    public static IEnumerable<string> Ours(string currency) =>
        BankDebits.TryGetValue(currency, out var bank) ? [Card, bank] : [Card];

    /// <summary>Stripe's first test card, 4242 4242 4242 4242.</summary>
    private static JsonObject CardDetails(long amountMinor) => new()
    {
        ["amount_authorized"] = amountMinor,
        ["authorization_code"] = null,
        ["brand"] = "visa",
        ["checks"] = new JsonObject
        {
            ["address_line1_check"] = null,
            ["address_postal_code_check"] = null,
            ["cvc_check"] = "pass",
        },
        ["country"] = "US",
        ["electronic_commerce_indicator"] = null,
        ["exp_month"] = 12L,
        ["exp_year"] = 2034L,
        ["fingerprint"] = "standin4242card1",
        ["funding"] = "credit",
        ["installments"] = null,
        ["last4"] = "4242",
        ["mandate"] = null,
        ["network"] = "visa",
        ["network_transaction_id"] = null,
        ["regulated_status"] = "unregulated",
        ["three_d_secure"] = null,
        ["transaction_link_id"] = null,
        ["wallet"] = null,
    };

    /// <summary>Stripe's test account 000123456789 at routing number 110000000.</summary>
    private static JsonObject UsBankAccountDetails() => new()
    {
        ["account_holder_type"] = "company",
        ["account_type"] = "checking",
        ["bank_name"] = "STRIPE TEST BANK",
        ["fingerprint"] = "standin6789bank1",
        ["last4"] = "6789",
        ["payment_reference"] = null,
        ["routing_number"] = "110000000",
    };

    private static JsonObject SepaDebitDetails() => new()
    {
        ["bank_code"] = "37040044",
        ["branch_code"] = null,
        ["country"] = "DE",
        ["fingerprint"] = "standin3000bank1",
        ["last4"] = "3000",
        ["mandate"] = null,
    };

    private static JsonObject BacsDebitDetails() => new()
    {
        ["fingerprint"] = "standin2345bank1",
        ["last4"] = "2345",
        ["mandate"] = null,
        ["sort_code"] = "108800",
    };
}
