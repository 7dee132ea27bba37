using System.Diagnostics;
using System.Globalization;
using Billing.Api.Demo;
using Billing.Api.Tests.Http;
using Billing.Projections.Reports;
using Billing.TestSupport;
using NodaTime;
using Calendar = Ical.Net.Calendar;

namespace Billing.Api.Tests.Reports;

/// <summary>Hours that we write for hledger and for calendars are read by them, and come to ours.</summary>
[Collection(AgencyCollection.Name)]
public sealed class HoursTextTests(AgencyBook agency) : IDisposable
{
    private static readonly DateTimeZone Chicago = DateTimeZoneProviders.Tzdb["America/Chicago"];
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("billing-hours-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    /// <param name="format">Which of the two.</param>
    /// <param name="tenthousandths">
    /// Of an hour, by which each entry may be off: hledger 1.25 rounds a session of a timeclock to hundredths of an hour.
    /// </param>
    [Theory]
    [InlineData("timeclock", 50)]
    [InlineData("timedot", 0)]
    public async Task Hledger_comes_to_our_hours_of_a_years_work_by_engagement(string format, int tenthousandths)
    {
        var hours = WrittenHours.Of(agency.Folded, new LocalDate(AgencyYear.Year, 1, 1), new LocalDate(AgencyYear.Year, 12, 31), default);
        Assert.InRange(hours.Count, 10_000, 20_000);
        var ours = hours.GroupBy(entry => $"{entry.Client}:{entry.Work}").ToDictionary(
            work => work.Key, work => work.Sum(entry => (decimal)entry.DurationSeconds) / 3600, StringComparer.Ordinal);

        var theirs = await Balances(format, hours);

        Assert.Equal(ours.Keys.Order(StringComparer.Ordinal), theirs.Keys.Order(StringComparer.Ordinal));
        foreach (var work in hours.GroupBy(entry => $"{entry.Client}:{entry.Work}"))
        {
            var off = 0.01m + (work.Count() * tenthousandths / 10_000m);
            Assert.InRange(theirs[work.Key], ours[work.Key] - off, ours[work.Key] + off);
        }
    }

    /// <summary>The clocks go forward at two: from half past one to half past three is one hour.</summary>
    [Theory]
    [InlineData("timeclock")]
    [InlineData("timedot")]
    public async Task A_night_in_which_the_clocks_change_and_odd_names_count_what_was_worked(string format)
    {
        WrittenHours[] hours =
        [
            Entry("Acme: Dental;  Care", "Inbox", new LocalDate(2026, 3, 8), new LocalTime(1, 30), 3600, "First\nsecond; third"),
            Entry("Acme: Dental;  Care", "Inbox", new LocalDate(2026, 3, 8), null, 5400, null),
            Entry("Acme: Dental;  Care", "Inbox", new LocalDate(2026, 3, 8), null, 1800, null),
            Entry("* Star", "#1", new LocalDate(2026, 3, 9), new LocalTime(23, 0), 7200, "Past midnight"),
        ];

        var theirs = await Balances(format, hours);

        Assert.Equal(["- Star:-1", "Acme- Dental, Care:Inbox"], theirs.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((3.00m, 2.00m), (theirs["Acme- Dental, Care:Inbox"], theirs["- Star:-1"]));
    }

    [Fact]
    public async Task An_assistant_gets_their_own_hours_and_a_calendar_has_each_entry_once()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.Open(server);
        await practice.Log(practice.Assistant, "2026-03-05", 1800);

        var calendar = Calendar.Load((await server.Get(practice.Assistant, "/v1/hours.ics")).Ok().Text)!;
        var all = (await server.Get(practice.Owner, "/v1/hours.timedot")).Ok().Text;
        var others = await server.Get(practice.Assistant, $"/v1/hours.timeclock?assistant={practice.OtherAssistantId}");

        Assert.Equal(
            ["Acme Dental: Inbox, 0:30 h", "Acme Dental: Inbox, 1:30 h"],
            calendar.Events.Select(entry => entry.Summary).Order(StringComparer.Ordinal));
        Assert.Equal(2, calendar.Events.Select(entry => entry.Uid).Distinct().Count());
        Assert.Contains("Acme Dental:Inbox  3600s  ; Ben", all, StringComparison.Ordinal);
        Assert.Equal((403, "not-own-time"), (others.Code, others.ProblemCode));
        Assert.Null(Refused.Fault(others));
    }

    private static WrittenHours Entry(string client, string work, LocalDate day, LocalTime? start, long seconds, string? note) => new(
        Guid.NewGuid(), Guid.NewGuid(), client, work, "Ana", note, day,
        start is { } at ? (day + at).InZoneLeniently(Chicago) : null, seconds, true);

    /// <summary>Hours of each account, as hledger adds them.</summary>
    private async Task<Dictionary<string, decimal>> Balances(string format, IReadOnlyList<WrittenHours> hours)
    {
        var file = Path.Combine(folder.FullName, $"hours.{format}");
        await File.WriteAllTextAsync(file, format == "timeclock" ? HoursText.Timeclock(hours) : HoursText.Timedot(hours), Cancellation);
        var start = new ProcessStartInfo(Require.Program("hledger", "hledger"))
        {
            ArgumentList = { "-f", file, "balance", "--flat", "--no-total", "-O", "csv" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var hledger = Process.Start(start)!;
        var errors = hledger.StandardError.ReadToEndAsync(Cancellation);
        var balances = await hledger.StandardOutput.ReadToEndAsync(Cancellation);
        await hledger.WaitForExitAsync(Cancellation);
        Assert.True(hledger.ExitCode == 0, await errors);
        return balances.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Trim('"', '\r').Split("\",\""))
            .ToDictionary(
                cells => cells[0], cells => decimal.Parse(cells[1].TrimEnd('h'), NumberStyles.Number, CultureInfo.InvariantCulture),
                StringComparer.Ordinal);
    }
}
