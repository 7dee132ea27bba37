using System.Globalization;
using System.Text;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Projections.Ledger.Journal;

/// <summary>
/// The journal as text for hledger (hledger.org, journal format) and Beancount (beancount.github.io, language syntax), with every
/// account and commodity declared, so that <c>hledger check --strict</c> and <c>bean-check</c> accept it.
/// </summary>
public static class PlainText
{
    private const string BeforeAll = "1970-01-01";

    public static string Hledger(IReadOnlyList<JournalTransaction> journal)
    {
        var text = new StringBuilder();
        foreach (var currency in Currencies(journal))
            text.Append(CultureInfo.InvariantCulture, $"commodity {Example(currency)} {currency.Code}\n");
        foreach (var account in AccountsIn(journal))
            text.Append(CultureInfo.InvariantCulture, $"account {account}  ; type: {TypeOf(account)}\n");
        foreach (var transaction in journal)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Day(transaction.Date)} * {Plain(transaction.Kind)} {Plain(transaction.Text)}")
                .Append(CultureInfo.InvariantCulture, $"  ; {transaction.Of[0].Kind}:{transaction.Of[0].Id:D}\n");
            foreach (var posting in transaction.Postings)
                text.Append(CultureInfo.InvariantCulture, $"    {posting.Account}  {Amount(posting.Amount)}\n");
        }
        return text.ToString();
    }

    public static string Beancount(IReadOnlyList<JournalTransaction> journal, string title, Currency operating)
    {
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"option \"title\" \"{Quoted(title)}\"\n")
            .Append(CultureInfo.InvariantCulture, $"option \"operating_currency\" \"{operating.Code}\"\n");
        foreach (var currency in Currencies(journal))
            text.Append(CultureInfo.InvariantCulture, $"{BeforeAll} commodity {currency.Code}\n");
        foreach (var account in AccountsIn(journal)) text.Append(CultureInfo.InvariantCulture, $"{BeforeAll} open {account}\n");
        foreach (var transaction in journal)
        {
            text.Append(
                    CultureInfo.InvariantCulture,
                    $"\n{Day(transaction.Date)} * \"{Quoted(transaction.Kind)}\" \"{Quoted(transaction.Text)}\"\n")
                .Append(CultureInfo.InvariantCulture, $"  {transaction.Of[0].Kind}: \"{transaction.Of[0].Id:D}\"\n");
            foreach (var posting in transaction.Postings)
                text.Append(CultureInfo.InvariantCulture, $"  {posting.Account}  {Amount(posting.Amount)}\n");
        }
        return text.ToString();
    }

    private static IEnumerable<Currency> Currencies(IReadOnlyList<JournalTransaction> journal) => journal
        .SelectMany(transaction => transaction.Postings).Select(posting => posting.Amount.Currency).Distinct()
        .OrderBy(currency => currency.Code, StringComparer.Ordinal);

    private static IEnumerable<string> AccountsIn(IReadOnlyList<JournalTransaction> journal) => journal
        .SelectMany(transaction => transaction.Postings).Select(posting => posting.Account).Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);

    /// <summary>How hledger is told what an account is, whatever its name.</summary>
    private static string TypeOf(string account) => account.Split(':')[0] switch
    {
        "Assets" => account == Accounts.Receivable ? "A" : "C",
        "Liabilities" => "L",
        "Equity" => "E",
        "Income" => "R",
        _ => "X",
    };

    /// <summary>With its decimal mark, as hledger wants it even where there are no decimals.</summary>
    private static string Example(Currency currency) => currency.Decimals == 0 ? "1000." : "1000." + new string('0', currency.Decimals);

    private static string Amount(Money amount) => $"{amount.ToDecimalString()} {amount.Currency.Code}";

    private static string Day(LocalDate date) => date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A semicolon would begin a comment, a line break another line.</summary>
    private static string Plain(string text) =>
        string.Concat(text.Select(letter => letter is ';' or '|' || char.IsControl(letter) ? ' ' : letter));

    private static string Quoted(string text) => Plain(text)
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
