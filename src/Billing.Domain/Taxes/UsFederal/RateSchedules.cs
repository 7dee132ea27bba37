using System.Diagnostics;
using Billing.Domain.Taxes.Parameters;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>
/// Income tax by the rate schedules, exactly; the Tax Table of the return may differ by a few dollars.
/// </summary>
public static class RateSchedules
{
    public static TaxLine Compute(IncomeTaxParameters p, Worksheet sheet, FilingStatus status, TaxLine taxable)
    {
        var brackets = p.RateSchedules.Value.For(status);
        for (var i = 0; i < brackets.Count; i++)
        {
            var bracket = brackets[i];
            if (taxable.Exact > bracket.UpTo) continue;
            var place = $"{status.Code()}.{i}";
            return sheet.Add(
                "income-tax", "Income tax", "Form 1040-ES line 4",
                bracket.BaseTax + (bracket.Rate * (taxable.Exact - bracket.Over)),
                "tax of the brackets below + rate × taxable income over the start of the bracket",
                p.RateSchedules.Part($"{place}.baseTax", bracket.BaseTax),
                p.RateSchedules.Part($"{place}.rate", bracket.Rate),
                taxable,
                p.RateSchedules.Part($"{place}.over", bracket.Over));
        }
        throw new UnreachableException("The last bracket has no end.");
    }
}
