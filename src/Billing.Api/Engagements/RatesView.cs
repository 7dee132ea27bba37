using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Engagements;

/// <summary>All that is charged and paid at one level, in the order in which it was set.</summary>
/// <param name="Costs">What assistants are paid; empty for assistants.</param>
/// <param name="Modes">Empty where work is by the hour, and but for engagements, like the next two.</param>
public sealed record RatesView(
    IReadOnlyList<CardView> Cards, IReadOnlyList<CostView> Costs, IReadOnlyList<SurchargesView> Surcharges,
    IReadOnlyList<ModeView> Modes, IReadOnlyList<TimeRule> TimeRules, IReadOnlyList<RateLock> Locks)
{
    public static RatesView Of(BusinessState.Open business) => new(
        [.. business.Rates.Cards.Select(card => CardView.Of(card, card.AssistantId is null ? RateLevel.Business : RateLevel.Assistant))],
        [.. business.Rates.CostCards.Select(CostView.Of)], [.. business.Rates.Surcharges.Select(SurchargesView.Of)], [], [], []);

    public static RatesView Of(ClientDetails client) =>
        new([.. client.Cards.Select(card => CardView.Of(card, RateLevel.Client))], [], [], [], [], []);

    public static RatesView Of(EngagementTerms terms) => new(
        [
            .. terms.Cards.Select(card => CardView.Of(
                card, card.AssistantId is null ? RateLevel.Engagement : RateLevel.AssistantOnEngagement)),
        ],
        [.. terms.CostCards.Select(CostView.Of)], [.. terms.Surcharges.Select(SurchargesView.Of)],
        [.. terms.Modes.Select(mode => ModeView.Of(mode, terms.Currency))], terms.TimeRules, terms.Locks);
}

/// <param name="Level">business, assistant, client, engagement or assistant-on-engagement; the later beats the former.</param>
public sealed record CardView(
    Guid CardId, string Level, Guid? AssistantId, Money PerHour, LocalDate ValidFrom, LocalDate? ValidUntilExclusive, string? Task,
    long? TierSeconds, Money? AbovePerHour)
{
    public static CardView Of(RateCard card, RateLevel level) => new(
        card.CardId, level.Code(), card.AssistantId, card.PerHour, card.ValidFrom, card.ValidUntilExclusive, card.Task,
        card.TierSeconds, card.AbovePerHour);
}

public sealed record CostView(
    Guid CardId, Guid AssistantId, Money PerHour, LocalDate ValidFrom, LocalDate? ValidUntilExclusive)
{
    public static CostView Of(CostCard card) =>
        new(card.CardId, card.AssistantId, card.PerHour, card.ValidFrom, card.ValidUntilExclusive);
}

public sealed record SurchargesView(LocalDate ValidFrom, string Combine, IReadOnlyList<SurchargeBody> Rules)
{
    public static SurchargesView Of(SurchargeSet set) => new(set.ValidFrom, set.Combine, [.. set.Rules.Select(BodyOf)]);

    private static SurchargeBody BodyOf(SurchargeRule rule) => new(
        rule.Kind, rule.BasisPoints,
        rule.PerHourMinor is { } minor ? new Money(minor, Currency.Of(rule.Currency!)) : null, rule.FromMinute, rule.ToMinute,
        rule.DaysOfWeek, rule.Dates, rule.Name, rule.OverSeconds, rule.Per, rule.Of, rule.Zone);
}

/// <param name="Amount">The fee or the cap; null for work by the hour.</param>
public sealed record ModeView(Guid Id, string Kind, Money? Amount, string Per, LocalDate ValidFrom)
{
    public static ModeView Of(BillingMode mode, Currency currency) => new(
        mode.ModeId, mode.Kind, mode.AmountMinor is { } minor ? new Money(minor, currency) : null, mode.Per, mode.ValidFrom);
}
