using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Access;

/// <summary>In which zone days are counted: the practice's own for its books, each member's for what they clock.</summary>
public sealed class ZoneTests : IAsyncLifetime
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
    public async Task The_owner_goes_with_the_practice_from_the_answer_on_and_the_assistant_stays()
    {
        var before = await Zone(_practice.Assistant);

        (await _server.Post(_practice.Owner, "/v1/business:move", """{"timeZone":"Pacific/Kiritimati"}""")).Ok();

        Assert.Equal(("Pacific/Kiritimati", before), (await Zone(_practice.Owner), await Zone(_practice.Assistant)));
        Assert.Equal("Pacific/Kiritimati", await ZoneOfNewTimer(_practice.Owner));
    }

    [Fact]
    public async Task A_member_says_where_they_work_and_the_next_timer_counts_there()
    {
        (await _server.Post(_practice.Assistant, $"/v1/members/{_practice.AssistantId}:move", """{"timeZone":"Pacific/Midway"}""")).Ok();

        Assert.Equal("Pacific/Midway", await Zone(_practice.Assistant));
        Assert.Equal("Pacific/Midway", await ZoneOfNewTimer(_practice.Assistant));
    }

    [Fact]
    public async Task Nobody_but_an_owner_moves_somebody_else()
    {
        var path = $"/v1/members/{_practice.OtherAssistantId}:move";
        const string Body = """{"timeZone":"Pacific/Midway"}""";

        foreach (var role in new[] { "assistant", "bookkeeper" })
        {
            var refused = await _server.Post(_practice.TokenOf(role), path, Body);
            Assert.Equal((403, "not-own-zone"), (refused.Code, refused.ProblemCode));
        }
        (await _server.Post(_practice.Owner, path, Body)).Ok();
        var members = (await _practice.Get("/v1/members"))["items"]!.AsArray();
        Assert.Equal("Pacific/Midway", (string?)members.Single(one => (Guid)one!["memberId"]! == _practice.OtherAssistantId)!["timeZone"]);
    }

    [Fact]
    public async Task An_assistant_says_on_a_page_where_they_work_and_reads_there_in_which_zone_times_are_counted()
    {
        var sent = await Choose("Asia/Manila");

        Assert.Equal((303, "/time"), (sent.Code, sent.Header("Location")));
        Assert.Equal("Asia/Manila", await Zone(_practice.Assistant));
        Assert.Contains("Days and times are counted in Asia/Manila.", (await Look("/time")).Text, StringComparison.Ordinal);
        Assert.Contains("""<option value="Asia/Manila" selected>""", (await Look("/zone")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mars/Olympus"), InlineData("")]
    public async Task A_zone_that_is_none_is_refused_on_the_page_and_nothing_changes(string zone)
    {
        var before = await Zone(_practice.Assistant);

        var refused = await Choose(zone);

        Assert.Equal(409, refused.Code);
        Assert.Contains("""role="alert""", refused.Text, StringComparison.Ordinal);
        Assert.Equal(before, await Zone(_practice.Assistant));
    }

    [Fact]
    public async Task A_zone_of_an_old_name_stays_chosen_on_the_page()
    {
        (await _server.Post(_practice.Assistant, $"/v1/members/{_practice.AssistantId}:move", """{"timeZone":"US/Eastern"}""")).Ok();

        Assert.Contains("""<option value="US/Eastern" selected>""", (await Look("/zone")).Text, StringComparison.Ordinal);
    }

    private Task<ApiAnswer> Choose(string zone) => Send(HttpMethod.Post, "/zone", new FormUrlEncodedContent([new("zone", zone)]));

    private Task<ApiAnswer> Look(string path) => Send(HttpMethod.Get, path, null);

    private Task<ApiAnswer> Send(HttpMethod method, string path, HttpContent? form)
    {
        var request = new HttpRequestMessage(method, path) { Content = form };
        request.Headers.Add("Cookie", $"billing-session={_practice.Assistant}");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return _server.Send(request);
    }

    private async Task<string> Zone(string token) => (string)(await _server.Get(token, "/v1/me")).Ok().Json["timeZone"]!;

    private async Task<string> ZoneOfNewTimer(string token)
    {
        await _server.Post(token, "/v1/timer:stop", "{}");
        (await _server.Post(token, "/v1/timer:start", $$"""{"engagementId":"{{_practice.EngagementId}}"}""")).Ok();
        return (string)(await _server.Get(token, "/v1/timer")).Ok().Json["running"]!["timeZone"]!;
    }
}
