using System.Collections.Immutable;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Engagements;

/// <summary>Agreed work for a client and what an hour of it costs, day by day.</summary>
public abstract record EngagementState
{
    private EngagementState() { }

    public sealed record NotAgreed : EngagementState;

    public sealed record Agreed(EngagementTerms Engagement) : EngagementState;

    /// <param name="LastDay">The last day on which work for it can have been done.</param>
    public sealed record Ended(EngagementTerms Engagement, LocalDate LastDay) : EngagementState;

    /// <summary>What was agreed, ended or not; null where there is no such engagement.</summary>
    public EngagementTerms? Terms => this switch
    {
        Agreed agreed => agreed.Engagement,
        Ended ended => ended.Engagement,
        _ => null,
    };

    /// <summary>
    /// The card that prices an assistant's work on a day; null where none is valid. A card of the assistant beats one of
    /// the engagement; within a level the one that starts later holds, then the one set later.
    /// </summary>
    public RateCard? CardFor(Guid assistantId, LocalDate day)
    {
        RateCard? best = null;
        foreach (var card in Terms?.Cards ?? [])
        {
            if (!card.IsFor(assistantId) || !card.IsValidOn(day)) continue;
            if (best is null || !best.Beats(card)) best = card;
        }
        return best;
    }
}

/// <param name="Name">Null once the client's key is erased.</param>
/// <param name="Currency">The client's currency, in which its cards are.</param>
/// <param name="Cards">In the order in which they were set.</param>
/// <param name="AgreedAs">What it was agreed with, to know a retry by.</param>
public sealed record EngagementTerms(
    Guid EngagementId, Guid ClientId, Currency Currency, string? Name, ImmutableList<RateCard> Cards,
    EngagementEvent.EngagementAgreed AgreedAs);

/// <param name="AssistantId">Whom the card is for; null for everyone on the engagement.</param>
/// <param name="ValidUntilExclusive">First day on which it no longer holds; null for open-ended.</param>
public sealed record RateCard(
    Guid CardId, Guid? AssistantId, Money PerHour, LocalDate ValidFrom, LocalDate? ValidUntilExclusive)
{
    public bool IsFor(Guid assistantId) => AssistantId is null || AssistantId == assistantId;

    public bool IsValidOn(LocalDate day) => ValidFrom <= day && (ValidUntilExclusive is null || day < ValidUntilExclusive);

    /// <summary>Whether this card keeps its place against one that was set later.</summary>
    internal bool Beats(RateCard later) => AssistantId is null == later.AssistantId is null
        ? ValidFrom > later.ValidFrom
        : AssistantId is not null;
}
