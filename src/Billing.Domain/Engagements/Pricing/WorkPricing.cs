using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Engagements.Pricing;

/// <summary>
/// What each entry costs and why. An entry's price may depend on its neighbours, since tiers count the month and overtime
/// the day or the week, so all of them come in together; in which order does not matter.
/// </summary>
public static class WorkPricing
{
    /// <param name="work">
    /// What is to be priced and its neighbours, each entry once; of two with one id, which only requests of the same moment can bring
    /// about, the later one.
    /// </param>
    /// <returns>By entry, for all work of the engagements in <paramref name="facts"/>.</returns>
    public static IReadOnlyDictionary<Guid, EntryPrice> Price(IEnumerable<Work> work, PricingFacts facts)
    {
        var before = new WorkedBefore();
        var tiers = new Dictionary<(Guid Engagement, Guid Card, LocalDate Month), long>();
        var prices = new Dictionary<Guid, EntryPrice>();
        // Nothing but surcharges asks what was worked before.
        var hasSurcharges = facts.Practice.Surcharges.Count > 0 || facts.Engagements.Values.Any(terms => terms.Surcharges.Count > 0);
        foreach (var entry in work.OrderBy(entry => entry.InOrder))
        {
            if (facts.Engagements.TryGetValue(entry.EngagementId, out var engagement))
                prices[entry.EntryId] = Price(entry, engagement, facts, before, tiers);
            if (hasSurcharges) before.Add(entry);
        }
        return prices;
    }

    private static EntryPrice Price(
        Work work, EngagementTerms engagement, PricingFacts facts, WorkedBefore before,
        Dictionary<(Guid, Guid, LocalDate), long> tiers)
    {
        var mode = engagement.Modes.On(work.WorkedOn) ?? BillingMode.Hourly;
        var rule = engagement.TimeRules.On(work.WorkedOn);
        var rounding = rule?.Rounding ?? facts.Rounding;
        var minimumSeconds = rule?.MinimumSeconds ?? 0;
        var cost = CardSearch.FindCost(work, engagement, facts);
        var priced = new EntryPrice(work, null, mode, rounding, minimumSeconds, [], cost);
        var billedSeconds = BilledSeconds(work.DurationSeconds, rounding, minimumSeconds);
        if (!priced.ChargesTime)
        {
            return priced with
            {
                Segments = [new PricedSegment(work.DurationSeconds, work.DurationSeconds, default, null)],
            };
        }
        if (CardSearch.Find(work, engagement, facts) is not { } found) return priced;

        var surcharges = engagement.Surcharges.On(work.WorkedOn) ?? facts.Practice.Surcharges.On(work.WorkedOn);
        if (surcharges is null && found.Card.TierSeconds is null && work.DurationSeconds > 0)
        {
            // Most work, without a list for each step: one price from its beginning to its end.
            var price = new HourlyPrice(found.Card.PerHour.Minor, 0);
            return priced with { Card = found, Segments = [new PricedSegment(work.DurationSeconds, billedSeconds, price, null)] };
        }
        var spans = SurchargeSpan.Of(work, surcharges, facts, before).ToList();
        var parts = Cut(work.DurationSeconds, billedSeconds, spans);
        var tierKey = (engagement.EngagementId, found.Card.CardId, work.Month);
        var usedSeconds = tiers.GetValueOrDefault(tierKey);
        tiers[tierKey] = usedSeconds + billedSeconds;
        var segments = SplitByTier(parts, found.Card, usedSeconds).Select(part => Priced(part, spans, surcharges?.Combine)).ToList();
        return priced with { Card = found, Segments = Merged(segments) };
    }

    /// <summary>The minimum of a visit first, then the increment, where that is the entry's and not the line's.</summary>
    private static long BilledSeconds(long workedSeconds, RoundingPolicy rounding, int minimumSeconds)
    {
        var least = Math.Max(workedSeconds, minimumSeconds);
        return rounding.Scope == RoundingPolicy.PerEntry ? rounding.Apply(least) : least;
    }

    /// <summary>Cuts where a surcharge begins or ends; billed time beyond the worked goes on in the last part.</summary>
    private static List<Part> Cut(long workedSeconds, long billedSeconds, List<SurchargeSpan> spans)
    {
        var cuts = new SortedSet<long>(spans.SelectMany(span => (long[])[span.Start, span.End])) { 0, workedSeconds }.ToList();
        var parts = new List<Part>();
        for (var i = 0; i + 1 < cuts.Count; i++)
        {
            var isLast = i + 2 == cuts.Count;
            var billedUntil = isLast ? billedSeconds : Math.Min(billedSeconds, cuts[i + 1]);
            parts.Add(new Part(cuts[i], cuts[i + 1] - cuts[i], Math.Max(0, billedUntil - cuts[i]), 0));
        }
        return parts;
    }

    private static IEnumerable<Part> SplitByTier(List<Part> parts, RateCard card, long usedSeconds)
    {
        foreach (var part in parts)
        {
            var below = card.TierSeconds is { } tier && card.AbovePerHour is not null
                ? Math.Clamp(tier - usedSeconds, 0, part.BilledSeconds)
                : part.BilledSeconds;
            usedSeconds += part.BilledSeconds;
            var above = part.BilledSeconds - below;
            if (above == 0)
            {
                yield return part with { BaseMinor = card.PerHour.Minor };
                continue;
            }
            var workedBelow = Math.Min(part.WorkedSeconds, below);
            if (below > 0)
                yield return part with { WorkedSeconds = workedBelow, BilledSeconds = below, BaseMinor = card.PerHour.Minor };
            yield return new Part(
                part.Start, part.WorkedSeconds - (below > 0 ? workedBelow : 0), above, card.AbovePerHour!.Value.Minor);
        }
    }

    private static PricedSegment Priced(Part part, List<SurchargeSpan> spans, string? combine)
    {
        var rules = spans.Where(span => span.Start <= part.Start && part.Start < span.End).Select(span => span.Rule).ToList();
        if (combine != SurchargeSet.Sum && rules.Count > 1)
            rules = [rules.MaxBy(rule => rule.AddsTenThousandths(part.BaseMinor))!];
        return new PricedSegment(
            part.WorkedSeconds, part.BilledSeconds,
            new HourlyPrice(
                part.BaseMinor, rules.Sum(rule => rule.AddsTenThousandths(part.BaseMinor)), rules.Sum(rule => rule.BasisPoints ?? 0)),
            rules.Count == 0 ? null : string.Join(", ", rules.Select(rule => rule.InWords())));
    }

    private static List<PricedSegment> Merged(List<PricedSegment> segments)
    {
        var merged = new List<PricedSegment>();
        foreach (var segment in segments)
        {
            if (merged.Count > 0 && merged[^1] is var last && last.Price == segment.Price && last.Why == segment.Why)
            {
                merged[^1] = last with
                {
                    WorkedSeconds = last.WorkedSeconds + segment.WorkedSeconds,
                    BilledSeconds = last.BilledSeconds + segment.BilledSeconds,
                };
            }
            else
            {
                merged.Add(segment);
            }
        }
        return merged;
    }

    /// <param name="Start">Seconds after the entry's start, by which its surcharges are found.</param>
    private readonly record struct Part(long Start, long WorkedSeconds, long BilledSeconds, long BaseMinor);
}
