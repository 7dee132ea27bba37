using System.Diagnostics;
using NodaTime;

namespace Billing.Domain.Retainers;

/// <summary>On which days a retainer is invoiced.</summary>
public static class InvoiceCycle
{
    /// <summary>The first such day that is not before the given one; null where no further day is named.</summary>
    public static LocalDate? NextFrom(CycleTerms cycle, LocalDate day) => cycle.Rule switch
    {
        CycleRule.Monthly => day.Day == 1 ? day : FirstOfNextMonth(day),
        CycleRule.SemiMonthly => day.Day switch
        {
            1 => day,
            <= 15 => new LocalDate(day.Year, day.Month, 15),
            _ => FirstOfNextMonth(day),
        },
        CycleRule.Weeks => NextOfWeeks(cycle.Days[0], cycle.Weeks!.Value * 7, day),
        CycleRule.OwnDays => cycle.Days.Where(own => own >= day).Order().Cast<LocalDate?>().FirstOrDefault(),
        _ => throw new UnreachableException($"{cycle.Rule} is no cycle."),
    };

    private static LocalDate NextOfWeeks(LocalDate first, int every, LocalDate day)
    {
        var days = Period.DaysBetween(first, day);
        if (days <= 0) return first;
        return first.PlusDays((days + every - 1) / every * every);
    }

    private static LocalDate FirstOfNextMonth(LocalDate day) => new LocalDate(day.Year, day.Month, 1).PlusMonths(1);
}
