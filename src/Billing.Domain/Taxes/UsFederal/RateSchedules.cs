using Billing.Domain.Taxes.Parameters;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>
/// Income tax by the rate schedules, exactly; the Tax Table of the return may differ by a few dollars.
/// </summary>
public static class RateSchedules
{
    public static TaxLine Compute(IncomeTaxParameters p, Worksheet sheet, FilingStatus status, TaxLine taxable) =>
        BracketTax.Compute(sheet, "income-tax", "Income tax", "Form 1040-ES line 4", p.RateSchedules, status, taxable);
}
