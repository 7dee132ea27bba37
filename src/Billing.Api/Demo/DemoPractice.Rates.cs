using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Engagements;
using Billing.Domain;
using Billing.Domain.Access;
using Billing.Domain.Engagements;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Demo;

/// <content>What is charged beside the hourly rate, what the assistants are paid, and a rate that was corrected too late.</content>
public sealed partial class DemoPractice
{
    private async Task AgreeCharges(IReadOnlyList<DemoClient> clients)
    {
        foreach (var (assistant, perHour) in new[] { (_ana, 1400), (_ben, 2200) })
        {
            var wish = new SetCostCard(_newId(), assistant, new Money(perHour, Currency.Usd), FirstDay, null, At(FirstDay, 9));
            await Send(At(FirstDay, 9), c => new ChangeRatesCommand(c, state => Business.Decide(state, wish)));
        }
        // Ana's mornings in Manila are evenings where the law office is.
        await Charge(clients[2], state => Engagement.Decide(state, new SetSurcharges(
            [
                SurchargeRule.OfKind(SurchargeRule.Evening) with
                {
                    BasisPoints = 10_00,
                    FromMinute = 18 * 60,
                    ToMinute = 22 * 60,
                    Zone = SurchargeRule.PracticeZone,
                },
            ],
            SurchargeSet.Highest, FirstDay, At(FirstDay, 9))));
        await Charge(clients[0], state => Engagement.Decide(state, new LockRates(
            FirstDay.PlusYears(1), FirstDay.PlusYears(3), At(FirstDay, 9))));
        var cap = new SetBillingMode(
            _newId(), BillingMode.Capped, new Money(150_000, Currency.Usd), BillingMode.PerMonth, FirstDay, At(FirstDay, 9));
        await Charge(clients[3], state => Engagement.Decide(state, cap));
    }

    /// <summary>The studio had agreed to more from August on, and nobody wrote it down: what is billed has a proposal now.</summary>
    private Task<CommandResult.Done> CorrectARate(IReadOnlyList<DemoClient> clients) =>
        SetRate(clients[3].EngagementId, new LocalDate(2026, 8, 1), 3650, At(LastDay, 18));

    private Task<CommandResult.Done> SetRate(Guid engagement, LocalDate from, long perHourMinor, Instant at)
    {
        var wish = new SetRateCard(_newId(), null, new Money(perHourMinor, Currency.Usd), from, null, at);
        return Send(at, c => new ChangeChargingCommand(c, engagement, state => Engagement.Decide(state, wish)));
    }

    private Task<CommandResult.Done> Charge(DemoClient client, Func<EngagementState, Decision<EngagementEvent>> decide) =>
        Send(At(FirstDay, 9), c => new ChangeChargingCommand(c, client.EngagementId, decide));
}
