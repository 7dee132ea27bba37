using System.Text.Json.Nodes;
using Billing.StripeStandIn.Objects;
using Billing.StripeStandIn.Payments;
using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Api;

/// <summary><c>/v1/checkout/sessions</c>.</summary>
/// <param name="sandbox">The state.</param>
/// <param name="payAddress">A session's id after it is the address of its page.</param>
internal sealed class CheckoutEndpoints(Sandbox sandbox, Func<string> payAddress)
{
    private const string Path = "/v1/checkout/sessions";

    public IEnumerable<ApiEndpoint> All =>
    [
        new("POST", Path, "checkout.session", CheckoutParameters.Create, Create),
        new("GET", Path, "checkout.session", ListParameters, List),
        new("GET", $"{Path}/{{id}}", "checkout.session", [Parameter.Expand], Get),
        new("POST", $"{Path}/{{id}}/expire", "checkout.session", [Parameter.Expand], Expire),
        new("GET", $"{Path}/{{id}}/line_items", "item", Parameter.Paging, LineItems),
    ];

    private static IReadOnlyList<Parameter> ListParameters =>
    [
        .. Parameter.Paging,
        Parameter.Created,
        new Parameter.Text("customer"),
        new Parameter.Text("payment_intent"),
        new Parameter.Choice("status", "complete", "expired", "open"),
        new Parameter.Hash("customer_details", new Parameter.Email("email") { Required = true }),
        new Parameter.NotSimulated("customer_account"),
        new Parameter.NotSimulated("payment_link"),
        new Parameter.NotSimulated("subscription"),
    ];

    private Answer Create(ApiRequest request)
    {
        var form = request.Form;
        var now = sandbox.NowUnix;
        if ((sandbox.NotChargeable(request.Account) ?? CheckoutRules.Check(request.Account, form, now)) is { } error) return error;
        var items = form["line_items"]!.Children
            .Select(item => LineItemShape.New(
                item.Value,
                CheckoutRules.Whole(item.Value.Text("price_data", "unit_amount")!),
                CheckoutRules.Whole(item.Value.Text("quantity")!), now))
            .ToList();
        var expires = form.Text("expires_at") is { } text
            ? CheckoutRules.Whole(text)
            : now + CheckoutRules.DefaultLifeSeconds;
        var session = CheckoutSessionShape.New(form, payAddress(), items, now, expires);
        if (form.Text("customer") is { } customer)
            session["customer_details"] = CheckoutSessionShape.CustomerDetails(request.Account.Find(customer)!);
        request.Account.AddCheckout(session, new CheckoutDetails(items, form["payment_intent_data"]));
        // A session that was paid in time refuses to expire, which is as it should be.
        sandbox.At(expires, () => CheckoutFlow.Expire(sandbox, request.Account, session));
        return Expansion.Expand(request.Account, session, form);
    }

    private static Answer Get(ApiRequest request) => Find(request) is { } session
        ? Expansion.Expand(request.Account, session, request.Form)
        : StripeError.NoSuch("checkout.session", request.Id);

    private Answer Expire(ApiRequest request)
    {
        if (Find(request) is not { } session) return StripeError.NoSuch("checkout.session", request.Id);
        if (CheckoutFlow.Expire(sandbox, request.Account, session, request.Cause) is { } error) return error;
        return Expansion.Expand(request.Account, session, request.Form);
    }

    private static Answer LineItems(ApiRequest request) => Find(request) is null
        ? StripeError.NoSuch("checkout.session", request.Id)
        : Lists.Page(
            request, request.Account.Checkout(request.Id).LineItems, $"{Path}/{request.Id}/line_items");

    private static Answer List(ApiRequest request)
    {
        var form = request.Form;
        var email = form.Text("customer_details", "email");
        var sessions = request.Account.All("checkout.session").Reverse()
            .Where(session => Lists.MadeWithin(form, session))
            .Where(session => Lists.Fits(form, session, "customer"))
            .Where(session => Lists.Fits(form, session, "payment_intent"))
            .Where(session => Lists.Fits(form, session, "status"))
            .Where(session => email is null || Email(session) == email)
            .ToList();
        return Lists.Page(request, sessions, Path);
    }

    private static string? Email(JsonObject session) =>
        (session["customer_details"] as JsonObject)?.TextOrNull("email");

    private static JsonObject? Find(ApiRequest request) => request.Account.Find("checkout.session", request.Id);
}
