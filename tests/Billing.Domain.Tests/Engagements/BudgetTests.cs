using Billing.Domain.Engagements;
using Billing.Domain.Values;
using CsCheck;
using NodaTime;
using static Billing.Domain.Engagements.BudgetEvent;

namespace Billing.Domain.Tests.Engagements;

public sealed class BudgetTests
{
    private static readonly Guid Id = Guid.Parse("0198c0de-0000-7000-8000-0000000000e1");
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 20, 12, 0);
    private static readonly Instant Later = Instant.FromUtc(2026, 3, 21, 12, 0);
    private static readonly LocalDate March = new(2026, 3, 1), April = new(2026, 4, 1);
    private static readonly EngagementState Inbox =
        Engagement.Stream.Fold([new EngagementEvent.EngagementAgreed(Id, Id, "USD", "Inbox care", Now)]);
    private static readonly SetBudget Wish = new(Id, 36_000, Usd(100_000), "month", March, [100, 50], Now);
    private static readonly BudgetSet Set = new(Id, 36_000, 100_000, "USD", "month", March, [50, 100], Now);
    private static readonly BudgetTerms Terms = new(Id, 36_000, 100_000, "USD", "month", March, [50, 100]);

    [Fact]
    public void Is_set_once_and_dropped_once()
    {
        Budget.Stream.Given().When(s => Budget.Decide(s, Wish, Inbox)).Then(Set);
        Budget.Stream.Given(Set).When(s => Budget.Decide(s, Wish with { At = Later }, Inbox)).ThenNothing();
        Budget.Stream.Given(Set).When(s => Budget.Decide(s, Wish with { Seconds = 72_000 }, Inbox)).Then(Set with { Seconds = 72_000 });
        Budget.Stream.Given(Set).When(s => Budget.Decide(s, new DropBudget(Later), Inbox)).Then(new BudgetDropped(Later));
        Budget.Stream.Given().When(s => Budget.Decide(s, new DropBudget(Later), Inbox)).ThenNothing();
        Budget.Stream.Given().When(s => Budget.Decide(s, new DropBudget(Later), Engagement.Stream.Initial)).ThenRefused("engagement-unknown");
    }

    [Fact]
    public void Refuses_what_is_no_budget()
    {
        Refuses(Wish with { Seconds = null, Money = null }, "budget-empty", "/durationSeconds");
        Refuses(Wish with { Seconds = 0 }, "budget-out-of-range", "/durationSeconds");
        Refuses(Wish with { Money = Usd(0) }, "budget-out-of-range", "/money/amount");
        Refuses(Wish with { Money = new Money(1, Currency.Eur) }, "currency-mismatch", "/money/currency");
        Refuses(Wish with { Per = "week" }, "budget-period-unknown", "/per");
        Refuses(Wish with { ThresholdPercents = [0] }, "thresholds-malformed", "/thresholdPercents");
        Refuses(Wish with { ThresholdPercents = [1_001] }, "thresholds-malformed", "/thresholdPercents");
        Refuses(Wish with { ThresholdPercents = [50, 50] }, "thresholds-malformed", "/thresholdPercents");
        Budget.Stream.Given().When(s => Budget.Decide(s, Wish, Engagement.Stream.Initial)).ThenRefused("engagement-unknown");
    }

    [Fact]
    public void A_threshold_is_said_at_exactly_its_share_and_not_a_second_before()
    {
        Note([Set], Use(March, 17_999)).ThenNothing();
        Note([Set], Use(March, 18_000)).Then(Reached("hours", 50, March, 18_000, 36_000));
        Note([Set], Use(March, 40_000, 50_000)).Then(
            Reached("hours", 50, March, 40_000, 36_000), Reached("hours", 100, March, 40_000, 36_000),
            Reached("money", 50, March, 50_000, 100_000));
    }

    [Fact]
    public void A_threshold_is_said_once_for_its_period_however_use_falls_and_rises()
    {
        var reached = Reached("hours", 50, March, 18_000, 36_000);
        Note([Set, reached], Use(March, 18_000)).ThenNothing();
        Note([Set, reached], Use(March, 10)).ThenNothing();
        Note([Set, reached], Use(March, 30_000)).ThenNothing();
        Note([Set, reached], Use(March, 30_000), Use(April, 20_000)).Then(Reached("hours", 50, April, 20_000, 36_000));
    }

    [Fact]
    public void Another_budget_warns_anew_and_what_was_counted_by_the_old_says_nothing_of_it()
    {
        var more = Set with { Seconds = 72_000 };
        var reached = Reached("hours", 50, March, 18_000, 36_000);
        Budget.Stream.Given(Set, reached, more)
            .When(s => Budget.Decide(s, new NoteBudgetUse(Terms, [Use(March, 40_000)], Later))).ThenNothing();
        Budget.Stream.Given(Set, reached, more)
            .When(s => Budget.Decide(s, new NoteBudgetUse(Terms with { Seconds = 72_000 }, [Use(March, 40_000)], Later)))
            .Then(Reached("hours", 50, March, 40_000, 72_000));
        Note([Set, new BudgetDropped(Now)], Use(March, 40_000)).ThenNothing();
    }

    [Fact]
    public void At_most_once_whatever_is_retried_doubled_or_taken_back() =>
        Gen.Select(Gen.Int[0, 2], Gen.Long[0, 80_000], Gen.Long[0, 200_000]).List[0, 30].Sample(looks =>
        {
            var said = new List<BudgetEvent> { Set };
            foreach (var (month, seconds, money) in looks)
            {
                var state = Budget.Stream.Fold(said);
                var look = new NoteBudgetUse(Terms, [Use(March.PlusMonths(month), seconds, money)], Later);
                var first = Accepted(Budget.Decide(state, look));
                said.AddRange(first);
                // A node that decided on the same state loses the race and decides again.
                Assert.Empty(Accepted(Budget.Decide(Budget.Stream.Fold(said), look)));
            }
            var thresholds = said.OfType<BudgetThresholdReached>().Select(e => (e.Measure, e.Percent, e.PeriodStart)).ToList();
            Assert.Equal(thresholds.Distinct().Count(), thresholds.Count);
            foreach (var (month, seconds, _) in looks.Where(look => look.Item2 >= 18_000))
                Assert.Contains(("hours", 50, March.PlusMonths(month)), thresholds);
        }, iter: 300);

    [Fact]
    public void Folds_every_kind_of_event() => Budget.Stream.Takes_every_kind_of_event(
        [Set, Reached("hours", 50, March, 18_000, 36_000), new BudgetDropped(Later)]);

    private static void Refuses(SetBudget wish, string code, string field) =>
        Budget.Stream.Given().When(s => Budget.Decide(s, wish, Inbox)).ThenRefused(code, field);

    private static Outcome<BudgetEvent> Note(BudgetEvent[] before, params BudgetUse[] use) =>
        Budget.Stream.Given(before).When(s => Budget.Decide(s, new NoteBudgetUse(Terms, use, Later)));

    private static BudgetThresholdReached Reached(string measure, int percent, LocalDate period, long used, long limit) =>
        new(measure, percent, period, used, limit, Later);

    private static IReadOnlyList<BudgetEvent> Accepted(Decision<BudgetEvent> decision) =>
        Assert.IsType<Decision<BudgetEvent>.Accepted>(decision).Events;

    private static BudgetUse Use(LocalDate period, long seconds, long moneyMinor = 0) => new(period, seconds, moneyMinor, 0);

    private static Money Usd(long minor) => new(minor, Currency.Usd);
}
