using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;

namespace Billing.Api.Taxes.Batch;

/// <summary>The year's tax of many households, to hold against any other program.</summary>
internal static class AnnualCases
{
    public static IReadOnlyList<string> Needed { get; } = ["id", "year", "status", "se_income"];

    public static IReadOnlyList<string> Columns { get; } =
    [
        "se_tax", "half_se", "agi", "std_ded", "senior_ded", "qbi_ded", "taxable_income", "income_tax", "amt", "nonref_credits",
        "addl_medicare", "niit", "total_tax",
    ];

    /// <summary>The figures of a row in the order of <see cref="Columns"/>; null where the row has a problem.</summary>
    public static IReadOnlyList<TaxLine>? Compute(CaseRow row, LineRounding rounding)
    {
        var parameters = row.Parameters();
        var household = HouseholdOf(row);
        if (parameters is null || row.Problem is not null) return null;
        if (household.Problem() is { } problem)
        {
            row.Refuse($"{problem.Field}: {problem.Detail}");
            return null;
        }
        var tax = AnnualTax.Compute(
            parameters, new Worksheet(rounding), rounding == LineRounding.None ? household : household.InWholeDollars());
        return
        [
            tax.SelfEmploymentTax, tax.HalfSelfEmploymentTax, tax.AdjustedGrossIncome, tax.StandardDeduction, tax.SeniorDeduction,
            tax.QbiDeduction, tax.TaxableIncome, tax.IncomeTax, tax.Return.AlternativeMinimumTax, tax.Credits,
            tax.AdditionalMedicare, tax.NetInvestmentIncomeTax, tax.Total,
        ];
    }

    private static Household HouseholdOf(CaseRow row)
    {
        var status = row.Status();
        return new Household
        {
            Status = status,
            Taxpayer = row.Person("age", "blind") with
            {
                NetProfit = row.Dollars("se_income"),
                Wages = row.Dollars("wages"),
                HealthInsurancePremiums = row.Dollars("sehi"),
                SepContribution = row.Dollars("sep"),
            },
            Spouse = status != FilingStatus.MarriedFilingJointly ? null : row.Person("spouse_age", "spouse_blind") with
            {
                NetProfit = row.Dollars("spouse_se_income"),
                Wages = row.Dollars("spouse_wages"),
            },
            Interest = row.Dollars("interest"),
            OtherIncome = row.Dollars("other_income"),
            ChildrenUnder17 = row.Count("n_u17"),
            OtherDependants = row.Count("n_other_dep"),
            SpecifiedService = row.Flag("sstb"),
        };
    }
}
