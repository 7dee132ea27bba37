using System.Globalization;
using Billing.Domain.Taxes.UsFederal;
using static Billing.Domain.Tests.Taxes.UsFederal.TaxCases;

namespace Billing.Domain.Tests.Taxes.UsFederal;

/// <summary>
/// Cases on the far paths of the rules. The expected figures were worked out by a second program in exact fractions,
/// written from the rules alone.
/// </summary>
public sealed class AnnualTaxCaseTests
{
    public sealed record Case(string Name, int Year, Household Household, string Expected)
    {
        public override string ToString() => Name;
    }

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Cases.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Comes_out_to_the_cent(int number)
    {
        var (name, year, household, expected) = Cases[number];

        var tax = Annual(year, household);

        decimal[] amounts =
        [
            tax.SelfEmploymentTax.Amount, tax.AdjustedGrossIncome.Amount, tax.StandardDeduction.Amount,
            tax.SeniorDeduction.Amount, tax.QbiDeduction.Amount, tax.TaxableIncome.Amount, tax.IncomeTax.Amount,
            tax.Credits.Amount, tax.AdditionalMedicare.Amount, tax.NetInvestmentIncomeTax.Amount, tax.Total.Amount,
        ];
        var actual = string.Join(" ", amounts.Select(amount => amount.ToString("0.00", CultureInfo.InvariantCulture)));
        Assert.Equal($"{name}: {expected}", $"{name}: {actual}");
    }

