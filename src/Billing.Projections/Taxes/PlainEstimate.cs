using Billing.Domain.Taxes;
using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;
using Billing.Projections.Documents;
using static Billing.Projections.Taxes.TaxWords;

namespace Billing.Projections.Taxes;

/// <summary>What to pay by when and why, for someone who has never seen a tax form.</summary>
/// <param name="Headline">The one thing to do.</param>
/// <param name="Sentences">Why, in the order in which one asks.</param>
/// <param name="HowToPay">Empty where nothing is to be paid now.</param>
public sealed record PlainEstimate(string Headline, IReadOnlyList<string> Sentences, IReadOnlyList<string> HowToPay)
{
    public static PlainEstimate Of(TaxEstimate estimate, TaxParameters parameters, DocumentLanguage language)
    {
        var words = new TaxWords(language);
        return new PlainEstimate(
            HeadlineOf(estimate, language),
            [
                .. new[]
                {
                    WhatItIs(estimate, words), WhyThisMuch(estimate, parameters.EstimatedTax, words), WhatItRestsOn(estimate, words),
                    WhatLatenessCost(estimate, words), WhatIsLeft(estimate, words),
                }.OfType<string>(),
            ],
            estimate.ChosenPlan.CatchUp > 0 ? WaysToPay(estimate.Year, words) : []);
    }

    /// <summary>The one thing to do.</summary>
    public static string HeadlineOf(TaxEstimate estimate, DocumentLanguage language)
    {
        var (plan, words) = (estimate.ChosenPlan, new TaxWords(language));
        return (plan.Next, plan.OverdueNow, plan.DueNext) switch
        {
            (null, > 0, _) or (_, > 0, 0) => words.Of("late", ("amount", words.Whole(plan.OverdueNow))),
            (null, _, _) => WithReturn(estimate, words),
            ({ } next, 0, 0) => words.Of("nothing-by", ("day", words.Day(next.DeadlineOn))),
            ({ } next, 0, _) => words.Of("pay-by", ("amount", words.Whole(plan.CatchUp)), ("day", words.Day(next.DeadlineOn))),
            ({ } next, _, _) => words.Of(
                "pay-by-late", ("amount", words.Whole(plan.CatchUp)), ("day", words.Day(next.DeadlineOn)),
                ("late", words.Whole(plan.OverdueNow))),
        };
    }

    internal static IReadOnlyList<string> WaysToPay(int year, TaxWords words) =>
        [words.Of("online", ("year", Count(year))), words.Of("cheque", ("year", Count(year)))];

    private static string WithReturn(TaxEstimate estimate, TaxWords words) => estimate.BalanceWithReturn switch
    {
        > 0 => words.Of(
            "with-return", ("amount", words.Exact(estimate.BalanceWithReturn)), ("day", words.Day(estimate.Calendar.ReturnDueOn))),
        < 0 => words.Of("back", ("amount", words.Exact(-estimate.BalanceWithReturn))),
        _ => words.Of("nothing-more"),
    };

    private static string WhatItIs(TaxEstimate estimate, TaxWords words)
    {
        var year = ("year", Count(estimate.Year));
        var dates = estimate.ChosenPlan.Next is { } next
            ? words.Of("what-next", ("day", words.Day(next.DeadlineOn)), ("ordinal", words.Ordinal(next.Number)), year)
            : words.Of("what-past", year);
        return $"{words.Of("what")} {dates}";
    }

