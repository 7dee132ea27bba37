using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Values;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>
/// What to put aside of the money that clients pay. Shares are exact, from 0 to 1; all of it is part of the working.
/// </summary>
/// <param name="Average">Of a dollar of the year's profit, the tax on it; null where no profit is expected.</param>
/// <param name="Marginal">Of the next dollar of profit, the tax on it.</param>
/// <param name="ProjectedGross">What the whole year is expected to bring, before expenses; US dollars.</param>
/// <param name="ExpenseShare">The part of it that expenses take.</param>
/// <param name="AverageOfGross">Of a dollar received, the tax on it; null as above.</param>
/// <param name="MarginalOfGross">Of the next dollar received, with the usual expenses, the tax on it.</param>
/// <param name="NoSurprise">So that nothing is left to pay in April.</param>
/// <param name="NoPenalty">So that no instalment is late; the rest is due with the return.</param>
public sealed record SetAside(
    TaxLine? Average, TaxLine Marginal, TaxLine ProjectedGross, TaxLine ExpenseShare, TaxLine? AverageOfGross, TaxLine MarginalOfGross,
    SetAsideGoal NoSurprise, SetAsideGoal NoPenalty)
{
    /// <summary>Nobody is told to put more aside than this: beyond it the projection is what is wrong.</summary>
    public const decimal MostOfAPayment = 0.70m;

    private const decimal Step = 100;

    internal static SetAside Compute(
        TaxParameters p, Worksheet sheet, TaxFacts facts, Household household, ScheduleCResult soFar, TaxLine projected,
        AnnualTax annual, RequiredAnnualPayment required)
    {
        var gross = sheet.Add(
            "set-aside.gross", "Received in the whole year, as expected", null,
            GrossOfTheYear(soFar.GrossIncome.Exact, soFar.NetProfit.Exact, projected.Exact),
            "gross income so far × net profit of the year ÷ net profit so far; without a profit so far, the larger of gross income so "
            + "far and net profit of the year",
            soFar.GrossIncome, projected, soFar.NetProfit);
        var expenses = sheet.AddNumber(
            "set-aside.expense-share", "Part of it that expenses take", null,
            gross.Exact > 0 ? Math.Clamp(1 - (projected.Exact / gross.Exact), 0, 1) : 0,
            "1 − net profit of the year ÷ received in the whole year, from 0 to 1", projected, gross);
        var average = projected.Exact <= 0 ? null : sheet.AddNumber(
            "set-aside.average", "Tax on a dollar of profit, on average", null, annual.Total.Exact / projected.Exact,
            "total tax ÷ net profit of the year", annual.Total, projected);
        var marginal = MarginalOf(p, sheet, household, annual);
        var averageOfGross = average is null
            ? null
            : OfGross(sheet, "set-aside.average-of-gross", "Tax on a dollar received, on average", average, expenses);
        var marginalOfGross = OfGross(
            sheet, "set-aside.marginal-of-gross", "Tax on the next dollar received", marginal, expenses);
        var (noSurprise, noPenalty) = Goals(sheet, facts, soFar.GrossIncome, gross, annual, required);
        return new SetAside(average, marginal, gross, expenses, averageOfGross, marginalOfGross, noSurprise, noPenalty);
    }

    /// <summary>The year's profit is to what it brings as the profit so far is to what came so far.</summary>
    private static decimal GrossOfTheYear(decimal grossSoFar, decimal netSoFar, decimal projected) =>
        netSoFar > 0 && grossSoFar > 0 && projected > 0
            ? grossSoFar * (projected / netSoFar)
            : Math.Max(0, Math.Max(grossSoFar, projected));

    /// <summary>The whole tax is worked out again, so that nothing that phases out is missed.</summary>
    private static TaxLine MarginalOf(TaxParameters p, Worksheet sheet, Household household, AnnualTax annual)
    {
        // At the largest profit that there is an estimate for, a step less.
        var step = With(Step).Problem() is null ? Step : -Step;
        var more = AnnualTax.Compute(p, new Worksheet(), With(step)).Total.Exact;
        return sheet.AddNumber(
            "set-aside.marginal", "Tax on the next dollar of profit", null, (more - annual.Total.Exact) / step,
            "(total tax worked out with a step more of net profit − total tax) ÷ step",
            TaxInput.Fact("setAside.totalTaxAfterStep", more), annual.Total, TaxInput.Fact("setAside.step", step));

        Household With(decimal dollars) => household with
        {
            Taxpayer = household.Taxpayer with { NetProfit = household.Taxpayer.NetProfit + dollars },
        };
    }

    private static TaxLine OfGross(Worksheet sheet, string code, string label, TaxLine ofProfit, TaxLine expenses) => sheet.AddNumber(
        code, label, null, ofProfit.Exact * (1 - expenses.Exact), "tax on a dollar of profit × (1 − part that expenses take)",
        ofProfit, expenses);

    private static (SetAsideGoal NoSurprise, SetAsideGoal NoPenalty) Goals(
        Worksheet sheet, TaxFacts facts, TaxLine grossSoFar, TaxLine gross, AnnualTax annual, RequiredAnnualPayment required)
    {
        var withheld = TaxInput.Fact("withholding", facts.Withholding);
        var overpaid = TaxInput.Fact("priorOverpaymentApplied", facts.PriorOverpaymentApplied);
        var paid = TaxInput.Fact("payments", facts.Paid);
        var credited = sheet.Add(
            "set-aside.credited", "Withheld, applied and paid so far", null, withheld.Value + overpaid.Value + paid.Value,
            "withholding of the year + overpayment applied + estimated tax paid", withheld, overpaid, paid);
        var byOthers = sheet.Add(
            "set-aside.not-from-receipts", "Withheld and applied", null, withheld.Value + overpaid.Value,
            "withholding of the year + overpayment applied", withheld, overpaid);
        var remaining = sheet.Add(
            "set-aside.remaining-gross", "Still to be received this year, as expected", null,
            Math.Max(0, gross.Exact - grossSoFar.Exact), "received in the whole year − gross income so far, not below 0",
            gross, grossSoFar);
        var penalty = sheet.Add(
            "set-aside.no-penalty.target", "To be paid in so that no instalment is late", null,
            required.Instalments == 0 ? 0 : required.Required.Exact,
            required.Instalments == 0 ? "nothing is required" : "required annual payment", required.Required);
        var surprise = sheet.Add(
            "set-aside.no-surprise.target", "To be paid in so that nothing is left in April", null,
            Math.Max(annual.Net.Exact, penalty.Exact), "the larger of tax after refundable credits and what must be paid in",
            annual.Net, penalty);
        return (
            SetAsideGoal.Of(sheet, "no-surprise", "so that nothing is left in April", surprise, byOthers, gross, credited, remaining),
            SetAsideGoal.Of(sheet, "no-penalty", "so that no instalment is late", penalty, byOthers, gross, credited, remaining));
    }
}

