using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Billing.Api.Tests.Access;

/// <summary>An identity provider on a port of this machine: it describes itself, shows its keys, and signs what tests ask for.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    public const string Audience = "billing-tests";
    private readonly WebApplication _app;
    private RSA _key = RSA.Create(2048);
    private int _keys = 1;

    private TestIssuer(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>How often its keys were asked for.</summary>
    public int KeyReads { get; private set; }

    public static async Task<TestIssuer> Start()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var issuer = new TestIssuer(builder.Build());
        issuer._app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = issuer.Address,
            ["jwks_uri"] = $"{issuer.Address}/keys",
        }));
        issuer._app.MapGet("/keys", () =>
        {
            issuer.KeyReads++;
            var key = issuer._key.ExportParameters(includePrivateParameters: false);
            return Results.Json(new
            {
                keys = new[]
                {
                    new
                    {
                        kty = "RSA", use = "sig", alg = "RS256", kid = issuer.KeyId, n = Base64UrlEncoder.Encode(key.Modulus),
                        e = Base64UrlEncoder.Encode(key.Exponent),
                    },
                },
            });
        });
        await issuer._app.StartAsync(TestContext.Current.CancellationToken);
        return issuer;
    }

    private string KeyId => $"key-{_keys}";

    /// <summary>From now on it signs with another key, and shows no other.</summary>
    public void Rotate() => (_key, _keys) = (RSA.Create(2048), _keys + 1);

    public string Token(
        string subject, string? scope = null, string? issuer = null, string audience = Audience, int fromMinutes = -1,
        int untilMinutes = 10, SigningCredentials? by = null)
    {
        var claims = new Dictionary<string, object> { ["sub"] = subject };
        if (scope is not null) claims["scope"] = scope;
        var now = DateTime.UtcNow;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Address,
            Audience = audience,
            Claims = claims,
            NotBefore = now.AddMinutes(fromMinutes),
            Expires = now.AddMinutes(untilMinutes),
            SigningCredentials = by ?? new SigningCredentials(new RsaSecurityKey(_key) { KeyId = KeyId }, "RS256"),
        });
    }

    /// <summary>Signed by nobody, and saying so.</summary>
    public string UnsignedToken(string subject)
    {
        var body = Token(subject).Split('.')[1];
        return $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{body}.";
    }

    /// <summary>Signed by the text of the public key as though it were a secret that is shared.</summary>
    public string TokenByPublicKey(string subject) => Token(
        subject, by: new SigningCredentials(
            new SymmetricSecurityKey(Encoding.UTF8.GetBytes(_key.ExportSubjectPublicKeyInfoPem())) { KeyId = KeyId }, "HS256"));

    /// <summary>Signed by a key of somebody else, under the name of this one's.</summary>
    public string ForgedToken(string subject) => Token(
        subject, by: new SigningCredentials(new RsaSecurityKey(RSA.Create(2048)) { KeyId = KeyId }, "RS256"));

    public async ValueTask DisposeAsync()
    {
        _key.Dispose();
        await _app.DisposeAsync();
    }
}
