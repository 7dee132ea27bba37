using System.Diagnostics.CodeAnalysis;
using Billing.Domain.Taxes.Parameters;
using NodaTime;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>An estimate of one year's tax and of what to pay by when, as known on a day.</summary>
/// <param name="ParametersVersion">
/// The figures it was made with; with them and the same facts it comes out the same.
/// </param>
/// <param name="Year">The tax year.</param>
/// <param name="AsOf">The day of the estimate.</param>
/// <param name="ScheduleC">The books' profit through that day.</param>
/// <param name="Projection">The profit expected for the year, and how it was found.</param>
/// <param name="Annual">The year's tax on it.</param>
/// <param name="Required">The required annual payment, and why it is that.</param>
/// <param name="Plan">The four instalments and what to pay next.</param>
/// <param name="Penalty">What late instalments have cost so far.</param>
/// <param name="Annualized">The same by the annualized income method, which the person may choose instead.</param>
/// <param name="ChoosesAnnualizedMethod">Whether the person pays by it.</param>
/// <param name="BalanceWithReturn">
/// Expected to be paid with the return if nothing but withholding comes in any more; negative for a refund. US
/// dollars.
/// </param>
/// <param name="Calendar">All dates of the year.</param>
/// <param name="Advice">What to do next, in words.</param>
/// <param name="Lines">The whole working, each line after those it takes from.</param>
public sealed record TaxEstimate(
    string ParametersVersion,
    int Year,
    LocalDate AsOf,
    ScheduleCResult ScheduleC,
    YearProjection Projection,
    AnnualTax Annual,
    RequiredAnnualPayment Required,
    InstalmentPlan Plan,
    UnderpaymentPenalty Penalty,
    AnnualizedPlan Annualized,
    bool ChoosesAnnualizedMethod,
    decimal BalanceWithReturn,
    TaxCalendar Calendar,
    string Advice,
    IReadOnlyList<TaxLine> Lines)
{
    /// <summary>What to put aside of each payment received.</summary>
    public required SetAside SetAside { get; init; }

    /// <summary>The plan of the method that the person pays by.</summary>
    public InstalmentPlan ChosenPlan => ChoosesAnnualizedMethod ? Annualized.Plan : Plan;

    /// <summary>What late instalments have cost so far by that method.</summary>
    public UnderpaymentPenalty ChosenPenalty => ChoosesAnnualizedMethod ? Annualized.Penalty : Penalty;
}

/// <summary>
/// Estimated tax by the regular method (Form 1040-ES) and by the annualized one (Form 2210 Schedule AI), from dated facts to
/// the next payment.
/// </summary>
public static class Estimator
{
    /// <summary>Makes the estimate, or says what in the facts it cannot be made from.</summary>
    /// <returns>
    /// False with <c>expense-category-unknown</c>, <c>tax-fact-outside-year</c>, <c>tax-currency-not-usd</c>,
    /// <c>tax-amount-negative</c>, <c>tax-amount-too-large</c>, <c>spouse-needs-joint-return</c>,
    /// <c>run-rate-needs-a-day</c> or <c>seasonal-needs-last-year</c>.
    /// </returns>
    public static bool TryEstimate(
        TaxParameters p,
        TaxFacts facts,
        [NotNullWhen(true)] out TaxEstimate? estimate,
        [NotNullWhen(false)] out Rejection? rejection)
    {
        rejection = FactsCheck.Problem(p, facts);
        estimate = rejection is null ? Estimate(p, facts, out rejection) : null;
        return estimate is not null;
    }

    /// <summary>Null where the profit of the books makes the household one that nothing can be worked out for.</summary>
    private static TaxEstimate? Estimate(TaxParameters p, TaxFacts facts, out Rejection? rejection)
    {
        var sheet = new Worksheet();
        var calendar = TaxCalendar.For(p.Year);
        var scheduleC = ScheduleC.Compute(p, sheet, facts, facts.AsOf);
        var projection = YearProjection.Of(sheet, facts.Projection, scheduleC.NetProfit, p.Year, facts.AsOf, facts.Planned);
        var taxpayer = facts.Household.Taxpayer;
        var household = facts.Household with
        {
            Taxpayer = taxpayer with { NetProfit = taxpayer.NetProfit + projection.NetProfit.Exact },
        };
        rejection = household.Problem();
        if (rejection is not null) return null;
        var annual = AnnualTax.Compute(p, sheet, household);
        var required = RequiredAnnualPayment.Compute(
            p.EstimatedTax, sheet, household.Status, annual.Net, facts.PriorYear, facts.Withholding);

        var instalments = Cents.Quarters(required.Instalments);
        var credited = facts.PriorOverpaymentApplied + facts.Paid;
        var plan = InstalmentPlan.Of(InstalmentPlan.Regular, calendar, instalments, facts.Withholding, credited, facts.AsOf);
        var penalty = UnderpaymentPenalty.Compute(
            p.EstimatedTax.UnderpaymentRates.Value, calendar, instalments, Credits(calendar, facts), facts.AsOf);
        var annualized = Annualized(p, sheet, facts, calendar, projection, scheduleC, instalments, credited);
        var balance = annual.Net.Amount - facts.Withholding - credited;
        var advice = PaymentAdvice.Text(
            calendar, facts.ChoosesAnnualizedMethod ? annualized.Plan : plan, balance, facts.AsOf);
        var setAside = SetAside.Compute(p, sheet, facts, household, scheduleC, projection.NetProfit, annual, required);
        return new TaxEstimate(
            p.Version, p.Year, facts.AsOf, scheduleC, projection, annual, required, plan, penalty, annualized,
            facts.ChoosesAnnualizedMethod, balance, calendar, advice, sheet.Lines)
        {
            SetAside = setAside,
        };
    }

    private static AnnualizedPlan Annualized(
        TaxParameters p, Worksheet sheet, TaxFacts facts, TaxCalendar calendar, YearProjection projection,
        ScheduleCResult scheduleC, IReadOnlyList<decimal> quarters, decimal credited)
    {
        var periods = AnnualizedPlan.Periods(sheet, p, facts, projection.NetProfit, scheduleC.NetProfit, calendar);
        var schedule = ScheduleAi.Compute(p, sheet, periods, quarters);
        var required = AnnualizedPlan.InCents(schedule);
        return new AnnualizedPlan(
            schedule, InstalmentPlan.Of(InstalmentPlan.Annualized, calendar, required, facts.Withholding, credited, facts.AsOf),
            UnderpaymentPenalty.Compute(
                p.EstimatedTax.UnderpaymentRates.Value, calendar, required, Credits(calendar, facts), facts.AsOf),
            calendar.Instalments.FirstOrDefault(due => due.PeriodEnd > facts.AsOf)?.Number);
    }

    /// <summary>
    /// Withholding counts as paid in four equal parts on the due dates, an overpayment applied on the first.
    /// </summary>
    private static IEnumerable<TaxCredit> Credits(TaxCalendar calendar, TaxFacts facts) =>
    [
        .. calendar.Instalments.Zip(
            Cents.Quarters(facts.Withholding), (due, amount) => new TaxCredit(due.StatutoryOn, amount)),
        new TaxCredit(calendar.Instalments[0].StatutoryOn, facts.PriorOverpaymentApplied),
        .. facts.Payments.Select(payment => new TaxCredit(payment.On, payment.Amount.ToDecimal())),
    ];
}
