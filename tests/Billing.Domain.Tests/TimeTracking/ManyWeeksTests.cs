using Billing.Domain.TimeTracking;
using NodaTime;
using static Billing.Domain.Tests.TimeTracking.Desk;

namespace Billing.Domain.Tests.TimeTracking;

/// <summary>Elapsed time is counted over nights with a clock change, and work belongs to the local day on which it began.</summary>
public sealed class ClockChangesInManyWeeksTests(ITestOutputHelper output)
{
    [Fact]
    public void Elapsed_seconds_are_counted_and_the_local_day_and_week_hold_the_entry()
    {
        var changes = 0;
        var tried = GeneratedWeeks.Try(0x1234_5678, week =>
        {
            // Across the change where there is one, and else anywhere in the week.
            var start = week.Change is { } change
                ? change - week.Minutes(1, 300)
                : week.Start + week.Minutes(0, 6 * 24 * 60);
            var log = week.Log(start, week.Minutes(1, 600) + Duration.FromSeconds(week.Chance.Next(60)));
            var end = ((TimeSpent.Between)log.Time).EndedAt;

            var logged = Logged(new Office().Do(log));

            var elapsed = end.ToUnixTimeSeconds() - start.ToUnixTimeSeconds();
            Assert.Equal(elapsed, logged.DurationSeconds);
            Assert.Equal(week.DayOf(start), logged.WorkedOn);
            Assert.True(log.Week.Contains(logged.WorkedOn));
            var clock = Period.Between(
                start.InZone(week.Zone).LocalDateTime, end.InZone(week.Zone).LocalDateTime, PeriodUnits.Seconds);
            var shift = week.Zone.GetUtcOffset(end).Seconds - week.Zone.GetUtcOffset(start).Seconds;
            Assert.Equal(elapsed + shift, clock.Seconds);
            if (shift != 0) changes++;
        });
        output.WriteLine($"{tried} weeks, {changes} entries over a clock change");
        Assert.True(tried >= GeneratedWeeks.Enough);
        Assert.True(changes > tried / 10, $"Only {changes} entries go over a clock change.");
    }

    private static TimesheetEvent.TimeEntryLogged Logged(Decision<TimesheetEvent> decision) =>
        Assert.IsType<TimesheetEvent.TimeEntryLogged>(
            Assert.Single(Assert.IsType<Decision<TimesheetEvent>.Accepted>(decision).Events));
}

/// <summary>Work begins in one week and ends in the next; the one knows of the other, and so does a running timer.</summary>
public sealed class BordersInManyWeeksTests(ITestOutputHelper output)
{
    [Fact]
    public void Work_lies_in_the_week_in_which_it_began_and_takes_its_time_in_the_next()
    {
        var tried = GeneratedWeeks.Try(0x2345_6789, week =>
        {
            var office = new Office();
            var (before, after) = (week.Minutes(1, 600), week.Minutes(1, 600));
            var across = week.Log(week.Start - before, before + after);
            Assert.True(IsAccepted(office.Do(across)));
            Assert.Equal(week.Week.Previous, across.Week);
            Assert.Empty(office.Of(week.Week).Entries);

            // What touches it fits, from the next week too; what reaches in by a second does not, in whichever week it begins.
            var end = week.Start + after;
            Refuses(office.Do(week.Log(end - Duration.FromSeconds(1), Duration.FromMinutes(30))), across);
            Refuses(office.Do(week.Log(week.Start, Duration.FromSeconds(1))), across);
            Refuses(office.Do(week.Log(week.Start - before - Duration.FromMinutes(30), Duration.FromSeconds(1801))), across);
            Refuses(office.Do(week.StartTimer(week.Start)), across);
            var touching = week.Log(end, Duration.FromMinutes(30));
            Assert.True(IsAccepted(office.Do(touching)));
            Assert.Equal(week.Week, touching.Week);

            var timer = week.StartTimer(end + Duration.FromMinutes(30));
            Assert.True(IsAccepted(office.Do(timer)));
            Refuses(office.Do(week.Log(end + Duration.FromDays(8), Duration.FromMinutes(1))), timer.EntryId);
            Assert.True(IsAccepted(office.Do(week.Log(week.Start - before - Duration.FromMinutes(10), Duration.FromMinutes(10)))));
        });
        output.WriteLine($"{tried} weeks");
        Assert.True(tried >= GeneratedWeeks.Enough);
    }

