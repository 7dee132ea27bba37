using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using Billing.Projections.Documents;

namespace Billing.Projections.Taxes;

/// <summary>The voucher of one of the four payments.</summary>
public static class PrintedVoucher
{
    private const string Payee = "United States Treasury";
    private const string Form = "Form 1040-ES";

    /// <param name="quarter">1 to 4.</param>
    public static VoucherModel Of(TaxEstimate estimate, string practice, TaxFactsView known, int quarter, DocumentLanguage language)
    {
        var words = new TaxWords(language);
        var instalment = estimate.ChosenPlan.Instalments[quarter - 1];
        var amount = Cents.ToMoney(Cents.UpToDollar(instalment.Remaining));
        return new VoucherModel
        {
            Language = language,
            Practice = practice,
            TaxYear = estimate.Year,
            Quarter = quarter,
            Payee = Payee,
            Form = Form,
            Amount = amount,
            DueOn = instalment.Due.DeadlineOn,
            AsOf = estimate.AsOf,
            Standing = Standing(instalment, words),
            HowToPay = amount.IsPositive ? PlainEstimate.WaysToPay(estimate.Year, words) : [],
            Payments =
            [
                .. known.EstimatedPayments.Where(payment => payment.Quarter == quarter && payment.PaidOn <= estimate.AsOf)
                    .Select(payment => new TaxPaymentModel(
                        payment.PaidOn, words.Quarter(quarter), new Money(payment.AmountMinor, Currency.Usd), payment.Confirmation)),
            ],
        };
    }

    private static string Standing(Instalment instalment, TaxWords words)
    {
        if (instalment.Required == 0) return words.Of("stands-nothing");
        var (required, covered) = (("required", words.Exact(instalment.Required)), ("covered", words.Exact(instalment.Covered)));
        return instalment.State switch
        {
            InstalmentState.Covered => words.Of("stands-covered", required),
            InstalmentState.Overdue => words.Of(
                "stands-overdue", required, covered, ("amount", words.Exact(Cents.UpToDollar(instalment.Remaining)))),
            _ => words.Of("stands-open", required, covered),
        };
    }
}
