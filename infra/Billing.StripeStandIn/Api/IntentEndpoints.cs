using System.Globalization;
using Billing.StripeStandIn.Control;
using Billing.StripeStandIn.Objects;
using Billing.StripeStandIn.Payments;
using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Api;

/// <summary>Charges to kept methods without the payer, and the methods themselves.</summary>
internal sealed class IntentEndpoints(Sandbox sandbox, SavedMethodControl saved)
{
    public IEnumerable<ApiEndpoint> All =>
    [
        new("POST", "/v1/payment_intents", "payment_intent", CreateParameters, Create),
        new("GET", "/v1/payment_intents", "payment_intent", ListParameters, List),
        new("GET", "/v1/payment_methods/{id}", "payment_method", [Parameter.Expand], Get),
        new("POST", "/v1/payment_methods/{id}/detach", "payment_method", [Parameter.Expand], Detach),
    ];

    private static IReadOnlyList<Parameter> CreateParameters =>
    [
        Parameter.Expand,
        new Parameter.WholeNumber("amount", 1) { Required = true },
        new Parameter.CurrencyCode("currency") { Required = true },
        new Parameter.Hash(
            "automatic_payment_methods",
            new Parameter.Flag("enabled") { Required = true },
            new Parameter.Choice("allow_redirects", "always", "never")),
        new Parameter.Flag("confirm"),
        new Parameter.Text("customer"),
        new Parameter.Text("description", 1000),
        new Parameter.Metadata(),
        new Parameter.Flag("off_session"),
        new Parameter.Text("payment_method"),
        new Parameter.Email("receipt_email"),
        new Parameter.Text("statement_descriptor", 22),
        new Parameter.Text("statement_descriptor_suffix", 22),
        .. """
           allowed_payment_method_types amount_details application_fee_amount capture_method confirmation_method confirmation_token
           customer_account error_on_requires_action excluded_payment_method_types hooks mandate mandate_data on_behalf_of
           payment_details payment_method_configuration payment_method_data payment_method_options radar_options return_url
           setup_future_usage shipping transfer_data transfer_group use_stripe_sdk
           """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .Select(name => new Parameter.NotSimulated(name)),
    ];

    private static IReadOnlyList<Parameter> ListParameters =>
    [
        .. Parameter.Paging,
        Parameter.Created,
        new Parameter.Text("customer"),
        new Parameter.NotSimulated("customer_account"),
    ];

    private Answer Create(ApiRequest request)
    {
        var form = request.Form;
        if ((sandbox.NotChargeable(request.Account) ?? Check(request.Account, form)) is { } error) return error;
        var method = request.Account.Find("payment_method", form.Text("payment_method")!)!;
        var intent = PaymentIntentShape.OffSession(form, sandbox.NowUnix);
        return OffSessionFlow.Confirm(sandbox, request.Account, intent, method, saved.Take(request.Account), request.Cause) is { } refusal
            ? refusal
            : Expansion.Expand(request.Account, intent, form);
    }

    private static StripeError? Check(StripeAccount account, FormNode form)
    {
        if (form.Text("confirm") != "true" || form.Text("off_session") != "true")
            return StripeError.NotSimulated("a payment intent that is not confirmed off session at once");
        if (form.Text("automatic_payment_methods", "enabled") == "false")
            return StripeError.NotSimulated("automatic_payment_methods[enabled] false");
        if (form.Text("automatic_payment_methods", "allow_redirects") != "never")
        {
            return StripeError.Invalid(
                "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment "
                + "methods might redirect your customer off of your page, you must provide a `return_url`.");
        }
        if (form.Text("payment_method") is not { } methodId) return StripeError.Missing("payment_method");
        if (form.Text("customer") is not { } customerId)
            return StripeError.NotSimulated("a kept payment_method without its customer");
        if (account.Find("customer", customerId) is not { } customer || CustomerShape.IsDeleted(customer))
            return StripeError.NoSuch("customer", customerId, "customer");
        if (account.Find("payment_method", methodId) is not { } method)
            return StripeError.NoSuch("PaymentMethod", methodId, "payment_method");
        if (method.TextOrNull("customer") != customerId)
        {
            return StripeError.Invalid(
                "The provided PaymentMethod was detached from a Customer or belongs to another. It may not be used again.",
                param: "payment_method");
        }
        return Amount(form.Text("currency")!, long.Parse(form.Text("amount")!, CultureInfo.InvariantCulture), method.Text("type"));
    }

    private static StripeError? Amount(string currency, long amountMinor, string type)
    {
        if (!PaymentMethods.Ours(currency).Contains(type))
        {
            return StripeError.Invalid(
                $"The payment method type {type} can't be used with the currency {currency}.", param: "payment_method");
        }
        if (!StripeCurrency.IsWhole(currency, amountMinor))
        {
            return StripeError.Invalid(
                "Invalid amount: in this currency the last digits must be 0.", "parameter_invalid_integer", "amount");
        }
        if (amountMinor > StripeCurrency.MaxAmountMinor)
        {
            return StripeError.Invalid(
                $"Amount must be no more than {StripeCurrency.Print(currency, StripeCurrency.MaxAmountMinor)}", "amount_too_large",
                "amount");
        }
        return amountMinor >= StripeCurrency.Min(currency)
            ? null
            : StripeError.Invalid(
                $"Amount must be at least {StripeCurrency.Print(currency, StripeCurrency.Min(currency))} {currency}", "amount_too_small",
                "amount");
    }

    private static Answer List(ApiRequest request)
    {
        var intents = request.Account.All("payment_intent").Reverse()
            .Where(intent => Lists.MadeWithin(request.Form, intent))
            .Where(intent => Lists.Fits(request.Form, intent, "customer"))
            .ToList();
        return Lists.Page(request, intents, "/v1/payment_intents");
    }

    private static Answer Get(ApiRequest request) => request.Account.Find("payment_method", request.Id) is { } method
        ? Expansion.Expand(request.Account, method, request.Form)
        : StripeError.NoSuch("PaymentMethod", request.Id, "payment_method");

    private Answer Detach(ApiRequest request)
    {
        if (request.Account.Find("payment_method", request.Id) is not { } method)
            return StripeError.NoSuch("PaymentMethod", request.Id, "payment_method");
        return OffSessionFlow.Detach(sandbox, request.Account, method, request.Cause)
            ? Expansion.Expand(request.Account, method, request.Form)
            : StripeError.Invalid(
                "The payment method you provided is not attached to a customer so detachment is impossible.", param: "payment_method");
    }
}
