using Billing.Domain.Retainers;

namespace Billing.Domain.Invoicing;

/// <summary>
/// What an invoice deducts of taxed deposits: the lots that it draws on, by deposit, each with the tax that was charged when it came,
/// so that no tax is charged twice (section 14 (5) of the German UStG).
/// </summary>
internal static class DeductedDeposits
{
    /// <summary>In the order in which they are drawn on; null for none.</summary>
    public static IReadOnlyList<DeductedDeposit>? Of(
        IReadOnlyList<RetainerPart> parts, IReadOnlyList<RetainerState.Agreed> retainers)
    {
        var drawn = parts.Where(part => part.AppliedMinor > 0)
            .Select(part => (part.AppliedMinor, Retainer: retainers.First(retainer => retainer.RetainerId == part.RetainerId)))
            .SelectMany(part => Retainer.OldestFirst(part.Retainer.Lots, part.AppliedMinor)
                .Select(draw => (Draw: draw, Lot: part.Retainer.Lots.Find(lot => lot.LotId == draw.LotId)!)))
            .Where(drawn => drawn.Lot.Tax is not null)
            .GroupBy(drawn => drawn.Lot.InvoiceId)
            .Select(deposit =>
            {
                var (tax, taxMinor) = (deposit.First().Lot.Tax!, deposit.Sum(drawn => drawn.Draw.TaxMinor ?? 0));
                return new DeductedDeposit(
                    deposit.Key, tax.InvoiceNumber, tax.Category, tax.HundredThousandths,
                    deposit.Sum(drawn => drawn.Draw.AmountMinor) - taxMinor, taxMinor);
            })
            .ToList();
        return drawn.Count == 0 ? null : drawn;
    }
}
