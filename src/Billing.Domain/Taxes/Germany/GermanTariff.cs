using Billing.Domain.Taxes.Parameters;

namespace Billing.Domain.Taxes.Germany;

/// <summary>Income tax by section 32a EStG, solidarity surcharge and church tax, rounded as the law has it.</summary>
public static class GermanTariff
{
    private const decimal TenThousand = 10_000;

    /// <summary>Income tax on a taxable income: whole euros, rounded down; with the splitting of a couple twice that on half.</summary>
    /// <param name="taxable">Not negative.</param>
    public static TaxLine IncomeTax(GermanTariffParameters p, Worksheet sheet, TaxLine taxable, bool isJoint)
    {
        var income = sheet.Add(
            "de.tariff-income", isJoint ? "Half of the taxable income" : "Taxable income in whole euros",
            isJoint ? "Splitting, § 32a (5) EStG" : "Zu versteuerndes Einkommen",
            Math.Floor(Math.Floor(taxable.Exact) / (isJoint ? 2 : 1)),
            isJoint ? "whole euros of taxable income ÷ 2, rounded down" : "rounded down", taxable);
        var tariff = sheet.Add(
            "de.tariff", "Tax by the tariff", "Grundtarif, § 32a (1) EStG", Math.Floor(Exact(p, income.Exact)), Zone(p, income.Exact),
            [income, .. Figures(p, income.Exact)]);
        return sheet.Add(
            "de.income-tax", "Income tax", "Einkommensteuer", tariff.Exact * (isJoint ? 2 : 1),
            isJoint ? "twice the tax on half" : "tax by the tariff", tariff);
    }

    /// <summary>The solidarity surcharge, cents rounded down.</summary>
    public static TaxLine Solidarity(SolidarityParameters p, Worksheet sheet, TaxLine incomeTax, bool isJoint)
    {
        var free = isJoint ? p.FreeUpToJoint : p.FreeUpTo;
        var full = incomeTax.Exact * p.Rate.Value;
        var most = p.FadingRate.Value * Math.Max(0, incomeTax.Exact - free.Value);
        return sheet.Add(
            "de.solidarity", "Solidarity surcharge", "Solidaritätszuschlag, §§ 3 and 4 SolzG", Cents(Math.Min(full, most)),
            "rate × income tax, at most fading rate × income tax over the free amount; cents rounded down",
            p.Rate, incomeTax, p.FadingRate, free);
    }

    /// <summary>Church tax, cents rounded down.</summary>
    /// <param name="rate">Null for somebody of no church that levies it.</param>
    public static TaxLine Church(TaxFigure? rate, Worksheet sheet, TaxLine incomeTax) => rate is null
        ? sheet.Add("de.church-tax", "Church tax", "Kirchensteuer", 0, "none")
        : sheet.Add(
            "de.church-tax", "Church tax", "Kirchensteuer", Cents(incomeTax.Exact * rate.Value), "rate × income tax; cents rounded down",
            rate, incomeTax);

    /// <summary>The formula of the zone, not rounded.</summary>
    /// <param name="x">Whole euros.</param>
    internal static decimal Exact(GermanTariffParameters p, decimal x)
    {
        if (x <= p.BasicAllowance.Value) return 0;
        if (x <= p.FirstZoneEnd.Value)
        {
            var y = (x - p.BasicAllowance.Value) / TenThousand;
            return ((p.FirstZoneFactor.Value * y) + p.FirstZoneRate.Value) * y;
        }
        if (x <= p.SecondZoneEnd.Value)
        {
            var z = (x - p.FirstZoneEnd.Value) / TenThousand;
            return (((p.SecondZoneFactor.Value * z) + p.SecondZoneRate.Value) * z) + p.SecondZoneBase.Value;
        }
        return x <= p.ThirdZoneEnd.Value
            ? (p.ThirdRate.Value * x) - p.ThirdSubtract.Value
            : (p.FourthRate.Value * x) - p.FourthSubtract.Value;
    }

    private static string Zone(GermanTariffParameters p, decimal x) => x switch
    {
        _ when x <= p.BasicAllowance.Value => "nothing up to the basic allowance",
        _ when x <= p.FirstZoneEnd.Value =>
            "(factor × y + rate) × y, y being a ten-thousandth of what is over the basic allowance; whole euros, rounded down",
        _ when x <= p.SecondZoneEnd.Value =>
            "(factor × z + rate) × z + base, z being a ten-thousandth of what is over the first zone; whole euros, rounded down",
        _ => "rate × taxable income − constant; whole euros, rounded down",
    };

    private static TaxInput[] Figures(GermanTariffParameters p, decimal x) => x switch
    {
        _ when x <= p.BasicAllowance.Value => [p.BasicAllowance],
        _ when x <= p.FirstZoneEnd.Value => [p.BasicAllowance, p.FirstZoneFactor, p.FirstZoneRate],
        _ when x <= p.SecondZoneEnd.Value => [p.FirstZoneEnd, p.SecondZoneFactor, p.SecondZoneRate, p.SecondZoneBase],
        _ when x <= p.ThirdZoneEnd.Value => [p.ThirdRate, p.ThirdSubtract],
        _ => [p.FourthRate, p.FourthSubtract],
    };

    private static decimal Cents(decimal amount) => Math.Floor(amount * 100) / 100;
}
