using Billing.Api.Access;
using Billing.Api.Hosting;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.ModelContext;

namespace Billing.Api.Tests.Access;

/// <summary>A token of the identity provider lets in whoever linked the identity, and every other is refused.</summary>
public sealed class OidcTests : IAsyncLifetime
{
    private TestIssuer _issuer = null!;
    private ApiServer _server = null!;
    private Practice _practice = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.Start();
        _server = await ApiServer.Start(settings: new Dictionary<string, string?>
        {
            ["Billing:Oidc:Authority"] = _issuer.Address,
            ["Billing:Oidc:Audience"] = TestIssuer.Audience,
        });
        _practice = await Practice.OpenEmpty(_server);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task A_member_comes_in_by_the_identity_that_they_linked_in_their_own_role()
    {
        var (ana, token) = await _practice.Join("Ana", "assistant");
        Refuses(await _server.Get(_issuer.Token("ana"), "/v1/me"));

        var linked = await Link(token, _issuer.Token("ana"));

        var me = (await _server.Get(_issuer.Token("ana"), "/v1/me")).Ok().Json;
        Assert.Equal((ana, "assistant", null), ((Guid)me["memberId"]!, (string?)me["role"], (string?)me["scopes"]?.ToJsonString()));
        Assert.Equal("role-not-allowed", (await _server.Get(_issuer.Token("ana"), "/v1/members")).ProblemCode);
        var shown = Assert.Single((await _server.Get(_practice.Owner, "/v1/identities")).Ok().Items);
        Assert.Equal(
            (linked.Id, ana, _issuer.Address, "ana"),
            ((Guid)shown["linkId"]!, (Guid)shown["memberId"]!, (string?)shown["issuer"], (string?)shown["subject"]));
        Assert.NotNull(shown["lastUsedAt"]);
    }

    [Fact]
    public async Task Nobody_comes_in_by_a_token_that_is_not_the_providers_for_this_server_now()
    {
        await Link(_practice.Owner, _issuer.Token("maya"));
        (await _server.Get(_issuer.Token("maya"), "/v1/me")).Ok();
        var good = _issuer.Token("maya");
        var bad = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["another issuer"] = _issuer.Token("maya", issuer: "https://elsewhere.example"),
            ["another audience"] = _issuer.Token("maya", audience: "another-program"),
            ["expired"] = _issuer.Token("maya", fromMinutes: -20, untilMinutes: -5),
            ["not yet valid"] = _issuer.Token("maya", fromMinutes: 5),
            ["signed by nobody"] = _issuer.UnsignedToken("maya"),
            ["signed by the public key"] = _issuer.TokenByPublicKey("maya"),
            ["signed by somebody else"] = _issuer.ForgedToken("maya"),
            ["changed on its way"] = $"{good.Split('.')[0]}.{_issuer.Token("other").Split('.')[1]}.{good.Split('.')[2]}",
            ["of nobody who is linked"] = _issuer.Token("stranger"),
            ["no token at all"] = "aaaaaaaaaaaa.bbbbbbbbbbbb.cccccccccccc",
        };

