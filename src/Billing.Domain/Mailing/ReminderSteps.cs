using NodaTime;

namespace Billing.Domain.Mailing;

/// <summary>Which reminder an unpaid invoice is at.</summary>
public static class ReminderSteps
{
    /// <summary>
    /// The last step whose day has come: whoever looks late sends one reminder, not all that were missed. A step before the due
    /// day is over once that day is past. Null where no step has come.
    /// </summary>
    /// <param name="days">Days after the due day, negative before it; rising.</param>
    public static int? DueOn(LocalDate today, LocalDate dueOn, IReadOnlyList<int> days)
    {
        int? step = null;
        foreach (var day in days)
            if (dueOn.PlusDays(day) <= today) step = day;
        return step < 0 && today > dueOn ? null : step;
    }
}
