using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.TimeTracking;

/// <summary>A phone was offline and sends what it kept, over HTTP.</summary>
public sealed class SyncTests : IAsyncLifetime
{
    private static readonly Guid One = Guid.Parse("0199d2c4-0000-7000-8000-000000000001");
    private static readonly Guid Two = Guid.Parse("0199d2c4-0000-7000-8000-000000000002");
    private static readonly Guid Three = Guid.Parse("0199d2c4-0000-7000-8000-000000000003");
    private ApiServer _server = null!;
    private Practice _practice = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _practice = await Practice.OpenEmpty(_server);
        await _practice.AddClient();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Batches_in_any_cut_and_order_end_in_the_same_and_a_refused_item_leaves_the_others()
    {
        Assert.Equal(["applied", "applied", "refused"], await Sync(
            Item(One, 1, "2026-03-02", "1h"), Item(Two, 1, "2026-03-02", "2h"), Item(Three, 1, "2026-03-02", "25h")));
        Assert.Equal(["applied", "superseded", "applied", "already"], await Sync(
            Item(One, 3, "2026-03-10", "30min"), Item(One, 2, "2026-03-02", "45min"), Gone(Two, 2), Gone(Two, 2)));
        Assert.Equal(["already", "superseded", "applied"], await Sync(
            Item(One, 3, "2026-03-10", "30min"), Item(Two, 1, "2026-03-02", "2h"), Gone(Three, 7)));

        var entries = (await _server.Get(_practice.Owner, "/v1/time-entries")).Ok().Items;
        Assert.Equal((One.ToString(), "2026-03-10", 1800L), ((string?)entries.Single()["entryId"], (string?)entries[0]["workedOn"], (long)entries[0]["durationSeconds"]!));
        Assert.Empty((await _practice.Get("/v1/weeks/2026-W10"))["entries"]!.AsArray());
    }

    [Fact]
    public async Task What_stood_in_the_way_of_another_item_is_tried_again_when_it_has_moved()
    {
        Assert.Equal(["applied"], await Sync(Item(One, 1, "2026-03-02", "24h")));
        Assert.Equal(["applied", "applied"], await Sync(Item(Two, 1, "2026-03-02", "8h"), Item(One, 2, "2026-03-03", "8h")));
    }

    [Fact]
    public async Task A_refusal_says_why_and_a_dry_run_writes_nothing()
    {
        var head = await _server.Head();
        var report = await Post("?dryRun=true", Item(One, 1, "2026-03-02", "1h"), $$"""{"id":"{{Two}}","revision":1}""", Item(Three, 0, "2026-03-02", "1h"));
        Assert.Equal(["applied", "refused", "refused"], Statuses(report));
        Assert.Equal(["required", "revision-not-positive"], report.Items.Skip(1).Select(item => (string?)item["problem"]!["code"]));
        Assert.Equal(head, await _server.Head());
    }

    [Fact]
    public async Task More_than_two_hundred_items_and_items_that_are_none_are_refused_as_a_whole()
    {
        var head = await _server.Head();
        var many = await Post("", [.. Enumerable.Repeat(Gone(One, 1), 201)]);
        Assert.Equal((400, "/items"), (many.Code, many.Pointers.Single()));
        var none = await Post("", Gone(One, 1), "null");
        Assert.Equal((400, "/items/1"), (none.Code, none.Pointers.Single()));
        Assert.Equal(head, await _server.Head());
    }

    [Fact]
    public async Task An_assistant_sends_their_own_time_only_and_no_ids_of_others()
    {
        var (ana, (_, ben)) = (await _practice.Join("Ana", "assistant"), await _practice.Join("Ben", "assistant"));
        var body = $$"""{"items":[{{Item(One, 1, "2026-03-02", "1h")}}],"assistantId":"{{ana.Id}}"}""";
        Assert.Equal("not-own-time", (await _server.Post(ben, "/v1/time-entries:sync", body)).ProblemCode);
        Assert.Equal(["applied"], Statuses((await _server.Post(_practice.Owner, "/v1/time-entries:sync", body)).Ok()));
        var taken = (await _server.Post(ben, "/v1/time-entries:sync", $$"""{"items":[{{Item(One, 2, "2026-03-02", "2h")}}]}""")).Ok();
        Assert.Equal("id-taken", (string?)taken.Items.Single()["problem"]!["code"]);
    }

    private async Task<IReadOnlyList<string>> Sync(params string[] items) => Statuses((await Post("", items)).Ok());

    private Task<ApiAnswer> Post(string query, params string[] items) => _server.Post(
        _practice.Owner, $"/v1/time-entries:sync{query}", $$"""{"items":[{{string.Join(',', items)}}]}""");

    private static IReadOnlyList<string> Statuses(ApiAnswer report) => [.. report.Items.Select(item => (string)item["status"]!)];

    private string Item(Guid id, long revision, string workedOn, string duration) =>
        $$"""{"id":"{{id}}","revision":{{revision}},"engagementId":"{{_practice.EngagementId}}","workedOn":"{{workedOn}}","duration":"{{duration}}"}""";

    private static string Gone(Guid id, long revision) => $$"""{"id":"{{id}}","revision":{{revision}},"removed":true}""";
}
