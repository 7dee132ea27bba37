using Billing.Domain.TimeTracking;
using static Billing.Domain.Tests.TimeTracking.Desk;

namespace Billing.Domain.Tests.TimeTracking;

/// <summary>All weeks of one assistant, decided and folded as the API does it, but in memory.</summary>
internal sealed class Office
{
    private readonly Dictionary<TimesheetWeek, List<TimesheetEvent>> _histories = [];
    private readonly Dictionary<TimesheetWeek, TimesheetState> _states = [];

    public IReadOnlyDictionary<TimesheetWeek, List<TimesheetEvent>> Histories => _histories;

    public IReadOnlyDictionary<TimesheetWeek, TimesheetState> States => _states;

    public IEnumerable<TimeEntry> Entries => _states.Values.SelectMany(state => state.Entries.Values);

    public RunningTimer? Running => _states.Values.Select(state => state.Running).SingleOrDefault(timer => timer is not null);

    public TimesheetState Of(TimesheetWeek week) => _states.GetValueOrDefault(week, TimesheetState.Empty);

    public Decision<TimesheetEvent> Do(LogTime command) =>
        Record(command.Week, Timesheet.Decide(Of(command.Week), command, Around(command.Week), Inbox, Globex, Juniper));

    public Decision<TimesheetEvent> Do(StartTimer command) =>
        Record(command.Week, Timesheet.Decide(Of(command.Week), command, Around(command.Week), Inbox, Globex, Juniper));

    public Decision<TimesheetEvent> Do(StopTimer command) => WeekOf(command.EntryId) is { } week
        ? Record(week, Timesheet.Decide(Of(week), command, Around(week), Juniper))
        : Decision<TimesheetEvent>.AlreadyDone;

    public Decision<TimesheetEvent> Do(CorrectEntry command) =>
        Record(command.Week, Timesheet.Decide(Of(command.Week), command, Around(command.Week), Inbox, Globex, Juniper));

    public Decision<TimesheetEvent> Do(RemoveEntry command) => WeekOf(command.EntryId) is { } week
        ? Record(week, Timesheet.Decide(Of(week), command, Juniper))
        : Decision<TimesheetEvent>.AlreadyDone;

    /// <summary>The week that holds an entry or the running timer; null where there is none.</summary>
    public TimesheetWeek? WeekOf(Guid entryId)
    {
        foreach (var (week, state) in _states)
        {
            if (state.Entries.ContainsKey(entryId) || state.Running?.EntryId == entryId) return week;
        }
        return null;
    }

    public AdjacentWeeks Around(TimesheetWeek week)
    {
        var near = new[] { week.Previous, week, week.Next };
        var elsewhere = _states.Where(pair => !near.Contains(pair.Key)).Select(pair => pair.Value.Running);
        return new AdjacentWeeks(Of(week.Previous), Of(week.Next), elsewhere.SingleOrDefault(timer => timer is not null));
    }

    public void Happens(TimesheetWeek week, TimesheetEvent @event) => Record(week, @event);

    private Decision<TimesheetEvent> Record(TimesheetWeek week, Decision<TimesheetEvent> decision)
    {
        if (decision is not Decision<TimesheetEvent>.Accepted accepted) return decision;
        foreach (var @event in accepted.Events)
        {
            if (!_histories.TryGetValue(week, out var history)) _histories[week] = history = [];
            history.Add(@event);
            _states[week] = Timesheet.Stream.Evolve(Of(week), @event);
        }
        return decision;
    }
}