/// <summary>What is to be paid in by the end, and the share of each payment received that brings it together.</summary>
/// <param name="Target">US dollars.</param>
/// <param name="OfEachPayment">Of every payment of the year alike; null where nothing is expected to be received.</param>
/// <param name="FromNowOn">Of every payment that is still to come, where nothing lies aside but what was paid; null where none is.</param>
public sealed record SetAsideGoal(TaxLine Target, TaxLine? OfEachPayment, TaxLine? FromNowOn)
{
    /// <summary>What to put aside of an amount received; a refund to a client takes its part back. Whole cents.</summary>
    public Money Of(Money received) => received.Currency != Currency.Usd
        ? throw new ArgumentException("US tax is put aside of US dollars.", nameof(received))
        : Cents.ToMoney(received.ToDecimal() * (OfEachPayment?.Exact ?? 0));

    internal static SetAsideGoal Of(
        Worksheet sheet, string name, string words, TaxLine target, TaxLine byOthers, TaxLine gross, TaxLine credited,
        TaxLine remaining) => new(
        target,
        Share(
            sheet, $"set-aside.{name}.of-each-payment", $"Put aside of each payment received, {words}", target, byOthers, gross,
            "(to be paid in − withheld and applied) ÷ received in the whole year"),
        Share(
            sheet, $"set-aside.{name}.from-now-on", $"Put aside of each payment from now on, {words}", target, credited, remaining,
            "(to be paid in − withheld, applied and paid so far) ÷ still to be received"));

    private static TaxLine? Share(
        Worksheet sheet, string code, string label, TaxLine target, TaxLine already, TaxLine of, string formula) => of.Exact <= 0
        ? null
        : sheet.AddNumber(
            code, label, null,
            target.Exact <= already.Exact ? 0 : Math.Min(SetAside.MostOfAPayment, (target.Exact - already.Exact) / of.Exact),
            $"{formula}, from 0 to {Words.Percent(SetAside.MostOfAPayment)}", target, already, of);
}
