using Billing.Domain.Invoicing;
using Billing.Domain.Values;

namespace Billing.Projections.Reports;

/// <summary>What of an invoice's lines falls on one entry of one of them: a line of time by billed time, a fixed fee by the billed time
/// of its engagement.</summary>
internal readonly record struct HoursShare(InvoiceHours Hours, Guid EngagementId, long Minor)
{
    /// <param name="net">What of each line counts; none is negative.</param>
    public static IReadOnlyList<HoursShare> Of(IReadOnlyList<InvoiceLine> lines, IReadOnlyList<long> net)
    {
        var shares = lines
            .SelectMany((line, i) => line is { Kind: LineKind.Time, Hours.Count: > 0, EngagementId: { } engagement }
                ? line.Hours.Zip(Split(net[i], line.Hours), (hours, minor) => new HoursShare(hours, engagement, minor))
                : [])
            .ToArray();
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Kind != LineKind.FixedFee || net[i] == 0) continue;
            var bears = Enumerable.Range(0, shares.Length).Where(at => shares[at].EngagementId == lines[i].EngagementId).ToList();
            if (bears.Count == 0) bears = [.. Enumerable.Range(0, shares.Length)];
            if (bears.Count == 0) continue;
            var parts = Split(net[i], bears.ConvertAll(at => shares[at].Hours));
            for (var at = 0; at < bears.Count; at++)
                shares[bears[at]] = shares[bears[at]] with { Minor = shares[bears[at]].Minor + parts[at] };
        }
        return shares;
    }

    private static long[] Split(long minor, IReadOnlyList<InvoiceHours> hours)
    {
        long[] weights = [.. hours.Select(part => part.BilledSeconds)];
        if (weights.All(weight => weight == 0)) Array.Fill(weights, 1);
        return LargestRemainder.Split(minor, weights);
    }
}
