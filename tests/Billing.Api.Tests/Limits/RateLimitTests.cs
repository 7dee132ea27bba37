using System.Globalization;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Limits;

public sealed class RateLimitTests
{
    private const string Stranger = "bill_unknown-but-long-enough-to-be-one";

    [Fact]
    public async Task Every_answer_under_v1_says_what_is_allowed_and_what_is_left()
    {
        await using var server = await Start();
        var practice = await Practice.Open(server);
        var link = (string)(await practice.Post($"/v1/invoices/{practice.InvoiceId}:share", "{}")).Ok().Json["url"]!;
        var answers = new (string Policy, int Code, ApiAnswer Answer)[]
        {
            ("token", 200, await server.Get(practice.Owner, "/v1/me")),
            ("token", 404, await server.Get(practice.Owner, $"/v1/invoices/{Guid.NewGuid()}")),
            ("token", 403, await server.Get(practice.Assistant, "/v1/tokens")),
            ("token", 400, await server.Post(practice.Owner, "/v1/clients", "[]")),
            ("address", 401, await server.Get(null, "/v1/me")),
            ("address", 404, await server.Get(practice.Owner, "/v1/nothing-here")),
            ("address", 405, await server.Post(practice.Owner, "/v1/me", "{}")),
            ("address", 200, await server.Get(null, new Uri(link).PathAndQuery)),
            ("failures", 401, await server.Get(Stranger, "/v1/me")),
            ("failures", 401, await server.Post(Stranger, "/v1/businesses", "{}")),
        };

        foreach (var (policy, code, answer) in answers)
        {
            Assert.Equal((code, policy), (answer.Code, Name(answer.Header("RateLimit-Policy"))));
            Assert.Matches($"^\"{policy}\";q=\\d+;w=\\d+$", answer.Header("RateLimit-Policy")!);
            Assert.Matches($"^\"{policy}\";r=\\d+;t=\\d+$", answer.Header("RateLimit")!);
        }
        var (before, after) = (Left(await server.Get(practice.Owner, "/v1/me")), Left(await server.Get(practice.Owner, "/v1/me")));
        Assert.Equal(before - 1, after);
    }

    [Fact]
    public async Task A_token_that_asks_too_often_waits_and_another_does_not()
    {
        await using var strict = await Start(("Token:Burst", "3"), ("Token:PerMinute", "60"));
        var here = await Opened(strict);
        for (var n = 0; n < 3; n++) (await strict.Get(here, "/v1/me")).Ok();
        var refused = await strict.Get(here, "/v1/me");

        Assert.Equal((429, "too-many-requests", "1"), (refused.Code, refused.ProblemCode, refused.Header("Retry-After")));
        Assert.Null(Refused.Fault(refused));
        Assert.Equal(0, Left(refused));
        (await strict.Get(await Opened(strict), "/v1/me")).Ok();
        await Task.Delay(1_200, TestContext.Current.CancellationToken);
        (await strict.Get(here, "/v1/me")).Ok();
    }

    [Fact]
    public async Task An_address_without_a_token_that_asks_too_often_waits_and_who_brings_one_does_not()
    {
        await using var server = await Start(("Address:Burst", "4"), ("Address:PerMinute", "1"));
        var owner = await Opened(server);
        for (var n = 0; n < 3; n++) Assert.Equal(200, (await server.Get(null, "/health")).Code);

        foreach (var path in new[] { "/health", "/v1/me", "/v1/nothing-here", $"/i/{new string('a', 43)}", "/sign-in" })
            Assert.Equal((429, "60"), (await server.Get(null, path)) is var refused ? (refused.Code, refused.Header("Retry-After")) : default);
        (await server.Get(owner, "/v1/me")).Ok();
    }

