using Billing.Domain.Values;

namespace Billing.Domain.Engagements.Pricing;

/// <summary>What an hour costs, exactly.</summary>
/// <param name="BaseMinor">The card's rate.</param>
/// <param name="SurchargeTenThousandths">What surcharges add to it, in ten-thousandths of a minor unit.</param>
/// <param name="SurchargePoints">What of that is a part of the rate, in basis points; the rest is an amount.</param>
public readonly record struct HourlyPrice(long BaseMinor, long SurchargeTenThousandths, int SurchargePoints = 0)
{
    public const int Scale = 10_000;

    /// <summary>Base and surcharge in ten-thousandths of a minor unit.</summary>
    public Int128 TenThousandths => ((Int128)BaseMinor * Scale) + SurchargeTenThousandths;

    public ExactAmount For(long seconds) => new(TenThousandths * seconds);

    /// <summary>The same surcharges upon another rate.</summary>
    public HourlyPrice At(long baseMinor) => this with
    {
        BaseMinor = baseMinor,
        SurchargeTenThousandths = SurchargeTenThousandths + ((baseMinor - BaseMinor) * SurchargePoints),
    };
}

/// <summary>An amount before its one rounding.</summary>
/// <param name="Parts">In 36,000,000ths of a minor unit: seconds times ten-thousandths an hour.</param>
public readonly record struct ExactAmount(Int128 Parts)
{
    public const long PerMinor = 3600L * HourlyPrice.Scale;

    public static ExactAmount operator +(ExactAmount left, ExactAmount right) => new(left.Parts + right.Parts);

    /// <summary>Half away from zero.</summary>
    public long RoundedMinor => Rounding.DivideHalfAwayFromZero(Parts, PerMinor);
}

/// <summary>A part of an entry at one price.</summary>
/// <param name="WorkedSeconds">Raw time.</param>
/// <param name="BilledSeconds">After the minimum of a visit and, under a policy per entry, the increment.</param>
/// <param name="Why">The surcharges in it, as a line says them; null where there are none.</param>
public sealed record PricedSegment(long WorkedSeconds, long BilledSeconds, HourlyPrice Price, string? Why)
{
    public ExactAmount Amount => Price.For(BilledSeconds);
}

/// <summary>What an entry costs the client and the practice, and why.</summary>
/// <param name="Card">Null where no card was needed or none is valid; <see cref="HasRate"/> tells which.</param>
/// <param name="Rounding">The policy that its time falls under: the engagement's own, or the practice's.</param>
/// <param name="Segments">In order; together they are the entry. All at no charge where the time is not charged.</param>
public sealed record EntryPrice(
    Work Work, FoundCard? Card, BillingMode Mode, RoundingPolicy Rounding, int MinimumSeconds,
    IReadOnlyList<PricedSegment> Segments, CostCard? CostCard)
{
    /// <summary>A sentence or more for a person.</summary>
    public string Why
    {
        get
        {
            if (!Work.Billable) return "The entry is not billable.";
            if (!ChargesTime)
                return "The engagement has a fixed fee on that day, so its time is kept for insight and costs nothing by itself.";
            if (Card is null) return "No card of any level is valid on that day in the client's currency.";
            var tier = Segments.Any(segment => segment.Price.BaseMinor != Card.Card.PerHour.Minor)
                ? " Part of it lies above the month's first tier."
                : "";
            var surcharges = Segments.Select(segment => segment.Why).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
            return surcharges.Count == 0 ? Card.Why + tier : $"{Card.Why}{tier} Surcharges: {string.Join("; ", surcharges)}.";
        }
    }

    /// <summary>Whether each second of it costs money.</summary>
    public bool ChargesTime => Work.Billable && Mode.Kind != BillingMode.FixedFee;

    public bool HasRate => Card is not null || !ChargesTime;

    public long BilledSeconds => Segments.Sum(segment => segment.BilledSeconds);

    public ExactAmount Bill => Segments.Aggregate(new ExactAmount(0), (sum, segment) => sum + segment.Amount);

    /// <summary>What the practice pays for it, by raw time; null where no cost is set.</summary>
    public Money? Cost => CostCard is { } card ? Money.ForTime(card.PerHour, Work.DurationSeconds) : null;
}
