using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>Profit or loss of the business up to a day (Schedule C).</summary>
/// <param name="Through">The last day that counts.</param>
/// <param name="GrossIncome">Line 7.</param>
/// <param name="Expenses">
/// One line for each category with expenses, after its limit, in the order of the form.
/// </param>
/// <param name="TotalExpenses">Line 28.</param>
/// <param name="NetProfit">Line 31.</param>
public sealed record ScheduleCResult(
    LocalDate Through, TaxLine GrossIncome, IReadOnlyList<TaxLine> Expenses, TaxLine TotalExpenses, TaxLine NetProfit);

/// <summary>Schedule C on the cash clock.</summary>
public static class ScheduleC
{
    /// <summary>Works out the profit from the first of January through a day; what is later does not count.</summary>
    /// <remarks>The facts must be in US dollars and of known categories; the estimator checks that.</remarks>
    public static ScheduleCResult Compute(TaxParameters parameters, Worksheet sheet, TaxFacts facts, LocalDate through)
    {
        var p = parameters.ScheduleC;
        var (received, refunded) = Receipts(facts.Receipts, through);
        var receipts = sheet.Add(
            "schedule-c.receipts", "Gross receipts", "Schedule C line 1", received,
            "money received", TaxInput.Fact("receipts", received));
        var returns = sheet.Add(
            "schedule-c.returns", "Refunds to clients", "Schedule C line 2", refunded,
            "money given back", TaxInput.Fact("refunds", refunded));
        var gross = sheet.Add(
            "schedule-c.gross-income", "Gross income", "Schedule C line 7",
            receipts.Exact - returns.Exact, "gross receipts − refunds", receipts, returns);

        var expenses = Expenses(p, sheet, facts, through);
        var total = sheet.Add(
            "schedule-c.expenses", "Total expenses", "Schedule C line 28",
            expenses.Sum(line => line.Exact), "sum over the categories", [.. expenses.Select(line => (TaxInput)line)]);
        var net = facts.HomeOffice is { } office
            ? WithHomeOffice(parameters.HomeOffice, sheet, office, gross, total, through)
            : sheet.Add(
                "schedule-c.net-profit", "Net profit or loss", "Schedule C line 31",
                gross.Exact - total.Exact, "gross income − total expenses", gross, total);
        return new ScheduleCResult(through, gross, expenses, total, net);
    }

    private static TaxLine WithHomeOffice(
        HomeOfficeParameters p, Worksheet sheet, HomeOffice office, TaxLine gross, TaxLine total, LocalDate through)
    {
        var tentative = sheet.Add(
            "schedule-c.tentative-profit", "Profit before the home office", "Schedule C line 29",
            gross.Exact - total.Exact, "gross income − total expenses", gross, total);
        var deduction = HomeOfficeDeduction.Compute(p, sheet, office, tentative, through);
        return sheet.Add(
            "schedule-c.net-profit", "Net profit or loss", "Schedule C line 31",
            tentative.Exact - deduction.Exact, "profit before the home office − home office", tentative, deduction);
    }

    private static (decimal Received, decimal Refunded) Receipts(IReadOnlyList<Receipt> receipts, LocalDate through)
    {
        var received = Money.Zero(Currency.Usd);
        var refunded = received;
        foreach (var receipt in receipts)
        {
            if (receipt.On > through) continue;
            if (receipt.Amount.IsNegative) refunded -= receipt.Amount;
            else received += receipt.Amount;
        }
        return (received.ToDecimal(), refunded.ToDecimal());
    }

    private static List<TaxLine> Expenses(ScheduleCParameters p, Worksheet sheet, TaxFacts facts, LocalDate through)
    {
        var paid = new Dictionary<string, Money>(StringComparer.Ordinal);
        foreach (var expense in facts.Expenses)
        {
            if (expense.On > through) continue;
            paid[expense.Category] =
                paid.TryGetValue(expense.Category, out var sum) ? sum + expense.Amount : expense.Amount;
        }

        var lines = new List<TaxLine>();
        for (var i = 0; i < p.Categories.Value.Count; i++)
        {
            var category = p.Categories.Value[i];
            if (!paid.TryGetValue(category.Code, out var sum)) continue;
            var amount = sum.ToDecimal();
            lines.Add(sheet.Add(
                $"schedule-c.expense.{category.Code}", category.Label,
                category.Line is null ? null : $"Schedule C line {category.Line}",
                amount * category.DeductibleShare, "amount paid × deductible share",
                TaxInput.Fact($"expenses.{category.Code}", amount),
                p.Categories.Part($"{i}.deductibleShare", category.DeductibleShare)));
        }
        return lines;
    }
}
