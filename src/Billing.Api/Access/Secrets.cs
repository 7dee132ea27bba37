using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Billing.Api.Access;

/// <summary>Tokens and share links: made from 256 random bits, kept only as their SHA-256.</summary>
public static class Secrets
{
    /// <summary>The prefix lets a leaked token be recognised for what it is.</summary>
    public const string TokenPrefix = "bill_";

    public static string NewToken() => TokenPrefix + NewLinkSecret();

    /// <summary>43 characters of base64url, so that it can stand in an address.</summary>
    public static string NewLinkSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
