using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Invoicing;

namespace Billing.Projections.Tests.Given;

/// <summary>What is charged at every level, and what of it was decided not to be billed again.</summary>
internal sealed partial class RandomHistory
{
    /// <summary>A chance of its own, so that the rest of a history stays as it is.</summary>
    private readonly Random charging = new(12);

    private void Charge(Guid client, Guid engagement)
    {
        var (stream, mode, invoice) = ($"engagement-{engagement:D}", New(12), New(12));
        var (member, day) = (assistants[charging.Next(assistants.Count)], FirstDay.PlusDays(charging.Next(180)));
        SurchargeRule[] rules =
            [SurchargeRule.OfKind(SurchargeRule.Weekend) with { BasisPoints = charging.Next(1, 9_000), DaysOfWeek = [6, 7] }];
        Add(Business, new BusinessEvent.BusinessRateCardSet(New(12), member, "USD", 3000, day, null, null, null, null, Now));
        Add(Business, new BusinessEvent.AssistantCostSet(New(12), member, 1500, "USD", day, null, Now));
        Add(Business, new BusinessEvent.PracticeSurchargesSet(rules, SurchargeSet.Sum, day, Now));
        Add(Business, new BusinessEvent.RatesShown(member, Now));
        if (charging.Next(2) == 0) Add(Business, new BusinessEvent.RatesHidden(member, Now));
        Add($"client-{client:D}", new ClientEvent.ClientRateCardSet(New(12), "USD", 3500, day, null, null, 36_000, 3000, Now));
        Add(stream, new EngagementEvent.RateCardSet(New(12), null, 4000, day, null, Now, "design", 36_000, 3000));
        Add(stream, new EngagementEvent.EngagementCostSet(New(12), member, 1600, "USD", day, null, Now));
        Add(stream, new EngagementEvent.BillingModeSet(mode, BillingMode.Capped, 90_000, BillingMode.PerMonth, day, Now));
        Add(stream, new EngagementEvent.SurchargesSet(rules, SurchargeSet.Highest, day, Now));
        Add(stream, new EngagementEvent.TimeRuleSet(null, 900, day, Now));
        Add(stream, new EngagementEvent.RatesLocked(day, day.PlusYears(3), Now));
        Add(stream, new EngagementEvent.EngagementCharged(invoice, [new ModeCharge(mode, "2026-03", 4000)]));
        if (charging.Next(2) == 0) Add(stream, new EngagementEvent.EngagementChargeReleased(invoice));
        if (events.FindLast(e => e.Event is InvoiceEvent.InvoiceFinalized) is { Stream: { } issued })
            Add(issued, new InvoiceEvent.RebillDropped(new string('a', 64), Now));
    }
}
