using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Engagements;

public abstract record EngagementEvent
{
    private EngagementEvent() { }

    public sealed record EngagementAgreed(
        Guid EngagementId, Guid ClientId, string Currency, [property: Confidential] string? Name, Instant AgreedAt) : EngagementEvent;

    /// <summary>
    /// A rate card. Cards are never edited: a correction is a further card, and of two cards of one level that are valid on
    /// a day the one that starts later holds, then the one set later.
    /// </summary>
    /// <param name="AssistantId">Whom the card is for; null for everyone on the engagement.</param>
    /// <param name="PerHourMinor">Minor units of the engagement's currency for an hour.</param>
    /// <param name="ValidUntilExclusive">First day on which it no longer holds; null for open-ended.</param>
    public sealed record RateCardSet(
        Guid CardId, Guid? AssistantId, long PerHourMinor, LocalDate ValidFrom, LocalDate? ValidUntilExclusive,
        Instant SetAt) : EngagementEvent;

    public sealed record EngagementEnded(LocalDate LastDay, Instant EndedAt) : EngagementEvent;
}