    private static string WhyThisMuch(TaxEstimate estimate, EstimatedTaxParameters law, TaxWords words)
    {
        var required = estimate.Required;
        var amount = ("amount", words.Exact(required.Required.Exact));
        return required.Basis switch
        {
            RequirementBasis.PriorYear or RequirementBasis.CurrentYear when estimate.ChoosesAnnualizedMethod =>
                words.Of("why-annualized", amount),
            RequirementBasis.PriorYear => words.Of(
                "why-prior", amount, ("share", Share(required.PriorYear!, words)), ("currentShare", Share(required.CurrentYear, words)),
                ("current", words.Exact(required.CurrentYear.Exact))),
            RequirementBasis.CurrentYear => $"{words.Of("why-current", amount, ("share", Share(required.CurrentYear, words)))} "
                + (required.PriorYear is { } prior
                    ? words.Of("why-prior-no-less", ("amount", words.Exact(prior.Exact)))
                    : words.Of("why-no-prior")),
            RequirementBasis.NoTaxLastYear => words.Of("why-no-tax-before"),
            RequirementBasis.UnderThreshold => words.Of(
                "why-little", ("left", words.Exact(Line(estimate, "required.left-after-withholding").Exact)),
                ("limit", words.Exact(law.NoPaymentBelow.Value))),
            RequirementBasis.WithheldEnough => words.Of(
                "why-withheld", ("withheld", words.Exact(Fact(Line(estimate, "required.after-withholding"), "withholding")!.Value)),
                ("required", words.Exact(required.Required.Exact))),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static string WhatItRestsOn(TaxEstimate estimate, TaxWords words)
    {
        var (books, annual) = (estimate.ScheduleC, estimate.Annual);
        return words.Of(
            "rests-on", ("day", words.Day(estimate.AsOf)), ("income", words.Exact(books.GrossIncome.Exact)),
            ("costs", words.Exact(books.GrossIncome.Exact - books.NetProfit.Exact)), ("profit", words.Exact(books.NetProfit.Exact)),
            ("expected", words.Exact(estimate.Projection.NetProfit.Exact)), ("tax", words.Exact(annual.Net.Exact)),
            ("social", words.Exact(annual.SelfEmploymentTax.Exact)), ("method", Method(estimate, words)));
    }

    /// <summary>How the rest of the year is thought of, by what its line was made from.</summary>
    private static string Method(TaxEstimate estimate, TaxWords words)
    {
        var (line, day) = (Line(estimate, "projection.net-profit"), ("day", words.Day(estimate.AsOf)));
        return (Fact(line, "year.daysPassed"), Fact(line, "projection.netProfit"), Fact(line, "lastYear.netProfitByThen")) switch
        {
            ({ } passed, _, _) => words.Of(
                "method-run-rate", ("passed", words.Number(passed)), ("days", words.Number(Fact(line, "year.days")!.Value)), day),
            (_, { }, _) => words.Of("method-own"),
            (_, _, { } byThen) => words.Of(
                "method-seasonal", ("share", words.Percent(byThen / Fact(line, "lastYear.netProfit")!.Value)), day),
            _ => words.Of("method-so-far", day),
        };
    }

    private static string? WhatLatenessCost(TaxEstimate estimate, TaxWords words) => estimate.ChosenPenalty.Amount == 0
        ? null
        : words.Of("lateness", ("amount", words.Exact(estimate.ChosenPenalty.Amount)));

    private static string? WhatIsLeft(TaxEstimate estimate, TaxWords words)
    {
        if (estimate.ChosenPlan.Next is null) return null;
        var left = estimate.BalanceWithReturn - estimate.ChosenPlan.Instalments.Sum(instalment => instalment.Remaining);
        return left switch
        {
            > 0 => words.Of("left", ("amount", words.Exact(left)), ("day", words.Day(estimate.Calendar.ReturnDueOn))),
            < 0 => words.Of("left-back", ("amount", words.Exact(-left))),
            _ => null,
        };
    }

    /// <summary>By which a safe harbour takes the tax.</summary>
    private static string Share(TaxLine harbour, TaxWords words) =>
        words.Percent(harbour.Inputs.First(input => input.Kind == TaxInputKind.Parameter).Value);

    private static TaxLine Line(TaxEstimate estimate, string code) => estimate.Lines.First(line => line.Code == code);

    private static decimal? Fact(TaxLine line, string name) =>
        line.Inputs.Where(input => input.Name == name).Select(input => (decimal?)input.Value).FirstOrDefault();
}
