using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Values;

namespace Billing.Domain.Invoicing;

/// <summary>How much time a line bills, and of which entries.</summary>
/// <param name="Hours">By day, then by when the work began.</param>
internal sealed record LineQuantity(LineKey Key, long Seconds, IReadOnlyList<InvoiceHours> Hours)
{
    public static LineQuantity Of(LineKey key, IReadOnlyList<TimePiece> pieces)
    {
        var hours = pieces.GroupBy(piece => piece.Work.EntryId)
            .Select(entry => (entry.First().Work, entry.First().RateCardId, Pieces: entry))
            .OrderBy(entry => entry.Work.InOrder)
            .Select(entry => new InvoiceHours(
                entry.Work.EntryId, entry.Work.AssistantId, entry.Work.WorkedOn, entry.Pieces.Sum(piece => piece.WorkedSeconds),
                entry.Pieces.Sum(piece => piece.BilledSeconds), entry.RateCardId))
            .ToList();
        var sumSeconds = hours.Sum(hour => hour.BilledSeconds);
        return new LineQuantity(
            key, key.Rounding.Scope == RoundingPolicy.PerLine ? key.Rounding.Apply(sumSeconds) : sumSeconds, hours);
    }

    /// <summary>Where a policy rounds the invoice's time as a whole, the rounded sum is shared out over its lines.</summary>
    public static IReadOnlyList<LineQuantity> RoundedPerInvoice(IReadOnlyList<LineQuantity> lines)
    {
        var rounded = lines.ToArray();
        var policies = lines.Select(line => line.Key.Rounding).Where(policy => policy.Scope == RoundingPolicy.PerInvoice).Distinct();
        foreach (var policy in policies)
        {
            var under = Enumerable.Range(0, rounded.Length).Where(i => lines[i].Key.Rounding == policy).ToList();
            var seconds = under.ConvertAll(i => lines[i].Seconds);
            if (seconds.Sum() == 0) continue;
            var shares = LargestRemainder.Split(policy.Apply(seconds.Sum()), seconds);
            for (var i = 0; i < shares.Length; i++) rounded[under[i]] = rounded[under[i]] with { Seconds = shares[i] };
        }
        return rounded;
    }

    /// <param name="notes">By entry.</param>
    public DescribedLine ToLine(BillingSources sources, IReadOnlyDictionary<Guid, string> notes)
    {
        var ofPractice = sources.Business.Invoicing.Rounding;
        var isFree = Key.Mode?.Kind == BillingMode.FixedFee;
        var line = new InvoiceLine(
            0, LineKind.Time, Key.EngagementId, Seconds, Key.Price.BaseMinor, Key.Price.For(Seconds).RoundedMinor, Hours, null)
        {
            SurchargeTenThousandths = Key.Price.SurchargeTenThousandths == 0 ? null : Key.Price.SurchargeTenThousandths,
            Surcharge = Key.Surcharge.Length == 0 ? null : Key.Surcharge,
            Rounding = isFree || Key.Rounding == ofPractice ? null : Key.Rounding,
            MinimumSeconds = Key.MinimumSeconds == 0 ? null : Key.MinimumSeconds,
            Period = Key.Period.Length == 0 ? null : Key.Period,
        };
        return new DescribedLine(line, Description(isFree, Key.Surcharge), [.. Hours.Select(hour => notes[hour.EntryId])])
        {
            Price = Key.Price,
            PlainDescription = Description(isFree, ""),
        };
    }

    private string Description(bool isFree, string why)
    {
        if (isFree) return $"{Key.Name}: time under the fixed fee";
        var surcharge = why.Length == 0 ? "" : $", {why}";
        return Key.Period is "" or BillingMode.Once ? Key.Name + surcharge : $"{Key.Name}, {Key.Period}{surcharge}";
    }
}
