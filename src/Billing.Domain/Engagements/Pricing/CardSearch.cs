using System.Collections.Immutable;
using System.Globalization;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Engagements.Pricing;

/// <summary>The card that prices a piece of work.</summary>
/// <param name="Fit">All cards of its level that are valid for the work, in the order in which they were set.</param>
/// <param name="Day">The day of the work.</param>
public sealed record FoundCard(RateCard Card, RateLevel Level, IReadOnlyList<RateCard> Fit, LocalDate Day)
{
    /// <summary>A sentence or more for a person: what made it win.</summary>
    public string Why
    {
        get
        {
            var task = Card.Task is null ? "" : $" for the task {Card.Task}";
            var above = Level == RateLevel.AssistantOnEngagement ? "" : " No card of a more specific level is valid on that day.";
            var rivals = Fit.Count == 1 ? "" : $" Of the {Fit.Count} cards of that level it {Lead}.";
            return $"On {Text(Day)} {Level.InWords()}{task} holds, valid from {Text(Card.ValidFrom)} at "
                + $"{Card.PerHour.ToDecimalString()} an hour.{above}{rivals}";
        }
    }

    private string Lead
    {
        get
        {
            if (Card.Task is not null && Fit.Any(other => other.Task is null)) return "is the one for the task";
            var isLatest = Fit.All(other => other == Card || other.ValidFrom < Card.ValidFrom);
            return isLatest ? "starts latest" : "was set last of those that start latest";
        }
    }

    private static string Text(LocalDate day) => day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Finds the most specific card that is valid on the day of work and in the client's currency.</summary>
public static class CardSearch
{
    /// <summary>Null where no card of any level is valid.</summary>
    public static FoundCard? Find(Work work, EngagementTerms engagement, PricingFacts facts)
    {
        for (var level = RateLevel.AssistantOnEngagement; level >= RateLevel.Business; level--)
        {
            List<RateCard>? fit = null;
            foreach (var card in Shelf(level, engagement, facts))
                if (Fits(card, level, work, facts.Currency)) (fit ??= []).Add(card);
            if (fit is not null) return new FoundCard(Best(fit), level, fit, work.WorkedOn);
        }
        return null;
    }

    /// <summary>Of the cards of one level that are valid on the day: one for the task, then the one that starts later, then
    /// the one set later.</summary>
    /// <param name="cards">In the order in which they were set; at least one.</param>
    public static RateCard Best(IReadOnlyList<RateCard> cards)
    {
        var best = cards[0];
        for (var i = 1; i < cards.Count; i++)
            if (Rank(cards[i]).CompareTo(Rank(best)) >= 0) best = cards[i];
        return best;
    }

    /// <summary>What the assistant is paid: the card on the engagement before the one for all work.</summary>
    public static CostCard? FindCost(Work work, EngagementTerms engagement, PricingFacts facts) =>
        BestCost(engagement.CostCards, work) ?? BestCost(facts.Practice.CostCards, work);

    private static (bool, LocalDate) Rank(RateCard card) => (card.Task is not null, card.ValidFrom);

    private static ImmutableList<RateCard> Shelf(RateLevel level, EngagementTerms engagement, PricingFacts facts) => level switch
    {
        RateLevel.AssistantOnEngagement or RateLevel.Engagement => engagement.Cards,
        RateLevel.Client => facts.ClientCards,
        _ => facts.Practice.Cards,
    };

    private static bool Fits(RateCard card, RateLevel level, Work work, Currency currency)
    {
        var isOfLevel = level is RateLevel.AssistantOnEngagement or RateLevel.Assistant
            ? card.AssistantId == work.AssistantId
            : card.AssistantId is null;
        return isOfLevel && card.PerHour.Currency == currency && card.IsForAny(work.Tags) && card.IsValidOn(work.WorkedOn);
    }

    private static CostCard? BestCost(ImmutableList<CostCard> cards, Work work)
    {
        CostCard? best = null;
        foreach (var card in cards)
        {
            if (card.AssistantId != work.AssistantId || !card.IsValidOn(work.WorkedOn)) continue;
            if (best is null || card.ValidFrom >= best.ValidFrom) best = card;
        }
        return best;
    }
}
