using Billing.Domain.Values;

namespace Billing.Domain.Invoicing;

/// <summary>
/// What each line comes to once the negative ones are taken off: a cap's adjustment is shared out over the time lines that it
/// belongs to, and a correction that takes less over those that take more. Whatever shares money out over lines, a retainer or a
/// receipt, goes by these amounts, none of which is negative; they sum to the invoice's total.
/// </summary>
public static class NetAmounts
{
    public static long[] Of(IReadOnlyList<InvoiceLine> lines)
    {
        var net = lines.Select(line => Math.Max(0, line.AmountMinor)).ToArray();
        foreach (var cap in lines.Where(line => line.AmountMinor < 0))
        {
            var bears = lines.Select((line, i) => IsUnder(cap, line) ? net[i] : 0).ToArray();
            var shares = LargestRemainder.Split(-cap.AmountMinor, bears);
            for (var i = 0; i < net.Length; i++) net[i] -= shares[i];
        }
        return net;
    }

    private static bool IsUnder(InvoiceLine cap, InvoiceLine line) =>
        cap.Kind == LineKind.Correction
            ? line.Kind == LineKind.Correction
            : line.Kind == LineKind.Time && line.EngagementId == cap.EngagementId && line.Period == cap.Period;
}
