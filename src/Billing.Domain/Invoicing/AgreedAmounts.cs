using Billing.Domain.Engagements;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Values;

namespace Billing.Domain.Invoicing;

/// <summary>The fixed fee and the caps of an engagement, as one invoice charges them.</summary>
internal sealed record AgreedAmounts(IReadOnlyList<DescribedLine> Lines, IReadOnlyList<ModeCharge> Charges)
{
    /// <summary>
    /// A fixed fee is due once, with the first work that is billed under it. Of a cap there is left what no other invoice has
    /// charged of its period, and what the time comes to beyond that is taken off again.
    /// </summary>
    /// <param name="time">The engagement's time lines: under which mode, in which of its periods, how much.</param>
    public static AgreedAmounts Of(
        EngagementTerms terms, Guid invoiceId, IReadOnlyList<(BillingMode? Mode, string Period, long AmountMinor)> time)
    {
        var lines = new List<DescribedLine>();
        var charges = new List<ModeCharge>();
        var agreed = time.Where(line => line.Mode is not null).GroupBy(line => (Mode: line.Mode!, line.Period))
            .OrderBy(group => group.Key.Period, StringComparer.Ordinal).ThenBy(group => group.Key.Mode.ValidFrom)
            .ThenBy(group => group.Key.Mode.ModeId);
        foreach (var group in agreed)
        {
            var (mode, period) = group.Key;
            var sumMinor = group.Sum(line => line.AmountMinor);
            if (mode.Kind == BillingMode.FixedFee)
            {
                if (terms.ChargedMinor(mode.ModeId, BillingMode.Once, invoiceId) != 0) continue;
                lines.Add(Line(terms, LineKind.FixedFee, mode.AmountMinor ?? 0, null, "fixed fee"));
                charges.Add(new ModeCharge(mode.ModeId, BillingMode.Once, mode.AmountMinor ?? 0));
                continue;
            }
            var leftMinor = Math.Max(0, (mode.AmountMinor ?? 0) - terms.ChargedMinor(mode.ModeId, period, invoiceId));
            var chargedMinor = Math.Min(sumMinor, leftMinor);
            if (chargedMinor < sumMinor)
            {
                var cap = new Money(mode.AmountMinor ?? 0, terms.Currency);
                var of = period == BillingMode.Once ? "" : $" of {period}";
                lines.Add(Line(terms, LineKind.Cap, chargedMinor - sumMinor, period, $"over the cap{of} of {cap}"));
            }
            if (chargedMinor > 0) charges.Add(new ModeCharge(mode.ModeId, period, chargedMinor));
        }
        return new AgreedAmounts(lines, charges);
    }

    private static DescribedLine Line(EngagementTerms terms, string kind, long amountMinor, string? period, string what) => new(
        new InvoiceLine(0, kind, terms.EngagementId, null, null, amountMinor, [], null) { Period = period },
        $"{terms.Name}: {what}", []);
}
