using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Billing.Api.Changes;
using Billing.Api.Http;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Refusals;
using Billing.Domain;
using Billing.Domain.TimeTracking;

namespace Billing.Api.Tests.Changes;

public sealed class ChangeTests(FullServer full) : IClassFixture<FullServer>
{
    private ApiServer Server => full.Server;

    private Practice Practice => full.Practice;

    [Theory]
    [InlineData(1), InlineData(7), InlineData(500)]
    public async Task Every_change_is_told_once_and_in_order_whatever_fits_on_a_page(int limit)
    {
        var other = full.Other;
        var whole = (await Server.Get(other.Owner, "/v1/changes?limit=500")).Ok();
        var (items, since) = (new List<JsonObject>(), "");
        for (var more = true; more;)
        {
            var page = (await Server.Get(other.Owner, $"/v1/changes?limit={limit}{since}")).Ok();
            Assert.True(page.Items.Count <= limit);
            items.AddRange(page.Items);
            more = (bool)page.Json["more"]!;
            since = $"&since={page.Json["next"]}";
            if (more) Assert.Contains($"since={page.Json["next"]}", page.Header("Link"), StringComparison.Ordinal);
        }

        Assert.Equal(whole.Items.Select(item => item.ToJsonString()), items.Select(item => item.ToJsonString()));
        Assert.Equal(items.Count, items.Select(item => (string)item["cursor"]!).Distinct(StringComparer.Ordinal).Count());
        var positions = items.Select(item => (long)item["position"]!).ToList();
        Assert.Equal(positions.Order(), positions);
        Assert.Equal(("business", "created", "/v1/business"), Shown(items[0]));
    }

    [Fact]
    public async Task Reading_goes_on_behind_any_change()
    {
        var all = (await Server.Get(full.Other.Owner, "/v1/changes?limit=500")).Ok().Items;
        for (var i = 0; i < all.Count; i += 9)
        {
            var rest = (await Server.Get(full.Other.Owner, $"/v1/changes?limit=500&since={all[i]["cursor"]}")).Ok().Items;
            Assert.Equal(all.Skip(i + 1).Select(item => (string)item["cursor"]!), rest.Select(item => (string)item["cursor"]!));
        }
    }

    [Theory]
    [InlineData("owner"), InlineData("assistant"), InlineData("bookkeeper")]
    public async Task What_is_told_to_somebody_can_be_read_by_them(string role)
    {
        var token = Practice.TokenOf(role);
        var told = await All(token);
        var faults = new List<string>();
        foreach (var item in told.DistinctBy(item => (string)item["href"]!))
        {
            var answer = await Server.Get(token, (string)item["href"]!);
            // Stripe is no part of these servers.
            if (answer.Code != 200 && answer.Code != 404) faults.Add($"{item["href"]}: {answer.Code}");
            if (answer.Code == 404 && !told.Any(other => IsGone(item, other)))
                faults.Add($"{item["href"]} of {item["event"]} is not there");
        }
        Assert.True(told.Count > 10);
        Assert.All(told, item => Assert.Contains((string)item["resource"]!, ChangedResources.Names));
        Assert.Empty(faults);
    }

    [Fact]
    public async Task An_assistant_is_told_of_the_expense_that_they_wrote_down_and_of_its_receipt()
    {
        var own = (await Server.Post(
            Practice.Assistant, "/v1/expenses",
            """{"amount":{"amount":"9.40","currency":"USD"},"category":"office-expense","paidOn":"2026-04-02"}""")).Ok().Id;
        (await Server.PostBytes(Practice.Assistant, $"/v1/expenses/{own}/receipts", "%PDF-1.4 a bill"u8.ToArray(), "application/pdf")).Ok();

        var told = (await All(Practice.Assistant)).Where(item => (string)item["resource"]! is "expense" or "receipts").ToList();

        Assert.Equal(["expense", "receipts"], told.Select(item => (string)item["resource"]!).Distinct().Order(StringComparer.Ordinal));
        Assert.All(told, item => Assert.Equal($"{own}", (string?)item["id"]));
    }

    [Fact]
    public async Task An_assistant_is_told_of_their_own_time_and_of_nothing_that_they_may_not_read()
    {
        var (mine, all) = (await All(Practice.Assistant), await All(Practice.Owner));

        Assert.Contains(mine, item => (string?)item["id"] == Practice.EntryId.ToString());
        Assert.DoesNotContain(mine, item => (string?)item["id"] == Practice.OtherEntryId.ToString());
        var other = Practice.OtherAssistantId.ToString();
        Assert.DoesNotContain(mine, item => ((string)item["href"]!).Contains(other, StringComparison.Ordinal));
        Assert.Contains(all, item => (string?)item["id"] == Practice.OtherEntryId.ToString());
        Assert.Subset(
            new HashSet<string>(
                [
                    "business", "business-rates", "look", "client", "client-rates", "engagement", "engagement-rates", "budget",
                    "time-entry", "timer", "week", "expense", "receipts",
                ], StringComparer.Ordinal),
            mine.Select(item => (string)item["resource"]!).ToHashSet(StringComparer.Ordinal));
        Assert.Contains(all, item => (string)item["resource"]! == "invoice");
        Assert.Contains(all, item => (string)item["resource"]! == "trip");
    }

