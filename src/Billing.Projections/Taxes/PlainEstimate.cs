using System.Globalization;
using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using Billing.Projections.Documents;
using NodaTime;
using NodaTime.Text;

namespace Billing.Projections.Taxes;

/// <summary>What to pay by when and why, for someone who has never seen a tax form.</summary>
/// <param name="Headline">The one thing to do.</param>
/// <param name="Sentences">Why, in the order in which one asks.</param>
/// <param name="HowToPay">Empty where nothing is to be paid now.</param>
public sealed record PlainEstimate(string Headline, IReadOnlyList<string> Sentences, IReadOnlyList<string> HowToPay)
{
    internal static readonly string[] Ordinals = ["first", "second", "third", "fourth"];

    public static PlainEstimate Of(TaxEstimate estimate) => new(
        HeadlineOf(estimate),
        [
            .. new[]
            {
                WhatItIs(estimate), WhyThisMuch(estimate), WhatItRestsOn(estimate), WhatLatenessCost(estimate), WhatIsLeft(estimate),
            }.OfType<string>(),
        ],
        estimate.ChosenPlan.CatchUp > 0 ? WaysToPay(estimate.Year) : []);

    internal static IReadOnlyList<string> WaysToPay(int year) =>
    [
        $"Online: irs.gov/payments, as estimated tax (Form 1040-ES) for {Number(year)}. You get a confirmation number: write it down with "
        + "the payment.",
        $"By check: to “United States Treasury”, with your social security number and “{Number(year)} Form 1040-ES” on it, mailed with "
        + "the voucher of that form to the address in its instructions.",
    ];

    internal static string HeadlineOf(TaxEstimate estimate)
    {
        var plan = estimate.ChosenPlan;
        return (plan.Next, plan.OverdueNow, plan.DueNext) switch
        {
            (null, > 0, _) => $"Pay {Whole(plan.OverdueNow)} now: it is late.",
            (null, _, _) => estimate.BalanceWithReturn switch
            {
                > 0 => $"Pay {Exact(estimate.BalanceWithReturn)} with your return by {PrintedText.Of(estimate.Calendar.ReturnDueOn)}.",
                < 0 => $"Nothing more to pay: about {Exact(-estimate.BalanceWithReturn)} comes back with your return.",
                _ => "Nothing more to pay for this year.",
            },
            ({ } next, 0, 0) => $"Nothing to pay by {PrintedText.Of(next.DeadlineOn)}.",
            ({ } next, 0, _) => $"Pay {Whole(plan.CatchUp)} by {PrintedText.Of(next.DeadlineOn)}.",
            (_, _, 0) => $"Pay {Whole(plan.OverdueNow)} now: it is late.",
            ({ } next, _, _) =>
                $"Pay {Whole(plan.CatchUp)} by {PrintedText.Of(next.DeadlineOn)}; {Whole(plan.OverdueNow)} of it is late, so pay that now.",
        };
    }

    private static string WhatItIs(TaxEstimate estimate) =>
        "Nobody takes tax out of what your clients pay you, so you send it in yourself, four times a year. "
        + (estimate.ChosenPlan.Next is { } next
            ? $"The next date, {PrintedText.Of(next.DeadlineOn)}, is the {Ordinals[next.Number - 1]} one for {Number(estimate.Year)}."
            : $"All four dates for {Number(estimate.Year)} are past; what is still missing is settled with your tax return.");

    private static string WhyThisMuch(TaxEstimate estimate)
    {
        var required = estimate.Required;
        var (amount, byThisYear) = (Exact(required.Required.Exact), Share(required.CurrentYear));
        return required.Basis switch
        {
            RequirementBasis.PriorYear or RequirementBasis.CurrentYear when estimate.ChoosesAnnualizedMethod =>
                "Why this much: you chose to pay by when in the year your income came (Form 2210, Schedule AI). Each date asks for the tax "
                + "on what you had earned by then, as if the whole year went so, and never for more than the usual four equal parts would "
                + $"by then: {amount} in all for the year.",
            RequirementBasis.PriorYear =>
                $"Why this much: paying in {amount} over the year, {Share(required.PriorYear!)} of what last year's tax return came to, "
                + "keeps you free of penalties however much more you earn. It is the smaller of the two amounts that the law is content "
                + $"with; the other is {byThisYear} of this year's expected tax, {Exact(required.CurrentYear.Exact)}.",
            RequirementBasis.CurrentYear =>
                $"Why this much: {amount}, which is {byThisYear} of the tax expected for this year, has to be paid in during the year, "
                + "spread over the four dates. "
                + (required.PriorYear is { } prior
                    ? $"By last year's tax return it would be {Exact(prior.Exact)}, which is no less."
                    : "If you enter last year's tax return, less may be enough."),
            _ => required.Reason,
        };
    }

    private static string WhatItRestsOn(TaxEstimate estimate)
    {
        var (books, annual) = (estimate.ScheduleC, estimate.Annual);
        var costs = books.GrossIncome.Exact - books.NetProfit.Exact;
        return $"What it rests on: through {PrintedText.Of(estimate.AsOf)} your clients paid {Exact(books.GrossIncome.Exact)}, and "
            + $"{Exact(costs)} of costs count against it, which leaves a profit of {Exact(books.NetProfit.Exact)}. For the whole year "
            + $"{Exact(estimate.Projection.NetProfit.Exact)} is expected, and on all of your income {Exact(annual.Net.Exact)} of tax: "
            + $"{Exact(annual.SelfEmploymentTax.Exact)} of it for social security and Medicare. "
            + InWords(estimate.Projection.Method, estimate.AsOf);
    }

    /// <summary>The method names the day as the API has days.</summary>
    private static string InWords(string method, LocalDate asOf) =>
        method.Replace(LocalDatePattern.Iso.Format(asOf), PrintedText.Of(asOf), StringComparison.Ordinal);

    private static string? WhatLatenessCost(TaxEstimate estimate) => estimate.ChosenPenalty.Amount == 0
        ? null
        : $"Being late has cost about {Exact(estimate.ChosenPenalty.Amount)} so far. It is interest: paying sooner keeps it small.";

    private static string? WhatIsLeft(TaxEstimate estimate)
    {
        if (estimate.ChosenPlan.Next is null) return null;
        var left = estimate.BalanceWithReturn - estimate.ChosenPlan.Instalments.Sum(instalment => instalment.Remaining);
        return left switch
        {
            > 0 => $"If you pay every date in full, about {Exact(left)} is left to pay with your return by "
                + $"{PrintedText.Of(estimate.Calendar.ReturnDueOn)}, if the year goes as expected.",
            < 0 => $"If you pay every date in full, about {Exact(-left)} comes back with your return, if the year goes as expected.",
            _ => null,
        };
    }

    /// <summary>By which a safe harbour takes the tax.</summary>
    private static string Share(TaxLine harbour) =>
        PrintedEstimate.Percent(harbour.Inputs.First(input => input.Kind == TaxInputKind.Parameter).Value);

    private static string Exact(decimal dollars) => PrintedText.Of(Cents.ToMoney(dollars));

    /// <summary>What to send is a whole number of dollars.</summary>
    private static string Whole(decimal dollars)
    {
        var exact = Exact(Cents.UpToDollar(dollars));
        return exact.EndsWith(".00", StringComparison.Ordinal) ? exact[..^3] : exact;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