        foreach (var (what, token) in bad) Refuses(await _server.Get(token, "/v1/me"), what);
        (await _server.Get(_practice.Owner, "/v1/me")).Ok();
    }

    [Fact]
    public async Task A_new_key_of_the_provider_is_fetched_once_it_signs_and_the_old_one_is_no_longer_good()
    {
        await Link(_practice.Owner, _issuer.Token("maya"));
        var old = _issuer.Token("maya");
        var reads = _issuer.KeyReads;
        (await _server.Get(old, "/v1/me")).Ok();
        Assert.Equal(reads, _issuer.KeyReads);

        _issuer.Rotate();

        (await _server.Get(_issuer.Token("maya"), "/v1/me")).Ok();
        Assert.Equal(reads + 1, _issuer.KeyReads);
        Refuses(await _server.Get(old, "/v1/me"));
        for (var i = 0; i < 5; i++) Refuses(await _server.Get(_issuer.Token("maya", by: new Microsoft.IdentityModel.Tokens.SigningCredentials(
            new Microsoft.IdentityModel.Tokens.RsaSecurityKey(System.Security.Cryptography.RSA.Create(2048)) { KeyId = "unknown" }, "RS256")), "/v1/me"));
        Assert.InRange(_issuer.KeyReads, reads + 1, reads + 2);
    }

    [Fact]
    public async Task The_scopes_among_the_claims_are_those_of_the_token()
    {
        await Link(_practice.Owner, _issuer.Token("maya"));

        var narrow = _issuer.Token("maya", "openid profile time:write");
        Assert.Equal("[\"time:write\"]", (await _server.Get(narrow, "/v1/me")).Ok().Json["scopes"]!.ToJsonString());
        Assert.Equal("scope-not-allowed", (await _server.Get(narrow, "/v1/clients")).ProblemCode);
        (await _server.Get(narrow, "/v1/timer")).Ok();
        Assert.Equal("scope-not-allowed", (await _server.Get(_issuer.Token("maya", "openid profile"), "/v1/timer")).ProblemCode);
        await using var tools = await ToolCaller.Connect(_server, narrow);
        Assert.Equal("scope-not-allowed", (await tools.Call("list_engagements")).Code);
    }

    [Fact]
    public async Task An_identity_is_linked_only_by_who_shows_both_tokens_and_only_once()
    {
        var (_, token) = await _practice.Join("Ana", "assistant");
        var (_, scoped) = await _practice.IssueToken(_practice.OwnerId, ",\"scopes\":[\"access:write\"]");

        await Fails(403, "scopes-exceed-own", scoped, _issuer.Token("maya"));
        await Fails(422, "identity-token-not-good", _practice.Owner, _issuer.ForgedToken("maya"));
        await Link(_practice.Owner, _issuer.Token("maya"));
        await Fails(409, "identity-taken", token, _issuer.Token("maya"));
        var id = Guid.CreateVersion7();
        Assert.Equal((id, id), ((await Link(token, _issuer.Token("ana"), id)).Id, (await Link(token, _issuer.Token("ana"), id)).Id));
    }

    [Fact]
    public async Task Who_is_unlinked_or_has_left_is_out_at_once()
    {
        var (ana, token) = await _practice.Join("Ana", "assistant");
        var linked = await Link(token, _issuer.Token("ana"));
        (await _server.Get(_issuer.Token("ana"), "/v1/me")).Ok();
        await _practice.Post($"/v1/identities/{linked.Id}:unlink", "{}");
        Refuses(await _server.Get(_issuer.Token("ana"), "/v1/me"));

        await Link(token, _issuer.Token("ana"));
        (await _server.Get(_issuer.Token("ana"), "/v1/me")).Ok();
        await _practice.Post($"/v1/members/{ana}:remove", "{}");
        Refuses(await _server.Get(_issuer.Token("ana"), "/v1/me"));
    }

    [Fact]
    public async Task Who_belongs_to_two_practices_says_which_is_meant()
    {
        var other = await Practice.OpenEmpty(_server, "Larch");
        await Link(_practice.Owner, _issuer.Token("maya"));
        await Link(other.Owner, _issuer.Token("maya"));

        var unsaid = await _server.Get(_issuer.Token("maya"), "/v1/me");
        Assert.Equal((400, null), (unsaid.Code, Refused.Fault(unsaid, Bearers.PracticeHeader)));
        foreach (var practice in new[] { _practice, other })
        {
            var me = (await _server.Get(_issuer.Token("maya"), "/v1/me", (Bearers.PracticeHeader, $"{practice.Id}"))).Ok();
            Assert.Equal(practice.Id, (Guid)me.Json["businessId"]!);
        }
        Refuses(await _server.Get(_issuer.Token("maya"), "/v1/me", (Bearers.PracticeHeader, $"{Guid.NewGuid()}")));
    }

    [Fact]
    public async Task A_provider_that_was_never_reached_keeps_nobody_else_out()
    {
        await using var server = await ApiServer.Start(settings: new Dictionary<string, string?>
        {
            ["Billing:Oidc:Authority"] = $"http://127.0.0.1:{Billing.TestSupport.Processes.LoopbackPort.Free()}",
            ["Billing:Oidc:Audience"] = TestIssuer.Audience,
        });
        var practice = await Practice.OpenEmpty(server);

        var unreachable = await server.Get(_issuer.Token("maya"), "/v1/me");

        Assert.Equal((503, "identity-provider-unreachable"), (unreachable.Code, unreachable.ProblemCode));
        (await server.Get(practice.Owner, "/v1/me")).Ok();
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("https://id.example/realms/x", "billing", null)]
    [InlineData("http://127.0.0.1:8080", "billing", null)]
    [InlineData(null, "billing", "Billing:Oidc:Audience is set, but Billing:Oidc:Authority is not")]
    [InlineData("https://id.example", null, "Billing:Oidc:Authority is set, but Billing:Oidc:Audience is not")]
    [InlineData("https://id.example", " ", "Billing:Oidc:Authority is set, but Billing:Oidc:Audience is not")]
    [InlineData("http://id.example", "billing", "Name an https address")]
    [InlineData("ftp://id.example", "billing", "is no plain https address")]
    [InlineData("https://id.example/?tenant=1", "billing", "is no plain https address")]
    [InlineData("https://me:pass@id.example", "billing", "is no plain https address")]
    [InlineData("id.example", "billing", "is no plain https address")]
    public void A_provider_is_named_in_full_and_by_https(string? authority, string? audience, string? fault)
    {
        var options = new BillingOptions
        {
            Oidc = { Authority = authority is null ? null : new Uri(authority, UriKind.RelativeOrAbsolute), Audience = audience },
        };
        var named = options.Fault();
        if (fault is null) Assert.Null(named);
        else Assert.Contains(fault, named, StringComparison.Ordinal);
    }

    private async Task<ApiAnswer> Link(string token, string identity, Guid? id = null) => (await Ask(token, identity, id)).Ok();

    private Task<ApiAnswer> Ask(string token, string identity, Guid? id = null) => _server.Post(
        token, "/v1/identities", $"{{\"identityToken\":\"{identity}\"{(id is null ? "" : $",\"id\":\"{id}\"")}}}");

    private async Task Fails(int status, string code, string token, string identity)
    {
        var answer = await Ask(token, identity);
        Assert.Equal((status, code, (string?)null), (answer.Code, answer.ProblemCode, Refused.Fault(answer)));
    }

    private static void Refuses(ApiAnswer answer, string what = "") => Assert.Equal(
        (what, 401, "not-authenticated", "Bearer error=\"invalid_token\"", null),
        (what, answer.Code, answer.ProblemCode, answer.Header("WWW-Authenticate"), Refused.Fault(answer)));
}
