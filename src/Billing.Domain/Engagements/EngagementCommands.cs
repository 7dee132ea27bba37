using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Engagements;

public sealed record AgreeEngagement(Guid EngagementId, Guid ClientId, string Name, Instant At);

/// <param name="AssistantId">Whom the card is for; null for everyone on the engagement.</param>
/// <param name="ValidUntilExclusive">First day on which it no longer holds; null for open-ended.</param>
public sealed record SetRateCard(
    Guid CardId, Guid? AssistantId, Money PerHour, LocalDate ValidFrom, LocalDate? ValidUntilExclusive, Instant At);

/// <param name="LastDay">The last day on which work for it can have been done.</param>
public sealed record EndEngagement(LocalDate LastDay, Instant At);
