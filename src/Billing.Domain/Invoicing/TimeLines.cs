using System.Globalization;
using Billing.Domain.Clients;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;

namespace Billing.Domain.Invoicing;

/// <summary>
/// The lines of an invoice's time: one for each engagement and price of an hour, so that quantity times price is the
/// amount; then the fixed fee of the engagement, and what its cap takes off.
/// </summary>
/// <param name="Charges">What of fixed fees and caps they charge, by engagement.</param>
internal sealed record TimeLines(
    IReadOnlyList<DescribedLine> Lines, IReadOnlyDictionary<Guid, IReadOnlyList<ModeCharge>> Charges)
{
    /// <summary>Why an entry has no price; null where each has one.</summary>
    public static Rejection? Of(
        IReadOnlyList<TimeEntry> entries, Guid invoiceId, BillingSources sources, ClientDetails client, out TimeLines lines)
    {
        lines = new TimeLines([], new Dictionary<Guid, IReadOnlyList<ModeCharge>>());
        if (entries.Count == 0) return null;
        var prices = PricedWork.Of(sources, client);
        foreach (var entry in entries)
            if (!prices.TryGetValue(entry.EntryId, out var price) || !price.HasRate) return RateMissing(entry, sources);

        var notes = entries.ToDictionary(entry => entry.EntryId, entry => entry.Note ?? "");
        var quantities = entries.SelectMany(entry => Pieces(prices[entry.EntryId], sources))
            .GroupBy(piece => piece.Key).OrderBy(group => group.Key)
            .Select(group => LineQuantity.Of(group.Key, [.. group])).ToList();
        var rounded = LineQuantity.RoundedPerInvoice(quantities);
        var charges = new Dictionary<Guid, IReadOnlyList<ModeCharge>>();
        var all = new List<DescribedLine>();
        foreach (var group in rounded.GroupBy(quantity => quantity.Key.EngagementId))
        {
            var timeLines = group.Select(quantity => quantity.ToLine(sources, notes)).ToList();
            var modes = AgreedAmounts.Of(
                sources.Engagements[group.Key].Terms!, invoiceId,
                [.. group.Zip(timeLines, (quantity, line) => (quantity.Key.Mode, quantity.Key.Period, line.Line.AmountMinor))]);
            all.AddRange(timeLines);
            all.AddRange(modes.Lines);
            if (modes.Charges.Count > 0) charges.Add(group.Key, modes.Charges);
        }
        lines = new TimeLines(all, charges);
        return null;
    }

    private static IEnumerable<TimePiece> Pieces(EntryPrice price, BillingSources sources)
    {
        var isCharged = price.ChargesTime;
        var terms = sources.Engagements[price.Work.EngagementId].Terms!;
        var hasMode = price.Mode.Kind != BillingMode.ByTheHour;
        foreach (var segment in price.Segments)
        {
            yield return new TimePiece(
                new LineKey(
                    terms.Name ?? "", terms.EngagementId, segment.Price, segment.Why ?? "",
                    isCharged ? price.Rounding : RoundingPolicy.Exact, isCharged ? price.MinimumSeconds : 0,
                    hasMode ? price.Mode : null, price.Mode.Kind == BillingMode.Capped ? price.Mode.PeriodOf(price.Work.WorkedOn) : ""),
                price.Work, segment.WorkedSeconds, segment.BilledSeconds, price.Card?.Card.CardId ?? Guid.Empty);
        }
    }

    private static Rejection RateMissing(TimeEntry entry, BillingSources sources)
    {
        var day = entry.WorkedOn.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
        var name = sources.Engagements.GetValueOrDefault(entry.EngagementId)?.Terms?.Name;
        return new Rejection("rate-missing",
            $"Time entry {entry.EntryId:D} has no rate: neither engagement {name} ({entry.EngagementId:D}), nor its client, the "
            + $"assistant or the practice has a rate card that is valid on {day} for this work. Set one.");
    }
}

/// <summary>A part of an entry at one price.</summary>
internal sealed record TimePiece(LineKey Key, Work Work, long WorkedSeconds, long BilledSeconds, Guid RateCardId);

/// <summary>What a line of time holds in common.</summary>
/// <param name="Surcharge">In words; empty for none.</param>
/// <param name="Mode">Null for work by the hour.</param>
/// <param name="Period">Of a cap; empty otherwise.</param>
internal sealed record LineKey(
    string Name, Guid EngagementId, HourlyPrice Price, string Surcharge, RoundingPolicy Rounding, int MinimumSeconds,
    BillingMode? Mode, string Period) : IComparable<LineKey>
{
    /// <summary>Of what sets most lines apart; the rest is compared where that is the same.</summary>
    public override int GetHashCode() => HashCode.Combine(EngagementId, Price.BaseMinor, Price.SurchargeTenThousandths);

    /// <summary>By the engagement's name, then by price; the rest makes the order certain.</summary>
    public int CompareTo(LineKey? other)
    {
        if (other is null) return 1;
        var order = string.CompareOrdinal(Name, other.Name);
        if (order == 0) order = EngagementId.CompareTo(other.EngagementId);
        if (order == 0) order = string.CompareOrdinal(Period, other.Period);
        if (order == 0) order = Price.BaseMinor.CompareTo(other.Price.BaseMinor);
        if (order == 0) order = Price.SurchargeTenThousandths.CompareTo(other.Price.SurchargeTenThousandths);
        if (order == 0) order = string.CompareOrdinal(Surcharge, other.Surcharge);
        if (order == 0) order = MinimumSeconds.CompareTo(other.MinimumSeconds);
        if (order == 0) order = Rounding.IncrementSeconds.CompareTo(other.Rounding.IncrementSeconds);
        if (order == 0) order = string.CompareOrdinal(Rounding.Direction, other.Rounding.Direction);
        if (order == 0) order = string.CompareOrdinal(Rounding.Scope, other.Rounding.Scope);
        return order != 0 ? order : (Mode?.ModeId ?? Guid.Empty).CompareTo(other.Mode?.ModeId ?? Guid.Empty);
    }
}
