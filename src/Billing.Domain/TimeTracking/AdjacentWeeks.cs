namespace Billing.Domain.TimeTracking;

/// <summary>
/// What lies around a week: work that began before it can reach into it, and its own can reach into the next. No entry is
/// longer than a day, so that no other week matters, except for one whose timer still runs.
/// </summary>
/// <param name="RunningElsewhere">A timer of the assistant that began in none of the three weeks and still runs.</param>
public sealed record AdjacentWeeks(
    TimesheetState Previous, TimesheetState Next, RunningTimer? RunningElsewhere = null)
{
    /// <summary>Nothing around.</summary>
    public static AdjacentWeeks Empty { get; } = new(TimesheetState.Empty, TimesheetState.Empty);
}

/// <summary>One assistant's work as far as it can bear on a week.</summary>
internal sealed class Surroundings(TimesheetState week, AdjacentWeeks adjacent)
{
    private readonly TimesheetState[] _weeks = [adjacent.Previous, week, adjacent.Next];

    public ReadOnlySpan<TimesheetState> Weeks => _weeks;

    public IEnumerable<TimeEntry> Entries => _weeks.SelectMany(state => state.Entries.Values);

    /// <summary>The one running timer. What the weeks say beats what was known from elsewhere, which may lag.</summary>
    public RunningTimer? Running => _weeks.Select(state => state.Running).FirstOrDefault(timer => timer is not null)
        ?? (adjacent.RunningElsewhere is { } elsewhere && InWeeks(elsewhere.EntryId) is null ? elsewhere : null);

    /// <summary>What an id was first written down as, even where that was removed since; null for a free id.</summary>
    public TimesheetEvent? FirstAs(Guid entryId) => InWeeks(entryId)
        ?? (adjacent.RunningElsewhere is { } timer && timer.EntryId == entryId ? timer.AsStarted() : null);

    private TimesheetEvent? InWeeks(Guid entryId)
    {
        foreach (var state in _weeks)
        {
            if (state.Entries.TryGetValue(entryId, out var entry)) return entry.FirstAs;
            if (state.Removed.TryGetValue(entryId, out var removed)) return removed.FirstAs;
            if (state.Running is { } timer && timer.EntryId == entryId) return timer.AsStarted();
        }
        return null;
    }
}
