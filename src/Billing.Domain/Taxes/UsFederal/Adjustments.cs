namespace Billing.Domain.Taxes.UsFederal;

/// <summary>One self-employed person's own adjustments to income (Schedule 1 part II).</summary>
/// <param name="Plans">Schedule 1 line 16, and what could still go into a plan.</param>
/// <param name="HealthInsurance">Schedule 1 line 17.</param>
public sealed record PersonAdjustments(RetirementPlanLines Plans, TaxLine HealthInsurance);

/// <summary>The deductions that a person's own business allows above the line, with their limits.</summary>
public static class Adjustments
{
    public static PersonAdjustments Compute(
        Parameters.RetirementParameters p, Worksheet sheet, string role, TaxPerson person, SelfEmploymentTax se)
    {
        var plans = RetirementPlans.Compute(p, sheet, role, person, se);
        var profit = TaxInput.Fact($"{role}.netProfit", person.NetProfit);
        var premiums = TaxInput.Fact($"{role}.healthInsurancePremiums", person.HealthInsurancePremiums);
        var left = Math.Max(0, Math.Max(0, profit.Value - se.Half.Exact) - plans.Deductions.Sum(line => line.Exact));
        var health = sheet.Add(
            $"health-insurance.{role}", "Self-employed health insurance", "Schedule 1 line 17",
            Math.Min(premiums.Value, left),
            "premiums, at most net profit − half the self-employment tax − contributions to plans",
            [premiums, profit, se.Half, .. plans.Deductions.Select(line => (TaxInput)line)]);
        return new PersonAdjustments(plans, health);
    }
}
