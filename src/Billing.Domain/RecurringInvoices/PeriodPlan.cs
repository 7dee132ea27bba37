using NodaTime;

namespace Billing.Domain.RecurringInvoices;

/// <summary>A stretch of days for which an invoice is made.</summary>
/// <param name="Number">Counted from 1, the skipped ones included.</param>
/// <param name="RunsOn">The day on which it is invoiced, and from which the work that it bills is left for the next.</param>
public sealed record RecurringPeriod(int Number, LocalDate From, LocalDate EndExclusive, LocalDate RunsOn)
{
    public LocalDate Through => EndExclusive.PlusDays(-1);

    /// <summary>The last day of the work that it sweeps up: all that is unbilled by then.</summary>
    public LocalDate WorkThrough => RunsOn.PlusDays(-1);
}

/// <summary>How the periods of a recurring invoice follow each other: each begins where the one before ended.</summary>
/// <param name="LastDay">The last day of the last period, which is cut short by it; null for no end.</param>
/// <param name="Count">How many there are in all; null for no end.</param>
/// <param name="InAdvance">Whether a period is invoiced on its first day, or on the day after its last.</param>
public sealed record PeriodPlan(BillingCycle Cycle, LocalDate? LastDay, int? Count, bool InAdvance)
{
    /// <summary>The period that begins on a day; null where none does any more.</summary>
    /// <param name="number">Which one it is.</param>
    public RecurringPeriod? At(int number, LocalDate from)
    {
        if (number > Count || from > LastDay || Cycle.NextAfter(from) is not { } end) return null;
        if (LastDay?.PlusDays(1) is { } last && end > last) end = last;
        return new RecurringPeriod(number, from, end, InAdvance ? from : end);
    }

    /// <summary>That period and those after it.</summary>
    public IEnumerable<RecurringPeriod> Since(int number, LocalDate from)
    {
        for (var period = At(number, from); period is not null; period = At(period.Number + 1, period.EndExclusive))
            yield return period;
    }
}
