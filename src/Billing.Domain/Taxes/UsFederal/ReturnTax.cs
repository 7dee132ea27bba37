using Billing.Domain.Taxes.Parameters;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>
/// From adjusted gross income to the taxes of a return other than self-employment tax: the part that the whole year and
/// each annualized period work out alike.
/// </summary>
/// <param name="StandardDeduction">Form 1040-ES line 2a; from 2026 with cash gifts.</param>
/// <param name="Deduction">The standard deduction, or itemized ones where they are more.</param>
/// <param name="SeniorDeduction">Schedule 1-A; nothing before 2025.</param>
/// <param name="Qbi">Line 2b and the loss carried on.</param>
/// <param name="TaxableIncome">Line 3.</param>
/// <param name="IncomeTax">Line 4.</param>
/// <param name="AlternativeMinimumTax">Line 5.</param>
/// <param name="Credits">Line 7, the part that is not refunded.</param>
/// <param name="AdditionalMedicare">Part of line 10.</param>
/// <param name="NetInvestmentIncomeTax">Part of line 10.</param>
public sealed record ReturnTax(
    TaxLine StandardDeduction,
    TaxLine Deduction,
    TaxLine SeniorDeduction,
    QbiDeduction Qbi,
    TaxLine TaxableIncome,
    TaxLine IncomeTax,
    TaxLine AlternativeMinimumTax,
    TaxLine Credits,
    TaxLine AdditionalMedicare,
    TaxLine NetInvestmentIncomeTax)
{
    /// <param name="p">The figures.</param>
    /// <param name="sheet">Where the lines go.</param>
    /// <param name="household">The return.</param>
    /// <param name="half">Deductible part of self-employment tax.</param>
    /// <param name="business">Business income after its own deductions; may be negative.</param>
    /// <param name="agi">Adjusted gross income.</param>
    /// <param name="netEarnings">Net earnings from self-employment of each person.</param>
    public static ReturnTax Compute(
        TaxParameters p, Worksheet sheet, Household household, TaxLine half, TaxLine business, TaxLine agi,
        IReadOnlyList<TaxLine> netEarnings)
    {
        var standard = Deductions.Standard(p.StandardDeduction, sheet, household, half);
        var taken = Deductions.Taken(sheet, household, standard);
        var senior = Deductions.Senior(p.SeniorDeduction, sheet, household, agi);
        var before = sheet.Add(
            "taxable-income.before-qbi", "Taxable income before the deduction for business income", "Form 8995 line 11",
            Math.Max(0, agi.Exact - taken.Exact - senior.Exact),
            "adjusted gross income − standard or itemized deduction − deduction for persons of 65 and older, not below 0",
            agi, taken, senior);
        var qbi = QualifiedBusinessIncome.Compute(p.QualifiedBusinessIncome, sheet, household, business, before);
        var taxable = sheet.Add(
            "taxable-income", "Taxable income", "Form 1040-ES line 3",
            Math.Max(0, before.Exact - qbi.Deduction.Exact),
            "taxable income before the deduction − deduction for qualified business income, not below 0",
            before, qbi.Deduction);

        var incomeTax = RateSchedules.Compute(p.IncomeTax, sheet, household.Status, taxable);
        var minimum = UsFederal.AlternativeMinimumTax.Compute(
            p.AlternativeMinimumTax, sheet, household.Status, agi,
            [senior, qbi.Deduction, .. AllowedOfItemized(household, taken, standard)], incomeTax);
        var credits = ChildTaxCredit.Compute(p.ChildTaxCredit, sheet, household, agi, [incomeTax, minimum]);
        return new ReturnTax(
            standard, taken, senior, qbi, taxable, incomeTax, minimum, credits,
            Surtaxes.AdditionalMedicare(p.AdditionalMedicare, sheet, household, netEarnings),
            Surtaxes.NetInvestmentIncome(p.NetInvestmentIncomeTax, sheet, household, agi));
    }

    /// <summary>What the alternative minimum tax lets stand: itemized deductions without the taxes among them.</summary>
    private static IEnumerable<TaxInput> AllowedOfItemized(Household household, TaxLine taken, TaxLine standard) =>
        taken.Exact > standard.Exact
            ?
            [
                taken,
                TaxInput.Fact("household.itemizedTaxes.addedBack", -household.ItemizedTaxes),
            ]
            : [];
}
