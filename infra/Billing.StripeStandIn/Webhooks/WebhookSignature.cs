using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Billing.StripeStandIn.Webhooks;

/// <summary>
/// The <c>Stripe-Signature</c> header, made from Stripe's description: HMAC-SHA256 over the send time, a dot and
/// the body, one <c>v1</c> for each valid secret. Our own, so that Stripe.net's check is a check of it.
/// </summary>
internal static class WebhookSignature
{
    public static string Header(string body, long sentUnix, IEnumerable<string> secrets)
    {
        var time = sentUnix.ToString(CultureInfo.InvariantCulture);
        var signed = Encoding.UTF8.GetBytes($"{time}.{body}");
        var signatures = secrets.Select(secret => $"v1={Sign(signed, secret)}");
        return $"t={time},{string.Join(',', signatures)}";
    }

    private static string Sign(byte[] signed, string secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
}
