using Billing.Domain.Taxes.Parameters;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>
/// The tax of one household for one year (Form 1040-ES lines 1 to 11c), every figure as the line that shows how it
/// came about. Use <see cref="TaxLine.Amount"/> to show and <see cref="TaxLine.Exact"/> to go on from.
/// </summary>
/// <param name="SelfEmploymentTax">Line 9: of both spouses.</param>
/// <param name="HalfSelfEmploymentTax">Schedule 1 line 15.</param>
/// <param name="AdjustedGrossIncome">Line 1.</param>
/// <param name="Plans">What own retirement plans take, and what could still go into them, person by person.</param>
/// <param name="Return">Lines 2a to 7 and the surtaxes of line 10.</param>
/// <param name="Total">Line 11a.</param>
/// <param name="Net">Line 11c: after refundable credits.</param>
public sealed record AnnualTax(
    TaxLine SelfEmploymentTax,
    TaxLine HalfSelfEmploymentTax,
    TaxLine AdjustedGrossIncome,
    IReadOnlyList<RetirementPlanLines> Plans,
    ReturnTax Return,
    TaxLine Total,
    TaxLine Net)
{
    public TaxLine StandardDeduction => Return.StandardDeduction;

    public TaxLine SeniorDeduction => Return.SeniorDeduction;

    public TaxLine QbiDeduction => Return.Qbi.Deduction;

    public TaxLine TaxableIncome => Return.TaxableIncome;

    public TaxLine IncomeTax => Return.IncomeTax;

    public TaxLine Credits => Return.Credits;

    public TaxLine AdditionalMedicare => Return.AdditionalMedicare;

    public TaxLine NetInvestmentIncomeTax => Return.NetInvestmentIncomeTax;

    /// <summary>Works out the year. The household must have no <see cref="Household.Problem"/>.</summary>
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

        var business = BusinessIncome(sheet, household, half, [.. persons.Select(person => person.Adjustments)]);
        var agi = AdjustedGross(sheet, household, business);
        var rest = ReturnTax.Compute(
            p, sheet, household, half, business, agi, [.. persons.Select(person => person.Se.NetEarnings)]);
        var (total, net) = Totals(sheet, household, rest, selfEmployment);
        return new AnnualTax(
            selfEmployment, half, agi, [.. persons.Select(person => person.Adjustments.Plans)], rest, total, net);
    }

    /// <summary>What the businesses leave after the deductions above the line that belong to them.</summary>
    internal static TaxLine BusinessIncome(
        Worksheet sheet, Household household, TaxLine half, IReadOnlyList<PersonAdjustments> adjustments)
    {
        TaxInput[] profits =
            [.. household.Persons().Select(entry => TaxInput.Fact($"{entry.Role}.netProfit", entry.Person.NetProfit))];
        TaxInput[] plans =
        [
            .. adjustments.SelectMany(own => own.Plans.Deductions).Select(line => (TaxInput)line),
            .. adjustments.Select(own => (TaxInput)own.HealthInsurance),
        ];
        return sheet.Add(
            "business-income", "Business income after its own deductions", null,
            profits.Sum(input => input.Value) - half.Exact - plans.Sum(input => input.Value),
            "net profits − deductible part of self-employment tax − contributions to plans − health insurance",
            [.. profits, half, .. plans]);
    }

    internal static TaxLine AdjustedGross(Worksheet sheet, Household household, TaxLine business)
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
        Worksheet sheet, Household household, ReturnTax rest, TaxLine selfEmployment)
    {
        var total = sheet.Add(
            "total-tax", "Total tax", "Form 1040-ES line 11a",
            rest.IncomeTax.Exact + rest.AlternativeMinimumTax.Exact - rest.Credits.Exact + selfEmployment.Exact
            + rest.AdditionalMedicare.Exact + rest.NetInvestmentIncomeTax.Exact,
            "income tax + alternative minimum tax − credits + self-employment tax + Additional Medicare tax + net investment "
            + "income tax",
            rest.IncomeTax, rest.AlternativeMinimumTax, rest.Credits, selfEmployment, rest.AdditionalMedicare,
            rest.NetInvestmentIncomeTax);
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
