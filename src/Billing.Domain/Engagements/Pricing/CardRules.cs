using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Engagements.Pricing;

/// <summary>What a card may say, at whichever level it is set. Each rule answers null where it is fine.</summary>
public static class CardRules
{
    /// <summary>In major units; a rate above it is a slip of the pen.</summary>
    public const long PerHourMax = 100_000;

    public const int TaskMaxLength = 60;

    /// <summary>A month has no more.</summary>
    public const long TierMaxSeconds = 31 * 24 * 3600;

    public static Rejection? Refuse(RateCard card) =>
        RefuseRate(card.PerHour, "/perHour/amount") ?? RefusePeriod(card.ValidFrom, card.ValidUntilExclusive)
        ?? RefuseTask(card.Task) ?? RefuseTiers(card);

    public static Rejection? Refuse(CostCard card) =>
        RefuseRate(card.PerHour, "/perHour/amount") ?? RefusePeriod(card.ValidFrom, card.ValidUntilExclusive);

    /// <summary>Of a card with an id that is known: the retry of the same, or another with its id.</summary>
    internal static Decision<TEvent> Known<TEvent>(bool isSame) => isSame
        ? Decision<TEvent>.AlreadyDone
        : new Rejection(
            "id-taken", "There is a card with this id already. Cards are not edited: set a further one with a new id.", "/id");

    private static Rejection? RefuseRate(Money perHour, string field) =>
        !perHour.IsPositive || perHour.Minor > PerHourMax * perHour.Currency.MinorPerMajor
            ? Invalid("rate-out-of-range", $"An hour costs more than 0 and at most {PerHourMax}.", field)
            : null;

    private static Rejection? RefusePeriod(LocalDate from, LocalDate? untilExclusive) => untilExclusive <= from
        ? Invalid(
            "card-period-empty", "A card must be valid for a day at least: its end, which is exclusive, comes after its start.",
            "/validUntilExclusive")
        : null;

    private static Rejection? RefuseTask(string? task)
    {
        if (task is null) return null;
        return Wording.RefuseName(task, "/task") ?? Wording.RefuseLine(task, TaskMaxLength, "/task");
    }

    private static Rejection? RefuseTiers(RateCard card)
    {
        if (card.TierSeconds is null && card.AbovePerHour is null) return null;
        if (card.TierSeconds is null || card.AbovePerHour is not { } above)
        {
            return Invalid(
                "tier-incomplete", "A tier needs both: how much time of a month it holds, and the rate of what is above it.",
                card.TierSeconds is null ? "/tierSeconds" : "/abovePerHour");
        }
        if (card.TierSeconds is <= 0 or > TierMaxSeconds)
            return Invalid("tier-out-of-range", $"A tier holds 1 to {TierMaxSeconds} seconds of a month.", "/tierSeconds");
        if (above.Currency != card.PerHour.Currency)
            return Invalid("currency-mismatch", "Both rates of a card are in one currency.", "/abovePerHour/currency");
        return RefuseRate(above, "/abovePerHour/amount");
    }

    internal static Rejection Invalid(string code, string detail, string field) =>
        new(code, detail, field, RejectionKind.Invalid);
}
