using Billing.Domain.Invoicing;
using Billing.Domain.Retainers;
using Billing.Domain.SalesTax;

namespace Billing.Projections.Tests.Given;

/// <summary>Sales tax on some of the invoices.</summary>
internal sealed partial class RandomHistory
{
    private static readonly TaxTreatment Nineteen = new(TaxCategory.Standard, 19_000);

    /// <summary>A chance of its own, so that the rest of a history stays as it is.</summary>
    private readonly Random taxing = new(17);

    private static List<InvoiceLine> Taxed(List<InvoiceLine> lines)
    {
        var tax = TaxArithmetic.On(lines.Sum(line => line.AmountMinor), Nineteen.HundredThousandths);
        List<InvoiceLine> all = [.. lines, new InvoiceLine(lines.Count + 1, LineKind.Tax, null, null, null, tax, [], null)];
        return all.ConvertAll(line => line with
        {
            TaxCategory = Nineteen.Category,
            TaxHundredThousandths = Nineteen.HundredThousandths,
        });
    }

    /// <summary>Of every other lot and draw.</summary>
    private LotTax? FundedTax(long amountMinor) => taxing.Next(2) == 0
        ? new LotTax("INV-2026-1", Nineteen.Category, Nineteen.HundredThousandths,
            TaxArithmetic.In(amountMinor, Nineteen.HundredThousandths))
        : null;

    private static InvoiceTax? TaxOf(List<InvoiceLine> lines)
    {
        if (lines[0].TaxCategory is null) return null;
        var tax = lines.Where(line => line.Kind == LineKind.Tax).Sum(line => line.AmountMinor);
        return new InvoiceTax(
            new TaxRules("VAT", false, Nineteen, []),
            [new TaxPart(Nineteen.Category, Nineteen.HundredThousandths, lines.Sum(line => line.AmountMinor) - tax, tax, null)]);
    }
}
