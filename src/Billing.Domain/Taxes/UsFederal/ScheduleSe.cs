using Billing.Domain.Taxes.Parameters;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>Self-employment tax of one person (Schedule SE).</summary>
/// <param name="NetEarnings">Line 6: what the tax is on; nothing below the floor.</param>
/// <param name="Tax">Line 12.</param>
/// <param name="Half">Line 13: the half that is deducted from income.</param>
public sealed record SelfEmploymentTax(TaxLine NetEarnings, TaxLine Tax, TaxLine Half);

/// <summary>
/// Schedule SE. Floor and wage base are each person's own: a spouse's wages use up nothing of the other's base, and a
/// spouse's loss lowers nobody else's earnings.
/// </summary>
public static class ScheduleSe
{
    public static SelfEmploymentTax Compute(SelfEmploymentParameters p, Worksheet sheet, string role, TaxPerson person)
    {
        var wages = TaxInput.Fact($"{role}.socialSecurityWages", person.SocialSecurityWages ?? person.Wages);

        var earnings = NetEarnings(p, sheet, role, person, "Schedule SE line 6");
        var room = sheet.Add(
            $"se.wage-base-left.{role}", "Social security wage base left by wages", "Schedule SE line 9",
            Math.Max(0, p.SocialSecurityWageBase.Value - wages.Value),
            "wage base − own wages, not below 0", p.SocialSecurityWageBase, wages);
        var socialSecurity = sheet.Add(
            $"se.social-security.{role}", "Social security part", "Schedule SE line 10",
            p.SocialSecurityRate.Value * Math.Min(earnings.Exact, room.Exact),
            "rate × the smaller of net earnings and wage base left", p.SocialSecurityRate, earnings, room);
        var medicare = sheet.Add(
            $"se.medicare.{role}", "Medicare part", "Schedule SE line 11",
            p.MedicareRate.Value * earnings.Exact, "rate × net earnings", p.MedicareRate, earnings);
        var tax = sheet.Add(
            $"se.tax.{role}", "Self-employment tax", "Schedule SE line 12",
            socialSecurity.Exact + medicare.Exact, "social security part + Medicare part", socialSecurity, medicare);
        var half = sheet.Add(
            $"se.half.{role}", "Deductible part of self-employment tax", "Schedule SE line 13",
            tax.Exact * p.DeductibleShare.Value, "self-employment tax × deductible share", tax, p.DeductibleShare);
        return new SelfEmploymentTax(earnings, tax, half);
    }

    /// <summary>What the tax is on: of a year, or of a period of it.</summary>
    internal static TaxLine NetEarnings(
        SelfEmploymentParameters p, Worksheet sheet, string role, TaxPerson person, string formLine)
    {
        var profit = TaxInput.Fact($"{role}.netProfit", person.NetProfit);
        var reduced = Math.Max(0, profit.Value) * p.NetEarningsFactor.Value;
        return sheet.Add(
            $"se.net-earnings.{role}", "Net earnings from self-employment", formLine,
            reduced < p.Floor.Value ? 0 : reduced,
            "net profit × factor; nothing where that is below the floor", profit, p.NetEarningsFactor, p.Floor);
    }
}
