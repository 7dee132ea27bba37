using System.Net;
using System.Text.Json.Nodes;
using Billing.Api.Tests.Hosting;

namespace Billing.Api.Tests.Exchange;

[Collection(ServerProcess.Collection)]
public sealed class AgencyTimesheetTests
{
    private const string Path = "/v1/imports/agency-timesheet";

    private static Task<Reply> Import(Person owner, string query) =>
        owner.PostText($"{Path}?{query}", File.ReadAllText(TimesheetFiles.Sample), "text/csv");

    private static async Task<long> Head(Person owner) => (await owner.Get("/health")).Ok().Whole("head");

    [Fact]
    public async Task A_dry_run_says_row_by_row_what_the_real_run_does_and_a_second_run_brings_nothing_in()
    {
        await using var server = await ServerProcess.Start();
        using var owner = new Person(server.Address, server.OwnerToken);
        var untouched = await Head(owner);

        var dry = (await Import(owner, "perHour=37.35&dryRun=true")).Ok();
        Assert.Equal(untouched, await Head(owner));
        Assert.Empty((await owner.Get("/v1/clients")).Ok().List("items"));

        var real = (await Import(owner, "perHour=37.35")).Ok();
        Assert.True(await Head(owner) > untouched);
        Assert.Equal(Without(dry, "isDryRun"), Without(real, "isDryRun"));
        Assert.Equal((13, 8, 0, 5), Counts(real));
        // 1:30 + 0:50 + 7:05 + 0:25 + 0:25 + 10:00 + 2:20 + 16:00 = 38:35.
        Assert.Equal((38 * 60 + 35) * 60, real.Whole("importedSeconds"));
        Assert.Equal(["Harbor & Pine", "Quill Books"], Texts(real, "newClients"));
        Assert.Equal(["Inbox care", "Event desk", "Newsletter"], Texts(real, "newEngagements"));
        Assert.Equal(["Ana Reyes", "Bo Lindqvist"], Texts(real, "newAssistants"));
        Assert.Equal(8, (await owner.Get("/v1/time-entries")).Ok().List("items").Count);

        var written = await Head(owner);
        var again = (await Import(owner, "perHour=37.35")).Ok();
        Assert.Equal((13, 0, 8, 5), Counts(again));
        Assert.Equal(written, await Head(owner));
    }

    [Fact]
    public async Task Each_row_that_is_refused_or_doubtful_is_named_with_its_line_and_the_reason()
    {
        await using var server = await ServerProcess.Start();
        using var owner = new Person(server.Address, server.OwnerToken);

        var rows = (await Import(owner, "perHour=37.35")).Ok().List("rows");

        Assert.Equal(Enumerable.Range(1, 13), rows.Select(row => (int)row["row"]!));
        // The note of the second row takes three lines, so that it ends on the fifth.
        Assert.Equal(
            [
                (5, 8, "imported", "repeated-row"), (8, 11, "refused", "hours-unreadable"), (9, 12, "refused", "date-unreadable"),
                (10, 13, "refused", "hours-out-of-range"), (11, 14, "refused", "name-missing"), (13, 16, "refused", "day-full"),
            ],
            rows.Where(row => row["code"] is not null)
                .Select(row => ((int)row["row"]!, (int)row["line"]!, (string)row["outcome"]!, (string)row["code"]!)));
        Assert.All(rows.Where(row => row["code"] is not null), row => Assert.NotEqual("", (string?)row["detail"]));
        Assert.Equal((2, 5), ((int)rows[1]["row"]!, (int)rows[1]["line"]!));
        Assert.Contains("- the \"final\" price", (string)rows[1]["text"]!, StringComparison.Ordinal);
        Assert.Contains("Menü für Łódź und 東京 🎉", (string)rows[2]["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_else_is_refused_as_a_whole()
    {
        await using var server = await ServerProcess.Start();
        using var owner = new Person(server.Address, server.OwnerToken);
        var untouched = await Head(owner);

        (await owner.PostText(Path, "Day,Hours\n1,2\n", "text/csv")).Refused(HttpStatusCode.UnprocessableEntity, "not-an-agency-timesheet");
        (await Import(owner, "perHour=-1")).Refused(HttpStatusCode.BadRequest, "invalid-request");
        Assert.Equal(untouched, await Head(owner));
    }

    private static (long, long, long, long) Counts(Reply report) =>
        (report.Whole("rowCount"), report.Whole("imported"), report.Whole("alreadyThere"), report.Whole("refused"));

    private static IEnumerable<string> Texts(Reply report, string list) => report.List(list).Select(text => (string)text!);

    private static string Without(Reply report, string member)
    {
        var body = JsonNode.Parse(report.Text)!.AsObject();
        Assert.True(body.Remove(member));
        return body.ToJsonString();
    }
}
