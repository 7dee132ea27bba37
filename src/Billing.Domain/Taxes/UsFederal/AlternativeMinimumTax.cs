using Billing.Domain.Taxes.Parameters;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>
/// What the alternative minimum tax adds to the income tax (Form 6251). With ordinary income and the standard deduction
/// it adds nothing in 2024 to 2026; state taxes among large itemized deductions can bring it up.
/// </summary>
/// <remarks>
/// Left out: preferences beside the standard deduction and itemized taxes, capital gains, and the exemption that a
/// separate return pays back above about 900,000, where the regular tax is higher in any case.
/// </remarks>
public static class AlternativeMinimumTax
{
    /// <param name="p">The figures.</param>
    /// <param name="sheet">Where the lines go.</param>
    /// <param name="status">Filing status.</param>
    /// <param name="agi">Adjusted gross income.</param>
    /// <param name="allowed">Deductions that count here too; the standard deduction and itemized taxes do not.</param>
    /// <param name="incomeTax">By the rate schedules.</param>
    public static TaxLine Compute(
        AlternativeMinimumTaxParameters p, Worksheet sheet, FilingStatus status, TaxLine agi,
        IReadOnlyList<TaxInput> allowed, TaxLine incomeTax)
    {
        var income = sheet.Add(
            "amt.income", "Alternative minimum taxable income", "Form 6251 line 4",
            agi.Exact - allowed.Sum(deduction => deduction.Value),
            "adjusted gross income − the deductions that count here too", [agi, .. allowed]);
        var start = p.ExemptionPhaseOutStart.For(status);
        var full = p.Exemption.For(status);
        var exemption = sheet.Add(
            "amt.exemption", "Exemption", "Form 6251 line 5",
            Math.Max(0, full.Value - (p.ExemptionPhaseOutRate.Value * Math.Max(0, income.Exact - start.Value))),
            "exemption − rate × income over the start, not below 0", full, p.ExemptionPhaseOutRate, income, start);
        var over = p.HigherRateOver.For(status);
        var taxed = Math.Max(0, income.Exact - exemption.Exact);
        var tentative = sheet.Add(
            "amt.tentative", "Tentative minimum tax", "Form 6251 line 9",
            (p.LowerRate.Value * Math.Min(taxed, over.Value)) + (p.HigherRate.Value * Math.Max(0, taxed - over.Value)),
            "lower rate × (income − exemption) up to the limit + higher rate × what is over it",
            p.LowerRate, income, exemption, p.HigherRate, over);
        return sheet.Add(
            "amt", "Alternative minimum tax", "Form 1040-ES line 5",
            Math.Max(0, tentative.Exact - incomeTax.Exact), "tentative minimum tax − income tax, not below 0", tentative,
            incomeTax);
    }
}
