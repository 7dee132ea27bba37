using Billing.Domain.TimeTracking;
using CsCheck;
using NodaTime;
using static Billing.Domain.Tests.TimeTracking.Desk;
using static Billing.Domain.TimeTracking.TimesheetEvent;

namespace Billing.Domain.Tests.TimeTracking;

public sealed class WeekGridTests
{
    private static readonly LocalDate Monday = new(2026, 3, 30);
    private static readonly LocalDate Friday = new(2026, 4, 3);

    private static readonly Dictionary<Guid, AgreedWork> Work = new()
    {
        [EngagementId] = new AgreedWork(Inbox, Globex),
        [OtherEngagementId] = new AgreedWork(Calls, Globex),
    };

    [Fact]
    public void Logs_an_entry_where_the_cell_has_none() =>
        Set(Sheet(), Cell(1, Monday, 7200) with { Note = "Mails" }).Then(LoggedOnDay(1, "2026-03-30", 7200));

    [Fact]
    public void Corrects_one_entry_by_the_difference()
    {
        var sheet = Sheet(LoggedOnDay(1, "2026-03-30", 3600), LoggedOnDay(2, "2026-03-30", 1800));
        Set(sheet, Cell(9, Monday, 7200)).Then(Corrected(1, 5400));
        Set(sheet, Cell(9, Monday, 1900)).Then(Corrected(1, 100));
    }

    [Fact]
    public void Removes_what_is_too_much_whole_before_it_shortens_the_rest()
    {
        var sheet = Sheet(LoggedOnDay(1, "2026-03-30", 3600), LoggedOnDay(2, "2026-03-30", 1800));
        Set(sheet, Cell(9, Monday, 1800)).Then(new TimeEntryRemoved(Id(1), Now));
        Set(sheet, Cell(9, Monday, 600)).Then(new TimeEntryRemoved(Id(1), Now), Corrected(2, 600));
        Set(sheet, Cell(9, Monday, 0)).Then(new TimeEntryRemoved(Id(1), Now), new TimeEntryRemoved(Id(2), Now));
    }

    [Fact]
    public void What_is_billed_changes_after_what_is_not()
    {
        var sheet = Sheet(
            LoggedOnDay(1, "2026-03-30", 3600), LoggedOnDay(2, "2026-03-30", 1800), new TimeBilled([Id(1)], Invoice));
        Set(sheet, Cell(9, Monday, 5000)).Then(Corrected(2, 1400));
    }

    [Fact]
    public void Sets_a_note_and_tags_where_they_are_sent_and_leaves_them_where_they_are_not()
    {
        var sheet = Sheet(LoggedOnDay(1, "2026-03-30", 3600) with { Tags = ["calls"] });
        Set(sheet, Cell(9, Monday, 3600)).ThenNothing();
        Set(sheet, Cell(9, Monday, 1800)).Then(Corrected(1, 1800) with { Tags = ["calls"] });
        Set(sheet, Cell(9, Monday, 3600) with { Note = "Calls", Tags = [] }).Then(Corrected(1, 3600) with { Note = "Calls" });
    }

    [Fact]
    public void Hours_move_from_one_cell_to_another_on_a_day_that_is_full()
    {
        var sheet = Sheet(LoggedOnDay(1, "2026-03-30", 86_400));
        Set(sheet, Cell(2, Monday, 3600) with { EngagementId = OtherEngagementId, Note = "Mails" }, Cell(9, Monday, 82_800)).Then(
            Corrected(1, 82_800), LoggedOnDay(2, "2026-03-30", 3600) with { EngagementId = OtherEngagementId });
    }

