using System.Diagnostics;
using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;

namespace Billing.Domain.Taxes;

/// <summary>Tax by a table of brackets, exactly.</summary>
internal static class BracketTax
{
    /// <param name="code">Of the line that is added.</param>
    /// <param name="byTable">The middle of the row of the Tax Table, where that is taken in place of the income.</param>
    /// <param name="table">One list of brackets for each status; the last bracket of each has no end.</param>
    public static TaxLine Compute(
        Worksheet sheet, string code, string label, string? formLine, TaxTable<ByStatus<IReadOnlyList<TaxBracket>>> table,
        FilingStatus status, TaxLine taxable, decimal? byTable = null)
    {
        var taxed = byTable ?? taxable.Exact;
        var brackets = table.Value.For(status);
        for (var i = 0; i < brackets.Count; i++)
        {
            var bracket = brackets[i];
            if (taxed > bracket.UpTo) continue;
            var place = $"{status.Code()}.{i}";
            return sheet.Add(
                code, label, formLine,
                bracket.BaseTax + (bracket.Rate * (taxed - bracket.Over)),
                byTable is null
                    ? "tax of the brackets below + rate × taxable income over the start of the bracket"
                    : "Tax Table: tax of the brackets below + rate × middle of the table's row over the start of the bracket",
                table.Part($"{place}.baseTax", bracket.BaseTax),
                table.Part($"{place}.rate", bracket.Rate),
                taxable,
                table.Part($"{place}.over", bracket.Over));
        }
        throw new UnreachableException("The last bracket has no end.");
    }
}
