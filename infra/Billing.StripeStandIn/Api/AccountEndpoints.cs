using Billing.StripeStandIn.Objects;
using Billing.StripeStandIn.Payments;
using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Api;

/// <summary><c>/v1/accounts</c> and <c>/v1/account_links</c>: what a platform does with the accounts that are connected to it.</summary>
/// <param name="sandbox">The state.</param>
/// <param name="address">Where the stand-in is.</param>
internal sealed class AccountEndpoints(Sandbox sandbox, Func<string> address)
{
    private const string Path = "/v1/accounts", Links = "/v1/account_links";

    public IEnumerable<ApiEndpoint> All =>
    [
        new("POST", Path, "account", CreateParameters, Create),
        new("GET", $"{Path}/{{id}}", "account", [Parameter.Expand], Get),
        new("POST", Links, "account_link", LinkParameters, Link),
    ];

    /// <summary>Only the account whose owner deals with Stripe alone is acted out.</summary>
    private static IReadOnlyList<Parameter> CreateParameters =>
    [
        Parameter.Expand,
        new Parameter.Hash(
            "controller",
            new Parameter.Hash("fees", new Parameter.Choice("payer", "account", "application") { Required = true }) { Required = true },
            new Parameter.Hash("losses", new Parameter.Choice("payments", "application", "stripe") { Required = true }) { Required = true },
            new Parameter.Choice("requirement_collection", "application", "stripe") { Required = true },
            new Parameter.Hash("stripe_dashboard", new Parameter.Choice("type", "express", "full", "none") { Required = true })
            {
                Required = true,
            })
        {
            Required = true,
        },
        new Parameter.Text("country", 2),
        new Parameter.Email("email"),
        new Parameter.Metadata(),
        .. """
           account_token business_profile business_type capabilities company default_currency documents external_account groups
           individual settings tos_acceptance type
           """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .Select(name => new Parameter.NotSimulated(name)),
    ];

    private static IReadOnlyList<Parameter> LinkParameters =>
    [
        Parameter.Expand,
        new Parameter.Text("account") { Required = true },
        new Parameter.Choice("type", "account_onboarding", "account_update") { Required = true },
        new Parameter.Link("refresh_url") { Required = true },
        new Parameter.Link("return_url") { Required = true },
        new Parameter.NotSimulated("collect"),
        new Parameter.NotSimulated("collection_options"),
    ];

    private Answer Create(ApiRequest request)
    {
        if (!request.Account.IsPlatform) return StripeError.NotSimulated("an account that is connected to a connected one");
        var form = request.Form;
        if (form.Text("controller", "fees", "payer") != "account" || form.Text("controller", "losses", "payments") != "stripe"
            || form.Text("controller", "requirement_collection") != "stripe"
            || form.Text("controller", "stripe_dashboard", "type") != "full")
        {
            return StripeError.NotSimulated("a controller other than that of an owner who deals with Stripe alone");
        }
        return Expansion.Expand(request.Account, sandbox.Connect(StripeId.Account(), form), form);
    }

    private Answer Get(ApiRequest request) => Reach(request, request.Id) is { } account
        ? Expansion.Expand(request.Account, sandbox.ObjectOf(account), request.Form)
        : StripeError.NoAccess(request.Id);

    private Answer Link(ApiRequest request)
    {
        var id = request.Form.Text("account")!;
        if (Reach(request, id) is not { } account) return StripeError.NoAccess(id);
        return request.Form.Text("type") == "account_onboarding"
            ? Answer.Ok(AccountLinkShape.New(account.Id, address(), sandbox.NowUnix))
            : StripeError.Invalid(
                "You cannot create `account_update` type Account Links for this account. Valid types are `account_onboarding`.",
                param: "type");
    }

    private StripeAccount? Reach(ApiRequest request, string id) =>
        request.Account.IsPlatform && sandbox.Account(id) is { IsPlatform: false } account ? account : null;
}
