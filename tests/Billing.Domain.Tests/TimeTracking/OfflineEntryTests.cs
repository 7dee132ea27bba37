using Billing.Domain.TimeTracking;
using NodaTime;
using static Billing.Domain.Tests.TimeTracking.Desk;
using static Billing.Domain.TimeTracking.TimesheetEvent;

namespace Billing.Domain.Tests.TimeTracking;

public sealed class OfflineEntryTests
{
    private readonly OfflineOffice _office = new();

    [Fact]
    public void The_highest_revision_wins_and_what_came_before_it_is_superseded()
    {
        Assert.Equal("applied", _office.Sync(Item(1, 2, "2026-04-03 09:00", "2026-04-03 11:00")));
        Assert.Equal("superseded", _office.Sync(Item(1, 1, "2026-04-03 09:00", "2026-04-03 10:00")));
        Assert.Equal("already", _office.Sync(Item(1, 2, "2026-04-03 09:00", "2026-04-03 11:00")));
        Assert.Equal("applied", _office.Sync(Item(1, 5, "2026-04-03 09:00", "2026-04-03 12:00")));
        Assert.Equal(10_800, Assert.Single(_office.Office.Entries).DurationSeconds);
    }

    [Fact]
    public void A_removal_that_comes_first_is_remembered()
    {
        Assert.Equal("applied", _office.Sync(Gone(1, 2)));
        Assert.Equal("superseded", _office.Sync(Item(1, 1, "2026-04-03 09:00", "2026-04-03 11:00")));
        Assert.Equal("already", _office.Sync(Gone(1, 2)));
        Assert.Empty(_office.Office.Entries);
    }

    [Fact]
    public void What_a_device_removed_it_can_bring_back()
    {
        _office.Sync(Item(1, 1, "2026-04-03 09:00", "2026-04-03 11:00"));
        Assert.Equal("applied", _office.Sync(Gone(1, 2)));
        Assert.Empty(_office.Office.Entries);
        Assert.Equal("applied", _office.Sync(Item(1, 3, "2026-04-03 09:00", "2026-04-03 10:00")));
        Assert.Equal(3600, Assert.Single(_office.Office.Entries).DurationSeconds);
        Assert.Empty(_office.Office.Of(Week).Removed);
    }

    [Fact]
    public void An_entry_moves_to_another_week_and_back()
    {
        _office.Sync(Item(1, 1, "2026-04-03 09:00", "2026-04-03 11:00"));
        Assert.Equal("applied", _office.Sync(Item(1, 2, "2026-03-27 09:00", "2026-03-27 11:00")));
        Assert.Empty(_office.Office.Of(Week).Entries);
        Assert.Equal(Id(1), Assert.Single(_office.Office.Of(Week.Previous).Entries).Key);
        Assert.Equal("applied", _office.Sync(Item(1, 3, "2026-04-03 10:00", "2026-04-03 11:00")));
        Assert.Equal(3600, Assert.Single(_office.Office.Entries).DurationSeconds);
    }

    [Fact]
    public void A_refused_item_leaves_everything_as_it_was()
    {
        _office.Sync(Item(1, 1, "2026-04-03 09:00", "2026-04-03 11:00"));
        _office.Sync(Item(2, 1, "2026-03-27 09:00", "2026-03-27 11:00"));
        Assert.Equal("time-overlap", _office.Sync(Item(1, 2, "2026-03-27 10:00", "2026-03-27 12:00")));
        Assert.Equal("revision-not-positive", _office.Sync(Item(1, 0, "2026-04-03 09:00", "2026-04-03 12:00")));
        Assert.Equal(2, _office.Office.Entries.Count());
        Assert.Equal("already", _office.Sync(Item(1, 1, "2026-04-03 09:00", "2026-04-03 11:00")));
        Assert.Equal("applied", _office.Sync(Item(1, 2, "2026-04-03 09:00", "2026-04-03 12:00")));
    }

    [Fact]
    public void An_entry_that_was_written_online_is_taken_over()
    {
        _office.Office.Do(Log(1, "2026-04-03 09:00", "2026-04-03 11:00"));
        Assert.Equal("applied", _office.Sync(Item(1, 1, "2026-04-03 09:00", "2026-04-03 12:00")));
        Assert.Equal(10_800, Assert.Single(_office.Office.Entries).DurationSeconds);
    }

