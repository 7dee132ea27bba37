using System.Diagnostics;
using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;

namespace Billing.Domain.Taxes.UsStates;

/// <summary>What a state's tax starts from, taken over from the federal return and mended.</summary>
internal static class StateIncome
{
    /// <returns>The income before deductions, and where business income has a rate of its own, the tax on it.</returns>
    public static (TaxLine Income, TaxLine? BusinessTax) Compute(
        StateIncomeTaxParameters p, Worksheet sheet, Household household, AnnualTax federal)
    {
        var start = Start(p.Base, sheet, household, federal);
        TaxLine[] additions =
        [
            .. HalfSelfEmploymentTax(p, sheet, federal),
            .. FederalDeduction(p.DeductionAddBack, sheet, household.Status, federal),
            .. BusinessDeduction(p.QbiAddBack, sheet, household.Status, federal),
        ];
        var (business, tax) = BusinessIncome(p.BusinessIncomeDeduction, sheet, household);
        if (additions.Length == 0 && business is null) return (start, null);
        var income = sheet.Add(
            "state.income", "Income that the state counts", null,
            start.Exact + additions.Sum(line => line.Exact) - (business?.Exact ?? 0), "start + additions − business income taxed apart",
            [start, .. additions.Select(line => (TaxInput)line), .. business is null ? [] : (TaxInput[])[business]]);
        return (income, tax);
    }

    private static TaxLine Start(TaxTable<StateBase> @base, Worksheet sheet, Household household, AnnualTax federal)
    {
        const string code = "state.start";
        switch (@base.Value)
        {
            case StateBase.FederalAgi:
                return sheet.Add(
                    code, "Federal adjusted gross income", null, federal.AdjustedGrossIncome.Exact, "as on the federal return",
                    federal.AdjustedGrossIncome);
            case StateBase.FederalTaxableIncome:
                return sheet.Add(
                    code, "Federal taxable income", null, federal.TaxableIncome.Exact, "as on the federal return", federal.TaxableIncome);
            case StateBase.Classes:
                TaxInput[] classes =
                [
                    TaxInput.Fact("household.wages", household.Persons().Sum(entry => entry.Person.Wages)),
                    .. household.Persons().Select(entry => TaxInput.Fact($"{entry.Role}.netProfit", entry.Person.NetProfit)),
                    TaxInput.Fact("household.interest", household.Interest),
                    TaxInput.Fact("household.otherIncome", household.OtherIncome),
                ];
                return sheet.Add(
                    code, "Income by its classes", null, classes.Sum(input => Math.Max(0, input.Value)),
                    "pay + each net profit + interest + other income, each not below 0", classes);
            default:
                throw new UnreachableException();
        }
    }

    private static IEnumerable<TaxLine> HalfSelfEmploymentTax(StateIncomeTaxParameters p, Worksheet sheet, AnnualTax federal)
    {
        if (p.AddsBackHalfSelfEmploymentTax is not { Value: true }) yield break;
        yield return sheet.Add(
            "state.addition.self-employment-tax", "Self-employment tax deducted on the federal return", null,
            federal.HalfSelfEmploymentTax.Exact, "added back", federal.HalfSelfEmploymentTax);
    }

    private static IEnumerable<TaxLine> FederalDeduction(
        DeductionAddBackParameters? p, Worksheet sheet, FilingStatus status, AnnualTax federal)
    {
        if (p is null) yield break;
        var (agi, deduction, allowance) = (federal.AdjustedGrossIncome, federal.Return.Deduction, p.Allowance.For(status));
        yield return sheet.Add(
            "state.addition.deduction", "Federal deduction beyond the state's allowance", null,
            agi.Exact >= p.FromIncome.Value ? Math.Max(0, deduction.Exact - allowance.Value) : 0,
            "federal deduction − allowance, from the income on", agi, p.FromIncome, deduction, allowance);
    }

    private static IEnumerable<TaxLine> BusinessDeduction(TaxFigureByStatus? above, Worksheet sheet, FilingStatus status, AnnualTax federal)
    {
        if (above?.For(status) is not { } threshold) yield break;
        var (agi, deduction) = (federal.AdjustedGrossIncome, federal.QbiDeduction);
        yield return sheet.Add(
            "state.addition.business-income", "Federal deduction for business income", null,
            agi.Exact > threshold.Value ? deduction.Exact : 0, "added back above the income", agi, threshold, deduction);
    }

    /// <summary>All of business income leaves the income; what is above the limit has a rate of its own.</summary>
    private static (TaxLine? Business, TaxLine? Tax) BusinessIncome(
        BusinessIncomeDeductionParameters? p, Worksheet sheet, Household household)
    {
        if (p is null) return (null, null);
        TaxInput[] profits =
            [.. household.Persons().Select(entry => TaxInput.Fact($"{entry.Role}.netProfit", entry.Person.NetProfit))];
        var business = sheet.Add(
            "state.business-income", "Business income, deducted or taxed apart", null, Math.Max(0, profits.Sum(input => input.Value)),
            "net profits together, not below 0", profits);
        var limit = p.Limit.For(household.Status);
        return (business, sheet.Add(
            "state.business-tax", "Tax on business income above the limit", null,
            p.Rate.Value * Math.Max(0, business.Exact - limit.Value), "rate × business income over the limit", p.Rate, business, limit));
    }
}
