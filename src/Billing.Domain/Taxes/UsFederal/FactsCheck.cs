using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Taxes.Words;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>What an estimate cannot be made from.</summary>
internal static class FactsCheck
{
    /// <summary>The first problem of the facts, or null.</summary>
    public static Rejection? Problem(TaxParameters p, TaxFacts facts) =>
        facts.Household.Problem()
        ?? Receipts(p.Year, facts.Receipts)
        ?? Expenses(p, facts.Expenses)
        ?? Payments(facts.Payments)
        ?? Amounts(facts)
        ?? Projection(p.Year, facts);

    private static Rejection? Receipts(int year, IReadOnlyList<Receipt> receipts)
    {
        for (var i = 0; i < receipts.Count; i++)
            if (Dated(year, receipts[i].On, receipts[i].Amount, $"/receipts/{i}") is { } problem) return problem;
        return null;
    }

    private static Rejection? Expenses(TaxParameters p, IReadOnlyList<BusinessExpense> expenses)
    {
        for (var i = 0; i < expenses.Count; i++)
        {
            if (Dated(p.Year, expenses[i].On, expenses[i].Amount, $"/expenses/{i}") is { } problem) return problem;
            if (p.ScheduleC.Find(expenses[i].Category) is not null) continue;
            return new Rejection(
                "expense-category-unknown",
                $"{expenses[i].Category} is no expense category of {p.Year}. There are "
                + $"{string.Join(", ", p.ScheduleC.Categories.Value.Select(category => category.Code))}.",
                $"/expenses/{i}/category");
        }
        return null;
    }

    private static Rejection? Payments(IReadOnlyList<EstimatedPayment> payments)
    {
        for (var i = 0; i < payments.Count; i++)
        {
            if (NotDollars(payments[i].Amount, $"/payments/{i}/amount") is { } problem) return problem;
            if (payments[i].Amount.IsNegative) return TaxRefusals.Negative($"/payments/{i}/amount");
        }
        return null;
    }

    private static Rejection? Amounts(TaxFacts facts)
    {
        if (facts.Withholding < 0) return TaxRefusals.Negative("/withholding");
        if (facts.PriorOverpaymentApplied < 0) return TaxRefusals.Negative("/priorOverpaymentApplied");
        return facts.PriorYear is { TotalTax: < 0 } ? TaxRefusals.Negative("/priorYear/totalTax") : null;
    }

    private static Rejection? Projection(int year, TaxFacts facts) =>
        facts.Projection is ProfitProjection.RunRate && facts.AsOf < new LocalDate(year, 1, 1)
            ? new Rejection(
                "run-rate-needs-a-day",
                $"No day of {year} has passed on {Day(facts.AsOf)}, so there is no run rate yet: "
                + "give your own number instead.",
                "/projection")
            : null;

    private static Rejection? Dated(int year, LocalDate on, Money amount, string field) =>
        on.Year != year
            ? TaxRefusals.OutsideYear(on, year, $"{field}/on")
            : NotDollars(amount, $"{field}/amount");

    private static Rejection? NotDollars(Money amount, string field) =>
        amount.Currency == Currency.Usd ? null : TaxRefusals.NotDollars(amount.Currency.Code, field);
}
