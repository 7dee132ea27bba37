using System.Collections.Immutable;
using System.Diagnostics;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Engagements.BudgetEvent;

namespace Billing.Domain.Engagements;

/// <param name="FirstDay">The first day whose work counts.</param>
public sealed record SetBudget(
    Guid EngagementId, long? Seconds, Money? Money, string Per, LocalDate FirstDay, IReadOnlyList<int> ThresholdPercents, Instant At);

public sealed record DropBudget(Instant At);

/// <summary>What was found used, for whoever has to be warned of it.</summary>
/// <param name="Terms">That it was counted by; where others hold by now, it says nothing.</param>
public sealed record NoteBudgetUse(BudgetTerms Terms, IReadOnlyList<BudgetUse> Periods, Instant At);

/// <summary>The budget of one engagement and which of its thresholds were reached.</summary>
/// <param name="Terms">Null while none is set, and where it was dropped.</param>
/// <param name="Reached">Of the present terms.</param>
public sealed record BudgetState(BudgetTerms? Terms, ImmutableHashSet<ReachedThreshold> Reached)
{
    public static BudgetState Empty { get; } = new(null, []);
}

/// <summary>What <see cref="BudgetSet"/> says.</summary>
public sealed record BudgetTerms(
    Guid EngagementId, long? Seconds, long? MoneyMinor, string Currency, string Per, LocalDate FirstDay,
    IReadOnlyList<int> ThresholdPercents);

/// <param name="Measure">One of <see cref="BudgetMeasure"/>.</param>
public sealed record ReachedThreshold(string Measure, int Percent, LocalDate PeriodStart);

/// <summary>
/// The budget of an engagement. It has a stream of its own, <c>budget-{engagement's id}</c>, so that warnings never stand in
/// the way of time that is being logged on the engagement.
/// </summary>
public static class Budget
{
    public const int MaxThresholds = 10;
    public const int MaxPercent = 1_000;

    /// <summary>A century of work.</summary>
    public const long MaxSeconds = 100L * 366 * 86_400;

    public static readonly StreamType<BudgetState, BudgetEvent> Stream = new("budget", BudgetState.Empty, Evolve);

    public static BudgetState Evolve(BudgetState state, BudgetEvent @event) => @event switch
    {
        BudgetSet e => new BudgetState(TermsOf(e), []),
        BudgetDropped => BudgetState.Empty,
        BudgetThresholdReached e => state with
        {
            Reached = state.Reached.Add(new ReachedThreshold(e.Measure, e.Percent, e.PeriodStart)),
        },
        _ => throw new UnreachableException(),
    };

    /// <summary>Refuses: <c>engagement-unknown</c>, <c>budget-empty</c>, <c>budget-out-of-range</c>,
    /// <c>currency-mismatch</c>, <c>budget-period-unknown</c>, <c>thresholds-malformed</c>.</summary>
    public static Decision<BudgetEvent> Decide(BudgetState state, SetBudget command, EngagementState engagement)
    {
        if (engagement.Terms is not { } terms) return Engagement.NoSuchEngagement;
        if (Refuse(command, terms.Currency) is { } refusal) return refusal;
        var set = new BudgetSet(
            command.EngagementId, command.Seconds, command.Money?.Minor, terms.Currency.Code, command.Per, command.FirstDay,
            [.. command.ThresholdPercents.Order()], command.At);
        return IsSame(state.Terms, TermsOf(set)) ? Decision<BudgetEvent>.AlreadyDone : set;
    }

    public static Decision<BudgetEvent> Decide(BudgetState state, DropBudget command, EngagementState engagement)
    {
        if (engagement.Terms is null) return Engagement.NoSuchEngagement;
        return state.Terms is null ? Decision<BudgetEvent>.AlreadyDone : new BudgetDropped(command.At);
    }

    /// <summary>Each threshold that is reached and was not before, once for its period. Refuses nothing.</summary>
    public static Decision<BudgetEvent> Decide(BudgetState state, NoteBudgetUse command)
    {
        if (state.Terms is not { } terms || !IsSame(terms, command.Terms)) return Decision<BudgetEvent>.AlreadyDone;
        var reached = new List<BudgetEvent>();
        foreach (var period in command.Periods)
        {
            Note(BudgetMeasure.Hours, period.Seconds, terms.Seconds, period.PeriodStart);
            Note(BudgetMeasure.Money, period.MoneyMinor, terms.MoneyMinor, period.PeriodStart);
        }
        return new Decision<BudgetEvent>.Accepted(reached);

        void Note(string measure, long used, long? limit, LocalDate periodStart)
        {
            if (limit is not { } most) return;
            foreach (var percent in terms.ThresholdPercents)
            {
                if ((Int128)used * 100 < (Int128)most * percent) continue;
                if (state.Reached.Contains(new ReachedThreshold(measure, percent, periodStart))) continue;
                reached.Add(new BudgetThresholdReached(measure, percent, periodStart, used, most, command.At));
            }
        }
    }

    private static Rejection? Refuse(SetBudget command, Currency currency)
    {
        if (command.Seconds is null && command.Money is null)
            return Invalid("budget-empty", "A budget limits time, money or both; to lift it, drop it.", "/durationSeconds");
        if (command.Seconds is <= 0 or > MaxSeconds)
            return Invalid("budget-out-of-range", "A budget of time is more than 0 and less than a century.", "/durationSeconds");
        if (command.Money is { } money && money.Currency != currency)
            return Invalid("currency-mismatch", $"This engagement is billed in {currency}, so its budget is too.", "/money/currency");
        if (command.Money is { IsPositive: false })
            return Invalid("budget-out-of-range", "A budget of money is more than 0.", "/money/amount");
        if (command.Per is not (BudgetPeriod.Once or BudgetPeriod.Month))
            return Invalid("budget-period-unknown", "A budget is for once or for each month.", "/per");
        var percents = command.ThresholdPercents;
        return percents.Count > MaxThresholds || percents.Any(percent => percent is <= 0 or > MaxPercent)
            || percents.Distinct().Count() != percents.Count
            ? Invalid(
                "thresholds-malformed",
                $"There are at most {MaxThresholds} thresholds, each once, of 1 to {MaxPercent} percent.", "/thresholdPercents")
            : null;
    }

    private static BudgetTerms TermsOf(BudgetSet e) =>
        new(e.EngagementId, e.Seconds, e.MoneyMinor, e.Currency, e.Per, e.FirstDay, e.ThresholdPercents);

    private static bool IsSame(BudgetTerms? known, BudgetTerms wish) =>
        known is not null && known.ThresholdPercents.SequenceEqual(wish.ThresholdPercents)
        && known with { ThresholdPercents = wish.ThresholdPercents } == wish;

    private static Rejection Invalid(string code, string detail, string field) =>
        new(code, detail, field, RejectionKind.Invalid);
}
