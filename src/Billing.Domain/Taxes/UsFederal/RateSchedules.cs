using Billing.Domain.Taxes.Parameters;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>
/// Income tax by the rate schedules, exactly; on a sheet in whole dollars by the Tax Table, which may differ by a few.
/// </summary>
public static class RateSchedules
{
    /// <summary>From here on a return takes the rate schedules, too.</summary>
    private const decimal TableBelow = 100_000;

    public static TaxLine Compute(IncomeTaxParameters p, Worksheet sheet, FilingStatus status, TaxLine taxable) => BracketTax.Compute(
        sheet, "income-tax", "Income tax", "Form 1040-ES line 4", p.RateSchedules, status, taxable,
        sheet.Rounding == LineRounding.WholeDollars && taxable.Exact < TableBelow ? MiddleOfTableRow(taxable.Exact) : null);

    /// <summary>Rows of the Tax Table: to 5, to 15, to 25, then 25 wide to 3,000, then 50 wide.</summary>
    private static decimal MiddleOfTableRow(decimal taxable)
    {
        var (start, width) = taxable switch
        {
            < 5 => (0m, 5m),
            < 25 => (5m, 10m),
            < 3_000 => (0m, 25m),
            _ => (0m, 50m),
        };
        return start + (Math.Floor((taxable - start) / width) * width) + (width / 2);
    }
}
