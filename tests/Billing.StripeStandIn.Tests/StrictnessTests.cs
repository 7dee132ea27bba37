using System.Net;
using System.Text.Json.Nodes;
using Stripe;

namespace Billing.StripeStandIn.Tests;

public sealed class StrictnessTests
{
    private static readonly Dictionary<string, string> Valid = new()
    {
        ["mode"] = "payment",
        ["success_url"] = "http://localhost/paid",
        ["line_items[0][quantity]"] = "1",
        ["line_items[0][price_data][currency]"] = "usd",
        ["line_items[0][price_data][unit_amount]"] = "5000",
        ["line_items[0][price_data][product_data][name]"] = "Invoice",
    };

    [Theory]
    [InlineData("payment_method_types[0]", "card", "parameter_unknown", "payment_method_types")]
    [InlineData("line_items[0][price_data][colour]", "red", "parameter_unknown", "line_items[0][price_data][colour]")]
    [InlineData("mode", "gift", null, "mode")]
    [InlineData("allowed_payment_method_types[0]", "cheque", null, "allowed_payment_method_types[0]")]
    [InlineData("excluded_payment_method_types[0]", "link", null, "excluded_payment_method_types[0]")]
    [InlineData("line_items[0][quantity]", "two", "parameter_invalid_integer", "line_items[0][quantity]")]
    [InlineData("line_items[0][quantity]", "0", "parameter_invalid_integer", "line_items[0][quantity]")]
    [InlineData("line_items[0][price_data][currency]", "USD", null, "line_items[0][price_data][currency]")]
    [InlineData("success_url", "paid.html", "url_invalid", "success_url")]
    [InlineData("customer_email", "client", "email_invalid", "customer_email")]
    [InlineData("client_reference_id", "", "parameter_invalid_empty", "client_reference_id")]
    [InlineData("customer", "cus_unknown", "resource_missing", "customer")]
    [InlineData("adaptive_pricing[enabled]", "no", "parameter_invalid_boolean", "adaptive_pricing[enabled]")]
    [InlineData("expand[0]", "lines", null, "expand")]
    [InlineData("line_items", "", "parameter_invalid_empty", "line_items")]
    [InlineData("shipping_options[0][shipping_rate]", "shr_1", "not_simulated", "shipping_options")]
    public async Task Refuses_a_wrong_parameter_and_names_it(string name, string value, string? code, string param)
    {
        await using var merchant = await Merchant.Open();

        // A value and its parts can't be sent together, so an emptied list replaces its items.
        var form = Valid.Where(pair => !pair.Key.StartsWith(name + "[", StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key, pair => pair.Value);
        form[name] = value;

        var response = await merchant.Post("/v1/checkout/sessions", form);

        var error = await Error(response);
        Assert.True(response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound);
        Assert.Equal("invalid_request_error", error["type"]!.GetValue<string>());
        Assert.Equal(code, error["code"]?.GetValue<string>());
        Assert.Equal(param, error["param"]!.GetValue<string>());
        Assert.Empty(await merchant.Stripe.V1.Checkout.Sessions.ListAsync(cancellationToken: Merchant.Cancellation));
    }

    [Theory]
    [InlineData("mode")]
    [InlineData("success_url")]
    [InlineData("line_items[0][quantity]")]
    [InlineData("line_items[0][price_data][currency]")]
    [InlineData("line_items[0][price_data][unit_amount]")]
    [InlineData("line_items[0][price_data][product_data][name]", "line_items[0][price_data][product_data]")]
    public async Task Refuses_a_missing_parameter_and_names_it(string name, string? param = null)
    {
        await using var merchant = await Merchant.Open();
        var form = new Dictionary<string, string>(Valid);
        form.Remove(name);

        var error = await Error(await merchant.Post("/v1/checkout/sessions", form));

        Assert.Equal("parameter_missing", error["code"]!.GetValue<string>());
        Assert.Equal(param ?? name, error["param"]!.GetValue<string>());
    }

    [Fact]
    public async Task Takes_the_form_that_the_refusals_start_from()
    {
        await using var merchant = await Merchant.Open();

        Assert.Equal(HttpStatusCode.OK, (await merchant.Post("/v1/checkout/sessions", Valid)).StatusCode);
    }

    [Theory]
    [InlineData("usd", 49, "amount_too_small")]
    [InlineData("usd", 50, null)]
    [InlineData("gbp", 29, "amount_too_small")]
    [InlineData("gbp", 30, null)]
    [InlineData("jpy", 49, "amount_too_small")]
    [InlineData("jpy", 50, null)]
    [InlineData("usd", 99_999_999, null)]
    [InlineData("usd", 100_000_000, "amount_too_large")]
    [InlineData("kwd", 1005, "parameter_invalid_integer")]
    [InlineData("kwd", 1010, null)]
    [InlineData("isk", 10_050, "parameter_invalid_integer")]
    [InlineData("isk", 10_000, null)]
    public async Task Amounts_keep_the_currency_s_limits(string currency, long amountMinor, string? code)
    {
        await using var merchant = await Merchant.Open();

        var refusal = await Record.ExceptionAsync(() => merchant.Create(merchant.Invoice(amountMinor, currency)));

        Assert.Equal(code, (refusal as StripeException)?.StripeError.Code);
    }

    [Fact]
    public async Task A_product_beyond_64_bits_is_too_large_and_no_overflow()
    {
        await using var merchant = await Merchant.Open();
        var options = merchant.Invoice(long.MaxValue);
        options.LineItems[0].Quantity = 999_999;

        var refusal = await Assert.ThrowsAsync<StripeException>(() => merchant.Create(options));

        Assert.Equal("amount_too_large", refusal.StripeError.Code);
    }

    [Theory]
    [InlineData(30 * 60 - 5, false)]
    [InlineData(30 * 60 + 5, true)]
    [InlineData(24 * 3600, true)]
    [InlineData(24 * 3600 + 5, false)]
    public async Task A_session_lives_thirty_minutes_to_a_day(int seconds, bool taken)
    {
        await using var merchant = await Merchant.Open();
        var options = merchant.Invoice();
        options.ExpiresAt = merchant.Clock.GetUtcNow().UtcDateTime.AddSeconds(seconds);

        var refusal = await Record.ExceptionAsync(() => merchant.Create(options));

        Assert.Equal(taken ? null : "expires_at", (refusal as StripeException)?.StripeError.Param);
        Assert.Equal(taken, refusal is null);
    }

    [Theory]
    [InlineData(50, 40, 500, true)]
    [InlineData(51, 40, 500, false)]
    [InlineData(1, 41, 500, false)]
    [InlineData(1, 40, 501, false)]
    public async Task Metadata_keeps_its_limits(int keys, int keyLength, int valueLength, bool taken)
    {
        await using var merchant = await Merchant.Open();
        var options = merchant.Invoice();
        options.Metadata = Enumerable.Range(10, keys).ToDictionary(
            i => $"{i}".PadRight(keyLength, 'k'), _ => new string('v', valueLength));

        var refusal = await Record.ExceptionAsync(() => merchant.Create(options));

        Assert.Equal(taken, refusal is null);
        Assert.True(taken || refusal is StripeException { HttpStatusCode: HttpStatusCode.BadRequest });
    }

    [Fact]
    public async Task An_unknown_key_is_not_let_in()
    {
        await using var merchant = await Merchant.Open();

        var refusal = await Assert.ThrowsAsync<StripeException>(() =>
            merchant.Create(client: merchant.Client("sk_test_somebody_else_9999")));
        var none = await merchant.Post("/v1/checkout/sessions", Valid, withKey: false);

        Assert.Equal(HttpStatusCode.Unauthorized, refusal.HttpStatusCode);
        Assert.Equal("invalid_request_error", refusal.StripeError.Type);
        Assert.DoesNotContain("somebody", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, none.StatusCode);
    }

    [Fact]
    public async Task A_call_we_never_make_is_not_answered()
    {
        await using var merchant = await Merchant.Open();

        var refusal = await Assert.ThrowsAsync<StripeException>(() => merchant.Stripe.V1.Products.ListAsync(
            cancellationToken: Merchant.Cancellation));

        Assert.Equal(HttpStatusCode.NotFound, refusal.HttpStatusCode);
    }

    private static async Task<JsonNode> Error(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(Merchant.Cancellation))!["error"]!;
}
