using System.Collections.Immutable;
using System.Diagnostics;
using Billing.Domain.Engagements;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Expenses.ExpensePolicyEvent;

namespace Billing.Domain.Expenses;

public abstract record ExpensePolicyEvent
{
    private ExpensePolicyEvent() { }

    /// <summary>From which amount on clients pay an expense before it is made.</summary>
    /// <param name="EngagementId">Where it holds; null for the whole practice.</param>
    /// <param name="AboveMinor">Expenses above it are paid first; null takes the rule back.</param>
    public sealed record PaidFirstSet(
        Guid? EngagementId, long? AboveMinor, string Currency, Instant SetAt) : ExpensePolicyEvent;
}

/// <param name="Above">Null takes the rule back.</param>
public sealed record SetPaidFirst(Guid? EngagementId, Money? Above, Instant At);

/// <param name="Practice">What holds where an engagement says nothing; null for no rule.</param>
/// <param name="ByEngagement">What an engagement says; null there lifts the practice's rule for it.</param>
public sealed record ExpensePolicyState(Money? Practice, ImmutableDictionary<Guid, Money?> ByEngagement)
{
    public static ExpensePolicyState Empty { get; } = new(null, ImmutableDictionary<Guid, Money?>.Empty);

    /// <summary>Above what an expense of an engagement must be paid first; null where nothing is said.</summary>
    public Money? ThresholdOf(Guid? engagementId) =>
        engagementId is { } id && ByEngagement.TryGetValue(id, out var own) ? own : Practice;

    /// <summary>Whether a client should have paid for it ahead. A threshold in another currency says nothing of it.</summary>
    public bool MustBePaidFirst(Money amount, Guid? engagementId, bool rebill) =>
        rebill && ThresholdOf(engagementId) is { } above && above.Currency == amount.Currency && amount > above;
}

/// <summary>What the practice says of expenses as such. The stream is <c>expense-policy-{practice's id}</c>.</summary>
public static class ExpensePolicy
{
    public static readonly StreamType<ExpensePolicyState, ExpensePolicyEvent> Stream =
        new("expense-policy", ExpensePolicyState.Empty, Evolve);

    public static ExpensePolicyState Evolve(ExpensePolicyState state, ExpensePolicyEvent @event) => @event switch
    {
        PaidFirstSet { EngagementId: null } e => state with { Practice = AmountOf(e) },
        PaidFirstSet { EngagementId: { } id } e => state with { ByEngagement = state.ByEngagement.SetItem(id, AmountOf(e)) },
        _ => throw new UnreachableException(),
    };

    /// <summary>Refuses: <c>engagement-unknown</c>, <c>currency-mismatch</c>, <c>threshold-negative</c>.</summary>
    /// <param name="engagement">The one that the command names; not agreed where it names none.</param>
    public static Decision<ExpensePolicyEvent> Decide(
        ExpensePolicyState state, SetPaidFirst command, EngagementState engagement, Currency books)
    {
        if (command.EngagementId is not null && engagement.Terms is null)
            return Engagement.NoSuchEngagement with { Field = "/engagementId" };
        var currency = engagement.Terms?.Currency ?? books;
        if (command.Above is { } above)
        {
            if (above.Currency != currency)
                return Invalid("currency-mismatch", $"What is rebilled here is in {currency}.", "/above/currency");
            if (above.IsNegative) return Invalid("threshold-negative", "A threshold is no less than 0.", "/above/amount");
        }
        var isSame = command.EngagementId is { } id
            ? state.ByEngagement.TryGetValue(id, out var known) && known == command.Above
            : state.Practice == command.Above;
        return isSame
            ? Decision<ExpensePolicyEvent>.AlreadyDone
            : new PaidFirstSet(command.EngagementId, command.Above?.Minor, currency.Code, command.At);
    }

    private static Rejection Invalid(string code, string detail, string field) =>
        new(code, detail, field, RejectionKind.Invalid);

    private static Money? AmountOf(PaidFirstSet e) => e.AboveMinor is { } minor ? new Money(minor, Currency.Of(e.Currency)) : null;
}
