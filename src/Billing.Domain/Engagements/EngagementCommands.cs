using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Engagements;

public sealed record AgreeEngagement(Guid EngagementId, Guid ClientId, string Name, Instant At);

/// <summary>On an engagement, a client or the practice.</summary>
/// <param name="AssistantId">Whom the card is for; null for everyone. A client has no cards for single assistants.</param>
/// <param name="ValidUntilExclusive">First day on which it no longer holds; null for open-ended.</param>
/// <param name="Task">The one task that it is for; null for any.</param>
/// <param name="TierSeconds">So much time of a month is at the rate, the rest at <paramref name="AbovePerHour"/>; null, like
/// that, where all time costs the same.</param>
public sealed record SetRateCard(
    Guid CardId, Guid? AssistantId, Money PerHour, LocalDate ValidFrom, LocalDate? ValidUntilExclusive, Instant At,
    string? Task = null, long? TierSeconds = null, Money? AbovePerHour = null)
{
    internal RateCard Card =>
        new(CardId, AssistantId, PerHour, ValidFrom, ValidUntilExclusive, Task, TierSeconds, AbovePerHour);
}

/// <summary>What the practice pays an assistant, for an engagement or for any work.</summary>
/// <param name="ValidUntilExclusive">First day on which it no longer holds; null for open-ended.</param>
public sealed record SetCostCard(
    Guid CardId, Guid AssistantId, Money PerHour, LocalDate ValidFrom, LocalDate? ValidUntilExclusive, Instant At)
{
    internal CostCard Card => new(CardId, AssistantId, PerHour, ValidFrom, ValidUntilExclusive);
}

/// <param name="Kind">One of <see cref="BillingMode.Kinds"/>.</param>
/// <param name="Amount">The fee or the cap; null for work by the hour.</param>
/// <param name="Per">once or month; null for once.</param>
public sealed record SetBillingMode(Guid ModeId, string Kind, Money? Amount, string? Per, LocalDate ValidFrom, Instant At);

/// <summary>Says all surcharges from a day on, of an engagement or of the practice.</summary>
public sealed record SetSurcharges(IReadOnlyList<SurchargeRule> Rules, string Combine, LocalDate ValidFrom, Instant At);

/// <param name="Rounding">Null follows the practice.</param>
/// <param name="MinimumSeconds">An entry is billed as at least so long; 0 for none.</param>
public sealed record SetTimeRule(RoundingPolicy? Rounding, int MinimumSeconds, LocalDate ValidFrom, Instant At);

/// <summary>Promises that no hour gets dearer for work of those days.</summary>
public sealed record LockRates(LocalDate ValidFrom, LocalDate UntilExclusive, Instant At);

/// <summary>Part of finalising an invoice.</summary>
public sealed record ChargeEngagement(Guid InvoiceId, IReadOnlyList<ModeCharge> Charges);

/// <summary>Part of voiding an invoice.</summary>
public sealed record ReleaseCharges(Guid InvoiceId);

/// <param name="LastDay">The last day on which work for it can have been done.</param>
public sealed record EndEngagement(LocalDate LastDay, Instant At);
