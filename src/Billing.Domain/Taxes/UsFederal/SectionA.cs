using System.Collections.Immutable;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>One column of Form 2210 part III section A; US dollars.</summary>
/// <param name="Required">Line 10: the required instalment.</param>
/// <param name="Paid">Line 11: withholding and payments that count for this date.</param>
/// <param name="Underpayment">Line 17.</param>
/// <param name="Overpayment">Line 18, carried into the next column.</param>
public sealed record SectionAColumn(decimal Required, decimal Paid, decimal Underpayment, decimal Overpayment);

/// <summary>Where instalments were underpaid: Form 2210 part III section A, a column finished before the next.</summary>
public static class SectionA
{
    public static ImmutableArray<SectionAColumn> Compute(IReadOnlyList<decimal> required, IReadOnlyList<decimal> paid)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(paid.Count, required.Count);
        var columns = ImmutableArray.CreateBuilder<SectionAColumn>(required.Count);
        var (over, owed) = (0m, 0m);
        for (var i = 0; i < required.Count; i++)
        {
            // Line 13 pays line 14 first, what earlier columns still owe; the rest pays this one.
            var available = paid[i] + over;
            var left = Math.Max(0, available - owed);
            var stillOwed = Math.Max(0, owed - available);
            var under = Math.Max(0, required[i] - left);
            over = Math.Max(0, left - required[i]);
            owed = stillOwed + under;
            columns.Add(new SectionAColumn(required[i], paid[i], under, over));
        }
        return columns.MoveToImmutable();
    }
}
