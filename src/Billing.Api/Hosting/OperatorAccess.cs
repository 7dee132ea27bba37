using System.Security.Cryptography;
using System.Text;
using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Limits;

namespace Billing.Api.Hosting;

/// <summary>Lets whoever runs the server in, by a token of their own.</summary>
internal static class OperatorAccess
{
    /// <summary>Null for the operator.</summary>
    public static Problem? Refuse(HttpContext http, BillingOptions options)
    {
        var header = http.Request.Headers.Authorization.ToString();
        var limits = http.RequestServices.GetRequiredService<RateLimits>();
        var hash = Secrets.HashOf(header);
        if (limits.RefuseGuess(http, hash) is { } guess) return guess;
        var isOperator = options.OperatorToken is { } expected && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes($"Bearer {expected}"));
        if (header.Length > 0) limits.NoteTry(http, hash, isOperator);
        return isOperator
            ? null
            : Problem.Of(401, "not-authenticated", "This takes the operator's token, as Billing:OperatorToken sets it.");
    }
}
