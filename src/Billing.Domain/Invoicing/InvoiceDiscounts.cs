using Billing.Domain.SalesTax;
using Billing.Domain.Values;

namespace Billing.Domain.Invoicing;

/// <summary>
/// Discounts as negative lines: one for each way in which what they are given on is taxed (EN 16931, BG-20), so that each tax is on
/// what is really charged. A share is of what is left after the discounts before it, rounded once.
/// </summary>
internal static class InvoiceDiscounts
{
    public const int WholeBasisPoints = 10_000;
    public const int Most = 20;

    /// <summary>What no draft can have. Refuses: <c>discount-malformed</c>.</summary>
    public static Rejection? RefuseMalformed(IReadOnlyList<InvoiceDiscount> discounts)
    {
        var areFit = discounts.Count <= Most && discounts.All(discount =>
            (discount.AmountMinor is null) != (discount.BasisPoints is null)
            && discount.AmountMinor is null or (> 0 and <= Drafting.MaxDepositMinor)
            && discount.BasisPoints is null or (> 0 and <= WholeBasisPoints)
            && (discount.EngagementId is null || discount.ExpenseId is null));
        return areFit
            ? null
            : new Rejection(
                "discount-malformed",
                $"A discount is an amount of more than zero or a share of up to 100 %, on the whole invoice, one engagement or one "
                + $"expense; a draft has at most {Most}.", "/discounts", RejectionKind.Invalid);
    }

    /// <summary>Refuses: <c>discount-exceeds-lines</c>, <c>discount-malformed</c>.</summary>
    /// <param name="lines">As they are priced, each with how it is taxed.</param>
    /// <param name="discounted">With the discounts after them.</param>
    public static Rejection? Apply(
        IReadOnlyList<DescribedLine> lines, IReadOnlyList<InvoiceDiscount> discounts, Currency currency,
        out IReadOnlyList<DescribedLine> discounted)
    {
        discounted = lines;
        if (discounts.Count == 0) return null;
        if (RefuseMalformed(discounts) is { } unfit) return unfit;
        var all = lines.ToList();
        for (var i = 0; i < discounts.Count; i++)
        {
            var discount = discounts[i];
            var left = NetAmounts.Of([.. all.Select(priced => priced.Line)]);
            var bases = TaxedLines.KeysOf(all).Select(key => (Key: key, Minor: all.Select((priced, at) =>
                priced.Line.TaxedAs() == key && IsOn(discount, priced.Line) ? left[at] : 0).Sum())).ToList();
            var whole = bases.Sum(part => part.Minor);
            var off = discount.AmountMinor
                ?? Rounding.DivideHalfAwayFromZero((Int128)whole * discount.BasisPoints!.Value, WholeBasisPoints);
            if (off > whole)
            {
                return new Rejection(
                    "discount-exceeds-lines",
                    $"Only {new Money(whole, currency)} is charged there, so {new Money(off, currency)} cannot be taken off.",
                    $"/discounts/{i}");
            }
            if (off == 0) continue;
            var shares = LargestRemainder.Split(off, bases.ConvertAll(part => part.Minor));
            all.AddRange(bases.Zip(shares).Where(pair => pair.Second > 0).Select(pair => LineOf(discount, pair.First.Key, pair.Second)));
        }
        discounted = all;
        return null;
    }

    private static bool IsOn(InvoiceDiscount discount, InvoiceLine line) =>
        (discount.EngagementId is not { } engagement || (line.EngagementId == engagement && line.Kind != LineKind.Expense))
        && (discount.ExpenseId is not { } expense || line.ExpenseId == expense);

    private static DescribedLine LineOf(InvoiceDiscount discount, TaxKey key, long offMinor) => new(
        new InvoiceLine(0, LineKind.Discount, discount.EngagementId, null, null, -offMinor, [], discount.ExpenseId)
        {
            TaxCategory = key.Category,
            TaxHundredThousandths = key.HundredThousandths,
            DiscountBasisPoints = discount.BasisPoints,
        },
        "Discount", []);
}
