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
        var taxReceived = SalesTaxClock.Of(book).GroupBy(tax => (tax.On.ToYearMonth(), tax.Amount.Currency))
            .ToDictionary(group => group.Key, group => group.Sum(tax => tax.Amount.Minor));
        var rows = PracticeJournal.Of(book, last)
            .Where(transaction => first <= transaction.Date && transaction.Date <= last)
            .GroupBy(transaction => (transaction.Date.ToYearMonth(), transaction.Postings[0].Amount.Currency))
            .OrderBy(group => group.Key.Item1).ThenBy(group => group.Key.Currency.Code, StringComparer.Ordinal)
            .Select(group => Row(
                group.Key.Item1, group.Key.Currency, [.. group], taxReceived.GetValueOrDefault((group.Key.Item1, group.Key.Currency))));
        return new Report(Name, first, last, [.. rows]);
    }

    private static ReportRow Row(YearMonth month, Currency currency, List<JournalTransaction> transactions, long taxReceived)
    {
        // What clients pay is cash income when it comes, whatever it is for; what the practice pays is not income.
        var fromClients = transactions
            .FindAll(t => JournalKind.MovesClientsMoney(t.Kind)
                || t.Postings.Any(p => p.Account == Accounts.Receivable || IsNotYetEarned(p.Account)));
        var received = Sum(fromClients, account => account is Accounts.Bank or Accounts.Processor) - taxReceived;
        // What is handed on to the office was charged before, and changes nothing of what clients owe.
        var charged = transactions.FindAll(t => t.Kind != JournalKind.SalesTaxPaid);
        var taxOpen = -Sum(charged, account => account == Accounts.SalesTaxPayable) - taxReceived;
        var receivables = Sum(transactions, account => account == Accounts.Receivable);
        var unearned = -Sum(transactions, IsNotYetEarned);
        var writtenOff = Sum(transactions, account => account == Accounts.BadDebts);
        var earned = -Sum(transactions, account => account.StartsWith("Income:", StringComparison.Ordinal));
        var subject = month.ToString("uuuu-MM", System.Globalization.CultureInfo.InvariantCulture);
        Thing[] of = [.. transactions.SelectMany(transaction => transaction.Of).Distinct()];
        return new ReportRow($"{subject}:{currency.Code}", subject, null, currency,
        [
            Figure("received", received, "What clients paid in the month, without sales tax: income on the cash clock."),
            Figure("receivables", receivables, "By how much open invoices grew."),
            Figure("unearned", unearned, "By how much money grew that is asked for or held and not yet earned."),
            Figure("writtenOff", writtenOff, "What was given up of open invoices: earned, and never received."),
            Figure("salesTax", taxOpen, "By how much sales tax grew that is charged and not yet received."),
            Figure("earned", earned, "What was earned in the month: income on the accrual clock."),
            Figure(
                "difference", received + receivables + writtenOff - unearned - taxOpen - earned,
                "Received + receivables + written off − unearned − sales tax − earned; nothing, or the books are wrong."),
        ]);

        Figure Figure(string column, long minor, string formula) => new(column, FigureUnit.Minor, minor, formula, of);
    }

    private static bool IsNotYetEarned(string account) => Accounts.NotYetEarned.Contains(account);

    private static long Sum(IEnumerable<JournalTransaction> transactions, Func<string, bool> counts) => transactions
        .SelectMany(transaction => transaction.Postings).Where(posting => counts(posting.Account)).Sum(posting => posting.Amount.Minor);
}
