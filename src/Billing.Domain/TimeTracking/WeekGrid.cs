using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using NodaTime;
using NodaTime.Text;

namespace Billing.Domain.TimeTracking;

/// <summary>How long one engagement was worked for on one day.</summary>
/// <param name="EntryId">Of the entry that is logged where the cell has none yet.</param>
/// <param name="DurationSeconds">What the cell's entries are to sum to; 0 for none.</param>
/// <param name="Note">Of the entry that changes; null leaves it as it is.</param>
/// <param name="Tags">Of the entry that changes; null leaves them as they are.</param>
public sealed record GridCell(
    Guid EntryId, Guid EngagementId, LocalDate WorkedOn, long DurationSeconds, string? Note = null,
    IReadOnlyList<string>? Tags = null);

/// <summary>Cells that are not named stay as they are.</summary>
/// <param name="Zone">The assistant's.</param>
public sealed record SetGrid(TimesheetWeek Week, IReadOnlyList<GridCell> Cells, DateTimeZone Zone, Instant At);

/// <summary>An engagement with its client.</summary>
public sealed record AgreedWork(EngagementState Engagement, ClientState Client);

/// <summary>
/// Sets cells of a week to what they sum to, all or none. A cell is what its entries with a duration only sum to; one with
/// entries that have a start and an end is not set, since nobody could tell which of its times were wrong.
/// </summary>
public static class WeekGrid
{
    public const int MostCells = 200;

    /// <summary>Refuses: <c>grid-refused</c>, whose parts name each bad cell as <c>/cells/3</c> and its fields below.</summary>
    /// <param name="state">Of the command's week.</param>
    /// <param name="work">Every engagement that a cell names, by id.</param>
    public static Decision<TimesheetEvent> Decide(
        TimesheetState state, SetGrid command, AdjacentWeeks adjacent, IReadOnlyDictionary<Guid, AgreedWork> work,
        BusinessState business)
    {
        var faults = new SortedList<int, Rejection>();
        var plans = new List<CellPlan>();
        var seen = new HashSet<(Guid, LocalDate)>();
        for (var i = 0; i < command.Cells.Count; i++)
        {
            var cell = command.Cells[i];
            var plan = new CellPlan(i, cell, state);
            var fault = seen.Add((cell.EngagementId, cell.WorkedOn)) ? plan.Refuse(command.Week) : Repeated;
            if (fault is null) plans.Add(plan);
            else faults.Add(i, At(i, fault));
        }

        var events = new List<TimesheetEvent>();
        // What shrinks goes first: hours that move from one cell to another fit into a day that is full.
        foreach (var plan in plans.OrderBy(plan => plan.AddedSeconds))
        {
            var decided = plan.Decide(state, command, adjacent, work[plan.Cell.EngagementId], business);
            if (decided.Refusal is { } refusal)
            {
                faults.Add(plan.Index, At(plan.Index, refusal));
                continue;
            }
            events.AddRange(decided.Events);
            state = decided.Events.Aggregate(state, Timesheet.Evolve);
        }
        return faults.Count == 0 ? events.ToArray() : Refused([.. faults.Values]);
    }

    private static Rejection At(int index, Rejection fault) => fault with { Field = $"/cells/{index}{fault.Field}" };

    private static Rejection Refused(IReadOnlyList<Rejection> faults) => new(
        "grid-refused", $"{faults.Count} of the cells can't be set, so that none was; each is named in errors.")
    {
        Parts = faults,
    };

    private static Rejection Repeated { get; } = new(
        "cell-repeated", "The grid has this cell twice; send it once.", Kind: RejectionKind.Invalid);

    /// <summary>What one cell holds, and which of its entries make up the difference.</summary>
    private sealed class CellPlan
    {
        private readonly List<TimeEntry> _entries = [];
        private readonly bool _hasClockTimes;