    [Fact]
    public async Task An_assistant_who_may_not_see_rates_is_not_told_that_they_changed()
    {
        var (cleo, token) = await Practice.Join("Cleo", "assistant");
        Assert.DoesNotContain(await All(token), item => ((string)item["resource"]!).EndsWith("-rates", StringComparison.Ordinal));

        await Practice.Post($"/v1/members/{cleo}:allow-rates", """{"seesRates":true}""");
        Assert.Contains(await All(token), item => (string)item["resource"]! == "engagement-rates");
    }

    [Fact]
    public async Task What_was_added_changed_and_removed_is_told_as_that()
    {
        var since = (string)(await Server.Get(Practice.Owner, "/v1/changes?since=now")).Ok().Json["next"]!;
        var entry = await Practice.Log(Practice.Owner, "2026-03-05", 1800);
        await Practice.Post($"/v1/time-entries/{entry}:correct", $$"""
            {"engagementId":"{{Practice.EngagementId}}","workedOn":"2026-03-05","durationSeconds":3600}
            """);
        await Practice.Post($"/v1/time-entries/{entry}:remove", "{}");

        var told = (await Server.Get(Practice.Owner, $"/v1/changes?since={since}")).Ok().Items
            .Where(item => (string?)item["id"] == entry.ToString());
        Assert.Equal(
            [("created", "time-entry-logged"), ("changed", "time-entry-corrected"), ("removed", "time-entry-removed")],
            told.Select(item => ((string)item["kind"]!, (string)item["event"]!)));
    }

    [Fact]
    public async Task Where_nothing_is_new_the_page_is_empty_at_once_and_the_same_cursor_is_good_again()
    {
        var end = (string)(await Server.Get(full.Other.Owner, "/v1/changes?since=now")).Ok().Json["next"]!;
        var page = (await Server.Get(full.Other.Owner, $"/v1/changes?since={end}")).Ok();
        Assert.Equal((0, end, false), (page.Items.Count, (string)page.Json["next"]!, (bool)page.Json["more"]!));

        var again = await Server.Get(full.Other.Owner, $"/v1/changes?since={end}", ("If-None-Match", page.Header("ETag")!));
        Assert.Equal((304, ""), (again.Code, again.Text));
        await full.Other.Log(full.Other.Owner, "2026-03-06", 600);
        Assert.Single((await Server.Get(full.Other.Owner, $"/v1/changes?since={end}", ("If-None-Match", page.Header("ETag")!))).Ok().Items);
    }

    [Fact]
    public async Task A_cursor_of_another_history_is_refused_and_so_is_none_at_all()
    {
        var end = (string)(await Server.Get(full.Other.Owner, "/v1/changes?since=now")).Ok().Json["next"]!;
        foreach (var path in new[] { "/v1/changes", "/v1/events" })
        {
            var foreign = await Server.Get(Practice.Owner, $"{path}?since={end}");
            Assert.Equal((409, "cursor-unknown"), (foreign.Code, foreign.ProblemCode));
            Assert.Null(Refused.Fault(foreign));
            var none = await Server.Get(Practice.Owner, $"{path}?since=MS4w");
            Assert.Equal((400, "invalid-request"), (none.Code, none.ProblemCode));
        }
    }

    /// <summary>A new category of streams gets its line, or nobody could follow the book any more.</summary>
    [Fact]
    public void Every_category_of_streams_is_told_of_or_named_as_unseen()
    {
        var categories = typeof(StreamType<,>).Assembly.GetTypes()
            .SelectMany(type => type.GetFields().Where(field => field.IsStatic && field.FieldType.Name == typeof(StreamType<,>).Name))
            .Select(field => (string)field.FieldType.GetProperty("Category")!.GetValue(field.GetValue(null))!)
            .ToList();
        Assert.True(categories.Count > 20);
        Assert.All(categories, category => Assert.Equal(category, ChangedResources.Split($"{category}-x").Category));
    }

    [Fact]
    public void Every_route_that_is_told_is_served_to_members()
    {
        var served = Server.Routes;
        Assert.All(ChangedResources.Routes, route => Assert.NotNull(served[$"GET {route}"].Metadata.GetMetadata<AllowedRoles>()));
    }

    [Fact]
    public void Every_event_of_a_timesheet_touches_something()
    {
        var timesheet = new TimesheetWeek(Guid.NewGuid(), 2026, 14).StreamId;
        var (entry, more) = (Guid.NewGuid(), Guid.NewGuid());
        var billed = new TimesheetEvent.TimeBilled([entry, more], Guid.NewGuid());
        Assert.Equal([$"{entry:D}", $"{more:D}"], TouchedTime.Of(billed, timesheet).Select(touched => touched.Id));
        foreach (var type in typeof(TimesheetEvent).GetNestedTypes())
        {
            if (type == typeof(TimesheetEvent.TimeBilled) || type == typeof(TimesheetEvent.TimeReleased)) continue;
            Assert.NotEmpty(TouchedTime.Of((TimesheetEvent)RuntimeHelpers.GetUninitializedObject(type), timesheet));
        }
    }

    private async Task<List<JsonObject>> All(string token)
    {
        var (items, since) = (new List<JsonObject>(), "");
        while (true)
        {
            var page = (await Server.Get(token, $"/v1/changes?limit=500{since}")).Ok();
            items.AddRange(page.Items);
            if (!(bool)page.Json["more"]!) return items;
            since = $"&since={page.Json["next"]}";
        }
    }

    private static bool IsGone(JsonObject item, JsonObject other) =>
        (string)other["kind"]! == "removed" && (string)other["href"]! == (string)item["href"]!;

    private static (string, string, string) Shown(JsonObject item) =>
        ((string)item["resource"]!, (string)item["kind"]!, (string)item["href"]!);
}
