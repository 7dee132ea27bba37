using System.Net;
using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.ModelContext;

namespace Billing.Api.Tests.Access;

/// <summary>A token may do what its scopes name and its member's role allows, and is told so.</summary>
public sealed class ScopeTests : IAsyncLifetime
{
    private ApiServer _server = null!;
    private Practice _practice = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _practice = await Practice.Open(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_token_shows_its_scopes_in_their_order_and_one_without_shows_none()
    {
        var narrow = await Owned("time:write", "invoices:read", "time:write");

        Assert.Equal("[\"invoices:read\",\"time:write\"]", (await _server.Get(narrow.Token, "/v1/me")).Ok().Json["scopes"]!.ToJsonString());
        Assert.Null((await _practice.Get("/v1/me"))["scopes"]);
        var listed = (await _practice.Get("/v1/tokens"))["items"]!.AsArray().ToDictionary(token => (Guid)token!["tokenId"]!, token => token!["scopes"]);
        Assert.Equal("[\"invoices:read\",\"time:write\"]", listed[narrow.Id]!.ToJsonString());
        Assert.Null(listed[_practice.SpareTokenId]);
    }

    [Theory]
    [InlineData("[]", "scopes-empty", "/scopes")]
    [InlineData("[\"time:write\",\"time:all\"]", "scope-unknown", "/scopes/1")]
    [InlineData("[\"Time:read\"]", "scope-unknown", "/scopes/0")]
    [InlineData("[\"exchange:read\"]", "scope-not-for-role", "/scopes/0")]
    public async Task Scopes_that_open_nothing_are_refused(string scopes, string code, string pointer)
    {
        var head = await _server.Head();

        var refused = await _server.Post(
            _practice.Owner, "/v1/tokens", $$"""{"memberId":"{{_practice.OwnerId}}","scopes":{{scopes}}}""");

        Assert.Equal((422, code, (string?)null), (refused.Code, refused.ProblemCode, Refused.Fault(refused, pointer)));
        Assert.Equal(head, await _server.Head());
    }

    [Fact]
    public async Task An_assistants_token_gets_no_scope_that_assistants_have_no_use_for()
    {
        var refused = await _server.Post(
            _practice.Owner, "/v1/tokens", $$"""{"memberId":"{{_practice.AssistantId}}","scopes":["time:write","payments:write"]}""");

        Assert.Equal((422, "scope-not-for-role", (string?)null), (refused.Code, refused.ProblemCode, Refused.Fault(refused, "/scopes/1")));
    }

    [Fact]
    public async Task A_scope_gives_nothing_that_the_role_does_not()
    {
        var (_, token) = await _practice.IssueToken(_practice.AssistantId, ",\"scopes\":[\"time:write\"]");

        Forbids("role-not-allowed", await _server.Get(token, "/v1/timers"));
        (await _server.Get(token, "/v1/timer")).Ok();
        Forbids("scope-not-allowed", await _server.Get(token, "/v1/clients"));
    }

    [Fact]
    public async Task A_token_issues_none_that_may_do_more_than_itself()
    {
        var narrow = await Owned("access:write", "time:write");
        var wish = $"{{\"memberId\":\"{_practice.OwnerId}\"";

        Forbids("scopes-exceed-own", await _server.Post(narrow.Token, "/v1/tokens", wish + "}"));
        Forbids("scopes-exceed-own", await _server.Post(narrow.Token, "/v1/tokens", wish + ",\"scopes\":[\"time:read\",\"invoices:read\"]}"));
        (await _server.Post(narrow.Token, "/v1/tokens", wish + ",\"scopes\":[\"time:read\"]}")).Ok();
    }

    [Fact]
    public async Task A_dry_run_is_a_write_and_a_preview_is_not()
    {
        var reader = await Owned("engagements:read");
        const string body = """{"perHour":{"amount":"50.00","currency":"USD"},"validFrom":"2026-01-01"}""";

        Forbids("scope-not-allowed", await _server.Post(reader.Token, $"/v1/engagements/{_practice.EngagementId}:set-rate?dryRun=true", body));
        (await _server.Post(reader.Token, $"/v1/engagements/{_practice.EngagementId}:preview-rate", body)).Ok();
    }

    [Fact]
    public async Task Changes_are_told_of_what_the_scopes_may_read()
    {
        var narrow = await Owned("changes:read", "invoices:write");

        var told = await Resources(narrow.Token);

        Assert.Equal(["credit-notes", "e-invoicing", "invoice", "recurring-invoice"], told.Order(StringComparer.Ordinal));
        Assert.Superset(new HashSet<string>(["client", "expense", "invoice", "token"], StringComparer.Ordinal), await Resources(_practice.Owner));
    }

    [Fact]
    public async Task A_tool_does_what_the_scopes_of_its_token_allow()
    {
        var narrow = await Owned("invoices:read", "clients:read");
        await using var tools = await ToolCaller.Connect(_server, narrow.Token);

        Assert.False((await tools.Call("list_invoices")).IsError);
        Assert.Equal("scope-not-allowed", (await tools.Call("list_engagements")).Code);
        Assert.Equal("scope-not-allowed", (await tools.Call("preview_draft_invoice", ("clientId", _practice.ClientId))).Code);
    }

    [Fact]
    public async Task A_browser_keeps_no_token_with_scopes()
    {
        var narrow = await Owned("time:write");

        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent([new("token", narrow.Token)]) };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var answer = await _server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Contains(
            "This token is for a program", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        foreach (var (method, path) in new[] { (HttpMethod.Get, "/time"), (HttpMethod.Post, "/time/sync") })
        {
            using var smuggled = new HttpRequestMessage(method, path);
            smuggled.Headers.Add("Sec-Fetch-Site", "same-origin");
            smuggled.Headers.Add("Cookie", $"billing-session={narrow.Token}");
            if (method == HttpMethod.Post)
                smuggled.Content = new StringContent("""{"items":[]}""", System.Text.Encoding.UTF8, "application/json");
            using var shut = await _server.Http.SendAsync(smuggled, TestContext.Current.CancellationToken);
            Assert.Contains(shut.StatusCode, new[] { HttpStatusCode.SeeOther, HttpStatusCode.Redirect, HttpStatusCode.Forbidden });
        }
    }

    private static void Forbids(string code, ApiAnswer answer) =>
        Assert.Equal((403, code, (string?)null), (answer.Code, answer.ProblemCode, Refused.Fault(answer)));

    private Task<(Guid Id, string Token)> Owned(params string[] scopes) => _practice.IssueToken(
        _practice.OwnerId, $",\"scopes\":{new JsonArray([.. scopes.Select(scope => (JsonNode)scope)]).ToJsonString()}");

    private async Task<HashSet<string>> Resources(string token) =>
        [.. (await _server.Get(token, "/v1/changes?limit=500")).Ok().Json["items"]!.AsArray().Select(change => (string)change!["resource"]!)];
}