    [Fact]
    public void Refuses_the_whole_grid_and_names_each_bad_cell()
    {
        var sheet = Sheet(Logged(1, "2026-03-31 09:00", "2026-03-31 10:00"));
        var refusal = Set(
            sheet, Cell(2, Monday, 60), Cell(3, Monday.PlusDays(1), 60), Cell(4, Monday, 90), Cell(5, Monday.PlusDays(7), 60),
            Cell(6, Monday.PlusDays(5), 60), Cell(7, Monday.PlusDays(2), -1), Cell(8, Monday.PlusDays(3), 86_401))
            .ThenRefused("grid-refused");
        Assert.Equal(
            [
                ("cell-has-clock-times", "/cells/1"), ("cell-repeated", "/cells/2"), ("another-week", "/cells/3/workedOn"),
                ("in-the-future", "/cells/4/workedOn"), ("duration-not-positive", "/cells/5/durationSeconds"),
                ("duration-too-long", "/cells/6/durationSeconds"),
            ],
            refusal.Parts.Select(part => (part.Code, part.Field!)));
    }

    [Fact]
    public void A_cell_with_a_running_timer_has_clock_times()
    {
        var refusal = Set(Sheet(Started(1, "2026-04-03 09:00")), Cell(2, Friday, 60)).ThenRefused("grid-refused");
        Assert.Equal("cell-has-clock-times", Assert.Single(refusal.Parts).Code);
    }

    [Fact]
    public void A_week_that_is_handed_in_and_a_closed_period_stand_still()
    {
        var handedIn = Set(Sheet(LoggedOnDay(1, "2026-03-30", 60), new WeekHandedIn(Now)), Cell(9, Monday, 120))
            .ThenRefused("grid-refused");
        Assert.Equal("week-handed-in", Assert.Single(handedIn.Parts).Code);
        var locked = Timesheet.Stream.Given().When(s => WeekGrid.Decide(
            s, new SetGrid(Week, [Cell(1, Monday, 60)], Helsinki, Now), AdjacentWeeks.Empty, Work, LockedThrough("2026-03-30")));
        Assert.Equal("period-locked", Assert.Single(locked.ThenRefused("grid-refused").Parts).Code);
    }

    [Fact]
    public void Whatever_a_grid_is_set_over_each_cell_sums_to_what_it_says_and_setting_it_again_changes_nothing()
    {
        var anySeconds = Gen.Int[0, 8 * 3600];
        Gen.Select(Gen.Select(Gen.Int[0, 4], anySeconds).Array[0, 8], anySeconds.Array[5], Gen.Bool).Sample(
            (before, wished, withNote) =>
            {
                var state = Sheet(before.Where(entry => entry.Item2 > 0).Select((entry, i) => (TimesheetEvent)(
                    LoggedOnDay(i + 10, "2026-03-30", entry.Item2) with { WorkedOn = Monday.PlusDays(entry.Item1) })));
                if (Enumerable.Range(0, 5).Any(day => Total(state, Monday.PlusDays(day)) > 86_400)) return;
                var grid = wished.Select((seconds, day) =>
                    Cell(day + 1, Monday.PlusDays(day), seconds) with { Note = withNote ? "Set" : null }).ToArray();
                var after = Accepted(Decide(state, grid)).Aggregate(state, Timesheet.Evolve);
                for (var day = 0; day < 5; day++) Assert.Equal(wished[day], Total(after, Monday.PlusDays(day)));
                Assert.Empty(Accepted(Decide(after, grid)));
            });
    }

    private static IReadOnlyList<TimesheetEvent> Accepted(Decision<TimesheetEvent> decision) =>
        Assert.IsType<Decision<TimesheetEvent>.Accepted>(decision).Events;

    private static long Total(TimesheetState state, LocalDate day) =>
        state.Entries.Values.Where(entry => entry.WorkedOn == day).Sum(entry => entry.DurationSeconds);

    private static GridCell Cell(int id, LocalDate day, long seconds) => new(Id(id), EngagementId, day, seconds);

    private static TimeEntryCorrected Corrected(int id, long seconds) => new(
        Id(id), EngagementId, ClientId, "Mails", true, Monday, null, null, seconds, "Europe/Helsinki", Now);

    private static Decision<TimesheetEvent> Decide(TimesheetState state, params GridCell[] cells) =>
        WeekGrid.Decide(state, new SetGrid(Week, cells, Helsinki, Now), AdjacentWeeks.Empty, Work, Juniper);

    private static Outcome<TimesheetEvent> Set(TimesheetState state, params GridCell[] cells) => new(Decide(state, cells));
}
