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
    public static VoucherModel Of(TaxEstimate estimate, string practice, TaxFactsView known, int quarter)
    {
        var instalment = estimate.ChosenPlan.Instalments[quarter - 1];
        var amount = Cents.ToMoney(Cents.UpToDollar(instalment.Remaining));
        return new VoucherModel
        {
            Practice = practice,
            TaxYear = estimate.Year,
            Quarter = quarter,
            Payee = Payee,
            Form = Form,
            Amount = amount,
            DueOn = instalment.Due.DeadlineOn,
            AsOf = estimate.AsOf,
            Standing = Standing(instalment, amount),
            HowToPay = amount.IsPositive ? PlainEstimate.WaysToPay(estimate.Year) : [],
            Payments =
            [
                .. known.EstimatedPayments.Where(payment => payment.Quarter == quarter && payment.PaidOn <= estimate.AsOf)
                    .Select(payment => new TaxPaymentModel(
                        payment.PaidOn, $"{PrintedEstimate.Ordinals[quarter - 1]} quarter", new Money(payment.AmountMinor, Currency.Usd),
                        payment.Confirmation)),
            ],
        };
    }

    private static string Standing(Instalment instalment, Money amount)
    {
        var (required, covered) = (PrintedText.Of(Cents.ToMoney(instalment.Required)), PrintedText.Of(Cents.ToMoney(instalment.Covered)));
        if (instalment.Required == 0) return "Nothing has to be paid for this quarter.";
        return instalment.State switch
        {
            InstalmentState.Covered => $"{required} was to be paid by this day, and all of it is covered.",
            InstalmentState.Overdue =>
                $"{required} was to be paid by this day, and {covered} of it is covered. Pay {PrintedText.Of(amount)} now: interest runs "
                + "until it is paid.",
            _ => $"{required} is to be paid by this day, and {covered} of it is covered already: by payments, which go to the earliest "
                + "date that is open, by tax withheld, or by what last year's return left over.",
        };
    }
}
