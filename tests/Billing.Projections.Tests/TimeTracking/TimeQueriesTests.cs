using Billing.Domain.TimeTracking;
using Billing.Projections.Paging;
using Billing.Projections.Tests.Given;
using Billing.Projections.TimeTracking;
using NodaTime;

namespace Billing.Projections.Tests.TimeTracking;

public abstract class TimeQueriesTests(ReadModelsIn where)
{
    private static readonly LocalDate Monday = new(2026, 3, 2), Sunday = new(2026, 3, 8);
    private static readonly TimesheetWeek Week = TimesheetWeek.Of(Ids.Ada, Monday);

    [Fact]
    public async Task A_week_runs_from_Monday_to_Sunday_with_totals_of_each_day()
    {
        await using var practice = new Practice(where);
        await practice.Happened(
            Logged(1, Monday.PlusDays(-1), 9_000), Logged(2, Monday, 3_600), Logged(3, Monday, 60, billable: false),
            Logged(4, Sunday, 30), Logged(5, Sunday.PlusDays(1), 7_000), Logged(6, Monday, 500, assistant: Ids.Bob));
        var week = new TimeQueries(practice.Database).Week(Practice.Book, Week);
        Assert.Equal([Ids.Of(5, 2), Ids.Of(5, 3), Ids.Of(5, 4)], week.Entries.Select(e => e.EntryId));
        Assert.Equal([3_660L, 0, 0, 0, 0, 0, 30], week.Days.Select(d => d.DurationSeconds));
        Assert.Equal([3_600L, 0, 0, 0, 0, 0, 30], week.Days.Select(d => d.BillableSeconds));
        Assert.Equal((3_690, 3_630), (week.DurationSeconds, week.BillableSeconds));
        Assert.Equal((Week.StreamName, 3), (week.Timesheet, week.Version));
        Assert.Null(week.HandedInAt);
    }

    [Fact]
    public async Task A_week_is_handed_in_until_it_is_reopened_also_an_empty_one()
    {
        await using var practice = new Practice(where);
        var queries = new TimeQueries(practice.Database);
        Assert.Equal(0, queries.Week(Practice.Book, Week).Version);
        await practice.Happened((Week.StreamName, new TimesheetEvent.WeekHandedIn(Practice.Now)));
        Assert.Equal(Practice.Now, queries.Week(Practice.Book, Week).HandedInAt);
        Assert.Null(queries.Week(Practice.Book, Week.Next).HandedInAt);
        await practice.Happened((Week.StreamName, new TimesheetEvent.WeekReopened(Practice.Now)));
        Assert.Null(queries.Week(Practice.Book, Week).HandedInAt);
    }

    [Fact]
    public async Task A_timer_runs_until_it_is_stopped_and_then_is_an_entry()
    {
        await using var practice = new Practice(where);
        var queries = new TimeQueries(practice.Database);
        await practice.Happened(Started(1, Monday), Logged(2, Monday, 60));
        Assert.Equal(Ids.Of(5, 1), queries.RunningTimer(Practice.Book, Ids.Ada)?.EntryId);
        Assert.Null(queries.RunningTimer(Practice.Book, Ids.Bob));
        var week = queries.Week(Practice.Book, Week);
        Assert.Equal((Ids.Of(5, 1), 60), (week.Running!.EntryId, week.DurationSeconds));
        Assert.Null(queries.Week(Practice.Book, Week.Next).Running);

        await practice.Happened((Week.StreamName, new TimesheetEvent.TimerStopped(Ids.Of(5, 1), Practice.Now, 1_200)));
        Assert.Null(queries.RunningTimer(Practice.Book, Ids.Ada));
        Assert.Equal(
            new TimeEntryView(
                Ids.Of(5, 1), Week.StreamName, Ids.Ada, Ids.Inbox, Ids.Acme, Monday, Practice.Now, Practice.Now, 1_200, true,
                "mail", "Europe/Berlin", null, Version: 3),
            queries.Entry(Practice.Book, Ids.Of(5, 1)));
    }

    [Fact]
    public async Task A_timer_that_is_thrown_away_leaves_nothing()
    {
        await using var practice = new Practice(where);
        await practice.Happened(Started(1, Monday), (Week.StreamName, new TimesheetEvent.TimeEntryRemoved(Ids.Of(5, 1), Practice.Now)));
        var queries = new TimeQueries(practice.Database);
        Assert.Null(queries.RunningTimer(Practice.Book, Ids.Ada));
        Assert.Empty(queries.Week(Practice.Book, Week).Entries);
    }

