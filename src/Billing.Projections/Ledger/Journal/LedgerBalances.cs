using Billing.Domain.Values;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Projections.Ledger.Journal;

/// <summary>Trial balance, profit and loss, balance sheet, and how the two clocks of income meet, as reports.</summary>
public static class LedgerBalances
{
    public const string TrialBalance = "trial-balance";
    public const string ProfitAndLoss = "profit-and-loss";
    public const string BalanceSheet = "balance-sheet";

    /// <summary>Every account's balance at the end of a day; over all accounts of a currency they sum to zero.</summary>
    public static Report TrialBalanceOf(PracticeBook book, LocalDate from, LocalDate to)
    {
        var journal = PracticeJournal.Of(book, to).Where(transaction => transaction.Date <= to).ToList();
        return new Report(TrialBalance, from, to, [.. Rows(journal, _ => true), .. Totals(journal, _ => true)]);
    }

    /// <summary>On the accrual clock: income stands as a credit, so negative; a profit too.</summary>
    public static Report ProfitAndLossOf(PracticeBook book, LocalDate from, LocalDate to)
    {
        var journal = PracticeJournal.Of(book, to).Where(transaction => from <= transaction.Date && transaction.Date <= to).ToList();
        return new Report(
            ProfitAndLoss, from, to,
            [.. Rows(journal, Accounts.IsIncomeOrExpense), .. Totals(journal, Accounts.IsIncomeOrExpense)]);
    }

    /// <summary>What is owned and owed at the end of a day, and, as <c>retained</c>, all income less all expenses until then.</summary>
    public static Report BalanceSheetOf(PracticeBook book, LocalDate from, LocalDate to)
    {
        var journal = PracticeJournal.Of(book, to).Where(transaction => transaction.Date <= to).ToList();
        return new Report(
            BalanceSheet, from, to,
            [
                .. Rows(journal, account => !Accounts.IsIncomeOrExpense(account)),
                .. Totals(journal, Accounts.IsIncomeOrExpense).Select(row =>
                    row with { Key = row.Key.Replace(ReportGrouping.Total, Retained, StringComparison.Ordinal), Subject = Retained }),
                .. Totals(journal, _ => true),
            ]);
    }

    private const string Retained = "retained";

    private static IEnumerable<ReportRow> Rows(List<JournalTransaction> journal, Func<string, bool> counts) => journal
        .SelectMany(transaction => transaction.Postings.Where(posting => counts(posting.Account))
            .Select(posting => (posting.Account, posting.Amount, transaction.Of)))
        .GroupBy(posting => (posting.Account, posting.Amount.Currency))
        .OrderBy(group => group.Key.Account, StringComparer.Ordinal)
        .ThenBy(group => group.Key.Currency.Code, StringComparer.Ordinal)
        .Select(group => Row(
            group.Key.Account, group.Key.Currency, group.Sum(posting => posting.Amount.Minor),
            [.. group.SelectMany(posting => posting.Of).Distinct()]));

    private static IEnumerable<ReportRow> Totals(List<JournalTransaction> journal, Func<string, bool> counts) => journal
        .SelectMany(transaction => transaction.Postings.Where(posting => counts(posting.Account))
            .Select(posting => (posting.Amount, transaction.Of)))
        .GroupBy(posting => posting.Amount.Currency)
        .OrderBy(group => group.Key.Code, StringComparer.Ordinal)
        .Select(group => Row(
            ReportGrouping.Total, group.Key, group.Sum(posting => posting.Amount.Minor),
            [.. group.SelectMany(posting => posting.Of).Distinct()]));

    private static ReportRow Row(string subject, Currency currency, long minor, IReadOnlyCollection<Thing> of) => new(
        $"{subject}:{currency.Code}", subject, null, currency,
        [new Figure("balance", FigureUnit.Minor, minor, "Debits less credits of the postings to it.", of)]);
}
