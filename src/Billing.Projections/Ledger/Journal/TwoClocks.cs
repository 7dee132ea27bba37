using Billing.Domain.Ledger;
using Billing.Domain.Values;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Projections.Ledger.Journal;

/// <summary>
/// Month by month, received and earned income and what lies between them: cash + change in receivables + what was written off −
/// change in what is not yet earned − change in sales tax that is charged and not received = accrual. Sales tax is income on neither.
/// </summary>
public static class TwoClocks
{
    public const string Name = "two-clocks";

    /// <summary>Whole months, from that of the first day to that of the last.</summary>
    public static Report Of(PracticeBook book, LocalDate from, LocalDate to)
    {
        var (first, last) = (from.With(DateAdjusters.StartOfMonth), to.With(DateAdjusters.EndOfMonth));
        var taxReceived = CashReceipts.Of(book).Where(receipt => receipt.Kind == IncomeKind.SalesTax)
            .GroupBy(tax => (tax.ReceivedOn.ToYearMonth(), tax.Amount.Currency))
            .ToDictionary(group => group.Key, group => group.ToList());
        var rows = PracticeJournal.Of(book, last)
            .Where(transaction => first <= transaction.Date && transaction.Date <= last)
            .GroupBy(transaction => (transaction.Date.ToYearMonth(), transaction.Postings[0].Amount.Currency))
            .OrderBy(group => group.Key.Item1).ThenBy(group => group.Key.Currency.Code, StringComparer.Ordinal)
            .Select(group => Row(
                group.Key.Item1, group.Key.Currency, [.. group], taxReceived.GetValueOrDefault((group.Key.Item1, group.Key.Currency), [])));
        return new Report(Name, first, last, [.. rows]);
    }

    private static ReportRow Row(YearMonth month, Currency currency, List<JournalTransaction> transactions, List<ReceiptView> taxes)
    {
        // What clients pay is cash income when it comes, whatever it is for; what the practice pays is not income.
        var fromClients = transactions
            .FindAll(t => JournalKind.MovesClientsMoney(t.Kind)
                || t.Postings.Any(p => p.Account == Accounts.Receivable || IsNotYetEarned(p.Account)));
        Part[] taxReceived =
        [
            .. taxes.Select(tax => new Part(new Thing(ThingKind.Invoice, tax.InvoiceId), -tax.Amount.Minor, tax.ReceivedOn)),
        ];
        // What is handed on to the office was charged before, and changes nothing of what clients owe.
        var charged = transactions.FindAll(t => t.Kind != JournalKind.SalesTaxPaid);
        var subject = month.ToString("uuuu-MM", System.Globalization.CultureInfo.InvariantCulture);
        Thing[] of = [.. transactions.SelectMany(transaction => transaction.Of).Concat(taxReceived.Select(tax => tax.Of)).Distinct()];
        var received = Figure(
            "received", "What clients paid in the month, without sales tax: income on the cash clock.",
            [.. Parts(fromClients, account => account is Accounts.Bank or Accounts.Processor, sign: 1), .. taxReceived]);
        var receivables = Figure(
            "receivables", "By how much open invoices grew.", Parts(transactions, account => account == Accounts.Receivable, sign: 1));
        var unearned = Figure(
            "unearned", "By how much money grew that is asked for or held and not yet earned.",
            Parts(transactions, IsNotYetEarned, sign: -1));
        var writtenOff = Figure(
            "writtenOff", "What was given up of open invoices: earned, and never received.",
            Parts(transactions, account => account == Accounts.BadDebts, sign: 1));
        var taxOpen = Figure(
            "salesTax", "By how much sales tax grew that is charged and not yet received.",
            [.. Parts(charged, account => account == Accounts.SalesTaxPayable, sign: -1), .. taxReceived]);
        var earned = Figure(
            "earned", "What was earned in the month: income on the accrual clock.",
            Parts(transactions, account => account.StartsWith("Income:", StringComparison.Ordinal), sign: -1));
        return new ReportRow($"{subject}:{currency.Code}", subject, null, currency,
        [
            received, receivables, unearned, writtenOff, taxOpen, earned,
            Reports.Figure.Balance(
                "difference", "Received + receivables + written off − unearned − sales tax − earned; nothing, or the books are wrong.", of,
                (StepRole.Plus, received), (StepRole.Plus, receivables), (StepRole.Plus, writtenOff), (StepRole.Minus, unearned),
                (StepRole.Minus, taxOpen), (StepRole.Minus, earned)),
        ]);

        Figure Figure(string column, string formula, Part[] parts) =>
            AmountRow.Amount(column, parts.Sum(part => part.Value), formula, of, parts);
    }

    private static bool IsNotYetEarned(string account) => Accounts.NotYetEarned.Contains(account);

    /// <param name="sign">Of a debit.</param>
    private static Part[] Parts(IEnumerable<JournalTransaction> transactions, Func<string, bool> counts, int sign) =>
    [
        .. transactions.SelectMany(transaction => transaction.Postings.Where(posting => counts(posting.Account))
            .Select(posting => new Part(transaction.Of[0], sign * posting.Amount.Minor, transaction.Date))),
    ];
}
