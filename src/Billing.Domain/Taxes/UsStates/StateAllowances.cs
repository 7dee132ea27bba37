using System.Diagnostics;
using Billing.Domain.Taxes.UsFederal;

namespace Billing.Domain.Taxes.UsStates;

/// <summary>Deductions and credits that are an amount times a count.</summary>
internal sealed class StateAllowances(Worksheet sheet, Household household, TaxLine agi)
{
    public IReadOnlyList<TaxLine> Deductions(IReadOnlyDictionary<string, StateAllowance> allowances) =>
        [.. allowances.Select(pair => Line($"state.deduction.{pair.Key}", pair.Value, null))];

    public IReadOnlyList<TaxLine> Credits(IReadOnlyDictionary<string, StateAllowance> allowances, CreditReductionParameters? reduction)
    {
        var steps = reduction is null ? null : Steps(reduction);
        return [.. allowances.Select(pair => Line($"state.credit.{pair.Key}", pair.Value, steps is null ? null : (reduction!, steps)))];
    }

    private TaxLine Steps(CreditReductionParameters reduction)
    {
        var (start, step) = (reduction.Start.For(household.Status), reduction.Step.For(household.Status));
        return sheet.AddNumber(
            "state.credit-steps", "Steps by which credits shrink", null, Math.Ceiling(Math.Max(0, agi.Exact - start.Value) / step.Value),
            "federal adjusted gross income over the start ÷ step, parts counted as whole", agi, start, step);
    }

    private TaxLine Line(string code, StateAllowance allowance, (CreditReductionParameters Reduction, TaxLine Steps)? shrinks)
    {
        var amount = allowance.Amount(household.Status, agi.Exact);
        var count = TaxInput.Fact($"household.{Name(allowance.For)}", Count(allowance.For));
        if (shrinks is not (var reduction, var steps))
            return sheet.Add(code, allowance.Label, null, amount.Value * count.Value, "amount at the income × count", amount, count, agi);
        var each = reduction.Of == CreditReductionKind.Share
            ? amount.Value * Math.Max(0, 1 - (steps.Exact * reduction.PerStep.Value))
            : Math.Max(0, amount.Value - (steps.Exact * reduction.PerStep.Value));
        return sheet.Add(
            code, allowance.Label, null, each * count.Value,
            reduction.Of == CreditReductionKind.Share
                ? "amount × (1 − steps × share) × count, not below 0"
                : "(amount − steps × reduction) × count, not below 0",
            amount, steps, reduction.PerStep, count);
    }

    private int Count(AllowanceCount what) => what switch
    {
        AllowanceCount.Return => 1,
        AllowanceCount.Personal => household.Status is FilingStatus.MarriedFilingJointly or FilingStatus.QualifyingSurvivingSpouse ? 2 : 1,
        AllowanceCount.Person => Filers + household.ChildrenUnder17 + household.OtherDependants,
        AllowanceCount.Dependant => household.ChildrenUnder17 + household.OtherDependants,
        AllowanceCount.Child => household.ChildrenUnder17,
        AllowanceCount.OtherDependant => household.OtherDependants,
        AllowanceCount.Aged => Aged,
        AllowanceCount.Blind => Blind,
        AllowanceCount.AgedOrBlind => Aged + Blind,
        _ => throw new UnreachableException(),
    };

    private int Filers => household.Status == FilingStatus.MarriedFilingJointly ? 2 : 1;

    private int Aged => household.Persons().Count(entry => entry.Person.IsSixtyFiveOrOlder);

    private int Blind => household.Persons().Count(entry => entry.Person.IsBlind);

    private static string Name(AllowanceCount what) => what switch
    {
        AllowanceCount.Return => "returns",
        AllowanceCount.Personal => "personalCredits",
        AllowanceCount.Person => "persons",
        AllowanceCount.Dependant => "dependants",
        AllowanceCount.Child => "childrenUnder17",
        AllowanceCount.OtherDependant => "otherDependants",
        AllowanceCount.Aged => "aged",
        AllowanceCount.Blind => "blind",
        AllowanceCount.AgedOrBlind => "agedOrBlind",
        _ => throw new UnreachableException(),
    };
}
