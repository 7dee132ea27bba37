using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Payments;

/// <summary>The <c>Stripe-Signature</c> header of a notice that no stand-in sends.</summary>
internal static class StripeSignature
{
    /// <summary>Signed now, by the secret of the server's endpoint.</summary>
    public static string Header(byte[] body)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return string.Create(CultureInfo.InvariantCulture, $"t={now},v1={Sign(body, now)}");
    }

    /// <param name="at">Seconds since 1970.</param>
    public static string Sign(byte[] body, long at, string secret = ApiServer.WebhookSecret)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(at.ToString(CultureInfo.InvariantCulture) + "."), .. body];
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }
}
