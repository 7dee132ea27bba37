using System.Globalization;
using Billing.Domain.Taxes;
using Billing.Domain.Taxes.Germany;
using Billing.Domain.Values;
using Billing.Projections.Taxes;
using NodaTime;

namespace Billing.Api.Taxes.Germany;

/// <summary>What was said of a German tax year and prepaid for it.</summary>
/// <param name="Profile">Null while nobody said anything.</param>
public sealed record GermanYearBodyView(
    int Year, GermanProfileView? Profile, IReadOnlyList<EstimatedTaxPaymentView> Payments, Money Paid, long Version)
{
    public static GermanYearBodyView Of(GermanYearView known) => new(
        known.Year, known.Profile is { } profile ? GermanProfileView.Of(profile) : null,
        [
            .. known.Payments.Select(p => new EstimatedTaxPaymentView(
                p.PaymentId, p.Quarter, GermanMoney.Of(p.AmountMinor), p.PaidOn, p.Confirmation)),
        ],
        GermanMoney.Of(known.Payments.Sum(p => p.AmountMinor)), known.Version);
}

/// <summary>The profile, field by field as it was set.</summary>
public sealed record GermanProfileView(
    bool IsJoint, Money OtherIncome, Money Deductions, Money Withheld, string? ChurchTax, bool IsTrade,
    IReadOnlyList<Money>? SetPrepayments, bool IsSmallBusiness, bool HasVatExtension, Money? PriorYearVat, Money? PriorYearTurnover)
{
    public static GermanProfileView Of(GermanProfile p) => new(
        p.IsJoint, GermanMoney.Of(p.OtherIncomeMinor), GermanMoney.Of(p.DeductionsMinor), GermanMoney.Of(p.WithheldMinor), p.ChurchTax,
        p.IsTrade, p.SetPrepaymentsMinor?.Select(GermanMoney.Of).ToList(), p.IsSmallBusiness, p.HasVatExtension,
        p.PriorYearVatMinor is { } vat ? GermanMoney.Of(vat) : null,
        p.PriorYearTurnoverMinor is { } turnover ? GermanMoney.Of(turnover) : null);
}

/// <summary>What a German year's assessment is expected to be. Amounts are euros.</summary>
/// <param name="HasProfile">False while nothing was said of the person: then single, without other income and deductions.</param>
/// <param name="Advice">What to do next, in words.</param>
/// <param name="Adjustment">none, raise or lower: what the prepayments should be adjusted by.</param>
/// <param name="Expected">The taxes beyond what is withheld from wages.</param>
/// <param name="BalanceWithAssessment">Expected to be due if nothing but withholding comes in any more; negative for a refund.</param>
/// <param name="ReserveShare">Of each euro of profit, to put aside for these taxes; null where no profit is expected.</param>
/// <param name="MarginalShare">Of the next hundred euros of profit.</param>
/// <param name="Limits">What is not provided for.</param>
/// <param name="Lines">The whole working; the second name of a line is German.</param>
public sealed record GermanEstimateView(
    int Year, LocalDate AsOf, string ParametersVersion, bool HasProfile, string Advice, string Adjustment,
    IReadOnlyList<GermanPrepaymentView> Prepayments, LocalDate? NextDueOn, Money DueNext, Money OverdueNow, Money ProfitToDate,
    Money ProjectedProfit, string ProjectionMethod, Money TaxableIncome, Money IncomeTax, Money SolidaritySurcharge, Money ChurchTax,
    Money TotalTax, Money Expected, Money Prepaid, Money BalanceWithAssessment, string? ReserveShare, string MarginalShare,
    IReadOnlyList<string> Limits, string Disclaimer, IReadOnlyList<LineView> Lines)
{
    public static GermanEstimateView Of(GermanEstimate estimate, GermanTaxParameters p, bool hasProfile)
    {
        var plan = estimate.Prepayments;
        return new GermanEstimateView(
            estimate.Year, estimate.AsOf, estimate.ParametersVersion, hasProfile, estimate.Advice, Word(plan.Adjustment.ToString()),
            [
                .. plan.Dates.Select(date => new GermanPrepaymentView(
                    date.Due.Number, date.Due.DueOn, GermanMoney.Of(date.Set), GermanMoney.Of(date.Suggested),
                    GermanMoney.Of(date.Remaining), Word(date.State.ToString()))),
            ],
            plan.Next?.DueOn, GermanMoney.Of(plan.DueNext), GermanMoney.Of(plan.OverdueNow), GermanMoney.Of(estimate.Profit.Profit.Amount),
            GermanMoney.Of(estimate.Projection.NetProfit.Amount), estimate.Projection.Method, GermanMoney.Of(estimate.TaxableIncome.Amount),
            GermanMoney.Of(estimate.IncomeTax.Amount), GermanMoney.Of(estimate.Solidarity.Amount),
            GermanMoney.Of(estimate.ChurchTax.Amount), GermanMoney.Of(estimate.Total.Amount), GermanMoney.Of(plan.Expected),
            GermanMoney.Of(plan.Paid), GermanMoney.Of(estimate.Balance),
            estimate.ReserveShare is { } share ? Share(share) : null, Share(estimate.MarginalShare), estimate.Limits,
            $"An estimate from the books as of the date above, not tax advice. {p.Provenance}", [.. estimate.Lines.Select(LineView.Of)]);
    }

    private static string Share(decimal share) => Math.Round(share, 4).ToString("0.####", CultureInfo.InvariantCulture);

    private static string Word(string name) => name.ToLowerInvariant();
}

