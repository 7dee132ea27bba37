namespace Billing.Api.Tests.Fuzz;

/// <summary>The operations that the run's server takes nothing for, and why that is right. Every other one has to take something.</summary>
internal static class OutOfReach
{
    private const string NoIssuer = "the server knows no identity provider, whose tokens would have to be signed; OidcTests has one";
    private const string NoPlatform = "the server has one Stripe account for all practices, as most have; ConnectTests has a platform";

    public static readonly IReadOnlyDictionary<string, string> Reasons = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["POST /v1/identities"] = NoIssuer,
        ["POST /v1/identities/{id}:unlink"] = NoIssuer,
        ["GET /v1/stripe-account"] = NoPlatform,
        ["POST /v1/stripe-account:connect"] = NoPlatform,
        ["POST /v1/stripe-account:disconnect"] = NoPlatform,
        ["POST /v1/stripe/connect-webhook"] = NoPlatform,
    };
}
