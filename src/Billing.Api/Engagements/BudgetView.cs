using Billing.Domain.Engagements;
using Billing.Domain.Values;
using Billing.Projections.Engagements;
using NodaTime;

namespace Billing.Api.Engagements;

/// <summary>A budget and what is used of it in its present period.</summary>
/// <param name="Per">once or month.</param>
/// <param name="PeriodStart">First day of the present period.</param>
/// <param name="Hours">Null where time is not limited.</param>
/// <param name="Money">Null where money is not limited, and for whoever sees no rates.</param>
/// <param name="Burn">The last weeks, earliest first.</param>
/// <param name="Version">Of the budget's stream.</param>
public sealed record BudgetView(
    Guid EngagementId, string Per, LocalDate FirstDay, LocalDate PeriodStart, IReadOnlyList<int> ThresholdPercents,
    HoursBudgetView? Hours, MoneyBudgetView? Money, IReadOnlyList<BudgetWeekView> Burn, long Version)
{
    public static BudgetView Of(BookedBudget budget, BudgetBurn burn)
    {
        var (terms, use, currency) = (budget.Terms, burn.Use, Currency.Of(budget.Terms.Currency));
        return new BudgetView(
            terms.EngagementId, terms.Per, terms.FirstDay, use.PeriodStart, terms.ThresholdPercents,
            terms.Seconds is { } seconds
                ? new HoursBudgetView(seconds, use.Seconds, seconds - use.Seconds, Percent(use.Seconds, seconds), burn.HoursExhaustedOn)
                : null,
            terms.MoneyMinor is { } minor
                ? new MoneyBudgetView(
                    new Money(minor, currency), new Money(use.MoneyMinor, currency), new Money(minor - use.MoneyMinor, currency),
                    Percent(use.MoneyMinor, minor), use.UnpricedSeconds, burn.MoneyExhaustedOn)
                : null,
            [.. burn.Burn.Select(week => new BudgetWeekView(week.WeekStart, week.Seconds, new Money(week.MoneyMinor, currency)))],
            budget.Version);
    }

    /// <summary>Without what work costs.</summary>
    public BudgetView WithoutMoney() => this with { Money = null, Burn = [.. Burn.Select(week => week with { Money = null })] };

    private static int Percent(long used, long limit) => (int)Math.Min(int.MaxValue, (long)((Int128)used * 100 / limit));
}

/// <param name="LeftSeconds">Negative where more was used than there was.</param>
/// <param name="Percent">Used, in whole percent, rounded down.</param>
/// <param name="ExhaustedOn">When it will be used up if the last four weeks go on; null where it lasts.</param>
public sealed record HoursBudgetView(long LimitSeconds, long UsedSeconds, long LeftSeconds, int Percent, LocalDate? ExhaustedOn);

/// <inheritdoc cref="HoursBudgetView"/>
/// <param name="UnpricedSeconds">Billable time for which there is no rate, and which so counts as nothing.</param>
public sealed record MoneyBudgetView(
    Money Limit, Money Used, Money Left, int Percent, long UnpricedSeconds, LocalDate? ExhaustedOn);

/// <param name="WeekStart">The Monday.</param>
/// <param name="Money">Null for whoever sees no rates.</param>
public sealed record BudgetWeekView(LocalDate WeekStart, long Seconds, Money? Money);

/// <summary>A threshold that was reached. What was used and the limit are seconds for hours, and money otherwise.</summary>
/// <param name="Measure">hours or money.</param>
public sealed record BudgetAlert(
    Guid EngagementId, string Measure, int Percent, LocalDate PeriodStart, long? UsedSeconds, long? LimitSeconds, Money? Used,
    Money? Limit, Instant NoticedAt)
{
    public static BudgetAlert Of(BudgetAlertView alert)
    {
        if (alert.Measure == BudgetMeasure.Hours)
        {
            return new BudgetAlert(
                alert.EngagementId, alert.Measure, alert.Percent, alert.PeriodStart, alert.Used, alert.Limit, null, null, alert.NoticedAt);
        }
        var currency = Currency.Of(alert.Currency);
        return new BudgetAlert(
            alert.EngagementId, alert.Measure, alert.Percent, alert.PeriodStart, null, null, new Money(alert.Used, currency),
            new Money(alert.Limit, currency), alert.NoticedAt);
    }
}
