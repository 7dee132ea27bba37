using System.Collections.Immutable;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Engagements.Pricing;

/// <summary>A piece of work to be priced, or a neighbour that its price depends on.</summary>
/// <param name="Zone">The assistant's.</param>
/// <param name="StartedAt">Null where only a date and a duration are known; no window of the clock applies to it then.</param>
/// <param name="Tags">Tasks that cards may be for, and <c>rush</c>.</param>
public sealed record Work(
    Guid EntryId, Guid EngagementId, Guid AssistantId, LocalDate WorkedOn, Instant? StartedAt, long DurationSeconds,
    DateTimeZone Zone, bool Billable, IReadOnlyCollection<string> Tags)
{
    /// <summary>The order in which time counts: by day, then by when it began.</summary>
    public (LocalDate, Instant, Guid) InOrder => (WorkedOn, StartedAt ?? Instant.MinValue, EntryId);

    public LocalDate Monday => WorkedOn.PlusDays(1 - (int)WorkedOn.DayOfWeek);

    public LocalDate Month => WorkedOn.With(DateAdjusters.StartOfMonth);
}

/// <summary>What a practice charges and pays where nothing more specific is agreed.</summary>
/// <param name="Cards">Of the practice, and of its assistants; in the order in which they were set.</param>
public sealed record PracticeRates(
    ImmutableList<RateCard> Cards, ImmutableList<CostCard> CostCards, ImmutableList<SurchargeSet> Surcharges)
{
    public static PracticeRates None { get; } = new([], [], []);
}

/// <summary>The dated facts by which a client's work is priced.</summary>
/// <param name="Currency">The client's.</param>
/// <param name="Rounding">The practice's policy.</param>
/// <param name="Engagements">By id; work of others is a neighbour only.</param>
public sealed record PricingFacts(
    Currency Currency, DateTimeZone PracticeZone, RoundingPolicy Rounding, PracticeRates Practice,
    ImmutableList<RateCard> ClientCards, IReadOnlyDictionary<Guid, EngagementTerms> Engagements);
