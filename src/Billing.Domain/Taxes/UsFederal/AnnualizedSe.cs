using System.Globalization;
using Billing.Domain.Taxes.Parameters;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>Self-employment tax of one person by Schedule AI part II, and what the period deducts for it.</summary>
/// <param name="NetEarnings">Line 28, of the period.</param>
/// <param name="Tax">Line 36, annualized.</param>
/// <param name="Half">Its deductible half as far as it belongs to the period; not annualized.</param>
/// <param name="Adjustments">Own plans and health insurance in the period.</param>
internal sealed record AnnualizedSe(TaxLine NetEarnings, TaxLine Tax, TaxLine Half, PersonAdjustments Adjustments)
{
    public static AnnualizedSe Compute(
        TaxParameters p, Worksheet sheet, int column, string role, TaxPerson person, TaxInput months)
    {
        var table = p.EstimatedTax.Annualization;
        var c = table.Value[column];
        var place = column.ToString(CultureInfo.InvariantCulture);
        var socialSecurityRate = table.Part($"{place}.socialSecurityRate", c.SocialSecurityRate);
        var medicareRate = table.Part($"{place}.medicareRate", c.MedicareRate);
        var divisor = table.Part($"{place}.halfDivisor", c.HalfDivisor);

        var earnings = ScheduleSe.NetEarnings(p.SelfEmployment, sheet, role, person, "Schedule AI line 28");
        var wages = TaxInput.Fact($"{role}.socialSecurityWages", person.SocialSecurityWages ?? person.Wages);
        var room = sheet.Add(
            $"se.wage-base-left.{role}", "Social security wage base of the months left by wages", "Schedule AI line 31",
            Math.Max(0, (p.SelfEmployment.SocialSecurityWageBase.Value * c.Months / 12) - wages.Value),
            "wage base × months ÷ 12 − own wages, not below 0", p.SelfEmployment.SocialSecurityWageBase, months, wages);
        var socialSecurity = sheet.Add(
            $"se.social-security.{role}", "Social security part, annualized", "Schedule AI line 33",
            c.SocialSecurityRate * Math.Min(earnings.Exact, room.Exact),
            "annualized rate × the smaller of net earnings and wage base left", socialSecurityRate, earnings, room);
        var medicare = sheet.Add(
            $"se.medicare.{role}", "Medicare part, annualized", "Schedule AI line 35", c.MedicareRate * earnings.Exact,
            "annualized rate × net earnings", medicareRate, earnings);
        var tax = sheet.Add(
            $"se.tax.{role}", "Self-employment tax, annualized", "Schedule AI line 36",
            socialSecurity.Exact + medicare.Exact, "social security part + Medicare part", socialSecurity, medicare);
        var half = sheet.Add(
            $"se.half.{role}", "Deductible part of self-employment tax in the period", null, tax.Exact / c.HalfDivisor,
            "annualized self-employment tax ÷ divisor", tax, divisor);
        var adjustments = UsFederal.Adjustments.Compute(
            p.Retirement, sheet, role, person, new SelfEmploymentTax(earnings, tax, half));
        return new AnnualizedSe(earnings, tax, half, adjustments);
    }
}
