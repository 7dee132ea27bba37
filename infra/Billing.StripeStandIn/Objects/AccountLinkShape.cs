using System.Text.Json.Nodes;

namespace Billing.StripeStandIn.Objects;

/// <summary>An <c>account_link</c>. The page that it names is not acted out: the controls do what an owner would there.</summary>
internal static class AccountLinkShape
{
    private const long LifeSeconds = 300;

    public static JsonObject New(string account, string address, long createdUnix) => new()
    {
        ["object"] = "account_link",
        ["created"] = createdUnix,
        ["expires_at"] = createdUnix + LifeSeconds,
        ["url"] = $"{address}setup/s/{account}/{StripeId.Fingerprint()}",
    };
}
