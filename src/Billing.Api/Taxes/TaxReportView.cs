using Billing.Domain.Taxes;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using Billing.Projections.Taxes;
using NodaTime;

namespace Billing.Api.Taxes;

/// <summary>The quarterly report, its sentences in the language asked for. Amounts are US dollars.</summary>
/// <param name="Headline">The one thing to do.</param>
/// <param name="PlainWords">Why, for someone who has never seen a tax form.</param>
/// <param name="Payments">Estimated tax paid by the day of the report.</param>
/// <param name="Months">The year by month: received, expenses that count, put aside, paid and due.</param>
/// <param name="Changes">Since the estimate given last; null where none was.</param>
public sealed record TaxReportView(
    string Headline, IReadOnlyList<string> PlainWords, IReadOnlyList<string> HowToPay, EstimateView Estimate,
    IReadOnlyList<EstimatedTaxPaymentView> Payments, IReadOnlyList<ReportMonthView> Months, ReportChangesView? Changes,
    IReadOnlyList<string> Sources, string Disclaimer)
{
    public static TaxReportView Of(TaxReport report)
    {
        var model = report.Model;
        var asOf = report.Estimated.Estimate.AsOf;
        return new TaxReportView(
            model.Headline, model.PlainWords, model.HowToPay, report.Estimated.ToView(),
            [
                .. report.Estimated.Known.EstimatedPayments.Where(p => p.PaidOn <= asOf).Select(p => new EstimatedTaxPaymentView(
                    p.PaymentId, p.Quarter, TaxYearView.Usd(p.AmountMinor), p.PaidOn, p.Confirmation)),
            ],
            [.. (model.Chart?.Groups ?? []).Select(ReportMonthView.Of)], report.Since is { } since ? ReportChangesView.Of(since) : null,
            model.Sources, $"{model.Disclaimer} {model.Provenance}");
    }
}

/// <param name="Month">Such as <c>Jun</c>, or <c>Jan 27</c> after the year.</param>
public sealed record ReportMonthView(string Month, Money Received, Money Expenses, Money SetAside, Money Paid, Money Due)
{
    public static ReportMonthView Of(BarGroupModel group) => new(
        group.Label, group.Amounts[0], group.Amounts[1], group.Amounts[2], group.Amounts[3], group.Amounts[4]);
}

/// <param name="Given">The estimate that it is held against.</param>
/// <param name="Reasons">Each with what it alone did; together they are the whole difference.</param>
/// <param name="Facts">What became known since.</param>
/// <param name="Lines">Every line that differs.</param>
public sealed record ReportChangesView(
    GivenEstimateView Given, IReadOnlyList<ReasonView> Reasons, IReadOnlyList<FactChange> Facts, IReadOnlyList<DifferenceView> Lines)
{
    public static ReportChangesView Of(SinceGiven since) => new(
        GivenEstimateView.Of(since.Given),
        [.. since.Changes.Reasons.Select(r => new ReasonView(r.Code, Cents.ToMoney(r.TotalTax), Cents.ToMoney(r.Required)))],
        since.Facts, [.. since.Changes.Lines.Select(DifferenceView.Of)]);
}

/// <param name="Code">parameters, corrections, time or projection.</param>
/// <param name="TotalTax">By how much the year's tax is more; negative for less.</param>
/// <param name="Required">The same of the required annual payment.</param>
public sealed record ReasonView(string Code, Money TotalTax, Money Required);

/// <summary>An estimate that was given, worked out again from the book up to the place that it counted.</summary>
/// <param name="IsSame">Whether total tax, required annual payment and next payment are what was written down then.</param>
public sealed record GivenAgainView(GivenEstimateView Given, bool IsSame, EstimateView Estimate)
{
    public static GivenAgainView Of(Projections.Taxes.EstimateView given, Estimated again)
    {
        var estimate = again.Estimate;
        var isSame = Minor(estimate.Annual.Total.Amount) == given.TotalTaxMinor
            && Minor(estimate.Required.Required.Amount) == given.RequiredAnnualPaymentMinor
            && Minor(estimate.ChosenPlan.CatchUp) == given.NextPaymentMinor;
        return new GivenAgainView(GivenEstimateView.Of(given), isSame, again.ToView());

        static long Minor(decimal dollars) => Cents.ToMoney(dollars).Minor;
    }
}

/// <summary>What it takes to make one payment of estimated tax.</summary>
/// <param name="Amount">What is left of it in whole dollars; nothing where it is covered.</param>
/// <param name="Standing">How it stands, in a sentence.</param>
public sealed record VoucherView(
    int Year, int Quarter, string Payee, string Form, Money Amount, LocalDate DueOn, LocalDate AsOf, string Standing,
    IReadOnlyList<string> HowToPay)
{
    public static VoucherView Of(VoucherModel voucher) => new(
        voucher.TaxYear, voucher.Quarter, voucher.Payee, voucher.Form, voucher.Amount, voucher.DueOn, voucher.AsOf, voucher.Standing,
        voucher.HowToPay);
}
