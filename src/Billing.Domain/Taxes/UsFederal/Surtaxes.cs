using Billing.Domain.Taxes.Parameters;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>The two taxes on what is over a threshold that is never indexed.</summary>
public static class Surtaxes
{
    /// <summary>
    /// Additional Medicare tax on wages and net earnings together (Form 8959); none of it is deductible.
    /// </summary>
    public static TaxLine AdditionalMedicare(
        SurtaxParameters p, Worksheet sheet, Household household, IReadOnlyList<TaxLine> netEarnings)
    {
        var threshold = p.Threshold.For(household.Status);
        var wages = TaxInput.Fact(
            "household.medicareWages",
            household.Persons().Sum(entry => entry.Person.MedicareWages ?? entry.Person.Wages));
        var over = Math.Max(0, wages.Value + netEarnings.Sum(line => line.Exact) - threshold.Value);
        return sheet.Add(
            "additional-medicare", "Additional Medicare tax", "Form 8959 line 18",
            p.Rate.Value * over, "rate × (wages + net earnings from self-employment − threshold, not below 0)",
            [p.Rate, wages, .. netEarnings.Select(line => (TaxInput)line), threshold]);
    }

    /// <summary>Net investment income tax (Form 8960). Self-employment income is no investment income.</summary>
    public static TaxLine NetInvestmentIncome(SurtaxParameters p, Worksheet sheet, Household household, TaxLine agi)
    {
        var threshold = p.Threshold.For(household.Status);
        var interest = TaxInput.Fact("household.interest", household.Interest);
        return sheet.Add(
            "net-investment-income-tax", "Net investment income tax", "Form 8960 line 17",
            p.Rate.Value * Math.Min(interest.Value, Math.Max(0, agi.Exact - threshold.Value)),
            "rate × the smaller of investment income and adjusted gross income over the threshold",
            p.Rate, interest, agi, threshold);
    }
}
