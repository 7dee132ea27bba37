using System.Net;
using Billing.Domain;

namespace Billing.Api.Webhooks;

/// <summary>Which addresses an endpoint may have. A name is looked up when it is called, and then again each time.</summary>
internal static class WebhookAddress
{
    private const string Field = "/url";

    /// <summary>What is wrong with the address; null where nothing is.</summary>
    public static Rejection? Fault(string text, WebhookOptions options)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0 || url.UserInfo.Length > 0
            || url.Fragment.Length > 0 || (url.Scheme != Uri.UriSchemeHttps && !IsTriedOut(url, options)))
        {
            return Invalid(
                "webhook-url-malformed", "The address must be https, name a host, and have neither user and password nor a fragment.");
        }
        if (IsTriedOut(url, options)) return null;
        if (!options.MayCall(url.Port))
            return Invalid("webhook-port-not-allowed", "This port is not called. Use 443 or 8443, or one that the operator has allowed.");
        return IsOfThisMachine(url) || (AsNumbers(url.IdnHost) is { } address && !PublicAddresses.Contain(address))
            ? Invalid("webhook-address-not-public", "This address is not on the public network. Name a host that everyone can reach.")
            : null;
    }

    /// <summary>A host that is an address in numbers, however it was written.</summary>
    public static IPAddress? AsNumbers(string host) => IPAddress.TryParse(host, out var address) ? address : null;

    private static bool IsTriedOut(Uri url, WebhookOptions options) =>
        options.AllowLoopback && IsOfThisMachine(url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);

    private static bool IsOfThisMachine(Uri url) =>
        url.IsLoopback || url.IdnHost.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    private static Rejection Invalid(string code, string detail) => new(code, detail, Field, RejectionKind.Invalid);
}
