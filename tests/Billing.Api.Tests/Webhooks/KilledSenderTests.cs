using Billing.Api.Tests.Hosting;

namespace Billing.Api.Tests.Webhooks;

/// <summary>The program is killed while it sends.</summary>
[Collection(ServerProcess.Collection)]
public sealed class KilledSenderTests
{
    private const int Changes = 12;

    [Fact]
    public async Task Nothing_is_lost_and_nothing_overtakes_when_the_program_is_killed_between_messages()
    {
        await using var receiver = await Receiver.Start();
        receiver.Answer = (_, _) => Task.Delay(100);
        var settings = WebhookPractice.Settings(1, 1).Select(setting => $"--{setting.Key}={setting.Value}").ToArray();
        await using var server = await ServerProcess.Start(settings);
        using var owner = new Person(server.Address, server.OwnerToken);
        var since = (await owner.Get("/v1/changes?since=now")).Ok().String("next");
        var webhook = (await owner.Post("/v1/webhooks", new { url = receiver.At("/kept") })).Ok().Id;
        (await owner.Post($"/v1/webhooks/{webhook}:pause")).Ok();
        for (var n = 0; n < Changes; n++) (await owner.Post("/v1/clients", new { name = $"Client {n}", currency = "USD" })).Ok();

        // All of them are read at once from here on, so that the kill comes in the middle of a page.
        (await owner.Post($"/v1/webhooks/{webhook}:resume")).Ok();
        await receiver.Wait("/kept", 3);
        await server.Kill();
        var before = receiver.Received.Count;
        Assert.InRange(before, 3, Changes - 1);
        await server.Restart();

        var feed = (await owner.Get($"/v1/changes?since={since}")).Ok().List("items").Select(change => change.ToJsonString()).ToList();
        while (receiver.Received.Select(got => got.Id).Distinct(StringComparer.Ordinal).Count() < Changes)
            await receiver.Wait("/kept", receiver.Received.Count + 1);
        Assert.Equal(Changes, feed.Count);
        Assert.Equal(feed, receiver.Received.DistinctBy(got => got.Id).Select(got => got.Data));
        // Only what was under way may have come twice, and then right behind itself.
        Assert.InRange(receiver.Received.Count, Changes, Changes + 1);
        var ids = receiver.Received.Select(got => got.Id).ToList();
        Assert.Equal(Changes, ids.Where((id, i) => i == 0 || ids[i - 1] != id).Count());
    }
}
