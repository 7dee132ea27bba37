using System.Text.Json.Nodes;
using Billing.StripeStandIn.Objects;

namespace Billing.StripeStandIn.Wire;

/// <summary>A refusal in the shape of Stripe's <c>error</c> object.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Type">
/// <c>invalid_request_error</c>, <c>card_error</c>, <c>idempotency_error</c> or <c>api_error</c>.
/// </param>
/// <param name="Message">For the developer, in English.</param>
/// <param name="Code">Stripe's error code, where this refusal has one.</param>
/// <param name="Param">The parameter at fault, in bracket syntax.</param>
internal sealed record StripeError(int Status, string Type, string Message, string? Code = null, string? Param = null)
{
    /// <summary>
    /// True where the request was turned away before the endpoint began. Stripe saves no such answer under an
    /// idempotency key, so that the corrected request may use the same key.
    /// </summary>
    public bool BeforeExecution { get; init; }

    /// <summary>The bank's reason, with <c>card_declined</c>.</summary>
    public string? DeclineCode { get; init; }

    /// <summary>The payment intent that the refusal left behind.</summary>
    public JsonObject? PaymentIntent { get; init; }

    public static StripeError Invalid(string message, string? code = null, string? param = null) =>
        new(400, "invalid_request_error", message, code, param);

    /// <summary>A parameter that doesn't pass the endpoint's own table.</summary>
    public static StripeError BadParameter(string message, string? code, string param) =>
        Invalid(message, code, param) with { BeforeExecution = true };

    public static StripeError Missing(string param) =>
        BadParameter($"Missing required param: {param}.", "parameter_missing", param);

    public static StripeError NoSuch(string objectName, string id, string param = "id") =>
        new(404, "invalid_request_error", $"No such {objectName}: '{id}'", "resource_missing", param);

    /// <summary>An account that is not connected, or not any more.</summary>
    public static StripeError NoAccess(string account) => new(
        403, "invalid_request_error",
        $"The provided key does not have access to account '{account}' (or that account does not exist). Application access may have been "
        + "revoked.",
        "account_invalid")
    {
        BeforeExecution = true,
    };

    /// <summary>
    /// Stripe knows this and we don't act it out. Saying so beats answering as if it had been heeded.
    /// </summary>
    public static StripeError NotSimulated(string what) =>
        BadParameter($"Stripe has {what}, but this stand-in does not simulate it.", "not_simulated", what);

    public JsonObject ToJson()
    {
        var error = new JsonObject();
        if (Code is not null) error["code"] = Code;
        if (DeclineCode is not null) error["decline_code"] = DeclineCode;
        if (Code is not null)
        {
            var page = Code.Replace('_', '-');
            error["doc_url"] = $"https://stripe.com/docs/error-codes/{page}";
        }
        error["message"] = Message;
        if (Param is not null) error["param"] = Param;
        if (PaymentIntent is not null) error["payment_intent"] = PaymentIntent.Copy();
        error["type"] = Type;
        return error;
    }
}
