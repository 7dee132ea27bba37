using NodaTime;

namespace Billing.Domain.Engagements;

/// <summary>What happens to the budget of an engagement.</summary>
public abstract record BudgetEvent
{
    private BudgetEvent() { }

    /// <summary>How much may be used, in full; a later one is another budget and begins to warn anew.</summary>
    /// <param name="Seconds">Null where time is not limited.</param>
    /// <param name="MoneyMinor">Minor units of the engagement's currency; null where money is not limited.</param>
    /// <param name="Per">One of <see cref="BudgetPeriod"/>.</param>
    /// <param name="FirstDay">The first day whose work counts.</param>
    /// <param name="ThresholdPercents">At which shares of it somebody is to be warned, smallest first.</param>
    public sealed record BudgetSet(
        Guid EngagementId, long? Seconds, long? MoneyMinor, string Currency, string Per, LocalDate FirstDay,
        IReadOnlyList<int> ThresholdPercents, Instant SetAt) : BudgetEvent;

    public sealed record BudgetDropped(Instant DroppedAt) : BudgetEvent;

    /// <summary>So much of the budget was used. Said once for a threshold and period, whatever is corrected after.</summary>
    /// <param name="Measure">One of <see cref="BudgetMeasure"/>.</param>
    /// <param name="PeriodStart">First day of the period.</param>
    /// <param name="Used">Seconds, or minor units, when it was noticed.</param>
    /// <param name="Limit">In the same.</param>
    public sealed record BudgetThresholdReached(
        string Measure, int Percent, LocalDate PeriodStart, long Used, long Limit, Instant NoticedAt) : BudgetEvent;
}

public static class BudgetPeriod
{
    public const string Once = "once", Month = "month";

    /// <summary>The first day of the period that a day is of.</summary>
    public static LocalDate StartOf(string per, LocalDate firstDay, LocalDate day) =>
        per == Month ? LocalDate.Max(firstDay, new LocalDate(day.Year, day.Month, 1)) : firstDay;
}

public static class BudgetMeasure
{
    public const string Hours = "hours", Money = "money";
}
