using Billing.Domain.Values;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Projections.Ledger.Journal;

/// <summary>What was earned on a day, on the accrual clock, and what of earlier earnings was given up on it.</summary>
/// <param name="Income">Without sales tax; negative where a credit note takes back more than was earned that day.</param>
/// <param name="BadDebt">Positive; zero on most days.</param>
public sealed record EarnedIncome(LocalDate On, Money Income, Money BadDebt)
{
    /// <summary>Of a calendar year, day by day and currency by currency.</summary>
    public static IReadOnlyList<EarnedIncome> Of(PracticeBook book, int year) =>
    [
        .. PracticeJournal.Of(book, new LocalDate(year, 12, 31))
            .Where(transaction => transaction.Date.Year == year)
            .SelectMany(transaction => transaction.Postings.Select(posting => (transaction.Date, posting.Account, posting.Amount)))
            .Where(posting => IsIncome(posting.Account) || posting.Account == Accounts.BadDebts)
            .GroupBy(posting => (posting.Date, posting.Amount.Currency))
            .OrderBy(day => day.Key.Date).ThenBy(day => day.Key.Currency.Code, StringComparer.Ordinal)
            .Select(day => new EarnedIncome(
                day.Key.Date,
                -Money.Sum(day.Where(posting => IsIncome(posting.Account)).Select(posting => posting.Amount), day.Key.Currency),
                Money.Sum(day.Where(posting => !IsIncome(posting.Account)).Select(posting => posting.Amount), day.Key.Currency))),
    ];

    private static bool IsIncome(string account) => account.StartsWith("Income:", StringComparison.Ordinal);
}
