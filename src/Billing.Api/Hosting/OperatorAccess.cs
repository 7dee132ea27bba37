using System.Security.Cryptography;
using System.Text;
using Billing.Api.Http;

namespace Billing.Api.Hosting;

/// <summary>Lets whoever runs the server in, by a token of their own.</summary>
internal static class OperatorAccess
{
    /// <summary>Null for the operator.</summary>
    public static Problem? Refuse(HttpContext http, BillingOptions options) =>
        options.OperatorToken is { } expected && IsOperator(http, expected)
            ? null
            : Problem.Of(401, "not-authenticated", "This takes the operator's token, as Billing:OperatorToken sets it.");

    private static bool IsOperator(HttpContext http, string expected) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(http.Request.Headers.Authorization.ToString()), Encoding.UTF8.GetBytes($"Bearer {expected}"));
}
