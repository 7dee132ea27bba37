using Billing.StripeStandIn.Objects;
using Billing.StripeStandIn.Payments;
using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Api;

/// <summary>Customers, and reading what a payment left: intents, charges, balance transactions, events.</summary>
internal sealed class PaymentEndpoints(Sandbox sandbox)
{
    public IEnumerable<ApiEndpoint> All =>
    [
        Get("payment_intent", "/v1/payment_intents/{id}"),
        Get("charge", "/v1/charges/{id}"),
        Get("balance_transaction", "/v1/balance_transactions/{id}"),
        Get("customer", "/v1/customers/{id}"),
        Get("event", "/v1/events/{id}"),
        new("GET", "/v1/events", "event", EventParameters, Events),
        new("POST", "/v1/customers", "customer", CustomerParameters, CreateCustomer),
    ];

    private static IReadOnlyList<Parameter> EventParameters =>
    [
        .. Parameter.Paging,
        Parameter.Created,
        new Parameter.Flag("delivery_success"),
        new Parameter.Text("type"),
        new Parameter.ListOf("types", new Parameter.Text(""), MaxCount: 20),
    ];

    private static IReadOnlyList<Parameter> CustomerParameters =>
    [
        Parameter.Expand,
        new Parameter.Text("name", 256),
        new Parameter.Email("email"),
        new Parameter.Text("description"),
        new Parameter.Text("phone", 20),
        new Parameter.Metadata(),
        new Parameter.Hash(
            "address",
            [.. "city country line1 line2 postal_code state".Split(' ').Select(part => new Parameter.Text(part))]),
        new Parameter.Choice("tax_exempt", "exempt", "none", "reverse"),
        .. """
           balance business_name cash_balance individual_name invoice_prefix invoice_settings next_invoice_sequence
           payment_method preferred_locales shipping source tax tax_id_data test_clock validate
           """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .Select(name => new Parameter.NotSimulated(name)),
    ];

    private ApiEndpoint Get(string kind, string path) => new(
        "GET", path, kind, [Parameter.Expand],
        request => request.Account.Find(kind, request.Id) is { } found && !(kind == "event" && TooOld(found))
            ? Expansion.Expand(request.Account, found, request.Form)
            : StripeError.NoSuch(kind, request.Id));

    private bool TooOld(System.Text.Json.Nodes.JsonObject happened) =>
        happened.Whole("created") < sandbox.NowUnix - Sandbox.EventsKeptSeconds;

    private Answer Events(ApiRequest request)
    {
        var form = request.Form;
        var types = form.Values("types");
        if (types.Count > 0 && form.Text("type") is not null)
            return StripeError.BadParameter("You may only specify one of these parameters: type, types.", null, "type");
        var events = request.Account.All("event").Reverse()
            .Where(happened => !TooOld(happened))
            .Where(happened => Lists.MadeWithin(form, happened))
            .Where(happened => TypeFits(form.Text("type"), happened.Text("type")))
            .Where(happened => types.Count == 0 || types.Contains(happened.Text("type")))
            .Where(happened => form.Text("delivery_success") is not { } wanted
                || (happened.Whole("pending_webhooks") == 0) == (wanted == "true"))
            .ToList();
        return Lists.Page(request, events, "/v1/events");
    }

    /// <summary><c>charge.*</c> asks for every charge event.</summary>
    private static bool TypeFits(string? wanted, string type)
    {
        if (wanted is null) return true;
        return wanted.EndsWith('*')
            ? type.StartsWith(wanted[..^1], StringComparison.Ordinal)
            : wanted == type;
    }

    private Answer CreateCustomer(ApiRequest request)
    {
        var customer = CustomerShape.New(request.Form, sandbox.NowUnix);
        request.Account.Add(customer);
        sandbox.Record(request.Account, "customer.created", customer, request.Cause);
        return Expansion.Expand(request.Account, customer, request.Form);
    }
}