        public CellPlan(int index, GridCell cell, TimesheetState state)
        {
            (Index, Cell) = (index, cell);
            foreach (var entry in state.Entries.Values)
            {
                if (entry.EngagementId != cell.EngagementId || entry.WorkedOn != cell.WorkedOn) continue;
                if (entry.StartedAt is null) _entries.Add(entry);
                else _hasClockTimes = true;
            }
            _hasClockTimes |= state.Running is { } timer
                && timer.EngagementId == cell.EngagementId && timer.WorkedOn == cell.WorkedOn;
            // Unbilled entries change before billed ones do; the order is the same when the same grid is sent again.
            _entries.Sort((a, b) => (a.InvoiceId is not null, a.EntryId).CompareTo((b.InvoiceId is not null, b.EntryId)));
            AddedSeconds = cell.DurationSeconds - _entries.Sum(entry => entry.DurationSeconds);
        }

        public int Index { get; }

        public GridCell Cell { get; }

        public long AddedSeconds { get; }

        public Rejection? Refuse(TimesheetWeek week)
        {
            if (!week.Contains(Cell.WorkedOn))
                return new Rejection("another-week", $"This day is not in {week.IsoText}; send it with its week.", "/workedOn");
            if (Cell.DurationSeconds < 0)
            {
                return new Rejection(
                    "duration-not-positive", "A cell holds no time or more.", "/durationSeconds", RejectionKind.Invalid);
            }
            return _hasClockTimes
                ? new Rejection(
                    "cell-has-clock-times",
                    $"On {LocalDatePattern.Iso.Format(Cell.WorkedOn)} this engagement has entries with a start and an end, or a "
                    + "running timer; correct those one by one.")
                : null;
        }

        public (IReadOnlyList<TimesheetEvent> Events, Rejection? Refusal) Decide(
            TimesheetState state, SetGrid command, AdjacentWeeks adjacent, AgreedWork work, BusinessState business)
        {
            var events = new List<TimesheetEvent>();
            var surplus = -AddedSeconds;
            var kept = _entries;
            // Entries that are no longer than what is too much go as a whole.
            while (kept is [var first, ..] && surplus > 0 && first.DurationSeconds <= surplus)
            {
                surplus -= first.DurationSeconds;
                kept = kept[1..];
                if (Take(Timesheet.Decide(state, new RemoveEntry(first.EntryId, command.At), business)) is { } refusal)
                    return ([], refusal);
            }
            if (Rest() is { } rest && Take(rest) is { } unfit) return ([], unfit);
            return (events, null);

            Decision<TimesheetEvent>? Rest()
            {
                if (kept is [var entry, ..])
                    return Timesheet.Decide(state, Correction(entry), adjacent, work.Engagement, work.Client, business);
                return Cell.DurationSeconds == 0 || _entries.Count > 0
                    ? null
                    : Timesheet.Decide(state, Logging(command), adjacent, work.Engagement, work.Client, business);
            }

            CorrectEntry Correction(TimeEntry entry) => new(
                entry.EntryId, command.Week, entry.EngagementId,
                new TimeSpent.OnDay(entry.WorkedOn, entry.DurationSeconds - surplus), Cell.Note ?? entry.Note, entry.Billable,
                command.At, Cell.Tags ?? entry.Tags);

            Rejection? Take(Decision<TimesheetEvent> decision)
            {
                if (decision is Decision<TimesheetEvent>.Rejected { Rejection: var refusal }) return refusal;
                foreach (var @event in ((Decision<TimesheetEvent>.Accepted)decision).Events)
                {
                    events.Add(@event);
                    state = Timesheet.Evolve(state, @event);
                }
                return null;
            }
        }

        private LogTime Logging(SetGrid command) => new(
            Cell.EntryId, command.Week.AssistantId, Cell.EngagementId, new TimeSpent.OnDay(Cell.WorkedOn, Cell.DurationSeconds),
            Cell.Note, Billable: true, command.Zone, command.At, Cell.Tags);
    }
}
