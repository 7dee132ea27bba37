using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Exchange;

/// <summary>From the export of another program to entries in the books. The practice is in Chicago and has Maya in it.</summary>
public sealed class TimeFileImportTests : IAsyncLifetime
{
    private ApiServer _server = null!;
    private Practice _practice = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _practice = await Practice.OpenEmpty(_server);
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_server.Errors);
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Toggl_comes_in_with_its_clocks_and_each_row_that_does_not_says_why()
    {
        var report = await Import("toggl", "timeZone=Europe/Berlin");

        Assert.Equal((11, 3, 0, 8, 0), Counts(report));
        Assert.Equal(
            [
                "Harbor & Pine / Event desk / Maya / 2024-03-04T09:23:00Z 2024-03-04T10:23:01Z 3601 billable [] / Called the printer",
                "Harbor & Pine / Event desk / Maya / 2024-03-05T22:30:00Z 2024-03-05T23:15:00Z 2700 free [Backend, Deep work, Design] / "
                    + "Two drafts:|- the \"blue\" one, 東京|- Łódź 🎉",
                // Put back at 01:00 UTC: the file's two hours can only have begun in the first of the two hours.
                "Harbor & Pine / Event desk / Maya / 2024-10-27T00:30:00Z 2024-10-27T02:30:00Z 7200 billable [] / The long night",
            ],
            await Entries());
        Assert.Equal(
            [
                (3, 6, "end-not-after-start"), (4, 7, "time-skipped"), (6, 9, "time-twice"), (7, 10, "time-overlap"), (8, 11, "person-unknown"),
                (9, 12, "name-missing"), (10, 13, "duration-differs"), (11, 14, "duration-too-long"),
            ],
            Refused(report));
        Assert.Equal(["Email", "Amount (EUR)", "Amount (USD)"], Texts(report, "unusedColumns"));
        Assert.Equal("yyyy-mm-dd", (string?)report["dateForm"]);
        Assert.Contains("Whose is it", (string)report["rows"]![8]!["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clockify_comes_in_with_clocks_of_twelve_hours_and_a_rate_for_each_person()
    {
        var report = await Import("clockify", "timeZone=America/New_York&addMembers=true");

        Assert.Equal((4, 4, 0, 0, 1), Counts(report));
        Assert.Equal(
            [
                "Quill Books / Inbox care / Ana Reyes / 2024-03-05T04:40:00Z 2024-03-05T05:10:00Z 1800 billable [] / Answered the mail",
                "Quill Books / Inbox care / Ana Reyes / 2024-03-13T16:05:00Z 2024-03-13T17:05:00Z 3600 billable [Filing, Office, Post] / Sorted, filed",
                "Quill Books / Newsletter / Ana Reyes / 2024-03-14T13:00:00Z 2024-03-14T14:00:00Z 3600 billable [] / Spring",
                "Quill Books / Newsletter / Bo Lindqvist / 2024-03-14T13:00:00Z 2024-03-14T15:00:00Z 7200 free [] / Summer",
            ],
            await Entries());
        Assert.Equal("duration-differs", (string?)report["rows"]![1]!["code"]);
        Assert.Equal(["Ana Reyes", "Bo Lindqvist"], Texts(report, "newAssistants"));
        Assert.Equal(["Group", "Email", "Duration (decimal)", "Billable Amount (USD)"], Texts(report, "unusedColumns"));
        Assert.Equal("mm/dd/yyyy", (string?)report["dateForm"]);
        Assert.Equal(["Inbox care all 80.00 2024-03-04", "Newsletter one 60.50 2024-03-14", "Newsletter one 80.00 2024-03-14"], await Rates());
    }

    [Fact]
    public async Task Harvest_comes_in_with_commas_and_what_was_invoiced_is_not_billable_again()
    {
        var report = await Import("harvest", "addMembers=true&timeZone=Europe/Berlin");

        Assert.Equal((4, 3, 0, 1, 1), Counts(report));
        Assert.Equal(
            [
                "Mühle AG / Website / Ana Reyes / 2024-03-04 4500 billable [Design] / Entwurf",
                "Mühle AG / Website / Ana Reyes / 2024-03-05 36 free [Design] / Zwei Zeilen|und mehr",
                "Mühle AG / Website / Ana Reyes / 2024-03-06 72000 free [Abstimmung] / Telefonat",
            ],
            await Entries());
        Assert.Equal(("imported", "billed-before"), Row(report, 2));
        Assert.Equal([(4, 6, "day-full")], Refused(report));
        Assert.Equal("comma", (string?)report["decimal"]);
        Assert.Equal(["Website all 1100.00 2024-03-04"], await Rates());
        Assert.Equal("EUR", (string?)(await _practice.Get("/v1/clients"))["items"]![0]!["currency"]);
        Assert.Contains("Hours Rounded", Texts(report, "unusedColumns"));
    }

    [Fact]
    public async Task What_was_invoiced_elsewhere_can_be_billed_again()
    {
        var report = await Import("harvest", "addMembers=true&billedBefore=billable");

        Assert.Equal("Mühle AG / Website / Ana Reyes / 2024-03-05 36 billable [Design] / Zwei Zeilen|und mehr", (await Entries())[1]);
        Assert.Equal(("imported", null), Row(report, 2));
    }

    [Fact]
    public async Task Solidtime_comes_in_by_its_instants()
    {
        var report = await Import("solidtime", "");

        Assert.Equal((4, 2, 0, 2, 0), Counts(report));
        Assert.Equal(
            [
                "Big Client / Project for Big Client / Maya / 2024-03-04T09:23:00Z 2024-03-04T10:23:01Z 3601 billable [Task 1] / Working hard",
                "Big Client / Project for Big Client / Maya / 2024-03-05T08:00:00Z 2024-03-05T09:00:00Z 3600 billable [] / From the train",
            ],
            await Entries());
        Assert.Equal([(1, 2, "end-not-after-start"), (4, 5, "time-unreadable")], Refused(report));
    }

    [Fact]
    public async Task Kimai_comes_in_over_midnight_and_what_was_exported_is_not_billable_again()
    {
        var report = await Import("kimai", "timeZone=Europe/Vienna");

        Assert.Equal((3, 3, 0, 0, 1), Counts(report));
        Assert.Equal(
            [
                "Customer LLC / My project / Maya / 2020-05-04T13:50:00Z 2020-05-04T15:51:00Z 7260 billable [Testing, one, two] / some work has been done",
                "Customer LLC / My project / Maya / 2020-05-05T21:30:00Z 2020-05-05T22:30:00Z 3600 free [Support] / Late",
                "Customer LLC / My project / Maya / 2020-05-06T07:00:00Z 2020-05-06T08:00:00Z 3600 free [Support] / Free of charge",
            ],
            await Entries());
        Assert.Equal(("imported", "billed-before"), Row(report, 2));
    }

    [Theory]
    [InlineData("toggl", "timeZone=Europe/Berlin&addMembers=true")]
    [InlineData("clockify", "timeZone=America/New_York&addMembers=true")]
    [InlineData("harvest", "addMembers=true")]
    [InlineData("solidtime", "addMembers=true")]
    [InlineData("kimai", "timeZone=Europe/Vienna&addMembers=true")]
    public async Task A_dry_run_writes_nothing_and_says_what_a_run_does_and_another_run_writes_nothing(string program, string query)
    {
        var untouched = await _server.Head();
        var dry = await Import(program, $"{query}&dryRun=true");
        Assert.Equal(untouched, await _server.Head());

        var real = await Import(program, query);
        Assert.True(dry.Remove("isDryRun") && real.Remove("isDryRun"));
        Assert.Equal(dry.ToJsonString(), real.ToJsonString());

        var written = await _server.Head();
        var again = await Import(program, query);
        Assert.Equal(written, await _server.Head());
        Assert.Equal((0, (int)real["imported"]!), ((int)again["imported"]!, (int)again["alreadyThere"]!));
    }

    [Fact]
    public async Task Overlaps_are_taken_as_durations_where_that_is_wished_and_only_once()
    {
        var report = await Import("toggl", "timeZone=Europe/Berlin&overlaps=as-day");
        Assert.Equal(("imported", "taken-as-day"), Row(report, 7));
        Assert.Contains("Harbor & Pine / Event desk / Maya / 2024-03-04 3600 billable [] / At the same time", await Entries());

        var again = await Import("toggl", "timeZone=Europe/Berlin&overlaps=as-day");
        Assert.Equal((0, 4), ((int)again["imported"]!, (int)again["alreadyThere"]!));
    }

    [Fact]
    public async Task Names_that_the_file_leaves_out_can_be_given_and_one_person_can_stand_for_all()
    {
        var report = await Import("toggl", "timeZone=Europe/Berlin&clientName=Own%20work&memberName=Maya");
        Assert.Equal(("imported", null), Row(report, 9));
        Assert.Contains(await Entries(), entry => entry.StartsWith("Own work / Event desk / Maya / 2024-03-07T08:00:00Z", StringComparison.Ordinal));
        Assert.Equal(("refused", "time-overlap"), Row(report, 8));
        Assert.Empty(Texts(report, "newAssistants"));
    }

    [Fact]
    public async Task A_row_that_is_otherwise_the_second_time_is_named_and_the_books_stay()
    {
        await Import("harvest", "addMembers=true");
        var written = await _server.Head();
        var again = await Import("harvest", "addMembers=true&billedBefore=billable");
        Assert.Equal(("already-there", "changed-since"), Row(again, 2));
        Assert.Equal(written, await _server.Head());
    }

    [Fact]
    public async Task What_the_file_does_not_say_is_asked_for_and_what_is_no_such_file_is_refused_whole()
    {
        var untouched = await _server.Head();
        var noZone = await Send("toggl", "", "toggl");
        Assert.Equal((400, "timeZone"), (noZone.Code, (string?)noZone.Json["errors"]![0]!["pointer"]));
        Assert.Equal((422, "not-a-time-file"), Problem(await Send("clockify", "timeZone=UTC", "harvest")));
        Assert.Equal((400, "invalid-request"), Problem(await Send("toggl", "timeZone=UTC&dateForm=yy", "toggl")));
        Assert.Equal((422, "not-a-time-file"), Problem(await _server.PostBytes(
            _practice.Owner, "/v1/imports/harvest", [0xFF, 0xC3, 0x28], "text/csv")));
        Assert.Equal(untouched, await _server.Head());
    }

    private async Task<JsonObject> Import(string program, string query) => (await Send(program, query, program)).Ok().Json;

    private Task<ApiAnswer> Send(string program, string query, string file) => _server.PostBytes(
        _practice.Owner, $"/v1/imports/{program}?{query}",
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Exchange", "Files", $"{file}.csv")), "text/csv");

    private static (int, string?) Problem(ApiAnswer answer) => (answer.Code, answer.ProblemCode);

    private static (int Rows, int Imported, int AlreadyThere, int Refused, int Doubtful) Counts(JsonObject report) => (
        (int)report["rowCount"]!, (int)report["imported"]!, (int)report["alreadyThere"]!, (int)report["refused"]!, (int)report["doubtful"]!);

    private static (string?, string?) Row(JsonObject report, int number) =>
        ((string?)report["rows"]![number - 1]!["outcome"], (string?)report["rows"]![number - 1]!["code"]);

    private static IEnumerable<(int Row, int Line, string? Code)> Refused(JsonObject report) => report["rows"]!.AsArray()
        .Where(row => (string?)row!["outcome"] == "refused")
        .Select(row => ((int)row!["row"]!, (int)row["line"]!, (string?)row["code"]));

    private static IEnumerable<string> Texts(JsonObject report, string list) => report[list]!.AsArray().Select(text => (string)text!);

    /// <summary>Of the practice, in the order of their days: whose, when, how long, how billed, with which tags, and the note.</summary>
    private async Task<List<string>> Entries()
    {
        var clients = await Names("clients", "clientId");
        var engagements = await Names("engagements", "engagementId");
        var members = await Names("members", "memberId");
        return [.. (await _practice.Get("/v1/time-entries"))["items"]!.AsArray()
            .OrderBy(e => (string?)e!["workedOn"], StringComparer.Ordinal).ThenBy(e => (string?)e!["startedAt"], StringComparer.Ordinal)
            .ThenBy(e => (int)e!["durationSeconds"]!)
            .Select(e => $"{clients[(string)e!["clientId"]!]} / {engagements[(string)e["engagementId"]!]} / {members[(string)e["assistantId"]!]} / "
                + $"{(e["startedAt"] is null ? e["workedOn"] : $"{e["startedAt"]} {e["endedAt"]}")} {e["durationSeconds"]} "
                + $"{((bool)e["billable"]! ? "billable" : "free")} [{string.Join(", ", e["tags"]!.AsArray())}] / "
                + ((string?)e["note"])?.ReplaceLineEndings("|"))];
    }

    private async Task<List<string>> Rates()
    {
        var rates = new List<string>();
        foreach (var (id, name) in await Names("engagements", "engagementId"))
        {
            var cards = (await _practice.Get($"/v1/engagements/{id}"))["cards"]!.AsArray();
            rates.AddRange(cards.Select(card =>
                $"{name} {(card!["assistantId"] is null ? "all" : "one")} {card["perHour"]!["amount"]} {card["validFrom"]}"));
        }
        return [.. rates.Order(StringComparer.Ordinal)];
    }

    private async Task<Dictionary<string, string>> Names(string list, string id) => (await _practice.Get($"/v1/{list}"))["items"]!.AsArray()
        .ToDictionary(item => (string)item![id]!, item => (string)item!["name"]!);
}
