using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Api;

/// <summary><c>/v1/disputes</c>, to read. Evidence is sent in Stripe's dashboard; here by the controls.</summary>
internal static class DisputeEndpoints
{
    private const string Path = "/v1/disputes";

    public static IEnumerable<ApiEndpoint> All =>
    [
        new("GET", Path, "dispute", ListParameters, List),
        new("GET", $"{Path}/{{id}}", "dispute", [Parameter.Expand], Get),
    ];

    private static IReadOnlyList<Parameter> ListParameters =>
    [
        .. Parameter.Paging, Parameter.Created, new Parameter.Text("charge"), new Parameter.Text("payment_intent"),
    ];

    private static Answer Get(ApiRequest request) => request.Account.Find("dispute", request.Id) is { } dispute
        ? Expansion.Expand(request.Account, dispute, request.Form)
        : StripeError.NoSuch("dispute", request.Id);

    private static Answer List(ApiRequest request)
    {
        var disputes = request.Account.All("dispute").Reverse()
            .Where(dispute => Lists.MadeWithin(request.Form, dispute))
            .Where(dispute => Lists.Fits(request.Form, dispute, "charge"))
            .Where(dispute => Lists.Fits(request.Form, dispute, "payment_intent"))
            .ToList();
        return Lists.Page(request, disputes, Path);
    }
}
