using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Taxes.Words;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>What an estimate cannot be made from.</summary>
internal static class FactsCheck
{
    /// <summary>Below this share of last year's profit, a small payment more or less would turn the whole projection.</summary>
    private const decimal LeastOfLastYear = 0.02m;

    /// <summary>The first problem of the facts, or null.</summary>
    public static Rejection? Problem(TaxParameters p, TaxFacts facts) =>
        facts.Household.Problem()
        ?? Receipts(p.Year, facts.Receipts)
        ?? Expenses(p, facts.Expenses)
        ?? Payments(facts.Payments)
        ?? Amounts(facts)
        ?? Projection(p.Year, facts.Projection, facts.AsOf);

    private static Rejection? Receipts(int year, IReadOnlyList<Receipt> receipts)
    {
        for (var i = 0; i < receipts.Count; i++)
        {
            var receipt = receipts[i];
            if (receipt.On.Year == year && receipt.Amount.Currency == Currency.Usd) continue;
            return OutsideBooks(year, receipt.On, receipt.Amount, $"/receipts/{i}");
        }
        return null;
    }

    private static Rejection? Expenses(TaxParameters p, IReadOnlyList<BusinessExpense> expenses)
    {
        for (var i = 0; i < expenses.Count; i++)
        {
            var expense = expenses[i];
            if (expense.On.Year != p.Year || expense.Amount.Currency != Currency.Usd)
                return OutsideBooks(p.Year, expense.On, expense.Amount, $"/expenses/{i}");
            if (p.ScheduleC.ByCode.ContainsKey(expense.Category)) continue;
            return TaxRefusals.UnknownCategory(p, expense.Category, $"/expenses/{i}/category");
        }
        return null;
    }

    private static Rejection? Payments(IReadOnlyList<EstimatedPayment> payments)
    {
        for (var i = 0; i < payments.Count; i++)
        {
            var amount = payments[i].Amount;
            if (amount.Currency != Currency.Usd)
                return TaxRefusals.NotDollars(amount.Currency.Code, $"/payments/{i}/amount");
            if (TaxRefusals.Unsigned(amount.ToDecimal(), $"/payments/{i}/amount") is { } problem) return problem;
        }
        return null;
    }

    private static Rejection? Amounts(TaxFacts facts) =>
        TaxRefusals.Unsigned(facts.Withholding, "/withholding")
        ?? TaxRefusals.Unsigned(facts.PriorOverpaymentApplied, "/priorOverpaymentApplied")
        ?? TaxRefusals.Unsigned(facts.PriorYear?.TotalTax ?? 0, "/priorYear/totalTax");

    /// <summary>Why the year's profit cannot be projected so, or null.</summary>
    internal static Rejection? Projection(int year, ProfitProjection projection, LocalDate asOf) => projection switch
    {
        ProfitProjection.OwnNumber own => TaxRefusals.Signed(own.NetProfit, "/projection"),
        ProfitProjection.RunRate when asOf < new LocalDate(year, 1, 1) =>
            new Rejection(
                "run-rate-needs-a-day",
                $"No day of {year} has passed on {Day(asOf)}, so there is no run rate yet: "
                + "give your own number instead.",
                "/projection"),
        ProfitProjection.Seasonal { LastYearNetProfit: <= 0 } => new Rejection(
            "seasonal-needs-last-year",
            $"The books show no profit for {year - 1}, so there is no season to go by: take run-rate, or give your own number.",
            "/projection"),
        ProfitProjection.Seasonal last when last.LastYearNetProfitByThen < last.LastYearNetProfit * LeastOfLastYear => new Rejection(
            "seasonal-needs-last-year",
            $"By the same day of {year - 1} the books show less than {Percent(LeastOfLastYear)} of that year's profit, too little to go "
            + "by: take run-rate, or give your own number.",
            "/projection"),
        _ => null,
    };

    /// <summary>Says what is wrong with a dated amount that is of another year or another currency.</summary>
    private static Rejection OutsideBooks(int year, LocalDate on, Money amount, string field) =>
        on.Year != year
            ? TaxRefusals.OutsideYear(on, year, $"{field}/on")
            : TaxRefusals.NotDollars(amount.Currency.Code, $"{field}/amount");
}
