using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Taxes.Cents;

namespace Billing.Api.Taxes;

/// <summary>A quarterly estimate as the API gives it. Amounts are US dollars.</summary>
/// <param name="ParametersVersion">The tax figures it was made with; with them and the same facts it comes out the same.</param>
/// <param name="HasProfile">False while the filer said nothing of their household: then a single filer without other income.</param>
/// <param name="Advice">What to do next, in words.</param>
/// <param name="Next">By the method that the filer chose.</param>
/// <param name="Instalments">By that method.</param>
/// <param name="Methods">Both methods side by side, the regular one first.</param>
/// <param name="PlanRoom">What could still go into a retirement plan of the filer's own this year, by its kind.</param>
/// <param name="PenaltySoFar">What late instalments have cost so far (Form 2210), by the method chosen.</param>
/// <param name="Lines">The whole working, each line after those it takes from.</param>
public sealed record EstimateView(
    int Year, LocalDate AsOf, string ParametersVersion, string FilingStatus, bool HasProfile, string Advice, NextPaymentView Next,
    IReadOnlyList<TaxInstalmentView> Instalments, RequirementView Required, EstimateTotals Totals, Money PenaltySoFar,
    Money BalanceWithReturn, IReadOnlyList<MethodView> Methods, PlanRoomView PlanRoom, IReadOnlyList<LineView> Lines,
    SetAsideView SetAside)
{
    public const string Cash = "cash";
    public const string Accrual = "accrual";

    /// <summary>cash, by what was received; or accrual, by what was earned.</summary>
    public string Basis { get; init; } = Cash;

    public static EstimateView Of(TaxEstimate estimate, string filingStatus, bool hasProfile)
    {
        var plan = estimate.ChosenPlan;
        return new EstimateView(
            estimate.Year, estimate.AsOf, estimate.ParametersVersion, filingStatus, hasProfile, estimate.Advice,
            NextPaymentView.Of(plan), TaxInstalmentView.AllOf(plan),
            new RequirementView(
                ToMoney(estimate.Required.Required.Amount), ToMoney(estimate.Required.Instalments),
                ToMoney(estimate.Required.CurrentYear.Amount), estimate.Required.PriorYear is { } prior ? ToMoney(prior.Amount) : null,
                estimate.Required.Reason),
            EstimateTotals.Of(estimate), ToMoney(estimate.ChosenPenalty.Amount), ToMoney(estimate.BalanceWithReturn),
            MethodView.BothOf(estimate), PlanRoomView.Of(estimate.Annual.Plans[0]),
            [.. estimate.Lines.Select(LineView.Of)], SetAsideView.Of(estimate.SetAside));
    }
}

/// <param name="DueOn">The next deadline; null after the fourth.</param>
/// <param name="DueNext">What comes on top for it.</param>
/// <param name="OverdueNow">Missed at earlier deadlines: pay at once.</param>
/// <param name="ToPay">Both together.</param>
/// <param name="Recommended">The same in whole dollars, rounded up.</param>
public sealed record NextPaymentView(LocalDate? DueOn, Money DueNext, Money OverdueNow, Money ToPay, Money Recommended)
{
    public static NextPaymentView Of(InstalmentPlan plan) => new(
        plan.Next?.DeadlineOn, ToMoney(plan.DueNext), ToMoney(plan.OverdueNow), ToMoney(plan.CatchUp),
        ToMoney(plan.RecommendedPayment));
}

/// <summary>What one method asks for.</summary>
/// <param name="Method">regular: four equal parts; annualized: by when the income came (Form 2210 Schedule AI).</param>
/// <param name="IsChosen">Whether the filer pays by it.</param>
/// <param name="ProjectedFrom">The first instalment, 1 to 4, whose period was not over on the day of the estimate.</param>
public sealed record MethodView(
    string Method, bool IsChosen, NextPaymentView Next, IReadOnlyList<TaxInstalmentView> Instalments, Money PenaltySoFar,
    int? ProjectedFrom)
{
    public static IReadOnlyList<MethodView> BothOf(TaxEstimate estimate) =>
    [
        Of(estimate.Plan, estimate.Penalty, !estimate.ChoosesAnnualizedMethod, null),
        Of(estimate.Annualized.Plan, estimate.Annualized.Penalty, estimate.ChoosesAnnualizedMethod, estimate.Annualized.ProjectedFrom),
    ];

    private static MethodView Of(InstalmentPlan plan, UnderpaymentPenalty penalty, bool isChosen, int? projectedFrom) => new(
        plan.Method, isChosen, NextPaymentView.Of(plan), TaxInstalmentView.AllOf(plan), ToMoney(penalty.Amount), projectedFrom);
}

