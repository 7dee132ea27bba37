using Billing.Domain.Engagements;
using Billing.Domain.Expenses;
using Billing.Domain.Values;
using static Billing.Domain.Expenses.ExpensePolicyEvent;
using static Billing.Domain.Tests.Expenses.Garage;

namespace Billing.Domain.Tests.Expenses;

/// <summary>"Expenses over $50 paid first": lisamarievirtualsolutions.com, service policies.</summary>
public sealed class ExpensePolicyTests
{
    private static readonly PaidFirstSet Fifty = new(null, 5_000, "USD", Now);

    [Theory]
    [InlineData(5_000, true, false)]
    [InlineData(5_001, true, true)]
    [InlineData(5_001, false, false)]
    public void Rebillable_expenses_over_fifty_dollars_are_paid_first(long minor, bool rebill, bool isPaidFirst) =>
        Assert.Equal(isPaidFirst, ExpensePolicy.Stream.Fold([Fifty]).MustBePaidFirst(Usd(minor), null, rebill));

    [Fact]
    public void An_engagement_has_a_threshold_of_its_own_or_none()
    {
        var state = ExpensePolicy.Stream.Fold([Fifty, new PaidFirstSet(EngagementId, 10_000, "USD", Now), new PaidFirstSet(Id, null, "USD", Now)]);
        Assert.False(state.MustBePaidFirst(Usd(10_000), EngagementId, true));
        Assert.True(state.MustBePaidFirst(Usd(10_001), EngagementId, true));
        Assert.False(state.MustBePaidFirst(Usd(10_001), Id, true));
        Assert.True(state.MustBePaidFirst(Usd(10_001), Car, true));
        Assert.False(state.MustBePaidFirst(new Money(10_001, Currency.Eur), null, true));
    }

    [Fact]
    public void Is_set_once_and_taken_back()
    {
        When([], new SetPaidFirst(null, Usd(5_000), Now)).Then(Fifty);
        When([Fifty], new SetPaidFirst(null, Usd(5_000), Later)).ThenNothing();
        When([Fifty], new SetPaidFirst(null, null, Later)).Then(new PaidFirstSet(null, null, "USD", Later));
        When([], new SetPaidFirst(null, null, Later)).ThenNothing();
        When([], new SetPaidFirst(null, Usd(-1), Now)).ThenRefused("threshold-negative", "/above/amount");
        When([], new SetPaidFirst(null, new Money(1, Currency.Eur), Now)).ThenRefused("currency-mismatch", "/above/currency");
        When([], new SetPaidFirst(EngagementId, Usd(1), Now), Engagement.Stream.Initial).ThenRefused("engagement-unknown", "/engagementId");
    }

    [Fact]
    public void Folds_every_kind_of_event() => ExpensePolicy.Stream.Takes_every_kind_of_event([Fifty]);

    private static Outcome<ExpensePolicyEvent> When(
        ExpensePolicyEvent[] before, SetPaidFirst command, EngagementState? engagement = null) =>
        ExpensePolicy.Stream.Given(before).When(s => ExpensePolicy.Decide(
            s, command, engagement ?? Engagement.Stream.Initial, Currency.Usd));
}
