using Billing.Domain.Access;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using NodaTime;

namespace Billing.Api.Access;

/// <summary>Whom a token of the identity provider vouches for.</summary>
/// <param name="Scopes">Those of ours among what its <c>scope</c> claim names; null where it has no such claim.</param>
public sealed record VouchedIdentity(string Issuer, string Subject, TokenScopes? Scopes)
{
    public string Hash => Secrets.HashOf($"{Issuer}\n{Subject}");
}

/// <summary>Holds JSON Web Tokens against what the identity provider says of itself.</summary>
public sealed class IdentityTokens : IDisposable
{
    /// <summary>Longer ones are not looked at.</summary>
    public const int MostCharacters = 8_000;

    /// <summary>Signatures by a key that the provider keeps to itself. One that is shared, or none at all, proves nothing.</summary>
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    private readonly IdentityProvider? _provider;
    private readonly string? _audience;

    public IdentityTokens(OidcOptions options, IClock clock) => (_provider, _audience) =
        (options.IsConfigured ? new IdentityProvider(options, clock) : null, options.Audience);

    public bool AreTaken => _provider is not null;

    /// <summary>Whether it could be one, and not a token of ours.</summary>
    public bool LooksLikeOne(string bearer) => AreTaken && bearer.Length <= MostCharacters && bearer.Count(c => c == '.') == 2;

    /// <summary>Whom the token vouches for, or in words why it does for nobody.</summary>
    /// <exception cref="IdentityProviderException">The provider has never been reached.</exception>
    public async ValueTask<(VouchedIdentity? Identity, string? Fault)> Verify(string token, CancellationToken cancellationToken)
    {
        var described = await _provider!.Described(cancellationToken);
        var result = await Handler.ValidateTokenAsync(token, RulesBy(described));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException
            && await _provider.Renewed(described, cancellationToken) is { } renewed)
            result = await Handler.ValidateTokenAsync(token, RulesBy(renewed));
        if (!result.IsValid) return (null, Why(result.Exception));
        var read = (JsonWebToken)result.SecurityToken;
        if (read.Subject is not { Length: > 0 and <= 255 } subject) return (null, "it names nobody (sub)");
        return (new VouchedIdentity(read.Issuer, subject, ScopesOf(result)), null);
    }

    public void Dispose() => _provider?.Dispose();

    private TokenValidationParameters RulesBy(OpenIdConnectConfiguration provider) => new()
    {
        ValidIssuer = provider.Issuer,
        ValidAudience = _audience,
        IssuerSigningKeys = provider.SigningKeys,
        ValidAlgorithms = Algorithms,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ValidateIssuerSigningKey = true,
        ClockSkew = TimeSpan.FromSeconds(30),
    };

    private static TokenScopes? ScopesOf(TokenValidationResult result)
    {
        var claims = result.ClaimsIdentity.FindAll("scope").ToList();
        return claims.Count == 0
            ? null
            : TokenScopes.Of([.. claims.SelectMany(claim => claim.Value.Split(' ')).Where(name => TokenScopes.All.Contains(name))]);
    }

    private static string Why(Exception? fault) => fault switch
    {
        SecurityTokenExpiredException => "it has expired",
        SecurityTokenNotYetValidException => "it is not valid yet",
        SecurityTokenNoExpirationException => "it never expires",
        SecurityTokenInvalidAudienceException => "it is made out for another program (aud)",
        SecurityTokenInvalidIssuerException => "another provider issued it (iss)",
        _ => "its signature is not the provider's",
    };
}
