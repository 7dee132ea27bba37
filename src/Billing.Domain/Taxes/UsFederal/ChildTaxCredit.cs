using Billing.Domain.Taxes.Parameters;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>Credits for children and other dependants, as far as they are not refunded (Schedule 8812).</summary>
public static class ChildTaxCredit
{
    /// <param name="p">The figures.</param>
    /// <param name="sheet">Where the lines go.</param>
    /// <param name="household">The return.</param>
    /// <param name="agi">Adjusted gross income.</param>
    /// <param name="incomeTax">What the credits can take away at most: income tax, the alternative minimum tax included.</param>
    public static TaxLine Compute(
        ChildTaxCreditParameters p, Worksheet sheet, Household household, TaxLine agi, IReadOnlyList<TaxLine> incomeTax)
    {
        var children = TaxInput.Fact("household.childrenUnder17", household.ChildrenUnder17);
        var others = TaxInput.Fact("household.otherDependants", household.OtherDependants);
        var start = p.PhaseOutStart.For(household.Status);

        var full = sheet.Add(
            "credit.full", "Credits for children and other dependants before phase-out", "Schedule 8812 line 8",
            (children.Value * p.PerChildUnder17.Value) + (others.Value * p.PerOtherDependant.Value),
            "children under 17 × amount + other dependants × amount",
            children, p.PerChildUnder17, others, p.PerOtherDependant);
        var steps = Math.Ceiling(Math.Max(0, agi.Exact - start.Value) / p.PhaseOutStep.Value);
        var reduction = sheet.Add(
            "credit.phase-out", "Reduction for higher income", "Schedule 8812 line 11",
            steps * p.PhaseOutPerStep.Value,
            "amount for each step or part of a step of adjusted gross income over the start",
            p.PhaseOutPerStep, p.PhaseOutStep, agi, start);
        return sheet.Add(
            "credit", "Credits for children and other dependants", "Form 1040-ES line 7",
            Math.Min(incomeTax.Sum(line => line.Exact), Math.Max(0, full.Exact - reduction.Exact)),
            "full credits − reduction, not below 0 and at most the income tax",
            [full, reduction, .. incomeTax.Select(line => (TaxInput)line)]);
    }
}