    [Fact]
    public void Work_at_half_past_midnight_on_the_first_belongs_to_its_local_month()
    {
        var logged = Timesheet.Stream.Given().When(
            Log(1, "2026-04-01 00:30", "2026-04-01 01:30"), engagement: Inbox);
        logged.Then(Logged(1, "2026-04-01 00:30", "2026-04-01 01:30") with { WorkedOn = new LocalDate(2026, 4, 1) });
        Assert.Equal(3, At("2026-04-01 00:30").InUtc().Month);
    }

    /// <summary>The published case of the autumn night: 3:05 by summer time to 6:00 by winter time.</summary>
    [Fact]
    public void From_five_past_three_to_six_on_the_autumn_night_is_three_hours_and_fifty_five_minutes()
    {
        var helsinki = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];
        var start = new LocalDateTime(2025, 10, 26, 3, 5).InZone(helsinki, mapping => mapping.First()).ToInstant();
        var end = new LocalDateTime(2025, 10, 26, 6, 0).InZoneStrictly(helsinki).ToInstant();
        var accepted = Assert.IsType<Decision<TimesheetEvent>.Accepted>(
            new Office().Do(Log(1, new TimeSpent.Between(start, end))));
        var entry = Assert.IsType<TimesheetEvent.TimeEntryLogged>(Assert.Single(accepted.Events));
        Assert.Equal((3 * 3600 + 55 * 60, new LocalDate(2025, 10, 26)), (entry.DurationSeconds, entry.WorkedOn));
    }

    private static bool IsAccepted(Decision<TimesheetEvent> decision) => decision is Decision<TimesheetEvent>.Accepted { Events.Count: 1 };

    private static void Refuses(Decision<TimesheetEvent> decision, LogTime named) => Refuses(decision, named.EntryId);

    private static void Refuses(Decision<TimesheetEvent> decision, Guid named)
    {
        var refusal = Assert.IsType<Decision<TimesheetEvent>.Rejected>(decision).Rejection;
        Assert.Equal("time-overlap", refusal.Code);
        Assert.Contains($"{named:D}", refusal.Detail, StringComparison.Ordinal);
    }
}

/// <summary>Work comes in any order; nothing that is accepted overlaps, and nothing that fits is refused.</summary>
public sealed class OverlapsInManyWeeksTests(ITestOutputHelper output)
{
    private const int Acts = 7;

    [Fact]
    public void Exactly_what_overlaps_is_refused_whatever_order_it_comes_in()
    {
        var (accepted, refused) = (0, 0);
        var tried = GeneratedWeeks.Try(0x3456_789A, week =>
        {
            var office = new Office();
            var taken = new List<(Instant Start, Instant End)>();
            Instant? timer = null;
            var around = week.Change ?? week.Start;
            for (var act = 0; act < Acts; act++)
            {
                // On quarters of an hour, so that much of it touches; and never so much that a day were full.
                var start = around + Duration.FromMinutes(15 * (week.Chance.Next(96) - 48));
                var length = Duration.FromMinutes(15 * (1 + week.Chance.Next(12)));
                var startsTimer = week.Chance.Next(8) == 0;
                var end = startsTimer ? Instant.MaxValue : start + length;
                var fits = taken.TrueForAll(other => end <= other.Start || other.End <= start)
                    && (timer is null || (!startsTimer && end <= timer));
                var said = startsTimer ? office.Do(week.StartTimer(start)) : office.Do(week.Log(start, length));
                if (fits != said is Decision<TimesheetEvent>.Accepted) Assert.Fail($"{week.Zone} {start}: {said}");
                if (!fits) refused++;
                else if (startsTimer) timer = start;
                else taken.Add((start, end));
                if (fits) accepted++;
            }
            taken.Sort();
            for (var i = 1; i < taken.Count; i++) Assert.True(taken[i - 1].End <= taken[i].Start);
            Assert.Equal(taken.Count, office.Entries.Count());
        });
        output.WriteLine($"{tried} weeks, {accepted} accepted and {refused} refused");
        Assert.True(tried >= GeneratedWeeks.Enough);
        Assert.True(accepted > tried && refused > tried, $"{accepted} accepted and {refused} refused");
    }
}
