using Billing.Domain.Engagements;
using Billing.Domain.Engagements.Pricing;
using static Billing.Domain.Access.BusinessEvent;

namespace Billing.Domain.Access;

/// <summary>What the practice charges and pays where nothing more specific is agreed, and which assistants see it.</summary>
public static partial class Business
{
    /// <summary>For clients of another currency than the card's it does not apply.</summary>
    public static Decision<BusinessEvent> Decide(BusinessState state, SetRateCard command)
    {
        if (state is not BusinessState.Open open) return NoSuchBusiness;
        var card = command.Card;
        if (open.Rates.Cards.Find(other => other.CardId == command.CardId) is { } existing)
            return CardRules.Known<BusinessEvent>(existing == card);
        if (command.AssistantId is { } assistant && !open.Members.ContainsKey(assistant))
            return NoSuchMember with { Field = "/assistantId" };
        if (CardRules.Refuse(card) is { } refusal) return refusal;
        return new BusinessRateCardSet(
            card.CardId, card.AssistantId, card.PerHour.Currency.Code, card.PerHour.Minor, card.ValidFrom,
            card.ValidUntilExclusive, card.Task, card.TierSeconds, card.AbovePerHour?.Minor, command.At);
    }

    public static Decision<BusinessEvent> Decide(BusinessState state, SetCostCard command)
    {
        if (state is not BusinessState.Open open) return NoSuchBusiness;
        var card = command.Card;
        if (open.Rates.CostCards.Find(other => other.CardId == command.CardId) is { } existing)
            return CardRules.Known<BusinessEvent>(existing == card);
        if (!open.Members.ContainsKey(command.AssistantId)) return NoSuchMember with { Field = "/assistantId" };
        if (CardRules.Refuse(card) is { } refusal) return refusal;
        return new AssistantCostSet(
            card.CardId, card.AssistantId, card.PerHour.Minor, card.PerHour.Currency.Code, card.ValidFrom,
            card.ValidUntilExclusive, command.At);
    }

    public static Decision<BusinessEvent> Decide(BusinessState state, SetSurcharges command)
    {
        if (state is not BusinessState.Open open) return NoSuchBusiness;
        if (SurchargeRules.Refuse(command.Rules, command.Combine, currency: null) is { } refusal) return refusal;
        var set = new SurchargeSet(command.Rules, command.Combine, command.ValidFrom);
        return open.Rates.Surcharges.On(command.ValidFrom)?.Says(set) == true
            ? Decision<BusinessEvent>.AlreadyDone
            : new PracticeSurchargesSet(set.Rules, set.Combine, set.ValidFrom, command.At);
    }

    /// <summary>Owners and bookkeepers see rates anyway, so for them there is nothing to allow.</summary>
    public static Decision<BusinessEvent> Decide(BusinessState state, AllowRates command)
    {
        if (state is not BusinessState.Open open) return NoSuchBusiness;
        if (!open.Members.TryGetValue(command.MemberId, out var member)) return NoSuchMember;
        if (member.Role != Roles.Assistant)
            return new Rejection("member-not-assistant", "Owners and bookkeepers see rates anyway; only an assistant is allowed to.");
        if (member.SeesRates == command.SeesRates) return Decision<BusinessEvent>.AlreadyDone;
        return command.SeesRates
            ? new RatesShown(command.MemberId, command.At)
            : new RatesHidden(command.MemberId, command.At);
    }
}
