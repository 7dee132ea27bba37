using System.Text.Json.Nodes;
using Billing.Api.Tests.Hosting;
using Billing.Api.Tests.Http;
using Microsoft.AspNetCore.Http;

namespace Billing.Api.Tests.Webhooks;

/// <summary>Each test has a path of its own on the receiver.</summary>
public sealed class WebhookTests(WebhookPractice world) : IClassFixture<WebhookPractice>
{
    private Receiver Receiver => world.Receiver;

    [Fact]
    public async Task Every_change_of_the_practice_is_told_once_as_the_feed_tells_it_and_nothing_of_another()
    {
        var other = await Practice.OpenEmpty(world.Server, "Birch");
        var since = await world.Now();
        var (id, _) = await world.Register("/all");
        await world.Practice.AddClient();
        await other.AddClient();
        await world.Happen("Dental");

        var feed = await world.ToldSince(since);
        var got = await Receiver.Wait("/all", feed.Count);
        Assert.Equal(feed.Select(change => change.ToJsonString()), got.Select(one => one.Data));
        Assert.Equal(got.Count, got.Select(one => one.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("client.created", (string?)got[0].Json["type"]);
        Assert.Equal((string?)feed[0]["at"], (string?)got[0].Json["timestamp"]);
        var log = await world.Deliveries(id, feed.Count);
        Assert.Equal(got.Select(one => one.Id).Reverse(), log.Select(one => (string)one["messageId"]!));
        Assert.All(log, one => Assert.Equal((1, true), ((int)one["attempt"]!, (bool)one["isTaken"]!)));
    }

    [Fact]
    public async Task Only_what_is_asked_for_is_told_and_names_that_there_are_not_are_refused()
    {
        await world.Register("/some", ""","resources":["engagement","client"],"events":["engagement-agreed"]""");
        await world.Practice.AddClient();
        await world.Practice.Post("/v1/engagements", $$"""{"clientId":"{{world.Practice.ClientId}}","name":"More"}""");

        var got = await Receiver.Wait("/some", 2);
        Assert.All(got, one => Assert.Equal("engagement.created", (string?)one.Json["type"]));
        foreach (var (field, code) in new[] { ("resources", "webhook-resource-unknown"), ("events", "webhook-event-unknown") })
        {
            var refused = await world.Server.Post(
                world.Practice.Owner, "/v1/webhooks", $$"""{"url":"{{Receiver.At("/none")}}","{{field}}":["invoices"]}""");
            Assert.Equal((422, code), (refused.Code, refused.ProblemCode));
            Assert.Null(Refused.Fault(refused, $"/{field}"));
        }
    }

    [Fact]
    public async Task What_fails_is_tried_again_under_its_id_and_nothing_overtakes_it()
    {
        var fails = 2;
        Receiver.Answer = (http, got) =>
        {
            http.Response.StatusCode = got.Path == "/flaky" && Interlocked.Decrement(ref fails) >= 0 ? 503 : 200;
            return Task.CompletedTask;
        };
        var (id, _) = await world.Register("/flaky");
        await world.Happen("One");
        await world.Happen("Two");

        var ids = (await Receiver.Wait("/flaky", 4)).Select(got => got.Id).ToList();
        Assert.Equal([ids[0], ids[0], ids[0]], ids[..3]);
        Assert.NotEqual(ids[0], ids[3]);
        Assert.Equal(
            [(200, 1), (200, 3), (503, 2), (503, 1)],
            (await world.Deliveries(id, 4)).Select(one => ((int)one["status"]!, (int)one["attempt"]!)));
    }

    [Theory]
    [InlineData("/redirects"), InlineData("/hangs"), InlineData("/breaks")]
    public async Task After_the_last_attempt_the_webhook_is_paused_and_goes_on_when_it_is_resumed(string path)
    {
        var isWell = false;
        Receiver.Answer = (http, got) => isWell || got.Path != path ? Task.CompletedTask : Misbehave(http, path);
        var (id, _) = await world.Register(path);
        await world.Happen("One");

        Assert.Equal("failed", await world.Paused(id));
        Assert.Equal(("paused", 3), ((string?)(await world.Show(id))["status"], (int)(await world.Show(id))["failedAttempts"]!));
        Assert.Equal(3, Receiver.On(path).Count);
        Assert.Empty(Receiver.On("/elsewhere"));
        Assert.All(await world.Deliveries(id, 3), one => Assert.False(string.IsNullOrEmpty((string?)one["error"])));

        isWell = true;
        await world.Practice.Post($"/v1/webhooks/{id}:resume", "{}");
        Assert.Single((await Receiver.Wait(path, 4)).Select(got => got.Id).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Who_answers_410_gets_nothing_more()
    {
        Receiver.Answer = (http, got) =>
        {
            http.Response.StatusCode = got.Path == "/gone" ? 410 : 200;
            return Task.CompletedTask;
        };
        var (id, _) = await world.Register("/gone");
        await world.Happen("One");

        Assert.Equal("gone", await world.Paused(id));
        Assert.Single(Receiver.On("/gone"));
    }

    [Fact]
    public async Task A_removed_or_paused_webhook_gets_nothing_more()
    {
        var (removed, _) = await world.Register("/removed");
        var (paused, _) = await world.Register("/paused");
        await world.Happen("One");
        await Receiver.Wait("/removed", 1);
        await Receiver.Wait("/paused", 1);
        await world.Practice.Post($"/v1/webhooks/{removed}:remove", "{}");
        await world.Practice.Post($"/v1/webhooks/{paused}:pause", "{}");
        await world.Register("/witness");
        await world.Happen("Two");
        await Receiver.Wait("/witness", 1);
        await Task.Delay(1_500, TestContext.Current.CancellationToken);

        Assert.Equal((1, 1), (Receiver.On("/removed").Count, Receiver.On("/paused").Count));
        Assert.Equal(404, (await world.Server.Get(world.Practice.Owner, $"/v1/webhooks/{removed}")).Code);
        Assert.Equal("owner", (string?)(await world.Show(paused))["pausedBecause"]);
    }

    [Fact]
    public async Task One_message_is_sent_again_and_all_from_one_on()
    {
        var (id, _) = await world.Register("/again");
        foreach (var name in new[] { "One", "Two", "Three" }) await world.Happen(name);
        var first = await Receiver.Wait("/again", 3);
        var second = (await world.Deliveries(id, 3))[1];

        var again = (await world.Practice.Post($"/v1/webhooks/{id}:redeliver", $$"""{"messageId":"{{first[1].Id}}"}""")).Json;
        Assert.Equal((first[1].Id, 2, true), ((string)again["messageId"]!, (int)again["attempt"]!, (bool)again["isTaken"]!));
        Assert.Equal(first[1].Body, Receiver.On("/again")[3].Body);

        await world.Practice.Post($"/v1/webhooks/{id}:replay", $$"""{"since":"{{second["since"]}}"}""");
        var all = await Receiver.Wait("/again", 6);
        Assert.Equal([first[1].Body, first[2].Body], all.Skip(4).Select(got => got.Body));
        var unknown = await world.Server.Post(world.Practice.Owner, $"/v1/webhooks/{id}:redeliver", """{"messageId":"msg_x"}""");
        Assert.Equal(404, unknown.Code);
    }

    [Fact]
    public async Task The_library_of_Standard_Webhooks_verifies_each_with_both_secrets_while_one_is_changed()
    {
        var (id, old) = await world.Register("/signed");
        var (_, stranger) = await world.Register("/stranger");
        await world.Happen("Äther & Söhne");
        var before = await Receiver.Wait("/signed", 1);
        var rotated = (await world.Practice.Post($"/v1/webhooks/{id}:rotate-secret", "{}")).Json;
        await world.Happen("Two");
        var after = (await Receiver.Wait("/signed", 2)).Skip(1).ToList();

        Assert.StartsWith("whsec_", old, StringComparison.Ordinal);
        Verify(before, [old], stranger);
        Verify(after, [old, (string)rotated["secret"]!], stranger);
        var (code, _) = NodeScript.Run("webhooks-node", "standardwebhooks", "verify.mjs", Input(before, [stranger], old));
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task Nobody_else_sees_or_touches_a_webhook()
    {
        var (id, _) = await world.Register("/mine");
        var other = await Practice.OpenEmpty(world.Server, "Cedar");
        Assert.Empty((await world.Server.Get(other.Owner, "/v1/webhooks")).Ok().Items);
        foreach (var path in new[] { "", "/deliveries" })
            Assert.Equal(404, (await world.Server.Get(other.Owner, $"/v1/webhooks/{id}{path}")).Code);
        var body = $$"""{"url":"{{Receiver.At("/theirs")}}"}""";
        foreach (var verb in new[] { "change", "pause", "resume", "rotate-secret", "replay", "remove", "redeliver" })
        {
            var sent = verb switch { "change" => body, "redeliver" => """{"messageId":"msg_x"}""", _ => "{}" };
            Assert.Equal(404, (await world.Server.Post(other.Owner, $"/v1/webhooks/{id}:{verb}", sent)).Code);
        }
        var taken = await world.Server.Post(other.Owner, "/v1/webhooks", $$"""{"url":"{{Receiver.At("/x")}}","id":"{{id}}"}""");
        Assert.Equal((409, "id-taken"), (taken.Code, taken.ProblemCode));
        Assert.DoesNotContain("whsec_", (await world.Show(id)).ToJsonString(), StringComparison.Ordinal);
    }

    private static async Task Misbehave(HttpContext http, string path)
    {
        if (path == "/redirects") http.Response.Redirect("/elsewhere", permanent: false, preserveMethod: true);
        else if (path == "/breaks") http.Abort();
        else await Task.Delay(TimeSpan.FromSeconds(30), http.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    private static void Verify(IReadOnlyList<Got> received, string[] secrets, string stranger)
    {
        var (code, output) = NodeScript.Run("webhooks-node", "standardwebhooks", "verify.mjs", Input(received, secrets, stranger));
        Assert.True(code == 0, output);
    }

    private static JsonObject Input(IReadOnlyList<Got> received, string[] secrets, string stranger) => new()
    {
        ["secrets"] = new JsonArray([.. secrets.Select(secret => JsonValue.Create(secret))]),
        ["stranger"] = stranger,
        ["received"] = new JsonArray([.. received.Select(got => new JsonObject
        {
            ["body"] = got.Body,
            ["headers"] = new JsonObject
            {
                ["webhook-id"] = got.Id, ["webhook-timestamp"] = got.Timestamp, ["webhook-signature"] = got.Signature,
            },
        })]),
    };
}
