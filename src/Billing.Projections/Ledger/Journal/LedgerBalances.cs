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

    /// <summary>All assets, below them.</summary>
    public const string Assets = "assets";

    /// <summary>All income less all expenses since the first day.</summary>
    public const string Retained = "retained";

    /// <summary>All liabilities and equity, what is retained among them: as much as <see cref="Assets"/>.</summary>
    public const string LiabilitiesAndEquity = "liabilities-and-equity";

    /// <summary>Every account's balance at the end of a day, debits above zero; over all accounts of a currency they sum to zero.</summary>
    public static Report TrialBalanceOf(PracticeBook book, LocalDate from, LocalDate to)
    {
        var postings = Postings(book, LocalDate.MinIsoValue, to);
        return new Report(TrialBalance, from, to, [.. Rows(postings, Side.Debit), .. Sum(postings, ReportGrouping.Total, Side.Debit)]);
    }

    /// <summary>On the accrual clock: income above zero, expenses below, and their sum is the profit.</summary>
    public static Report ProfitAndLossOf(PracticeBook book, LocalDate from, LocalDate to)
    {
        var postings = Postings(book, from, to).FindAll(posting => Accounts.IsIncomeOrExpense(posting.Account));
        var (income, expenses) = (postings.FindAll(posting => Accounts.IsIncome(posting.Account)),
            postings.FindAll(posting => !Accounts.IsIncome(posting.Account)));
        return new Report(
            ProfitAndLoss, from, to,
            [.. Rows(income, Side.Credit), .. Rows(expenses, Side.Credit), .. Sum(postings, ReportGrouping.Total, Side.Credit)]);
    }

    /// <summary>
    /// What is owned at the end of a day, and what of it is others' and the owner's: both sides as they are spoken of, above
    /// zero, and with the same sum.
    /// </summary>
    public static Report BalanceSheetOf(PracticeBook book, LocalDate from, LocalDate to)
    {
        var postings = Postings(book, LocalDate.MinIsoValue, to);
        var assets = postings.FindAll(posting => Accounts.IsAsset(posting.Account));
        var others = postings.FindAll(posting => !Accounts.IsAsset(posting.Account));
        return new Report(
            BalanceSheet, from, to,
            [
                .. Rows(assets, Side.Debit),
                .. Sum(assets, Assets, Side.Debit),
                .. Rows(others.FindAll(posting => Accounts.IsLiability(posting.Account)), Side.Credit),
                .. Rows(others.FindAll(posting => Accounts.IsEquity(posting.Account)), Side.Credit),
                .. Sum(others.FindAll(posting => Accounts.IsIncomeOrExpense(posting.Account)), Retained, Side.Credit),
                .. Sum(others, LiabilitiesAndEquity, Side.Credit),
            ]);
    }

    private static List<Line> Postings(PracticeBook book, LocalDate from, LocalDate to) =>
    [
        .. PracticeJournal.Of(book, to).Where(transaction => from <= transaction.Date && transaction.Date <= to)
            .SelectMany(transaction => transaction.Postings.Select(posting => new Line(
                transaction.Date, posting.Account, posting.Amount, transaction.Of))),
    ];

    private static IEnumerable<ReportRow> Rows(List<Line> postings, Side side) => postings
        .GroupBy(posting => (posting.Account, posting.Amount.Currency))
        .OrderBy(group => group.Key.Account, StringComparer.Ordinal)
        .ThenBy(group => group.Key.Currency.Code, StringComparer.Ordinal)
        .Select(group => Row(group.Key.Account, group.Key.Currency, group, side));

    /// <summary>One row for each currency.</summary>
    private static IEnumerable<ReportRow> Sum(List<Line> postings, string subject, Side side) => postings
        .GroupBy(posting => posting.Amount.Currency)
        .OrderBy(group => group.Key.Code, StringComparer.Ordinal)
        .Select(group => Row(subject, group.Key, group, side));

    private static ReportRow Row(string subject, Currency currency, IEnumerable<Line> postings, Side side)
    {
        var all = postings.ToList();
        var (sign, formula) = side == Side.Debit
            ? (1, "Debits less credits of the postings to it.")
            : (-1, "Credits less debits of the postings to it.");
        return new ReportRow(
            $"{subject}:{currency.Code}", subject, null, currency,
            [
                AmountRow.Amount(
                    "balance", sign * all.Sum(posting => posting.Amount.Minor), formula,
                    [.. all.SelectMany(posting => posting.Of).Distinct()],
                    all.Select(posting => new Part(posting.Of[0], sign * posting.Amount.Minor, posting.On))),
            ]);
    }

    /// <summary>Which side of an account stands above zero.</summary>
    private enum Side { Debit, Credit }

    /// <param name="Amount">Debits above zero.</param>
    /// <param name="Of">As of the transaction: the first is what it is about.</param>
    private readonly record struct Line(LocalDate On, string Account, Money Amount, IReadOnlyList<Thing> Of);
}
