using Billing.Domain.Taxes.Parameters;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>What is taken off adjusted gross income before the deduction for qualified business income.</summary>
public static class Deductions
{
    /// <summary>Standard deduction with a box each for 65 and blind, of both spouses on a joint return.</summary>
    /// <param name="p">The figures.</param>
    /// <param name="sheet">Where the lines go.</param>
    /// <param name="household">The return.</param>
    /// <param name="half">Half the self-employment tax, which is not earned income.</param>
    public static TaxLine Standard(StandardDeductionParameters p, Worksheet sheet, Household household, TaxLine half)
    {
        TaxInput amount = household.IsDependent ? OfDependent(p, sheet, household, half) : p.Amount.For(household.Status);
        var perBox = p.AdditionalPerBox.For(household.Status);
        var count = household.Persons().Sum(entry =>
            (entry.Person.IsSixtyFiveOrOlder ? 1 : 0) + (entry.Person.IsBlind ? 1 : 0));
        var boxes = TaxInput.Fact("household.boxes", count);
        var standard = sheet.Add(
            "deduction.standard", "Standard deduction", "Form 1040-ES line 2a",
            amount.Value + (boxes.Value * perBox.Value),
            "amount of the filing status + boxes for 65 and blind × amount per box", amount, boxes, perBox);
        if (p.CashCharityLimit?.For(household.Status) is not { } limit) return standard;

        var gifts = TaxInput.Fact("household.cashCharity", household.CashCharity);
        return sheet.Add(
            "deduction.standard-and-charity", "Standard deduction with cash gifts", "Form 1040-ES line 2a",
            standard.Exact + Math.Min(gifts.Value, limit.Value),
            "standard deduction + cash gifts up to their limit", standard, gifts, limit);
    }

    /// <summary>Of a taxpayer whom somebody else can claim: by the earned income, within a floor and the usual amount.</summary>
    private static TaxLine OfDependent(StandardDeductionParameters p, Worksheet sheet, Household household, TaxLine half)
    {
        var usual = p.Amount.For(household.Status);
        var earned = TaxInput.Fact(
            "household.earned", household.Persons().Sum(entry => entry.Person.Wages + Math.Max(0, entry.Person.NetProfit)));
        return sheet.Add(
            "deduction.dependent", "Standard deduction of somebody's dependant", "Form 1040-ES line 2a",
            Math.Min(
                usual.Value,
                Math.Max(p.DependentFloor.Value, earned.Value - half.Exact + p.DependentAddition.Value)),
            "earned income − half the self-employment tax + addition, at least the floor and at most the usual amount",
            earned, half, p.DependentAddition, p.DependentFloor, usual);
    }

    /// <summary>The larger of the standard deduction and the itemized ones, where there are any.</summary>
    public static TaxLine Taken(Worksheet sheet, Household household, TaxLine standard)
    {
        if (household.ItemizedDeductions == 0) return standard;
        var itemized = TaxInput.Fact("household.itemizedDeductions", household.ItemizedDeductions);
        return sheet.Add(
            "deduction.taken", "Itemized or standard deduction", "Form 1040-ES line 2a",
            Math.Max(standard.Exact, itemized.Value), "the larger of itemized deductions and standard deduction", itemized,
            standard);
    }

    /// <summary>The deduction for persons of 65 and older; each person's amount phases out by itself.</summary>
    public static TaxLine Senior(SeniorDeductionParameters? p, Worksheet sheet, Household household, TaxLine agi)
    {
        const string code = "deduction.senior";
        const string label = "Deduction for persons of 65 and older";
        if (p is null) return sheet.Add(code, label, null, 0, "there is none in this year");

        var each = p.AmountEach.For(household.Status);
        var start = p.PhaseOutStart.For(household.Status);
        var persons = TaxInput.Fact(
            "household.sixtyFiveOrOlder", household.Persons().Count(entry => entry.Person.IsSixtyFiveOrOlder));
        var reduced = Math.Max(0, each.Value - (p.PhaseOutRate.Value * Math.Max(0, agi.Exact - start.Value)));
        return sheet.Add(
            code, label, "Schedule 1-A", persons.Value * reduced,
            "persons of 65 and older × (amount − rate × adjusted gross income over the start, not below 0)",
            persons, each, p.PhaseOutRate, agi, start);
    }
}
