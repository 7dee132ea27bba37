using Billing.Domain.Taxes.Parameters;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>What a self-employed person's own plans take, and how much more could still go into each.</summary>
/// <param name="Deductions">What is deducted of each plan with a contribution (Schedule 1 line 16).</param>
/// <param name="Sep">Schedule 1 line 16, the SEP part; nothing where nothing was put in.</param>
/// <param name="SepLimit">The most that could go into a SEP plan on this profit.</param>
/// <param name="SimpleLimit">The most that could go into a SIMPLE plan on this profit: own pay put aside and the match.</param>
/// <param name="SoloLimit">The most that could go into a solo 401(k): own deferral, employer's part and catch-up.</param>
public sealed record RetirementPlanLines(
    IReadOnlyList<TaxLine> Deductions, TaxLine Sep, TaxLine SepLimit, TaxLine SimpleLimit, TaxLine SoloLimit);

/// <summary>
/// SEP, SIMPLE and solo 401(k) plans of a person without employees' contributions (Publication 560). A person has one
/// kind at a time; <see cref="Household.Problem"/> refuses more.
/// </summary>
public static class RetirementPlans
{
    private const int CatchUpFrom = 50;

    public static RetirementPlanLines Compute(
        RetirementParameters p, Worksheet sheet, string role, TaxPerson person, SelfEmploymentTax se)
    {
        var profit = TaxInput.Fact($"{role}.netProfit", person.NetProfit);
        var reduced = Math.Max(0, profit.Value - se.Half.Exact);
        var employer = sheet.Add(
            $"sep.limit.{role}", "Most that can go into a SEP plan", null,
            Math.Min(p.SepShare.Value * reduced, p.AnnualAdditionsLimit.Value),
            "share × (net profit − half the self-employment tax), at most the limit on additions",
            p.SepShare, profit, se.Half, p.AnnualAdditionsLimit);
        var simple = Simple(p, sheet, role, person, se, reduced);
        var solo = Solo(p, sheet, role, person, employer, profit, se);

        var sep = Deducted(
            sheet, "sep", "SEP contribution", role, TaxInput.Fact($"{role}.sepContribution", person.SepContribution), employer);
        var deductions = new List<TaxLine> { sep };
        if (person.SimpleContribution != 0)
            deductions.Add(Deducted(
                sheet, "simple", "SIMPLE contribution", role,
                TaxInput.Fact($"{role}.simpleContribution", person.SimpleContribution), simple));
        if (person.Solo401kContribution != 0)
            deductions.Add(Deducted(
                sheet, "solo-401k", "Solo 401(k) contribution", role,
                TaxInput.Fact($"{role}.solo401kContribution", person.Solo401kContribution), solo));
        return new RetirementPlanLines(deductions, sep, employer, simple, solo);
    }

    private static TaxLine Deducted(
        Worksheet sheet, string code, string label, string role, TaxInput contribution, TaxLine limit) => sheet.Add(
            $"{code}.deduction.{role}", label, "Schedule 1 line 16", Math.Min(contribution.Value, limit.Exact),
            "the smaller of contribution and limit", contribution, limit);

    /// <summary>Pay put aside up to its limit and the match, all of it at most the earned income.</summary>
    private static TaxLine Simple(
        RetirementParameters p, Worksheet sheet, string role, TaxPerson person, SelfEmploymentTax se, decimal reduced)
    {
        var catchUp = CatchUp(person, p.SimpleCatchUpFromFifty, p.SimpleCatchUpSixtyToSixtyThree);
        return sheet.Add(
            $"simple.limit.{role}", "Most that can go into a SIMPLE plan", null,
            Math.Min(
                reduced,
                Math.Min(se.NetEarnings.Exact, p.SimpleDeferralLimit.Value + (catchUp?.Value ?? 0))
                + (p.SimpleMatchShare.Value * se.NetEarnings.Exact)),
            "limit on pay put aside with catch-up, at most the net earnings, + match × net earnings; at most what the business leaves",
            [p.SimpleDeferralLimit, .. Known(catchUp), p.SimpleMatchShare, se.NetEarnings]);
    }

    /// <summary>
    /// Own deferral and the employer's part together keep the limit on additions; the catch-up comes on top; nothing
    /// may be more than what the business leaves.
    /// </summary>
    private static TaxLine Solo(
        RetirementParameters p, Worksheet sheet, string role, TaxPerson person, TaxLine employer, TaxInput profit,
        SelfEmploymentTax se)
    {
        var catchUp = CatchUp(person, p.CatchUpFromFifty, p.CatchUpSixtyToSixtyThree);
        var elsewhere = TaxInput.Fact($"{role}.deferralsElsewhere", person.DeferralsElsewhere);
        var deferral = Math.Max(0, p.ElectiveDeferralLimit.Value + (catchUp?.Value ?? 0) - elsewhere.Value);
        var withinAdditions = Math.Min(
            p.AnnualAdditionsLimit.Value, employer.Exact + Math.Min(deferral, p.ElectiveDeferralLimit.Value));
        var onTop = Math.Max(0, deferral - p.ElectiveDeferralLimit.Value);
        return sheet.Add(
            $"solo-401k.limit.{role}", "Most that can go into a solo 401(k)", null,
            Math.Min(Math.Max(0, profit.Value - se.Half.Exact), withinAdditions + onTop),
            "employer's part + deferral left by other plans, at most the limit on additions, + catch-up; at most net profit − half "
            + "the self-employment tax",
            [employer, p.ElectiveDeferralLimit, .. Known(catchUp), elsewhere, p.AnnualAdditionsLimit, profit, se.Half]);
    }

    private static TaxFigure? CatchUp(TaxPerson person, TaxFigure fromFifty, TaxFigure? sixtyToSixtyThree) =>
        person.Age is >= 60 and <= 63 && sixtyToSixtyThree is not null ? sixtyToSixtyThree
        : person.Age >= CatchUpFrom || person.IsSixtyFiveOrOlder ? fromFifty
        : null;

    private static IEnumerable<TaxInput> Known(TaxFigure? figure) => figure is null ? [] : [figure];
}
