using Billing.Domain.Taxes.Parameters;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>
/// The tax of one household for one year (Form 1040-ES lines 1 to 11c), every figure as the line that shows how it
/// came about. Use <see cref="TaxLine.Amount"/> to show and <see cref="TaxLine.Exact"/> to go on from.
/// </summary>
/// <param name="SelfEmploymentTax">Line 9: of both spouses.</param>
/// <param name="HalfSelfEmploymentTax">Schedule 1 line 15.</param>
/// <param name="AdjustedGrossIncome">Line 1.</param>
/// <param name="StandardDeduction">Line 2a; from 2026 with cash gifts.</param>
/// <param name="SeniorDeduction">Schedule 1-A; nothing before 2025.</param>
/// <param name="QbiDeduction">Line 2b.</param>
/// <param name="QbiLossCarriedOut">Loss for next year's deduction.</param>
/// <param name="TaxableIncome">Line 3.</param>
/// <param name="IncomeTax">Line 4.</param>
/// <param name="Credits">Line 7, the part that is not refunded.</param>
/// <param name="AdditionalMedicare">Part of line 10.</param>
/// <param name="NetInvestmentIncomeTax">Part of line 10.</param>
/// <param name="Total">Line 11a.</param>
/// <param name="Net">Line 11c: after refundable credits.</param>
public sealed record AnnualTax(
    TaxLine SelfEmploymentTax,
    TaxLine HalfSelfEmploymentTax,
    TaxLine AdjustedGrossIncome,
    TaxLine StandardDeduction,
    TaxLine SeniorDeduction,
    TaxLine QbiDeduction,
    TaxLine QbiLossCarriedOut,
    TaxLine TaxableIncome,
    TaxLine IncomeTax,
    TaxLine Credits,
    TaxLine AdditionalMedicare,
    TaxLine NetInvestmentIncomeTax,
    TaxLine Total,
    TaxLine Net)
{
    /// <summary>
    /// Works out the year. The household must have no <see cref="Household.Problem"/>. Alternative minimum tax is left
    /// out: with ordinary income and the standard deduction it is nothing at any status of 2024 to 2026, as tried up to
    /// four million of taxable income.
    /// </summary>
    public static AnnualTax Compute(TaxParameters p, Worksheet sheet, Household household)
    {
        if (household.Problem() is { } problem) throw new ArgumentException(problem.Detail, nameof(household));

        PersonTax[] persons =
        [
            .. household.Persons()
                .Where(entry => entry.Role == "taxpayer" || entry.Person.NetProfit != 0)
                .Select(entry => PersonTax.Compute(p, sheet, entry.Role, entry.Person)),
        ];
        var selfEmployment = sheet.Add(
            "se.tax", "Self-employment tax", "Form 1040-ES line 9",
            persons.Sum(person => person.Se.Tax.Exact), "sum over the persons",
            [.. persons.Select(person => (TaxInput)person.Se.Tax)]);
        var half = sheet.Add(
            "se.half", "Deductible part of self-employment tax", "Schedule 1 line 15",
            persons.Sum(person => person.Se.Half.Exact), "sum over the persons",
            [.. persons.Select(person => (TaxInput)person.Se.Half)]);

        var business = BusinessIncome(sheet, household, half, persons);
        var agi = AdjustedGross(sheet, household, business);
        var standard = Deductions.Standard(p.StandardDeduction, sheet, household);
        var senior = Deductions.Senior(p.SeniorDeduction, sheet, household, agi);
        var before = sheet.Add(
            "taxable-income.before-qbi", "Taxable income before the deduction for business income", "Form 8995 line 11",
            Math.Max(0, agi.Exact - standard.Exact - senior.Exact),
            "adjusted gross income − standard deduction − deduction for persons of 65 and older, not below 0",
            agi, standard, senior);
        var qbi = QualifiedBusinessIncome.Compute(p.QualifiedBusinessIncome, sheet, household, business, before);
        var taxable = sheet.Add(
            "taxable-income", "Taxable income", "Form 1040-ES line 3",
            Math.Max(0, before.Exact - qbi.Deduction.Exact),
            "taxable income before the deduction − deduction for qualified business income, not below 0",
            before, qbi.Deduction);

        var incomeTax = RateSchedules.Compute(p.IncomeTax, sheet, household.Status, taxable);
        var credits = ChildTaxCredit.Compute(p.ChildTaxCredit, sheet, household, agi, incomeTax);
        var medicare = Surtaxes.AdditionalMedicare(
            p.AdditionalMedicare, sheet, household, [.. persons.Select(person => person.Se.NetEarnings)]);
        var investment = Surtaxes.NetInvestmentIncome(p.NetInvestmentIncomeTax, sheet, household, agi);
        var (total, net) = Totals(sheet, household, incomeTax, credits, selfEmployment, medicare, investment);
        return new AnnualTax(
            selfEmployment, half, agi, standard, senior, qbi.Deduction, qbi.LossCarriedOut, taxable, incomeTax, credits,
            medicare, investment, total, net);
    }

    /// <summary>What the businesses leave after the deductions above the line that belong to them.</summary>
    private static TaxLine BusinessIncome(
        Worksheet sheet, Household household, TaxLine half, IReadOnlyList<PersonTax> persons)
    {
        TaxInput[] profits =
            [.. household.Persons().Select(entry => TaxInput.Fact($"{entry.Role}.netProfit", entry.Person.NetProfit))];
        TaxInput[] plans =
        [
            .. persons.Select(person => (TaxInput)person.Adjustments.Sep),
            .. persons.Select(person => (TaxInput)person.Adjustments.HealthInsurance),
        ];
        return sheet.Add(
            "business-income", "Business income after its own deductions", null,
            profits.Sum(input => input.Value) - half.Exact - plans.Sum(input => input.Value),
            "net profits − deductible part of self-employment tax − SEP contributions − health insurance",
            [.. profits, half, .. plans]);
    }

    private static TaxLine AdjustedGross(Worksheet sheet, Household household, TaxLine business)
    {
        var wages = TaxInput.Fact("household.wages", household.Persons().Sum(entry => entry.Person.Wages));
        var interest = TaxInput.Fact("household.interest", household.Interest);
        var other = TaxInput.Fact("household.otherIncome", household.OtherIncome);
        var adjustments = TaxInput.Fact("household.otherAdjustments", household.OtherAdjustments);
        return sheet.Add(
            "agi", "Adjusted gross income", "Form 1040-ES line 1",
            wages.Value + business.Exact + interest.Value + other.Value - adjustments.Value,
            "wages + business income after its own deductions + interest + other income − other adjustments",
            wages, business, interest, other, adjustments);
    }

    private static (TaxLine Total, TaxLine Net) Totals(
        Worksheet sheet, Household household, TaxLine incomeTax, TaxLine credits, TaxLine selfEmployment,
        TaxLine medicare, TaxLine investment)
    {
        var total = sheet.Add(
            "total-tax", "Total tax", "Form 1040-ES line 11a",
            incomeTax.Exact - credits.Exact + selfEmployment.Exact + medicare.Exact + investment.Exact,
            "income tax − credits + self-employment tax + Additional Medicare tax + net investment income tax",
            incomeTax, credits, selfEmployment, medicare, investment);
        var refundable = TaxInput.Fact("household.refundableCredits", household.RefundableCredits);
        var net = sheet.Add(
            "net-tax", "Tax after refundable credits", "Form 1040-ES line 11c",
            Math.Max(0, total.Exact - refundable.Value),
            "total tax − refundable credits, not below 0", total, refundable);
        return (total, net);
    }

    private sealed record PersonTax(SelfEmploymentTax Se, PersonAdjustments Adjustments)
    {
        public static PersonTax Compute(TaxParameters p, Worksheet sheet, string role, TaxPerson person)
        {
            var se = ScheduleSe.Compute(p.SelfEmployment, sheet, role, person);
            return new PersonTax(se, UsFederal.Adjustments.Compute(p.Retirement, sheet, role, person, se));
        }
    }
}