    [Fact]
    public async Task A_corrected_entry_stands_as_corrected_and_a_removed_one_is_gone()
    {
        await using var practice = new Practice(where);
        var queries = new TimeQueries(practice.Database);
        await practice.Happened(
            Logged(1, Monday, 60), Logged(2, Monday, 70),
            (Week.StreamName, new TimesheetEvent.TimeEntryCorrected(
                Ids.Of(5, 1), Ids.Desk, Ids.Zenith, null, false, Sunday, null, null, 90, "Asia/Tokyo", Practice.Now)),
            (Week.StreamName, new TimesheetEvent.TimeEntryRemoved(Ids.Of(5, 2), Practice.Now)));
        Assert.Equal(
            new TimeEntryView(
                Ids.Of(5, 1), Week.StreamName, Ids.Ada, Ids.Desk, Ids.Zenith, Sunday, null, null, 90, false, null, "Asia/Tokyo",
                null, Version: 3),
            queries.Entry(Practice.Book, Ids.Of(5, 1)));
        Assert.Null(queries.Entry(Practice.Book, Ids.Of(5, 2)));
    }

    [Fact]
    public async Task Lists_take_each_filter_and_a_period_ends_before_its_last_day()
    {
        await using var practice = new Practice(where);
        await practice.Happened(
            Logged(1, Monday, 60), Logged(2, Sunday, 60, client: Ids.Zenith, engagement: Ids.Desk),
            Logged(3, Sunday, 60, assistant: Ids.Bob),
            (Week.StreamName, new TimesheetEvent.TimeBilled([Ids.Of(5, 1)], Ids.Of(7, 1))));
        Assert.Equal([1, 2, 3], Found(new TimeEntryFilter()));
        Assert.Equal([2], Found(new TimeEntryFilter(ClientId: Ids.Zenith)));
        Assert.Equal([2], Found(new TimeEntryFilter(EngagementId: Ids.Desk)));
        Assert.Equal([3], Found(new TimeEntryFilter(AssistantId: Ids.Bob)));
        Assert.Equal([2, 3], Found(new TimeEntryFilter(From: Sunday)));
        Assert.Equal([1], Found(new TimeEntryFilter(EndExclusive: Sunday)));
        Assert.Equal([1], Found(new TimeEntryFilter(IsBilled: true)));
        Assert.Equal([2, 3], Found(new TimeEntryFilter(IsBilled: false)));
        Assert.Equal([2], Found(new TimeEntryFilter(Ids.Zenith, Ids.Desk, Ids.Ada, Monday, Sunday.PlusDays(1), false)));
        Assert.Empty(Found(new TimeEntryFilter(Ids.Zenith, AssistantId: Ids.Bob)));

        int[] Found(TimeEntryFilter filter) =>
        [
            .. new TimeQueries(practice.Database).Entries(Practice.Book, filter, new PageRequest())
                .Items.Select(e => Enumerable.Range(1, 3).Single(n => Ids.Of(5, n) == e.EntryId)),
        ];
    }

    [Fact]
    public async Task Entries_are_found_by_each_of_their_tags_letter_by_letter_and_by_no_part_of_one()
    {
        await using var practice = new Practice(where);
        var queries = new TimeQueries(practice.Database);
        var (sheet, logged) = Logged(1, Monday, 60);
        await practice.Happened(
            (sheet, (TimesheetEvent.TimeEntryLogged)logged with { Tags = ["calls", "größer 100%"] }), Logged(2, Monday, 60),
            Started(3, Monday));
        Assert.Equal(["calls", "größer 100%"], queries.Entry(Practice.Book, Ids.Of(5, 1))!.Tags);
        Assert.Empty(queries.Entry(Practice.Book, Ids.Of(5, 2))!.Tags);
        foreach (var tag in new[] { "calls", "größer 100%", " calls " }) Assert.Equal([Ids.Of(5, 1)], Found(tag));
        foreach (var tag in new[] { "call", "Calls", "100%", "%", "calls\ngrößer 100%" }) Assert.Empty(Found(tag));

        await practice.Happened((sheet, new TimesheetEvent.TimeEntryCorrected(
            Ids.Of(5, 1), Ids.Inbox, Ids.Acme, "mail", true, Monday, null, null, 60, "Europe/Berlin", Practice.Now)));
        Assert.Empty(Found("calls"));

        IEnumerable<Guid> Found(string tag) => queries
            .Entries(Practice.Book, new TimeEntryFilter(Tag: tag), new PageRequest()).Items.Select(entry => entry.EntryId);
    }

