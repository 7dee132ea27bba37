using Billing.Domain.Engagements.Pricing;
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
    /// <param name="Task">The one task that it is for; null for any.</param>
    /// <param name="TierSeconds">So much time of a month is at the rate, the rest at
    /// <paramref name="AbovePerHourMinor"/>; null where all time costs the same.</param>
    public sealed record RateCardSet(
        Guid CardId, Guid? AssistantId, long PerHourMinor, LocalDate ValidFrom, LocalDate? ValidUntilExclusive,
        Instant SetAt, string? Task = null, long? TierSeconds = null, long? AbovePerHourMinor = null) : EngagementEvent;

    /// <summary>What the practice pays an assistant for an hour of this engagement.</summary>
    /// <param name="PerHourMinor">Minor units of <paramref name="Currency"/>, which need not be the client's.</param>
    public sealed record EngagementCostSet(
        Guid CardId, Guid AssistantId, long PerHourMinor, string Currency, LocalDate ValidFrom,
        LocalDate? ValidUntilExclusive, Instant SetAt) : EngagementEvent;

    /// <summary>How work is charged from a day on: by the hour, for a fixed fee, or by the hour up to a cap.</summary>
    /// <param name="Kind">hourly, fixed-fee or capped.</param>
    /// <param name="AmountMinor">The fee or the cap; null for hourly.</param>
    /// <param name="Per">once or month.</param>
    public sealed record BillingModeSet(
        Guid ModeId, string Kind, long? AmountMinor, string Per, LocalDate ValidFrom, Instant SetAt) : EngagementEvent;

    /// <summary>All surcharges of the engagement from a day on, instead of the practice's; none where the list is
    /// empty.</summary>
    /// <param name="Combine">highest or sum.</param>
    public sealed record SurchargesSet(
        IReadOnlyList<SurchargeRule> Rules, string Combine, LocalDate ValidFrom, Instant SetAt) : EngagementEvent;

    /// <summary>How time is billed from a day on, where it differs from the practice's policy.</summary>
    /// <param name="Rounding">Null follows the practice.</param>
    /// <param name="MinimumSeconds">An entry is billed as at least so long; 0 for none.</param>
    public sealed record TimeRuleSet(
        RoundingPolicy? Rounding, int MinimumSeconds, LocalDate ValidFrom, Instant SetAt) : EngagementEvent;

    /// <summary>The promise that no hour gets dearer for work of those days.</summary>
    public sealed record RatesLocked(LocalDate ValidFrom, LocalDate UntilExclusive, Instant LockedAt) : EngagementEvent;

    /// <summary>An invoice charged a fixed fee, or time that counts towards a cap.</summary>
    public sealed record EngagementCharged(Guid InvoiceId, IReadOnlyList<ModeCharge> Charges) : EngagementEvent;

    /// <summary>The invoice was voided, so that what it charged can be charged again.</summary>
    public sealed record EngagementChargeReleased(Guid InvoiceId) : EngagementEvent;

    public sealed record EngagementEnded(LocalDate LastDay, Instant EndedAt) : EngagementEvent;
}
