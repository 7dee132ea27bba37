using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;
using Billing.EventStore.Verification;

namespace Billing.Api.Tests.Operations;

public sealed class ChainEndpointTests
{
    [Fact]
    public async Task The_owner_walks_the_own_book_in_parts_to_its_end()
    {
        await using var server = await ApiServer.Start();
        await Practice.Open(server, "Other");
        var practice = await Practice.Open(server);
        var (after, parts) = (0L, new List<JsonObject>());
        do
        {
            parts.Add(await practice.Get(FormattableString.Invariant($"/v1/chain?after={after}&limit=7")));
            after = parts[^1]["through"]!.GetValue<long>();
        }
        while (!parts[^1]["complete"]!.GetValue<bool>() && parts[^1]["fault"] is null);
        var whole = await practice.Get("/v1/chain");
        var empty = await practice.Get(FormattableString.Invariant($"/v1/chain?after={after}"));

        Assert.All(parts, part => Assert.Equal((practice.Id, (JsonNode?)null), (part["book"]!.GetValue<Guid>(), part["fault"])));
        Assert.All(parts.SkipLast(1), part => Assert.Equal(part["after"]!.GetValue<long>() + 7, part["through"]!.GetValue<long>()));
        Assert.True(parts.Count > 2);
        Assert.Equal(whole["link"]!.GetValue<string>(), parts[^1]["link"]!.GetValue<string>());
        Assert.Equal((after, true), (whole["through"]!.GetValue<long>(), whole["complete"]!.GetValue<bool>()));
        Assert.Equal(whole["link"]!.GetValue<string>(), empty["link"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_altered_event_is_named_to_the_owner()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.Open(server);
        EventRows.Change(
            Path.Combine(server.DataFolder, "events.db"),
            "UPDATE events SET data = replace(data, 'Seconds\":5400', 'Seconds\":5401')");

        var answer = await practice.Get("/v1/chain");

        var fault = answer["fault"]!.AsObject();
        Assert.False(answer["complete"]!.GetValue<bool>());
        Assert.Equal("altered", fault["kind"]!.GetValue<string>());
        Assert.StartsWith("timesheet-", fault["stream"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(answer["through"]!.GetValue<long>() + 1, fault["place"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_checkpoint_saved_as_it_came_is_a_checkpoint_file()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.Open(server);

        var answer = (await server.Get(practice.Owner, "/v1/chain/checkpoint")).Ok();
        var chain = await practice.Get("/v1/chain");

        var checkpoint = Assert.Single(CheckpointFile.Read(answer.Text));
        using var key = CheckpointKey.OpenOrMake(server.DataFolder);
        Assert.Null(key.FaultOf(checkpoint));
        Assert.Equal(
            (practice.Id, chain["through"]!.GetValue<long>(), chain["link"]!.GetValue<string>()),
            (checkpoint.Book.Value, checkpoint.Place, Convert.ToHexStringLower(checkpoint.Link.Span)));
    }
}
