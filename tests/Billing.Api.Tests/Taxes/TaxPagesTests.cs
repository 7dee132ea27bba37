using System.Text.RegularExpressions;
using Billing.Api.Taxes;
using Billing.Api.Tests.Http;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Billing.Api.Tests.Taxes;

/// <summary>What is reached by a link: the report, its lines and vouchers, and the calendar; and the reminders by mail.</summary>
public sealed partial class TaxPagesTests : IAsyncLifetime
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
    public async Task The_report_opens_by_its_link_without_a_script_and_every_link_in_it_leads_somewhere()
    {
        var path = await Link("report");
        var page = (await _server.Get(null, $"{path}/2026")).Ok();
        Assert.Equal("text/html", page.MediaType);
        Assert.DoesNotContain("<script", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style=", page.Text, StringComparison.Ordinal);
        Assert.Contains("<svg class=\"chart\"", page.Text, StringComparison.Ordinal);
        Assert.Contains("What changed", page.Text, StringComparison.Ordinal);
        var links = Address().Matches(page.Text).Select(match => match.Groups["to"].Value).Distinct().ToList();
        Assert.True(links.Count > 40, $"{links.Count} links");
        foreach (var link in links) (await _server.Get(null, link)).Ok();
        var line = (await _server.Get(null, $"{path}/2026/lines/net-tax")).Ok();
        foreach (Match match in Address().Matches(line.Text)) (await _server.Get(null, match.Groups["to"].Value)).Ok();
        Assert.Contains("Maya", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_year_it_shows_the_one_whose_date_is_next()
    {
        var path = await Link("report");
        var year = Domain.Taxes.UsFederal.TaxDates.Next(SystemClock.Instance.GetCurrentInstant().InUtc().Date).Year;
        var page = await _server.Get(null, path);
        if (Domain.Taxes.Parameters.TaxParameterLibrary.Years.Contains(year))
            Assert.Contains($"<h1>Estimated tax {year}</h1>", page.Text, StringComparison.Ordinal);
        else Assert.Equal("tax-year-not-loaded", page.ProblemCode);
        Assert.Equal("tax-year-not-loaded", (await _server.Get(null, $"{path}/2031")).ProblemCode);
    }

    [Fact]
    public async Task A_link_to_the_calendar_does_not_open_the_report_nor_the_other_way_round()
    {
        var (report, calendar) = (await Link("report"), await Link("calendar"));
        Assert.Equal(404, (await _server.Get(null, calendar.Replace("/c/", "/t/", StringComparison.Ordinal).Split("/estimated")[0])).Code);
        Assert.Equal(404, (await _server.Get(null, $"{report.Replace("/t/", "/c/", StringComparison.Ordinal)}/estimated-tax.ics")).Code);
    }

    [Fact]
    public async Task A_revoked_link_opens_nothing()
    {
        var made = await _practice.Post("/v1/tax-links", """{"opens":"report"}""");
        var path = new Uri((string)made.Json["url"]!).AbsolutePath;
        (await _server.Get(null, $"{path}/2026")).Ok();
        await _practice.Post($"/v1/tax-links/{made.Json["linkId"]}:revoke", "{}");
        Assert.Equal("link-unknown", (await _server.Get(null, $"{path}/2026")).ProblemCode);
        var links = (await _practice.Get("/v1/tax-policy"))["links"]!.AsArray();
        Assert.Contains(links, link => (string?)link!["linkId"] == (string?)made.Json["linkId"] && link["revokedAt"] is not null);
    }

    [Fact]
    public async Task The_calendar_holds_the_due_dates_with_what_to_pay()
    {
        await _practice.Post("/v1/tax-policy:set-reminders", """{"daysBefore":14,"recipient":"maya@juniper.example"}""");
        var feed = (await _server.Get(null, await Link("calendar"))).Ok();
        Assert.Equal("text/calendar", feed.MediaType);
        var calendar = Ical.Net.Calendar.Load(feed.Text)!;
        var year = SystemClock.Instance.GetCurrentInstant().InUtc().Year;
        Assert.Equal(12, calendar.Events.Count);
        Assert.Equal(12, calendar.Events.Select(e => e.Uid).Distinct().Count());
        var dates = Domain.Taxes.UsFederal.TaxCalendar.For(year).Instalments.Select(due => due.DeadlineOn);
        foreach (var day in dates)
            Assert.Contains(calendar.Events, e => e.Start!.Value == day.ToDateTimeUnspecified() && !e.Start.HasTime);
        Assert.Contains(calendar.Events, e => e.Alarms.Count == 1);
        Assert.All(feed.Text.Split("\r\n"), line => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(line), 0, 75));
        var own = (await _server.Get(_practice.Owner, "/v1/tax-calendar.ics")).Ok();
        Assert.Equal(Uids(feed.Text), Uids(own.Text));
    }

    [Fact]
    public async Task A_reminder_goes_out_once_for_each_due_date_however_often_it_is_looked_for()
    {
        await _practice.Post("/v1/tax-policy:set-reminders", """{"daysBefore":7,"recipient":"maya@juniper.example"}""");
        // Enough was earned that something is to be paid.
        await _practice.Post("/v1/tax-years/2026:set-profile", """{"filingStatus":"single","otherIncome":{"amount":"90000","currency":"USD"}}""");
        await _server.CatchUp();

        await Look("2026-06-07T12:00:00Z");
        Assert.Empty(await Reminders());
        await Look("2026-06-08T12:00:00Z");
        await Look("2026-06-08T18:00:00Z");
        await Look("2026-06-11T12:00:00Z");
        await _server.Restart();
        await Look("2026-06-15T12:00:00Z");
        var june = Assert.Single(await Reminders())!;
        Assert.Equal(("maya@juniper.example", null), ((string?)june["recipient"], (string?)june["clientId"]));
        Assert.Contains("is due on Jun 15, 2026", (string?)june["subject"], StringComparison.Ordinal);
        await Look("2026-09-10T12:00:00Z");
        Assert.Equal(2, (await Reminders()).Count);
    }

    [Fact]
    public async Task Nobody_is_reminded_of_what_needs_no_payment()
    {
        await _practice.Post("/v1/tax-policy:set-reminders", """{"daysBefore":7,"recipient":"maya@juniper.example"}""");
        await _server.CatchUp();
        await Look("2026-06-10T12:00:00Z");
        Assert.Empty(await Reminders());
    }

    [Fact]
    public async Task Reminders_need_an_address()
    {
        var refused = await _server.Post(_practice.Owner, "/v1/tax-policy:set-reminders", """{"daysBefore":7}""");
        Assert.Equal("recipient-missing", refused.ProblemCode);
    }

    /// <summary>A round of a program that was started just then.</summary>
    private async Task Look(string moment)
    {
        var at = NodaTime.Text.InstantPattern.General.Parse(moment).Value;
        var rounds = ActivatorUtilities.CreateInstance<TaxReminderRounds>(_server.Services, new StoppedClock(at));
        await rounds.Go(TestContext.Current.CancellationToken);
        await _server.CatchUp();
    }

    private async Task<List<System.Text.Json.Nodes.JsonNode?>> Reminders() =>
        [.. (await _practice.Get("/v1/mails"))["items"]!.AsArray().Where(mail => (string?)mail!["kind"] == "tax-reminder")];

    private async Task<string> Link(string opens) =>
        new Uri((string)(await _practice.Post("/v1/tax-links", $$"""{"opens":"{{opens}}"}""")).Json["url"]!).AbsolutePath;

    private static IEnumerable<string> Uids(string feed) =>
        feed.Split("\r\n").Where(line => line.StartsWith("UID:", StringComparison.Ordinal));

    [GeneratedRegex("href=\"(?<to>/[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Address();

    private sealed class StoppedClock(Instant at) : IClock
    {
        public Instant GetCurrentInstant() => at;
    }
}
