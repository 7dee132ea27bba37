using Billing.Domain.Taxes.Parameters;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>One self-employed person's own adjustments to income (Schedule 1 part II).</summary>
/// <param name="SepLimit">The most that could go into a SEP plan on this profit.</param>
/// <param name="Sep">Schedule 1 line 16.</param>
/// <param name="HealthInsurance">Schedule 1 line 17.</param>
public sealed record PersonAdjustments(TaxLine SepLimit, TaxLine Sep, TaxLine HealthInsurance);

/// <summary>The deductions that a person's own business allows above the line, with their limits.</summary>
public static class Adjustments
{
    /// <remarks>
    /// The limit on the pay that counts for a plan is left out: a quarter of it is more than the limit on additions.
    /// </remarks>
    public static PersonAdjustments Compute(
        RetirementParameters p, Worksheet sheet, string role, TaxPerson person, SelfEmploymentTax se)
    {
        var profit = TaxInput.Fact($"{role}.netProfit", person.NetProfit);
        var contribution = TaxInput.Fact($"{role}.sepContribution", person.SepContribution);
        var premiums = TaxInput.Fact($"{role}.healthInsurancePremiums", person.HealthInsurancePremiums);

        var reduced = Math.Max(0, profit.Value - se.Half.Exact);
        var limit = sheet.Add(
            $"sep.limit.{role}", "Most that can go into a SEP plan", null,
            Math.Min(p.SepShare.Value * reduced, p.AnnualAdditionsLimit.Value),
            "share × (net profit − half the self-employment tax), at most the limit on additions",
            p.SepShare, profit, se.Half, p.AnnualAdditionsLimit);
        var sep = sheet.Add(
            $"sep.deduction.{role}", "SEP contribution", "Schedule 1 line 16",
            Math.Min(contribution.Value, limit.Exact), "the smaller of contribution and limit", contribution, limit);
        var health = sheet.Add(
            $"health-insurance.{role}", "Self-employed health insurance", "Schedule 1 line 17",
            Math.Min(premiums.Value, Math.Max(0, reduced - sep.Exact)),
            "premiums, at most net profit − half the self-employment tax − SEP contribution",
            premiums, profit, se.Half, sep);
        return new PersonAdjustments(limit, sep, health);
    }
}
