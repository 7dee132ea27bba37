using System.Text.Json.Nodes;
using Billing.StripeStandIn.Objects;
using Billing.StripeStandIn.Payments;
using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Api;

/// <summary><c>/v1/refunds</c>.</summary>
internal sealed class RefundEndpoints(Sandbox sandbox)
{
    private const string Path = "/v1/refunds";

    public IEnumerable<ApiEndpoint> All =>
    [
        new("POST", Path, "refund", CreateParameters, Create),
        new("GET", Path, "refund", ListParameters, List),
        new("GET", $"{Path}/{{id}}", "refund", [Parameter.Expand], Get),
    ];

    private static IReadOnlyList<Parameter> CreateParameters =>
    [
        Parameter.Expand,
        new Parameter.Text("charge"),
        new Parameter.Text("payment_intent"),
        new Parameter.WholeNumber("amount", 1),
        new Parameter.Choice("reason", "duplicate", "fraudulent", "requested_by_customer"),
        new Parameter.Metadata(),
        .. "currency customer instructions_email origin refund_application_fee reverse_transfer".Split(' ')
            .Select(name => new Parameter.NotSimulated(name)),
    ];

    private static IReadOnlyList<Parameter> ListParameters =>
    [
        .. Parameter.Paging, Parameter.Created, new Parameter.Text("charge"), new Parameter.Text("payment_intent"),
    ];

    private Answer Create(ApiRequest request)
    {
        var form = request.Form;
        if (form.Text("charge") is null == form.Text("payment_intent") is null)
            return StripeError.BadParameter(
                "You must specify one of these parameters: charge, payment_intent.", "parameter_missing", "charge");
        var (charge, missing) = FindCharge(request);
        if (charge is null) return missing!;
        var left = charge.Whole("amount") - charge.Whole("amount_refunded");
        var amount = form.Text("amount") is { } text ? CheckoutRules.Whole(text) : left;
        if (DisputeFlow.Holds(request.Account, charge))
            return StripeError.Invalid($"Charge {charge.Id()} has been charged back; cannot issue a refund.", "charge_disputed", "charge");
        if (Refusal(charge, left, amount) is { } error) return error;

        var refund = RefundShape.New(charge, form, amount, sandbox.NowUnix);
        RefundFlow.Start(sandbox, request.Account, charge, refund, request.Cause);
        return Expansion.Expand(request.Account, refund, form);
    }

    private static (JsonObject? Charge, StripeError? Missing) FindCharge(ApiRequest request)
    {
        var id = request.Form.Text("charge");
        if (request.Form.Text("payment_intent") is { } intentId)
        {
            if (request.Account.Find("payment_intent", intentId) is not { } intent)
                return (null, StripeError.NoSuch("payment_intent", intentId, "payment_intent"));
            if (intent.Text("status") != "succeeded")
                return (null, StripeError.Invalid(
                    $"This PaymentIntent ({intentId}) does not have a successful charge to refund.",
                    "payment_intent_unexpected_state", "payment_intent"));
            id = intent.Text("latest_charge");
        }
        var charge = request.Account.Find("charge", id!);
        return (charge, charge is null ? StripeError.NoSuch("charge", id!, "charge") : null);
    }

    private static StripeError? Refusal(JsonObject charge, long leftMinor, long amountMinor)
    {
        if (charge.Text("status") != "succeeded")
            return StripeError.Invalid(
                $"Charge {charge.Id()} has not succeeded, so it can't be refunded.", "charge_not_refundable", "charge");
        if (leftMinor == 0)
            return StripeError.Invalid(
                $"Charge {charge.Id()} has already been refunded.", "charge_already_refunded", "charge");
        var currency = charge.Text("currency");
        return amountMinor <= leftMinor
            ? null
            : StripeError.Invalid(
                $"Refund amount ({StripeCurrency.Print(currency, amountMinor)}) is greater than unrefunded amount on "
                + $"charge ({StripeCurrency.Print(currency, leftMinor)})",
                param: "amount");
    }

    private static Answer Get(ApiRequest request) => request.Account.Find("refund", request.Id) is { } refund
        ? Expansion.Expand(request.Account, refund, request.Form)
        : StripeError.NoSuch("refund", request.Id);

    private static Answer List(ApiRequest request)
    {
        var refunds = request.Account.All("refund").Reverse()
            .Where(refund => Lists.MadeWithin(request.Form, refund))
            .Where(refund => Lists.Fits(request.Form, refund, "charge"))
            .Where(refund => Lists.Fits(request.Form, refund, "payment_intent"))
            .ToList();
        return Lists.Page(request, refunds, Path);
    }
}
