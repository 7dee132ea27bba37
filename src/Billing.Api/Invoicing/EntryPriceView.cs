using Billing.Api.Engagements;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Values;

namespace Billing.Api.Invoicing;

/// <summary>What an entry costs by itself, which card priced it and why.</summary>
/// <param name="Bill">Rounded once, as if it stood alone on a line: within an invoice its line is rounded, and a policy per
/// line or invoice, a cap or a fee may change what it adds.</param>
/// <param name="Cost">What the practice pays for it; null where none is set, and for assistants.</param>
/// <param name="Mode">hourly, fixed-fee or capped.</param>
/// <param name="Card">Null where no card is needed or none is valid.</param>
/// <param name="Why">A sentence or more for a person.</param>
public sealed record EntryPriceView(
    Guid EntryId, Money Bill, Money? Cost, string Mode, CardView? Card, string Why, IReadOnlyList<SegmentView> Segments)
{
    public static EntryPriceView Of(EntryPrice price, Currency currency, bool withCost) => new(
        price.Work.EntryId, new Money(price.Bill.RoundedMinor, currency), withCost ? price.Cost : null, price.Mode.Kind,
        price.Card is { } found ? CardView.Of(found.Card, found.Level) : null, price.Why,
        [.. price.Segments.Select(segment => SegmentView.Of(segment, currency))]);
}

/// <summary>A part of an entry at one price.</summary>
/// <param name="SurchargeTenThousandths">What surcharges add to the rate, in ten-thousandths of a minor unit an hour.</param>
/// <param name="Surcharge">In words; null for none.</param>
public sealed record SegmentView(
    long WorkedSeconds, long BilledSeconds, Money PerHour, long SurchargeTenThousandths, string? Surcharge)
{
    public static SegmentView Of(PricedSegment segment, Currency currency) => new(
        segment.WorkedSeconds, segment.BilledSeconds, new Money(segment.Price.BaseMinor, currency),
        segment.Price.SurchargeTenThousandths, segment.Why);
}
