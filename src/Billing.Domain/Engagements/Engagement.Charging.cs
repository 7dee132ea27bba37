using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Values;
using static Billing.Domain.Engagements.EngagementEvent;

namespace Billing.Domain.Engagements;

/// <summary>How work is charged beside the rate: mode, surcharges, time rules, costs, and what was promised.</summary>
public static partial class Engagement
{
    /// <summary>A day; a longer minimum is a slip of the pen.</summary>
    public const int MinimumMaxSeconds = 24 * 3600;

    public static Decision<EngagementEvent> Decide(EngagementState state, SetCostCard command)
    {
        if (state.Terms is not { } terms) return NoSuchEngagement;
        var card = command.Card;
        if (terms.CostCards.Find(other => other.CardId == command.CardId) is { } existing)
            return CardRules.Known<EngagementEvent>(existing == card);
        if (CardRules.Refuse(card) is { } refusal) return refusal;
        return new EngagementCostSet(
            card.CardId, card.AssistantId, card.PerHour.Minor, card.PerHour.Currency.Code, card.ValidFrom,
            card.ValidUntilExclusive, command.At);
    }

    public static Decision<EngagementEvent> Decide(EngagementState state, SetBillingMode command)
    {
        if (state.Terms is not { } terms) return NoSuchEngagement;
        var mode = new BillingMode(
            command.ModeId, command.Kind, command.Amount?.Minor, command.Per ?? BillingMode.Once, command.ValidFrom);
        if (terms.Modes.Find(other => other.ModeId == command.ModeId) is { } existing)
        {
            return existing == mode
                ? Decision<EngagementEvent>.AlreadyDone
                : new Rejection("id-taken", "There is a mode with this id already; take a new id.", "/id");
        }
        if ((RefuseMode(terms, mode, command.Amount) ?? RefuseDearer(terms, mode)) is { } refusal) return refusal;
        return new BillingModeSet(mode.ModeId, mode.Kind, mode.AmountMinor, mode.Per, mode.ValidFrom, command.At);
    }

    public static Decision<EngagementEvent> Decide(EngagementState state, SetSurcharges command)
    {
        if (state.Terms is not { } terms) return NoSuchEngagement;
        if (SurchargeRules.Refuse(command.Rules, command.Combine, terms.Currency) is { } refusal) return refusal;
        var set = new SurchargeSet(command.Rules, command.Combine, command.ValidFrom);
        if (terms.Surcharges.On(command.ValidFrom)?.Says(set) == true) return Decision<EngagementEvent>.AlreadyDone;
        return RefuseDearer(terms, set) is { } promised
            ? promised
            : new SurchargesSet(set.Rules, set.Combine, set.ValidFrom, command.At);
    }

    public static Decision<EngagementEvent> Decide(EngagementState state, SetTimeRule command)
    {
        if (state.Terms is not { } terms) return NoSuchEngagement;
        var rule = new TimeRule(command.Rounding, command.MinimumSeconds, command.ValidFrom);
        if (terms.TimeRules.On(command.ValidFrom) == rule) return Decision<EngagementEvent>.AlreadyDone;
        if (command.Rounding is { } rounding && RoundingPolicy.Refuse(rounding, "/rounding") is { } refusal) return refusal;
        if (command.MinimumSeconds is < 0 or > MinimumMaxSeconds)
        {
            return Invalid(
                "minimum-out-of-range", $"A minimum is 0 to {MinimumMaxSeconds} seconds; 0 is none.", "/minimumSeconds");
        }
        if (RefuseDearer(terms, rule) is { } promised) return promised;
        return new TimeRuleSet(rule.Rounding, rule.MinimumSeconds, rule.ValidFrom, command.At);
    }

    /// <summary>Only what is on a card of the engagement itself can be promised: no other level then reaches the work.</summary>
    public static Decision<EngagementEvent> Decide(EngagementState state, LockRates command)
    {
        if (state.Terms is not { } terms) return NoSuchEngagement;
        if (terms.Locks.Contains(new RateLock(command.ValidFrom, command.UntilExclusive)))
            return Decision<EngagementEvent>.AlreadyDone;
        if (command.UntilExclusive <= command.ValidFrom)
        {
            return Invalid(
                "lock-period-empty", "A promise holds for a day at least: its end, which is exclusive, comes after its start.",
                "/untilExclusive");
        }
        var hasCard = terms.Cards.Any(card => card is { AssistantId: null, Task: null } && card.IsValidOn(command.ValidFrom)
            && (card.ValidUntilExclusive is null || card.ValidUntilExclusive >= command.UntilExclusive));
        return hasCard
            ? new RatesLocked(command.ValidFrom, command.UntilExclusive, command.At)
            : new Rejection(
                "rate-lock-without-card",
                "A promise needs a rate card of the engagement for everyone that is valid throughout; set that first.");
    }

    /// <summary>Never refused; a retry changes nothing.</summary>
    public static Decision<EngagementEvent> Decide(EngagementState state, ChargeEngagement command) =>
        state.Terms!.Charges.Exists(invoice => invoice.InvoiceId == command.InvoiceId)
            ? Decision<EngagementEvent>.AlreadyDone
            : new EngagementCharged(command.InvoiceId, command.Charges);

    /// <summary>Never refused; what was not charged needs no release.</summary>
    public static Decision<EngagementEvent> Decide(EngagementState state, ReleaseCharges command) =>
        state.Terms?.Charges.Exists(invoice => invoice.InvoiceId == command.InvoiceId) == true
            ? new EngagementChargeReleased(command.InvoiceId)
            : Decision<EngagementEvent>.AlreadyDone;

    private static Rejection? RefuseMode(EngagementTerms terms, BillingMode mode, Money? amount)
    {
        if (!BillingMode.Kinds.Contains(mode.Kind))
        {
            return Invalid(
                "billing-mode-unknown", $"Work is charged {string.Join(", ", BillingMode.Kinds)}; monthly fees are retainers.",
                "/kind");
        }
        if (mode.Per is not (BillingMode.Once or BillingMode.PerMonth) || (mode.Per != BillingMode.Once && mode.Kind != BillingMode.Capped))
            return Invalid("billing-period-unknown", "A cap is once or each month; a fee is once.", "/per");
        if (mode.Kind == BillingMode.ByTheHour)
            return amount is null ? null : Invalid("amount-superfluous", "Work by the hour has no agreed amount.", "/amount");
        if (amount is not { IsPositive: true } agreed)
            return Invalid("amount-not-positive", "The fee or cap must be more than zero.", "/amount");
        if (agreed.Currency != terms.Currency) return OtherCurrency(terms, "/amount/currency");
        return agreed.Minor > CardRules.PerHourMax * 100L * terms.Currency.MinorPerMajor
            ? Invalid("amount-too-large", "That is too much for one agreement.", "/amount")
            : null;
    }
}