/// <param name="Sep">The most that could go into a SEP plan beyond what was said to go in.</param>
/// <param name="Simple">Into a SIMPLE plan of a small employer, the match included.</param>
/// <param name="Solo401k">Into a solo 401(k): deferral, employer's part and catch-up.</param>
public sealed record PlanRoomView(Money Sep, Money Simple, Money Solo401k)
{
    public static PlanRoomView Of(RetirementPlanLines plans)
    {
        var used = plans.Deductions.Sum(line => line.Exact);
        return new PlanRoomView(Left(plans.SepLimit), Left(plans.SimpleLimit), Left(plans.SoloLimit));

        Money Left(TaxLine limit) => ToMoney(Math.Max(0, limit.Exact - used));
    }
}

/// <param name="State">covered, overdue, next or later.</param>
public sealed record TaxInstalmentView(
    int Quarter, LocalDate PeriodEnd, LocalDate DueOn, Money Required, Money Withheld, Money Remaining, string State)
{
    public static IReadOnlyList<TaxInstalmentView> AllOf(InstalmentPlan plan) =>
    [
        .. plan.Instalments.Select(i => new TaxInstalmentView(
            i.Due.Number, i.Due.PeriodEnd, i.Due.DeadlineOn, ToMoney(i.Required), ToMoney(i.Withheld), ToMoney(i.Remaining),
            i.State.ToString().ToLowerInvariant())),
    ];
}

/// <param name="RequiredAnnualPayment">Form 1040-ES line 12c.</param>
/// <param name="ByInstalments">What the four instalments sum to; nothing where nothing is required.</param>
/// <param name="ByThisYear">Line 12a.</param>
/// <param name="ByLastYear">Line 12b; null where last year's return gives no safe harbour.</param>
/// <param name="Reason">Which safe harbour decides, and why.</param>
public sealed record RequirementView(
    Money RequiredAnnualPayment, Money ByInstalments, Money ByThisYear, Money? ByLastYear, string Reason);

public sealed record EstimateTotals(
    Money GrossReceipts, Money Expenses, Money NetProfitToDate, Money ProjectedNetProfit, string ProjectionMethod,
    Money SelfEmploymentTax, Money HalfSelfEmploymentTax, Money AdjustedGrossIncome, Money QbiDeduction, Money TaxableIncome,
    Money IncomeTax, Money TotalTax)
{
    public static EstimateTotals Of(TaxEstimate estimate) => new(
        ToMoney(estimate.ScheduleC.GrossIncome.Amount), ToMoney(estimate.ScheduleC.TotalExpenses.Amount),
        ToMoney(estimate.ScheduleC.NetProfit.Amount), ToMoney(estimate.Projection.NetProfit.Amount), estimate.Projection.Method,
        ToMoney(estimate.Annual.SelfEmploymentTax.Amount), ToMoney(estimate.Annual.HalfSelfEmploymentTax.Amount),
        ToMoney(estimate.Annual.AdjustedGrossIncome.Amount), ToMoney(estimate.Annual.QbiDeduction.Amount),
        ToMoney(estimate.Annual.TaxableIncome.Amount), ToMoney(estimate.Annual.IncomeTax.Amount), ToMoney(estimate.Annual.Total.Amount));
}

/// <param name="Amount">Dollars to the cent, or a plain number, as text.</param>
public sealed record LineView(
    string Code, string Label, string? FormLine, string Amount, string Unit, string Formula, IReadOnlyList<InputView> Inputs)
{
    public static LineView Of(TaxLine line) => new(
        line.Code, line.Label, line.FormLine, Text(line.Amount, line.Unit), UnitOf(line.Unit),
        line.Formula, [.. line.Inputs.Select(i => new InputView(
            i.Kind.ToString().ToLowerInvariant(), i.Name, i.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
            i.Source, i.Confidence?.ToString().ToLowerInvariant()))]);

    internal static string UnitOf(TaxUnit unit) => unit switch
    {
        TaxUnit.Dollars => "USD",
        TaxUnit.Euros => "EUR",
        _ => "number",
    };

    internal static string Text(decimal amount, TaxUnit unit) => amount.ToString(
        unit == TaxUnit.Number ? "G" : "F2", System.Globalization.CultureInfo.InvariantCulture);
}

/// <param name="Kind">fact, parameter or line.</param>
/// <param name="Confidence">Of a parameter: how well the figure is attested.</param>
public sealed record InputView(string Kind, string Name, string Value, string? Source, string? Confidence);