    [Fact]
    public async Task Weeks_wait_until_they_are_approved_or_sent_back_and_are_listed_with_their_sums()
    {
        await using var practice = new Practice(where);
        var queries = new TimeQueries(practice.Database);
        await practice.Happened(
            Logged(1, Monday, 3_600), Logged(2, Sunday, 60, billable: false), Logged(3, Monday.PlusDays(7), 500),
            (Week.StreamName, new TimesheetEvent.WeekHandedIn(Practice.Now)),
            (Week.Next.StreamName, new TimesheetEvent.WeekHandedIn(Practice.Now)));
        Assert.Equal([(Week.IsoText, 3_660, 3_600), (Week.Next.IsoText, 500, 500)], Found(WeekStatus.HandedIn));

        await practice.Happened(
            (Week.StreamName, new TimesheetEvent.WeekApproved(Practice.Now)),
            (Week.Next.StreamName, new TimesheetEvent.WeekReturned("Which calls?", Practice.Now)));
        Assert.Empty(Found(WeekStatus.HandedIn));
        Assert.Equal([(Week.IsoText, 3_660, 3_600)], Found(WeekStatus.Approved));
        Assert.Equal([(Week.Next.IsoText, 500, 500)], Found(WeekStatus.Returned));
        var returned = queries.Week(Practice.Book, Week.Next);
        Assert.Equal(
            ((Instant?)null, (Instant?)Practice.Now, "Which calls?"),
            (returned.HandedInAt, returned.ReturnedAt, returned.ReturnReason));

        await practice.Happened(
            (Week.StreamName, new TimesheetEvent.WeekReopened(Practice.Now)),
            (Week.Next.StreamName, new TimesheetEvent.WeekHandedIn(Practice.Now)));
        Assert.Equal([(Week.Next.IsoText, 500, 500)], Found(WeekStatus.HandedIn));
        Assert.Empty(Found(WeekStatus.Approved));
        Assert.Empty(Found(WeekStatus.Returned));

        IEnumerable<(string, long, long)> Found(WeekStatus status) =>
            queries.Weeks(Practice.Book, status).Select(week => (week.Week, week.DurationSeconds, week.BillableSeconds));
    }

    [Fact]
    public async Task An_entry_that_leaves_one_week_for_another_is_one_entry_all_the_time()
    {
        await using var practice = new Practice(where);
        var (next, logged) = Logged(1, Sunday.PlusDays(1), 90);
        await practice.Happened(
            Logged(1, Monday, 60), (Week.StreamName, new TimesheetEvent.TimeEntryRemoved(Ids.Of(5, 1), Practice.Now)), (next, logged));
        var entry = new TimeQueries(practice.Database).Entry(Practice.Book, Ids.Of(5, 1));
        Assert.Equal((Week.Next.StreamName, 90L), (entry?.Timesheet, entry?.DurationSeconds));
    }

    [Fact]
    public async Task Running_timers_of_everyone_are_listed_until_they_stop()
    {
        await using var practice = new Practice(where);
        var queries = new TimeQueries(practice.Database);
        var (sheet, started) = Started(1, Monday);
        await practice.Happened((sheet, (TimesheetEvent.TimerStarted)started with { Tags = ["calls"] }));
        var timer = Assert.Single(queries.RunningTimers(Practice.Book));
        Assert.Equal((Ids.Of(5, 1), Ids.Ada, "calls"), (timer.EntryId, timer.AssistantId, Assert.Single(timer.Tags)));
        await practice.Happened((Week.StreamName, new TimesheetEvent.TimerStopped(Ids.Of(5, 1), Practice.Now, 1_200)));
        Assert.Empty(queries.RunningTimers(Practice.Book));
        Assert.Equal(["calls"], queries.Entry(Practice.Book, Ids.Of(5, 1))!.Tags);
    }

    [Fact]
    public async Task Lists_come_in_parts_that_make_the_whole_though_entries_come_in_between()
    {
        await using var practice = new Practice(where);
        var queries = new TimeQueries(practice.Database);
        await practice.Happened([.. Enumerable.Range(1, 5).Select(n => Logged(n, Monday, 60))]);
        var first = queries.Entries(Practice.Book, new TimeEntryFilter(), new PageRequest(Limit: 2));
        await practice.Happened(Logged(6, Monday, 60));
        var second = queries.Entries(Practice.Book, new TimeEntryFilter(), new PageRequest(first.Next, 2));
        var third = queries.Entries(Practice.Book, new TimeEntryFilter(), new PageRequest(second.Next, 2));
        Assert.Equal(
            Enumerable.Range(1, 6).Select(n => Ids.Of(5, n)),
            first.Items.Concat(second.Items).Concat(third.Items).Select(e => e.EntryId));
        Assert.Null(third.Next);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PageRequest(Limit: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PageRequest(Limit: 501));
    }

    private static (string, object) Logged(
        int entry, LocalDate on, long seconds, bool billable = true, Guid? assistant = null, Guid? client = null, Guid? engagement = null)
    {
        var who = assistant ?? Ids.Ada;
        return (TimesheetWeek.Of(who, on).StreamName, new TimesheetEvent.TimeEntryLogged(
            Ids.Of(5, entry), who, engagement ?? Ids.Inbox, client ?? Ids.Acme, "mail", billable, on, null, null, seconds,
            "Europe/Berlin", Practice.Now));
    }

    private static (string, object) Started(int entry, LocalDate on) => (Week.StreamName, new TimesheetEvent.TimerStarted(
        Ids.Of(5, entry), Ids.Ada, Ids.Inbox, Ids.Acme, "mail", true, Practice.Now, on, "Europe/Berlin"));
}

public sealed class TimeQueriesOnSqlite() : TimeQueriesTests(ReadModelsIn.Sqlite);

public sealed class TimeQueriesOnPostgres() : TimeQueriesTests(ReadModelsIn.Postgres);
