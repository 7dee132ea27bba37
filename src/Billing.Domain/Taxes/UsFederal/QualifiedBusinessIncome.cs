using Billing.Domain.Taxes.Parameters;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>The deduction for qualified business income.</summary>
/// <param name="Deduction">Form 8995 line 15 or 8995-A line 39.</param>
/// <param name="LossCarriedOut">Loss that lowers next year's qualified business income, as a positive amount.</param>
public sealed record QbiDeduction(TaxLine Deduction, TaxLine LossCarriedOut);

/// <summary>
/// Section 199A for a return as a whole: businesses and spouses are netted, so that one spouse's loss lowers the
/// other's deduction. Below the threshold it is a fifth of the income; across the range above it the limit by wages
/// and property comes in, and a specified service fades out.
/// </summary>
public static class QualifiedBusinessIncome
{
    /// <param name="p">The figures.</param>
    /// <param name="sheet">Where the lines go.</param>
    /// <param name="household">The return.</param>
    /// <param name="income">
    /// Net profits less what is deducted above the line for the businesses; may be negative.
    /// </param>
    /// <param name="before">Taxable income before this deduction, not negative.</param>
    public static QbiDeduction Compute(
        QualifiedBusinessIncomeParameters p, Worksheet sheet, Household household, TaxLine income, TaxLine before)
    {
        var broughtIn = TaxInput.Fact(
            "household.qualifiedBusinessLossBroughtIn", household.QualifiedBusinessLossBroughtIn);
        var net = sheet.Add(
            "qbi.income", "Qualified business income", "Form 8995 line 4",
            income.Exact - broughtIn.Value, "income of the businesses − loss brought in", income, broughtIn);
        var loss = sheet.Add(
            "qbi.loss-carried-out", "Loss carried to next year", "Form 8995 line 16",
            Math.Max(0, -net.Exact), "qualified business income where it is negative", net);

        var threshold = p.Threshold.For(household.Status);
        var (component, active) = before.Exact > threshold.Value
            ? Limited(p, sheet, household, net, before, threshold)
            : (Full(p, sheet, net), Positive(sheet, net));

        var deduction = sheet.Add(
            "qbi.deduction-by-income", "Deduction limited by taxable income", "Form 8995 line 15",
            Math.Min(component.Exact, p.Rate.Value * before.Exact),
            "component, at most rate × taxable income before this deduction", component, p.Rate, before);
        return new QbiDeduction(WithMinimum(p.Minimum, sheet, deduction, active), loss);
    }

    private static TaxLine Full(QualifiedBusinessIncomeParameters p, Worksheet sheet, TaxLine net) => sheet.Add(
        "qbi.component", "Share of qualified business income", "Form 8995 line 5",
        p.Rate.Value * Math.Max(0, net.Exact), "rate × qualified business income, not below 0", p.Rate, net);

    private static TaxLine Positive(Worksheet sheet, TaxLine net) => sheet.Add(
        "qbi.active-income", "Active qualified business income", null,
        Math.Max(0, net.Exact), "qualified business income, not below 0", net);

    private static (TaxLine Component, TaxLine Active) Limited(
        QualifiedBusinessIncomeParameters p, Worksheet sheet, Household household, TaxLine net, TaxLine before,
        TaxInput threshold)
    {
        var range = p.PhaseInRange.For(household.Status);
        var ratio = sheet.AddNumber(
            "qbi.phase-in", "Part of the phase-in range that is used up", "Form 8995-A line 24",
            Math.Min(1, (before.Exact - threshold.Value) / range.Value),
            "(taxable income before this deduction − threshold) ÷ range, at most 1", before, threshold, range);
        var applicable = sheet.AddNumber(
            "qbi.applicable-share", "Share of the business that counts", "Form 8995-A schedule A",
            household.SpecifiedService ? 1 - ratio.Exact : 1,
            household.SpecifiedService ? "1 − part used up: a specified service" : "all of it: no specified service",
            ratio);

        var wages = TaxInput.Fact("household.employeeWagesPaid", household.EmployeeWagesPaid);
        var basis = TaxInput.Fact("household.qualifiedPropertyBasis", household.QualifiedPropertyBasis);
        var cap = sheet.Add(
            "qbi.wage-limit", "Limit by wages paid and property", "Form 8995-A line 10",
            Math.Max(
                p.WageShare.Value * wages.Value,
                (p.WageShareWithProperty.Value * wages.Value) + (p.PropertyShare.Value * basis.Value)),
            "the larger of share × wages paid and smaller share × wages paid + share × property",
            p.WageShare, wages, p.WageShareWithProperty, p.PropertyShare, basis);

        var full = Full(p, sheet, net);
        var counted = full.Exact * applicable.Exact;
        var countedCap = cap.Exact * applicable.Exact;
        var component = sheet.Add(
            "qbi.component-limited", "Share after the limit is phased in", "Form 8995-A line 15",
            countedCap >= counted ? counted : counted - (ratio.Exact * (counted - countedCap)),
            "component × share that counts − part used up × what that exceeds limit × share that counts by",
            full, applicable, ratio, cap);
        var active = sheet.Add(
            "qbi.active-income", "Active qualified business income", null,
            Math.Max(0, net.Exact) * applicable.Exact, "qualified business income, not below 0 × share that counts",
            net, applicable);
        return (component, active);
    }

    private static TaxLine WithMinimum(
        MinimumQbiDeductionParameters? p, Worksheet sheet, TaxLine deduction, TaxLine active)
    {
        const string code = "qbi.deduction";
        const string label = "Deduction for qualified business income";
        const string formLine = "Form 1040-ES line 2b";
        return p is null
            ? sheet.Add(code, label, formLine, deduction.Exact, "deduction limited by taxable income", deduction)
            : sheet.Add(
                code, label, formLine,
                active.Exact < p.ActiveIncomeAtLeast.Value
                    ? deduction.Exact
                    : Math.Max(deduction.Exact, p.Deduction.Value),
                "deduction limited by taxable income, but at least the minimum where enough active income is there",
                deduction, p.Deduction, active, p.ActiveIncomeAtLeast);
    }
}
