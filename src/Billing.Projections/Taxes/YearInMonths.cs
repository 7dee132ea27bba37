using Billing.Domain.Taxes;
using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using NodaTime;

namespace Billing.Projections.Taxes;

/// <summary>
/// The year month by month: received, expenses that count, put aside, paid in, and due. The last instalment is due after the
/// year, so the months go on until it, or until the last payment.
/// </summary>
public static class YearInMonths
{
    private static readonly string[] Series = ["received", "expenses", "aside", "paid", "due"];

    /// <param name="estimate">Whose year it is.</param>
    /// <param name="parameters">Of that year.</param>
    /// <param name="known">What the books hold of it.</param>
    /// <param name="language">Of what stands on the chart.</param>
    /// <param name="alternative">For those who cannot see it; null where a table with the same figures is below it.</param>
    public static BarChartModel Of(
        TaxEstimate estimate, TaxParameters parameters, TaxFactsView known, DocumentLanguage language, string? alternative = null)
    {
        var words = new TaxWords(language);
        var goal = estimate.SetAside.NoSurprise;
        var receipts = known.Receipts.Where(receipt => receipt.ReceivedOn <= estimate.AsOf).ToList();
        var expenses = known.Expenses.Where(expense => expense.PaidOn <= estimate.AsOf).ToList();
        var payments = known.EstimatedPayments.Where(payment => payment.PaidOn <= estimate.AsOf).ToList();
        var due = estimate.ChosenPlan.Instalments.ToLookup(
            instalment => instalment.Due.DeadlineOn.ToYearMonth(), instalment => Math.Max(0, instalment.Required - instalment.Withheld));
        var groups = Months(estimate, payments).Select(month => new BarGroupModel(
            Label(month, estimate.Year, language),
            [
                Sum(receipts.Where(receipt => receipt.ReceivedOn.ToYearMonth() == month).Select(receipt => receipt.Amount)),
                Cents.ToMoney(expenses.Where(expense => expense.PaidOn.ToYearMonth() == month).Sum(Deductible)),
                Sum(receipts.Where(receipt => receipt.ReceivedOn.ToYearMonth() == month).Select(receipt => goal.Of(receipt.Amount))),
                Sum(payments.Where(payment => payment.PaidOn.ToYearMonth() == month)
                    .Select(payment => new Money(payment.AmountMinor, Currency.Usd))),
                Cents.ToMoney(due[month].Sum()),
            ]));
        return new BarChartModel(
            [.. Series.Select(series => words.Of($"series-{series}"))], [.. groups],
            alternative ?? words.Of("chart", ("year", TaxWords.Count(estimate.Year))))
        {
            Language = language,
        };

        decimal Deductible(Ledger.PaidExpenseView expense) =>
            expense.Amount.ToDecimal() * parameters.ScheduleC.ByCode[expense.Category].DeductibleShare;
    }

    private static IEnumerable<YearMonth> Months(TaxEstimate estimate, List<EstimatedPaymentView> payments)
    {
        var last = payments.Select(payment => payment.PaidOn)
            .Concat(estimate.ChosenPlan.Instalments.Select(instalment => instalment.Due.DeadlineOn)).Max().ToYearMonth();
        for (var month = new YearMonth(estimate.Year, 1); month <= last; month = month.PlusMonths(1)) yield return month;
    }

    private static string Label(YearMonth month, int year, DocumentLanguage language) => language.Month(month.OnDayOfMonth(1))[..3]
        + (month.Year == year ? "" : FormattableString.Invariant($" {month.Year % 100:00}"));

    private static Money Sum(IEnumerable<Money> amounts) => Money.Sum(amounts, Currency.Usd);
}
