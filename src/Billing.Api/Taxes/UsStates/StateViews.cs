using Billing.Domain.Taxes;
using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Taxes.UsStates;
using Billing.Domain.Values;
using Billing.Projections.Taxes;
using NodaTime;
using static Billing.Domain.Taxes.Cents;

namespace Billing.Api.Taxes.UsStates;

/// <summary>Which states there are, and what is worked out for each in a year.</summary>
public sealed record StatesView(int Year, IReadOnlyList<StateCoverageView> States)
{
    public static StatesView Of(int year, IReadOnlyList<UsState> kept) => new(
        year, [.. UsState.All.Select(state => new StateCoverageView(state.Code, state.Name, Coverage(state, year), kept.Contains(state)))]);

    private static string Coverage(UsState state, int year) => StateTaxLibrary.TryFor(state, year, out var tax, out var rejection)
        ? tax is WithoutStateIncomeTax ? "no-income-tax" : "covered"
        : rejection.Code;
}

/// <param name="Coverage">covered, no-income-tax, state-not-covered or tax-year-not-loaded.</param>
/// <param name="IsKept">Whether something was said of the state for the year, or paid to it.</param>
public sealed record StateCoverageView(string Code, string Name, string Coverage, bool IsKept);

/// <summary>What was said of a state's tax year and paid for it.</summary>
/// <param name="Filing">Null while nobody said anything.</param>
public sealed record StateYearBodyView(
    int Year, string State, string Name, StateFilingView? Filing, IReadOnlyList<EstimatedTaxPaymentView> Payments, Money Paid, long Version)
{
    public static StateYearBodyView Of(StateYearView known) => new(
        known.Year, known.State.Code, known.State.Name, known.Filing is { } filing ? StateFilingView.Of(filing) : null,
        [
            .. known.Payments.Select(p => new EstimatedTaxPaymentView(
                p.PaymentId, p.Quarter, TaxYearView.Usd(p.AmountMinor), p.PaidOn, p.Confirmation)),
        ],
        TaxYearView.Usd(known.Payments.Sum(p => p.AmountMinor)), known.Version);
}

/// <summary>The filing, field by field as it was set.</summary>
public sealed record StateFilingView(
    Money Withholding, Money? PriorYearTax, Money? PriorYearAgi, bool PriorYearFiledInFull, Money PriorOverpaymentApplied)
{
    public static StateFilingView Of(StateFiling f) => new(
        TaxYearView.Usd(f.WithholdingMinor), f.PriorYearTaxMinor is { } tax ? TaxYearView.Usd(tax) : null,
        f.PriorYearAgiMinor is { } agi ? TaxYearView.Usd(agi) : null, f.PriorYearFiledInFull,
        TaxYearView.Usd(f.PriorOverpaymentAppliedMinor));
}

/// <summary>A state's estimate. Amounts are US dollars.</summary>
/// <param name="ParametersVersion">The state's figures that it was made with.</param>
/// <param name="FederalParametersVersion">Those of the federal tax below it.</param>
/// <param name="HasProfile">False while the filer said nothing of their household: then a single filer without other income.</param>
/// <param name="HasFiling">False while nothing was said of the state's return.</param>
/// <param name="Advice">What to do next, in words.</param>
/// <param name="Next">Null for a state without income tax.</param>
/// <param name="Instalments">What is to be paid by each date beyond withholding; none for a state without income tax.</param>
/// <param name="Required">Null for a state without income tax.</param>
/// <param name="TaxConfidence">high, medium, low or unverified: of the least attested figure behind the tax.</param>
/// <param name="InstalmentConfidence">The same of what is wanted during the year.</param>
/// <param name="NoPaymentBelow">Tax left after withholding below which nothing is to be paid; null where it is not known.</param>
/// <param name="PenaltyRate">Yearly rate on what is late; null where it is not known.</param>
/// <param name="Limits">What is not provided for.</param>
/// <param name="Disclaimer">What the estimate is worth.</param>
/// <param name="Lines">The whole working, each line after those it takes from, the federal lines first.</param>
public sealed record StateEstimateView(
    int Year, string State, LocalDate AsOf, string ParametersVersion, string FederalParametersVersion, string FilingStatus,
    bool HasProfile, bool HasFiling, string Advice, Money Tax, NextPaymentView? Next, IReadOnlyList<StateInstalmentView> Instalments,
    StateRequirementView? Required, Money BalanceWithReturn, string TaxConfidence, string? InstalmentConfidence, Money? NoPaymentBelow,
    string? PenaltyRate, IReadOnlyList<string> Limits, string Disclaimer, IReadOnlyList<LineView> Lines)
{
    public static StateEstimateView Of(
        StateEstimate estimate, IStateTax state, FilingStatus status, bool hasProfile, bool hasFiling)
    {
        var (federal, plan, required) = (estimate.Federal, estimate.Plan, estimate.Required);
        return new StateEstimateView(
            federal.Year, estimate.State, federal.AsOf, estimate.ParametersVersion, federal.ParametersVersion, status.Code(), hasProfile,
            hasFiling, estimate.Advice, ToMoney(estimate.Tax.Amount),
            plan is null
                ? null
                : new NextPaymentView(
                    plan.Next?.DeadlineOn, ToMoney(plan.DueNext), ToMoney(plan.OverdueNow), ToMoney(plan.CatchUp),
                    ToMoney(plan.RecommendedPayment)),
            [
                .. (plan is null ? [] : plan.Instalments).Select(i => new StateInstalmentView(
                    i.Due.Number, i.Due.DeadlineOn, ToMoney(i.Required), ToMoney(i.Remaining), i.State.ToString().ToLowerInvariant())),
            ],
            required is null
                ? null
                : new StateRequirementView(
                    ToMoney(required.Required.Amount), ToMoney(required.Instalments), ToMoney(required.CurrentYear.Amount),
                    required.PriorYear is { } prior ? ToMoney(prior.Amount) : null, required.Reason),
            ToMoney(estimate.BalanceWithReturn), Word(estimate.TaxConfidence),
            estimate.InstalmentConfidence is { } confidence ? Word(confidence) : null,
            state.DeMinimis(status) is { } least ? ToMoney(least.Value) : null,
            state.PenaltyRate?.Value.ToString(System.Globalization.CultureInfo.InvariantCulture), estimate.Limits,
            $"An estimate from the books as of the date above, not tax advice. {state.Parameters.Provenance}",
            [.. estimate.Lines.Select(LineView.Of)]);
    }

    private static string Word(Confidence confidence) => confidence.ToString().ToLowerInvariant();
}

/// <param name="RequiredAnnualPayment">The smaller safe harbour.</param>
/// <param name="ByInstalments">What the instalments sum to: it less withholding, or nothing.</param>
/// <param name="ByThisYear">The share of this year's tax.</param>
/// <param name="ByLastYear">The share of last year's; null where it is no safe harbour.</param>
/// <param name="Reason">Which safe harbour decides, and why.</param>
public sealed record StateRequirementView(
    Money RequiredAnnualPayment, Money ByInstalments, Money ByThisYear, Money? ByLastYear, string Reason);

/// <param name="Required">Beyond withholding.</param>
/// <param name="State">covered, overdue, next or later.</param>
public sealed record StateInstalmentView(int Quarter, LocalDate DueOn, Money Required, Money Remaining, string State);