    [Fact]
    public void What_the_practice_removed_stays_removed()
    {
        _office.Sync(Item(1, 1, "2026-04-03 09:00", "2026-04-03 11:00"));
        _office.Office.Do(new RemoveEntry(Id(1), Now));
        Assert.Equal("entry-removed", _office.Sync(Item(1, 2, "2026-04-03 09:00", "2026-04-03 12:00")));
        Assert.Equal("applied", _office.Sync(Gone(1, 3)));

        _office.Office.Do(Log(2, "2026-04-03 13:00", "2026-04-03 14:00"));
        _office.Office.Do(new RemoveEntry(Id(2), Now));
        Assert.Equal("entry-removed", _office.Sync(Item(2, 1, "2026-04-03 13:00", "2026-04-03 14:00")));
    }

    [Fact]
    public void What_was_removed_while_it_stood_on_an_invoice_is_not_brought_back()
    {
        _office.Sync(Item(1, 1, "2026-04-03 09:00", "2026-04-03 11:00"));
        _office.Office.Happens(Week, new TimeBilled([Id(1)], Invoice));
        Assert.Equal("applied", _office.Sync(Gone(1, 2)));
        Assert.Equal("entry-removed", _office.Sync(Item(1, 3, "2026-04-03 09:00", "2026-04-03 11:00")));
    }

    [Fact]
    public void An_id_stands_for_one_assistants_entry()
    {
        _office.Sync(Item(1, 1, "2026-04-03 09:00", "2026-04-03 11:00"));
        Assert.Equal("id-taken", _office.Sync(Item(1, 2, "2026-04-03 09:00", "2026-04-03 12:00") with { AssistantId = Id(0xA2) }));
        Assert.Equal("id-taken", Said(OfflineEntry.Known(OfflineEntryState.NeverSeen, Item(1, 1, "2026-04-03 09:00", "2026-04-03 11:00"), Id(0xA2))));
    }

    [Fact]
    public void What_a_device_removed_and_somebody_wrote_down_anew_moves_when_the_device_brings_it_back()
    {
        _office.Sync(Item(1, 1, "2026-04-03 09:00", "2026-04-03 11:00"));
        _office.Sync(Gone(1, 2));
        Assert.IsType<Decision<TimesheetEvent>.Accepted>(_office.Office.Do(Log(1, "2026-03-03 09:00", "2026-03-03 10:00")));
        Assert.Equal("applied", _office.Sync(Item(1, 3, "2026-04-03 09:00", "2026-04-03 12:00")));
        var entry = Assert.Single(_office.Office.Entries);
        Assert.Equal((new LocalDate(2026, 4, 3), 10_800), (entry.WorkedOn, entry.DurationSeconds));
    }

    [Fact]
    public void What_another_assistant_wrote_down_anew_is_not_the_devices_any_more()
    {
        var removed = new OfflineEntryState(2, Assistant, null);
        Assert.Equal("id-taken", Said(OfflineEntry.Known(removed, Item(1, 3, "2026-04-03 09:00", "2026-04-03 11:00"), Id(0xA2))));
    }

    [Fact]
    public void A_removal_by_a_device_beats_where_the_entry_was_found_before_it()
    {
        var lagging = new HeldEntry(Week, TimesheetState.Empty);
        var outcome = OfflineEntry.Decide(
            new OfflineEntryState(2, Assistant, null), Item(1, 3, "2026-04-03 09:00", "2026-04-03 11:00"), lagging,
            new SyncTarget(Week, TimesheetState.Empty, AdjacentWeeks.Empty, new AgreedWork(Inbox, Globex)), Juniper);
        Assert.Single(Assert.IsType<SyncOutcome.Applied>(outcome).Entered);
    }

    [Fact]
    public void A_running_timer_is_no_entry_yet()
    {
        _office.Office.Do(Start(1, "2026-04-03 09:00"));
        Assert.Equal("timer-running", _office.Sync(Item(1, 1, "2026-04-03 09:00", "2026-04-03 11:00")));
    }

    [Fact]
    public void Folds_every_kind_of_event() => OfflineEntry.Stream.Takes_every_kind_of_event(
        [new OfflineEntryEvent.OfflineEntrySynced(Id(1), Assistant, 1, Week.StreamName, Now)]);

    private static string? Said(SyncOutcome? outcome) => (outcome as SyncOutcome.Refused)?.Rejection.Code;

    private static SyncEntry Item(int id, long revision, string start, string end) => new(
        Id(id), Assistant, revision, new SyncedWork(EngagementId, Between(start, end), "Mails", true, null), Helsinki, Now);

    private static SyncEntry Gone(int id, long revision) => new(Id(id), Assistant, revision, null, Helsinki, Now);
}