    [Fact]
    public async Task Wrong_tokens_links_and_sign_ins_share_a_small_allowance_that_only_they_use_up()
    {
        await using var server = await Start(("Failures:Burst", "4"), ("Failures:PerMinute", "1"));
        var (known, unmet) = (await Opened(server), await Opened(server));
        (await server.Get(known, "/v1/me")).Ok();
        for (var n = 0; n < 30; n++) (await server.Get(known, "/v1/me")).Ok();

        Assert.Equal(401, (await server.Get(Stranger, "/v1/me")).Code);
        Assert.Equal(404, (await server.Get(null, $"/i/{new string('a', 43)}")).Code);
        Assert.Equal(401, (await SignIn(server, Stranger)).Code);
        Assert.Equal(401, (await server.Post(Stranger, "/v1/businesses", "{}")).Code);

        // Nobody is told any more whether a secret is right, not even for one that is.
        var refused = new[]
        {
            await server.Get(Stranger, "/v1/me"), await server.Get(unmet, "/v1/me"), await server.Post(Stranger, "/v1/businesses", "{}"),
            await server.Get(null, $"/i/{new string('a', 43)}"), await server.Get(null, $"/q/{new string('b', 43)}"),
            await server.Get(null, $"/t/{new string('c', 43)}"),
        };
        Assert.All(refused, answer => Assert.Equal(
            (429, "too-many-failures", "60", "failures"),
            (answer.Code, answer.ProblemCode, answer.Header("Retry-After"), Name(answer.Header("RateLimit-Policy")))));
        var page = await SignIn(server, unmet);
        Assert.Equal(429, page.Code);
        Assert.Contains("Too many wrong tokens", page.Text, StringComparison.Ordinal);

        // Who was let in before goes on working at the same address.
        (await server.Get(known, "/v1/me")).Ok();
        Assert.Equal(303, (await SignIn(server, known)).Code);
    }

    [Fact]
    public async Task A_token_that_was_good_until_it_was_revoked_is_no_guess()
    {
        await using var server = await Start(("Failures:Burst", "2"), ("Failures:PerMinute", "1"));
        var practice = await Practice.Open(server);
        var spare = await practice.IssueToken(practice.OwnerId);
        (await server.Get(spare.Token, "/v1/me")).Ok();
        await practice.Post($"/v1/tokens/{spare.Id}:revoke", "{}");

        for (var n = 0; n < 10; n++) Assert.Equal(401, (await server.Get(spare.Token, "/v1/me")).Code);
    }

    [Theory]
    [InlineData("Token:Burst", "0"), InlineData("Address:PerMinute", "-1"), InlineData("Failures:Burst", "1000000001")]
    public async Task An_allowance_that_cannot_be_counted_is_refused_at_the_start(string name, string value)
    {
        var fault = await Assert.ThrowsAsync<Billing.Api.Hosting.InvalidConfigurationException>(() => Start((name, value)));
        Assert.StartsWith($"Billing:RateLimit:{name.Split(':')[0]}: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_largest_allowance_is_counted()
    {
        await using var server = await Start(("Token:Burst", "1000000000"), ("Token:PerMinute", "1"));
        var answer = (await server.Get(await Opened(server), "/v1/me")).Ok();

        Assert.Equal("\"token\";q=1000000000;w=60000000000", answer.Header("RateLimit-Policy"));
        Assert.Equal(999_999_999, Left(answer));
    }

    private static Task<ApiServer> Start(params (string Name, string Value)[] limits) => ApiServer.Start(
        settings: limits.ToDictionary(limit => $"Billing:RateLimit:{limit.Name}", string? (limit) => limit.Value));

    /// <summary>Token of the owner of a new practice.</summary>
    private static async Task<string> Opened(ApiServer server) => (string)(await server.Post(
        ApiServer.OperatorToken, "/v1/businesses",
        """{"name":"Juniper","ownerName":"Maya","timeZone":"America/Chicago","currency":"USD"}""")).Ok().Json["token"]!;

    private static Task<ApiAnswer> SignIn(ApiServer server, string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = token }),
        };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return server.Send(request);
    }

    private static string? Name(string? policy) => policy?.Split('"')[1];

    private static int Left(ApiAnswer answer) => int.Parse(
        answer.Header("RateLimit")!.Split("r=")[1].Split(';')[0], NumberStyles.None, CultureInfo.InvariantCulture);
}
