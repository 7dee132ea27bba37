using Billing.Domain.Values;

namespace Billing.Domain.Invoicing;

/// <summary>
/// What each line comes to once the negative ones are taken off: a cap's adjustment is shared out over the time lines that it
/// belongs to, a discount over what it is given on, and a correction that takes less over those that take more. Whatever shares
/// money out over lines, a retainer or a receipt, goes by these amounts, none of which is negative; they sum to the invoice's total.
/// </summary>
public static class NetAmounts
{
    public static long[] Of(IReadOnlyList<InvoiceLine> lines)
    {
        var net = lines.Select(line => Math.Max(0, line.AmountMinor)).ToArray();
        foreach (var less in lines.Where(line => line.AmountMinor < 0))
        {
            // What its own lines cannot bear, such as a cent that rounding left there, those taxed alike do, and then any.
            var left = -less.AmountMinor;
            foreach (var reaches in new Func<InvoiceLine, bool>[] { line => IsUnder(less, line), line => line.IsTaxedAs(less), _ => true })
            {
                var bears = lines.Select((line, i) => reaches(line) ? net[i] : 0).ToArray();
                var borne = Math.Min(left, bears.Sum());
                if (borne == 0) continue;
                var shares = LargestRemainder.Split(borne, bears);
                for (var i = 0; i < net.Length; i++) net[i] -= shares[i];
                left -= borne;
                if (left == 0) break;
            }
        }
        return net;
    }

    private static bool IsUnder(InvoiceLine less, InvoiceLine line) => less.Kind switch
    {
        LineKind.Correction => line.Kind == LineKind.Correction,
        LineKind.Discount => line.IsTaxedAs(less)
            && (less.EngagementId is null || (line.EngagementId == less.EngagementId && line.Kind != LineKind.Expense))
            && (less.ExpenseId is null || line.ExpenseId == less.ExpenseId),
        _ => line.Kind == LineKind.Time && line.EngagementId == less.EngagementId && line.Period == less.Period,
    };
}
