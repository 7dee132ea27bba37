using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Taxes.Germany;

/// <summary>
/// The statement of receipts and expenses (EÜR, section 4 (3) EStG) on the cash clock: VAT received is a receipt, VAT paid to suppliers
/// and to the office an expense.
/// </summary>
/// <param name="Receipts">All of them.</param>
/// <param name="Expenses">All of them.</param>
/// <param name="Profit">The difference.</param>
/// <param name="Lines">In the order of the form.</param>
public sealed record GermanProfit(TaxLine Receipts, TaxLine Expenses, TaxLine Profit, IReadOnlyList<TaxLine> Lines)
{
    public static GermanProfit Compute(GermanProfitParameters p, Worksheet sheet, GermanFacts facts)
    {
        var before = sheet.Lines.Count;
        var net = Sum(facts.Receipts, facts.AsOf);
        var vat = Sum(facts.VatReceived, facts.AsOf);
        var (paid, refunded) = PaidAndRefunded(facts.VatPaid, facts.AsOf);
        TaxLine[] receipts =
        [
            sheet.Add(
                "de.euer.receipts", "Receipts without VAT", "Betriebseinnahmen ohne Umsatzsteuer", net, "money received",
                TaxInput.Fact("receipts", net)),
            sheet.Add(
                "de.euer.vat-received", "VAT received", "Vereinnahmte Umsatzsteuer (Kz 140)", vat, "VAT that clients paid",
                TaxInput.Fact("vatReceived", vat)),
            sheet.Add(
                "de.euer.vat-refunded", "VAT that the office paid back", "Vom Finanzamt erstattete Umsatzsteuer", refunded,
                "money received from the office", TaxInput.Fact("vatRefunded", refunded)),
        ];
        var allReceipts = Total(sheet, "de.euer.total-receipts", "All receipts", "Summe Betriebseinnahmen", receipts);
        TaxLine[] expenses =
        [
            .. Spent(p, sheet, facts),
            sheet.Add(
                "de.euer.vat-paid", "VAT paid to the office", "An das Finanzamt gezahlte Umsatzsteuer", paid, "money paid to the office",
                TaxInput.Fact("vatPaid", paid)),
        ];
        var allExpenses = Total(sheet, "de.euer.total-expenses", "All expenses", "Summe Betriebsausgaben", expenses);
        var profit = sheet.Add(
            "de.euer.profit", "Profit or loss", "Gewinn oder Verlust", allReceipts.Exact - allExpenses.Exact, "receipts − expenses",
            allReceipts, allExpenses);
        return new GermanProfit(allReceipts, allExpenses, profit, [.. sheet.Lines.Skip(before)]);
    }

    private static List<TaxLine> Spent(GermanProfitParameters p, Worksheet sheet, GermanFacts facts)
    {
        var lines = new List<TaxLine>();
        for (var i = 0; i < p.Categories.Value.Count; i++)
        {
            var category = p.Categories.Value[i];
            var spent = facts.Expenses.Where(e => e.On <= facts.AsOf && e.Category == category.Code).Select(e => e.Amount).ToList();
            if (spent.Count == 0) continue;
            var amount = Money.Sum(spent, Currency.Eur).ToDecimal();
            lines.Add(sheet.Add(
                $"de.euer.expense.{category.Code}", category.Label, null, amount * category.DeductibleShare,
                "amount paid with VAT × deductible share", TaxInput.Fact($"expenses.{category.Code}", amount),
                p.Categories.Part($"{i}.deductibleShare", category.DeductibleShare)));
        }
        return lines;
    }

    private static TaxLine Total(Worksheet sheet, string code, string label, string german, TaxLine[] parts) =>
        sheet.Add(code, label, german, parts.Sum(part => part.Exact), "sum", [.. parts.Select(part => (TaxInput)part)]);

    private static decimal Sum(IReadOnlyList<Receipt> amounts, LocalDate through) =>
        Money.Sum(amounts.Where(amount => amount.On <= through).Select(amount => amount.Amount), Currency.Eur).ToDecimal();

    private static (decimal Paid, decimal Refunded) PaidAndRefunded(IReadOnlyList<Receipt> payments, LocalDate through)
    {
        var until = payments.Where(payment => payment.On <= through).ToList();
        return (
            Sum([.. until.Where(payment => !payment.Amount.IsNegative)], through),
            -Sum([.. until.Where(payment => payment.Amount.IsNegative)], through));
    }
}
