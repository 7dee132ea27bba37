using Billing.Domain.Mailing;
using NodaTime;

namespace Billing.Domain.Tests.Mailing;

public sealed class ReminderTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 4, 1, 12, 0);
    private static readonly LocalDate Due = new(2026, 4, 15);

    [Theory]
    [InlineData("2026-04-11", null)]
    [InlineData("2026-04-12", -3)]
    [InlineData("2026-04-15", -3)]
    [InlineData("2026-04-16", null)]
    [InlineData("2026-04-21", null)]
    [InlineData("2026-04-22", 7)]
    [InlineData("2026-05-05", 7)]
    [InlineData("2026-05-06", 21)]
    [InlineData("2027-01-01", 21)]
    public void The_last_step_that_has_come_is_due_and_a_step_before_the_due_day_ends_with_it(string today, int? step) =>
        Assert.Equal(step, ReminderSteps.DueOn(NodaTime.Text.LocalDatePattern.Iso.Parse(today).Value, Due, [-3, 7, 21]));

    [Fact]
    public void Without_steps_nobody_is_reminded() => Assert.Null(ReminderSteps.DueOn(Due.PlusDays(30), Due, []));

    [Theory]
    [InlineData(-60, 365, null)]
    [InlineData(-61, 0, "reminder-days-malformed")]
    [InlineData(0, 366, "reminder-days-malformed")]
    [InlineData(7, 7, "reminder-days-malformed")]
    [InlineData(7, 3, "reminder-days-malformed")]
    public void Steps_rise_and_lie_within_a_year(int first, int second, string? code)
    {
        var decision = MailPolicy.Decide(MailPolicyState.Default, new SetMailPolicy(true, true, [first, second], Now));

        Assert.Equal(code, (decision as Decision<MailPolicyEvent>.Rejected)?.Rejection.Code);
    }

    [Fact]
    public void Saying_the_same_again_says_nothing()
    {
        var set = new SetMailPolicy(true, false, [7], Now);
        var state = MailPolicy.Stream.Fold(((Decision<MailPolicyEvent>.Accepted)MailPolicy.Decide(MailPolicyState.Default, set)).Events);

        Assert.Equal(Decision<MailPolicyEvent>.AlreadyDone, MailPolicy.Decide(state, set with { At = Now + Duration.FromDays(1) }));
        var more = (Decision<MailPolicyEvent>.Accepted)MailPolicy.Decide(state, set with { SendsFailedCharges = true });
        Assert.True(more.Events.Aggregate(state, MailPolicy.Evolve).SendsFailedCharges);
    }
}