/// <param name="Set">What the office has set; 0 while it has set nothing.</param>
/// <param name="Suggested">What would fit the expected assessment.</param>
/// <param name="State">covered, overdue, next or later.</param>
public sealed record GermanPrepaymentView(int Number, LocalDate DueOn, Money Set, Money Suggested, Money Remaining, string State);

/// <summary>The statement of receipts and expenses (EÜR) through a day. Amounts are euros.</summary>
/// <param name="Lines">Each with its German name.</param>
public sealed record GermanProfitView(
    int Year, LocalDate AsOf, string ParametersVersion, Money Receipts, Money Expenses, Money Profit, string Disclaimer,
    IReadOnlyList<LineView> Lines)
{
    public static GermanProfitView Of(GermanProfit profit, GermanTaxParameters p, LocalDate asOf) => new(
        p.Year, asOf, p.Version, GermanMoney.Of(profit.Receipts.Amount), GermanMoney.Of(profit.Expenses.Amount),
        GermanMoney.Of(profit.Profit.Amount),
        "Expenses count with the VAT in them, and depreciation as it was recorded; the numbers of the form's lines are not given, as they "
        + $"change from year to year. {p.Provenance}",
        [.. profit.Lines.Select(LineView.Of)]);
}

/// <summary>The advance returns of a year, and where a small business stands. Amounts are euros.</summary>
/// <param name="AsOf">The day that tells what is running, due and overdue.</param>
/// <param name="Every">month, quarter or year.</param>
/// <param name="SpecialPrepayment">A monthly filer's for the extension, due on 10 February; null where there is none.</param>
/// <param name="AnnualReturnOnly">Whether no advance returns are due.</param>
/// <param name="Returns">Tax on what was sold; input tax is not deducted from it.</param>
public sealed record GermanVatView(
    int Year, LocalDate AsOf, string ParametersVersion, string Every, bool HasExtension, Money? SpecialPrepayment, bool AnnualReturnOnly,
    string Reason, IReadOnlyList<GermanVatReturnView> Returns, SmallBusinessView SmallBusiness, string Disclaimer)
{
    public static GermanVatView Of(
        GermanTaxParameters p, LocalDate asOf, VatReturnRhythm rhythm, SmallBusiness watch, IReadOnlyList<GermanVatReturnView> returns,
        bool isAnnual) => new(
        p.Year, asOf, p.Version, rhythm.Every, rhythm.HasExtension,
        rhythm.SpecialPrepayment is { } special ? GermanMoney.Of(special) : null, isAnnual, rhythm.Reason, returns,
        new SmallBusinessView(
            string.Concat(watch.Standing.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $"-{c}" : $"{c}")).ToLowerInvariant(),
            GermanMoney.Of(watch.Turnover), watch.PriorTurnover is { } prior ? GermanMoney.Of(prior) : null,
            GermanMoney.Of(watch.PriorYearUpTo), GermanMoney.Of(watch.CurrentYearUpTo), watch.Message),
        "Input tax is not deducted: these figures are the output side of the return. The annual return and the limits of last year's tax "
        + $"are as the sources have them. {p.Provenance}");
}

/// <param name="DueOn">Null where only the annual return is due.</param>
/// <param name="State">running, due, overdue or settled.</param>
public sealed record GermanVatReturnView(
    string Period, LocalDate From, LocalDate Through, LocalDate? DueOn, Money Taxable, Money Tax, Money Paid, Money Open, string State);

/// <param name="Standing">not-claimed, fits, near, ends-with-the-year or over.</param>
public sealed record SmallBusinessView(
    string Standing, Money Turnover, Money? PriorYearTurnover, Money PriorYearUpTo, Money CurrentYearUpTo, string Message);

internal static class GermanMoney
{
    public static Money Of(long cents) => new(cents, Currency.Eur);

    public static Money Of(decimal euros) => Of((long)(Cents.Round(euros) * 100));
}