    /// <summary>
    /// Expected: self-employment tax, adjusted gross income, standard deduction, senior deduction, deduction for
    /// business income, taxable income, income tax, credits, Additional Medicare tax, net investment income tax,
    /// total.
    /// </summary>
    private static readonly Case[] Cases =
    [
        new("a specified service halfway through the range", 2026, new Household
        {
            Status = Status("single"),
            Taxpayer = new TaxPerson { NetProfit = 270_000m },
            SpecifiedService = true,
        }, "30109.01 254945.50 16100.00 0.00 13023.76 225821.74 48718.96 0.00 444.11 0.00 79272.07"),
        new("no specified service halfway through the range", 2026, new Household
        {
            Status = Status("single"),
            Taxpayer = new TaxPerson { NetProfit = 270_000m },
        }, "30109.01 254945.50 16100.00 0.00 25769.55 213075.94 44640.30 0.00 444.11 0.00 75193.41"),
        new("a specified service above the range", 2026, new Household
        {
            Status = Status("single"),
            Taxpayer = new TaxPerson { NetProfit = 400_000m },
            SpecifiedService = true,
        }, "33590.60 383204.70 16100.00 0.00 0.00 367104.70 97255.90 0.00 1524.60 0.00 132371.10"),
        new("a qualifying surviving spouse above the threshold of a single person", 2026, new Household
        {
            Status = Status("qss"),
            Taxpayer = new TaxPerson { NetProfit = 280_000m },
        }, "30376.82 264811.59 32200.00 0.00 31168.97 201442.62 33741.38 0.00 527.22 0.00 64645.42"),
        new("a separate return inside the range", 2026, new Household
        {
            Status = Status("mfs"),
            Taxpayer = new TaxPerson { NetProfit = 250_000m },
        }, "29573.38 235213.31 16100.00 0.00 36167.46 182945.86 36505.01 0.00 952.88 0.00 67031.26"),
        new("a couple inside the range", 2024, new Household
        {
            Status = Status("mfj"),
            Taxpayer = new TaxPerson { NetProfit = 300_000m },
            Spouse = new TaxPerson { NetProfit = 180_000m },
        }, "54374.04 452812.98 29200.00 0.00 54597.49 369015.49 74648.72 0.00 1739.52 0.00 130762.28"),
        new("the least deduction for 1,000 of active income", 2026, new Household
        {
            Status = Status("single"),
            Taxpayer = new TaxPerson { NetProfit = 1_500m, Wages = 60_000m },
        }, "211.94 61394.03 16100.00 0.00 400.00 44894.03 5139.28 0.00 0.00 0.00 5351.23"),
        new("no least deduction before 2026", 2025, new Household
        {
            Status = Status("single"),
            Taxpayer = new TaxPerson { NetProfit = 1_500m, Wages = 60_000m },
        }, "211.94 61394.03 15750.00 0.00 278.81 45365.22 5205.33 0.00 0.00 0.00 5417.27"),
        new("a head of household at the end of the 24 % bracket", 2026, new Household
        {
            Status = Status("hoh"),
            Taxpayer = new TaxPerson { Wages = 230_000m },
        }, "0.00 230000.00 24150.00 0.00 0.00 205850.00 40519.00 0.00 270.00 0.00 40789.00"),
        new("a single person at the end of the 24 % bracket", 2026, new Household
        {
            Status = Status("single"),
            Taxpayer = new TaxPerson { Wages = 220_000m },
        }, "0.00 220000.00 16100.00 0.00 0.00 203900.00 41704.00 0.00 180.00 0.00 41884.00"),
        new("credits phased out by parts of a step", 2025, new Household
        {
            Status = Status("hoh"),
            Taxpayer = new TaxPerson { NetProfit = 12_000m, Wages = 205_000.01m },
            ChildrenUnder17 = 2,
            OtherDependants = 1,
        }, "321.38 216839.32 23625.00 0.00 2367.86 190846.46 36911.15 4050.00 144.74 0.00 33327.27"),
        new("credits of a qualifying surviving spouse phase out from 200,000", 2026, new Household
        {
            Status = Status("qss"),
            Taxpayer = new TaxPerson { Wages = 210_500m },
            ChildrenUnder17 = 1,
        }, "0.00 210500.00 32200.00 0.00 0.00 178300.00 28650.00 1650.00 94.50 0.00 27094.50"),
        new("health insurance and a SEP plan", 2026, new Household
        {
            Status = Status("single"),
            Taxpayer = new TaxPerson
            {
                NetProfit = 95_000m,
                HealthInsurancePremiums = 9_600m,
                SepContribution = 20_000m,
            },
        }, "13423.07 61030.77 16100.00 0.00 8986.15 35944.62 4065.35 0.00 0.00 0.00 17488.43"),
        new("health insurance and a SEP plan at their limits", 2026, new Household
        {
            Status = Status("single"),
            Taxpayer = new TaxPerson
            {
                NetProfit = 12_000m,
                HealthInsurancePremiums = 15_000m,
                SepContribution = 20_000m,
            },
        }, "1695.55 0.00 16100.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00 1695.55"),
        new("a SEP plan at the limit on additions", 2024, new Household
        {
            Status = Status("mfj"),
            Taxpayer = new TaxPerson { NetProfit = 600_000m, SepContribution = 90_000m },
        }, "36975.30 512512.35 29200.00 0.00 602.36 482709.99 109840.20 0.00 2736.90 0.00 149552.40"),
        new("a couple past 65 with interest", 2025, new Household
        {
            Status = Status("mfj"),
            Taxpayer = new TaxPerson { IsSixtyFiveOrOlder = true, NetProfit = 150_000m },
            Spouse = new TaxPerson { IsSixtyFiveOrOlder = true, IsBlind = true, Wages = 70_000m },
            Interest = 12_345.67m,
        }, "21194.33 221748.51 36300.00 3390.18 27880.57 154177.76 23747.11 0.00 0.00 0.00 44941.43"),
        new("a loss beside wages", 2026, new Household
        {
            Status = Status("single"),
            Taxpayer = new TaxPerson { NetProfit = -8_000.50m, Wages = 70_000m },
        }, "0.00 61999.50 16100.00 0.00 0.00 45899.50 5259.94 0.00 0.00 0.00 5259.94"),
        new("everything at once", 2025, new Household
        {
            Status = Status("mfj"),
            Taxpayer = new TaxPerson
            {
                NetProfit = 220_000.10m,
                Wages = 120_000m,
                HealthInsurancePremiums = 12_000m,
                SepContribution = 30_000m,
            },
            Spouse = new TaxPerson { NetProfit = 55_000.55m, Wages = 40_000m },
            Interest = 9_000m,
            OtherIncome = 3_000m,
            ChildrenUnder17 = 3,
            SpecifiedService = true,
        }, "20619.66 394690.82 31500.00 0.00 44538.16 318652.65 62170.64 6600.00 1475.67 342.00 78007.97"),
    ];
}
