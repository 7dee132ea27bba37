using Billing.Domain.Access;
using NodaTime;
using static Billing.Domain.Access.BusinessEvent;

namespace Billing.Domain.Tests.Access;

public sealed class TimekeepingTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 5, 3, 0);
    private static readonly BusinessOpened Opened = new(
        Guid.Parse("0198c0de-0000-7000-8000-000000000001"), "Ada's Desk", "America/New_York", "USD", Now);

    private static readonly LocalDate NewYearsEve = new(2025, 12, 31);
    private static readonly LockPeriod Lock = new(NewYearsEve, "Year closed", Now);
    private static readonly PeriodLocked Locked = new(NewYearsEve, "Year closed", Now);

    [Fact]
    public void Until_a_policy_is_set_starting_is_refused_while_a_timer_runs() =>
        Assert.Equal(
            new TimekeepingPolicy("refuse", 43_200, 28_800), TimekeepingPolicy.Of(Business.Stream.Fold([Opened])));

    [Theory]
    [InlineData("stop-first", 60, 60, "warn", null, null)]
    [InlineData("refuse", 86_400, 86_400, "cap", null, null)]
    [InlineData("Refuse", 60, 60, "warn", "timer-policy-unknown", "/whileRunning")]
    [InlineData("refuse", 60, 60, "Cap", "forgotten-policy-unknown", "/whenForgotten")]
    [InlineData("refuse", 59, 59, "warn", "forgotten-after-out-of-range", "/forgottenAfterSeconds")]
    [InlineData("refuse", 86_401, 60, "warn", "forgotten-after-out-of-range", "/forgottenAfterSeconds")]
    [InlineData("refuse", 3600, 59, "warn", "timer-cap-out-of-range", "/capSeconds")]
    [InlineData("refuse", 3600, 3601, "warn", "timer-cap-out-of-range", "/capSeconds")]
    public void Takes_only_a_policy_that_can_be_kept(
        string whileRunning, long after, long cap, string whenForgotten, string? code, string? field)
    {
        var policy = new TimekeepingPolicy(whileRunning, after, cap, whenForgotten);
        var outcome = Business.Stream.Given(Opened).When(s => Business.Decide(s, new SetTimekeepingPolicy(policy, Now)));
        if (code is null)
        {
            outcome.Then(new TimekeepingPolicySet(whileRunning, after, cap, Now, whenForgotten == "warn" ? null : whenForgotten));
        }
        else outcome.ThenRefused(code, field);
    }

    [Fact]
    public void Sets_a_policy_once()
    {
        var wish = new SetTimekeepingPolicy(new TimekeepingPolicy("stop-first", 3600, 1800), Now);
        Business.Stream.Given(Opened, new TimekeepingPolicySet("stop-first", 3600, 1800, Now))
            .When(s => Business.Decide(s, wish)).ThenNothing();
        Business.Stream.Given().When(s => Business.Decide(s, wish)).ThenRefused("business-unknown");
    }

    [Fact]
    public void The_lock_moves_forwards_and_backwards_each_time_for_a_reason()
    {
        var earlier = Lock with { Through = new LocalDate(2025, 11, 30), Reason = "An entry was missing" };
        Business.Stream.Given(Opened).When(s => Business.Decide(s, Lock)).Then(Locked);
        Business.Stream.Given(Opened, Locked).When(s => Business.Decide(s, Lock)).ThenNothing();
        Business.Stream.Given(Opened, Locked).When(s => Business.Decide(s, earlier))
            .Then(new PeriodLocked(earlier.Through, earlier.Reason, Now));
        Business.Stream.Given(Opened, Locked).When(s => Business.Decide(s, earlier with { Reason = " " }))
            .ThenRefused("text-missing", "/reason");
        Business.Stream.Given().When(s => Business.Decide(s, Lock)).ThenRefused("business-unknown");
    }

    /// <summary>It is still the evening of the fourth where the practice is.</summary>
    [Fact]
    public void Locks_no_day_that_has_not_begun_where_the_practice_is()
    {
        Business.Stream.Given(Opened).When(s => Business.Decide(s, Lock with { Through = new LocalDate(2026, 1, 5) }))
            .ThenRefused("in-the-future", "/through");
        Business.Stream.Given(Opened).When(s => Business.Decide(s, Lock with { Through = new LocalDate(2026, 1, 4) }))
            .Then(Locked with { Through = new LocalDate(2026, 1, 4) });
    }

    [Fact]
    public void What_is_dated_on_or_before_the_lock_is_refused_by_name()
    {
        var business = Business.Stream.Fold([Opened, Locked]);
        var refusal = PeriodLock.Refuse(business, NewYearsEve, "/workedOn");
        Assert.Equal(("period-locked", "/workedOn"), (refusal?.Code, refusal?.Field));
        Assert.Contains("2025-12-31", refusal!.Detail, StringComparison.Ordinal);
        Assert.NotNull(PeriodLock.Refuse(business, new LocalDate(2000, 1, 3), null));
        Assert.Null(PeriodLock.Refuse(business, new LocalDate(2026, 1, 1), null));
        Assert.Null(PeriodLock.Refuse(Business.Stream.Fold([Opened]), NewYearsEve, null));
        Assert.Null(PeriodLock.Refuse(Business.Stream.Initial, NewYearsEve, null));
    }
}
