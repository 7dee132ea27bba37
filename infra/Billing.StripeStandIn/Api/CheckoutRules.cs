using System.Globalization;
using Billing.StripeStandIn.Objects;
using Billing.StripeStandIn.Payments;
using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Api;

/// <summary>What Stripe asks of a new session beyond the form of each parameter.</summary>
internal static class CheckoutRules
{
    private const long MinLifeSeconds = 30 * 60;
    private const long MaxLifeSeconds = 24 * 3600;

    /// <summary>When the session ends, unless <c>expires_at</c> says otherwise.</summary>
    public const long DefaultLifeSeconds = MaxLifeSeconds;

    public static StripeError? Check(StripeAccount account, FormNode form, long nowUnix) =>
        Simulated(form) ?? Payer(account, form) ?? Expiry(form, nowUnix) ?? Methods(form) ?? LineItems(form);

    public static long Whole(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static StripeError? Simulated(FormNode form)
    {
        if (form.Text("mode") is not "payment") return StripeError.NotSimulated("mode other than payment");
        if (form.Text("ui_mode") is not (null or "hosted_page"))
            return StripeError.NotSimulated("ui_mode other than hosted_page");
        if (form.Text("automatic_tax", "enabled") == "true") return StripeError.NotSimulated("automatic_tax[enabled]");
        if (form.Text("submit_type") == "subscribe")
            return StripeError.BadParameter("submit_type subscribe needs mode subscription.", null, "submit_type");
        if (form.Text("payment_intent_data", "setup_future_usage") == "on_session")
            return StripeError.NotSimulated("payment_intent_data[setup_future_usage] on_session");
        // Stripe makes a customer by itself then; the product always says which.
        if (form.Text("payment_intent_data", "setup_future_usage") is not null && form.Text("customer") is null)
            return StripeError.NotSimulated("payment_intent_data[setup_future_usage] without a customer");
        return form.Text("payment_intent_data", "capture_method") is null or "automatic_async"
            ? null
            : StripeError.NotSimulated("payment_intent_data[capture_method] other than automatic_async");
    }

    private static StripeError? Payer(StripeAccount account, FormNode form)
    {
        if (form.Text("customer") is not { } customer) return null;
        if (form.Text("customer_email") is not null)
            return StripeError.BadParameter(
                "You may only specify one of these parameters: customer, customer_email.", null, "customer");
        if (form.Text("customer_creation") is not null)
            return StripeError.BadParameter(
                "You may only specify one of these parameters: customer, customer_creation.", null, "customer");
        return account.Find("customer", customer) is not { } found || CustomerShape.IsDeleted(found)
            ? StripeError.NoSuch("customer", customer, "customer")
            : null;
    }

    private static StripeError? Expiry(FormNode form, long nowUnix)
    {
        if (form.Text("expires_at") is not { } text) return null;
        var life = Whole(text) - nowUnix;
        if (life < MinLifeSeconds)
            return StripeError.Invalid(
                "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.",
                param: "expires_at");
        return life <= MaxLifeSeconds
            ? null
            : StripeError.Invalid(
                "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
                param: "expires_at");
    }

    private static StripeError? Methods(FormNode form)
    {
        var currency = form.Text("line_items", "0", "price_data", "currency");
        return currency is null || PaymentMethods.Offered(form, currency).Count > 0
            ? null
            : StripeError.Invalid(
                "No valid payment method types for this Checkout Session. "
                + "Allow one that is turned on for this account and fits its currency.");
    }

    private static StripeError? LineItems(FormNode form)
    {
        string? currency = null;
        var total = 0m;
        foreach (var (index, item) in form["line_items"]!.Children)
        {
            var path = $"line_items[{index}]";
            if (OneItem(item, path) is { } error) return error;
            var ownCurrency = item.Text("price_data", "currency")!;
            if ((currency ??= ownCurrency) != ownCurrency)
                return StripeError.Invalid(
                    $"All line items must have the same currency: {ownCurrency} beside {currency}.", param: path);
            // In decimal, since two numbers that each fit may not fit when multiplied.
            total += (decimal)Whole(item.Text("price_data", "unit_amount")!) * Whole(item.Text("quantity")!);
        }
        return Total(currency!, total);
    }

    private static StripeError? OneItem(FormNode item, string path)
    {
        if (item["price_data"] is not { } price) return StripeError.Missing($"{path}[price_data]");
        if (price["unit_amount"] is null) return StripeError.Missing($"{path}[price_data][unit_amount]");
        if (price["product_data"] is null) return StripeError.Missing($"{path}[price_data][product_data]");
        return StripeCurrency.IsWhole(price.Text("currency")!, Whole(price.Text("unit_amount")!))
            ? null
            : StripeError.Invalid(
                "Invalid amount: in this currency the last digits must be 0.", "parameter_invalid_integer",
                $"{path}[price_data][unit_amount]");
    }

    private static StripeError? Total(string currency, decimal total)
    {
        if (total > StripeCurrency.MaxAmountMinor)
            return StripeError.Invalid(
                "The Checkout Session's total amount must be no more than "
                + $"{StripeCurrency.Print(currency, StripeCurrency.MaxAmountMinor)}.",
                "amount_too_large");
        return total >= StripeCurrency.Min(currency)
            ? null
            : StripeError.Invalid(
                "The Checkout Session's total amount due must add up to at least "
                + $"{StripeCurrency.Print(currency, StripeCurrency.Min(currency))} {currency}",
                "amount_too_small");
    }
}
