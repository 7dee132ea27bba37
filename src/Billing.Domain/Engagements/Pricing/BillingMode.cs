using System.Collections.Immutable;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Engagements.Pricing;

/// <summary>A fact that holds from a day on, until another of its kind does.</summary>
public interface IDated
{
    LocalDate ValidFrom { get; }
}

/// <summary>How work is charged from a day on.</summary>
/// <param name="Kind">hourly, fixed-fee or capped.</param>
/// <param name="AmountMinor">The fee, or the cap; null for hourly.</param>
/// <param name="Per">once or month: what the amount is for; a fee is always once.</param>
public sealed record BillingMode(Guid ModeId, string Kind, long? AmountMinor, string Per, LocalDate ValidFrom) : IDated
{
    public const string ByTheHour = "hourly";
    public const string FixedFee = "fixed-fee";
    public const string Capped = "capped";
    public const string Once = "once";
    public const string PerMonth = "month";

    public static IReadOnlyList<string> Kinds { get; } = [ByTheHour, FixedFee, Capped];

    /// <summary>What holds where nothing else was agreed.</summary>
    public static BillingMode Hourly { get; } = new(Guid.Empty, ByTheHour, null, Once, LocalDate.MinIsoValue);

    /// <summary>Whether no hour can cost more than under another mode; a fee is for no hour in particular.</summary>
    public bool ChargesAtMost(BillingMode other) => Kind == FixedFee || other.Kind == ByTheHour
        || (Kind == Capped && other.Kind == Capped && Per == other.Per && AmountMinor <= other.AmountMinor);

    /// <summary>The part of an agreed amount that a day belongs to: <c>once</c>, or a month such as <c>2026-03</c>.</summary>
    public string PeriodOf(LocalDate day) => Per == PerMonth
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{day.Year:D4}-{day.Month:D2}")
        : Once;
}

/// <summary>How the time of an engagement is billed where it differs from the practice's policy.</summary>
/// <param name="Rounding">Null follows the practice.</param>
/// <param name="MinimumSeconds">An entry is billed as at least so long; 0 for none.</param>
public sealed record TimeRule(RoundingPolicy? Rounding, int MinimumSeconds, LocalDate ValidFrom) : IDated
{
    /// <summary>Whether it never bills more time than another rule, whatever the practice's policy is.</summary>
    public bool BillsAtMost(TimeRule other) => MinimumSeconds <= other.MinimumSeconds && (Rounding, other.Rounding) switch
    {
        var (own, its) when own == its => true,
        ({ IncrementSeconds: 0 } or { Direction: RoundingPolicy.Down },
            { IncrementSeconds: 0 } or { Direction: RoundingPolicy.Up }) => true,
        ({ Direction: RoundingPolicy.Up } own, { Direction: RoundingPolicy.Up } its) =>
            own.IncrementSeconds > 0 && own.Scope == its.Scope && its.IncrementSeconds % own.IncrementSeconds == 0,
        _ => false,
    };
}

/// <summary>The surcharges that hold from a day on.</summary>
/// <param name="Combine">highest or sum: what of several that apply to the same second.</param>
public sealed record SurchargeSet(IReadOnlyList<SurchargeRule> Rules, string Combine, LocalDate ValidFrom) : IDated
{
    public const string Highest = "highest";
    public const string Sum = "sum";

    /// <summary>Whether it never adds more than another set, second by second. What the practice's own set would add where there is
    /// no other is not known here, and counts as nothing.</summary>
    public bool AddsAtMost(SurchargeSet? other)
    {
        if (Rules.Count == 0) return true;
        if (other is null || (Combine == Sum && Rules.Count > 1 && other.Combine != Sum)) return false;
        var left = other.Rules.ToList();
        foreach (var rule in Rules)
        {
            var at = left.FindIndex(rule.AddsAtMost);
            if (at < 0) return false;
            if (Combine == Sum) left.RemoveAt(at);
        }
        return true;
    }

    public bool Says(SurchargeSet other) => Combine == other.Combine && ValidFrom == other.ValidFrom
        && Rules.Count == other.Rules.Count && Rules.Zip(other.Rules).All(pair => pair.First.Says(pair.Second));
}

/// <summary>A promise that no hour gets dearer for work before a day.</summary>
/// <param name="From">First day of work that it covers.</param>
/// <param name="UntilExclusive">First day of work that it no longer covers.</param>
public sealed record RateLock(LocalDate From, LocalDate UntilExclusive);

/// <summary>What was charged of an agreed amount by an invoice.</summary>
/// <param name="Period">As <see cref="BillingMode.PeriodOf"/> says it.</param>
public sealed record ModeCharge(Guid ModeId, string Period, long AmountMinor);

/// <summary>An invoice's charges on the fees and caps of an engagement.</summary>
public sealed record InvoiceCharges(Guid InvoiceId, IReadOnlyList<ModeCharge> Charges);

public static class DatedFacts
{
    /// <summary>What holds on a day: what starts latest before it or on it, then what was set later; null where nothing
    /// does.</summary>
    /// <param name="facts">In the order in which they were set.</param>
    public static T? On<T>(this ImmutableList<T> facts, LocalDate day) where T : class, IDated
    {
        T? held = null;
        foreach (var fact in facts)
            if (fact.ValidFrom <= day && (held is null || fact.ValidFrom >= held.ValidFrom)) held = fact;
        return held;
    }
}
