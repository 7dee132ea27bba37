using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Engagements.Pricing;

/// <summary>What an hour costs the client. A card is never edited; a later one corrects it.</summary>
/// <param name="AssistantId">Whom the card is for; null for everyone.</param>
/// <param name="ValidUntilExclusive">First day on which it no longer holds; null for open-ended.</param>
/// <param name="Task">The one task that it is for; null for any.</param>
/// <param name="TierSeconds">So much time of a month is at <paramref name="PerHour"/>, the rest at
/// <paramref name="AbovePerHour"/>; null, like that, where all time costs the same.</param>
public sealed record RateCard(
    Guid CardId, Guid? AssistantId, Money PerHour, LocalDate ValidFrom, LocalDate? ValidUntilExclusive,
    string? Task = null, long? TierSeconds = null, Money? AbovePerHour = null)
{
    public bool IsFor(Guid assistantId) => AssistantId is null || AssistantId == assistantId;

    public bool IsForAny(IReadOnlyCollection<string> tasks) => Task is null || tasks.Contains(Task, StringComparer.OrdinalIgnoreCase);

    public bool IsValidOn(LocalDate day) => ValidFrom <= day && (ValidUntilExclusive is null || day < ValidUntilExclusive);

    /// <summary>The most that an hour costs under it.</summary>
    public Money Dearest => AbovePerHour is { } above && above > PerHour ? above : PerHour;
}

/// <summary>What the practice pays an assistant for an hour, in whatever currency it does.</summary>
/// <param name="ValidUntilExclusive">First day on which it no longer holds; null for open-ended.</param>
public sealed record CostCard(
    Guid CardId, Guid AssistantId, Money PerHour, LocalDate ValidFrom, LocalDate? ValidUntilExclusive)
{
    public bool IsValidOn(LocalDate day) => ValidFrom <= day && (ValidUntilExclusive is null || day < ValidUntilExclusive);
}

/// <summary>How specific a card is; the higher beats the lower.</summary>
public enum RateLevel
{
    Business,
    Assistant,
    Client,
    Engagement,
    AssistantOnEngagement,
}

/// <summary>The levels as the API and the sentences name them.</summary>
public static class RateLevels
{
    public static string Code(this RateLevel level) => level switch
    {
        RateLevel.Business => "business",
        RateLevel.Assistant => "assistant",
        RateLevel.Client => "client",
        RateLevel.Engagement => "engagement",
        RateLevel.AssistantOnEngagement => "assistant-on-engagement",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Whose card it is: <c>the client's card</c>.</summary>
    public static string InWords(this RateLevel level) => level switch
    {
        RateLevel.Business => "the practice's card",
        RateLevel.Assistant => "the assistant's card",
        RateLevel.Client => "the client's card",
        RateLevel.Engagement => "the engagement's card",
        RateLevel.AssistantOnEngagement => "the assistant's card on this engagement",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
