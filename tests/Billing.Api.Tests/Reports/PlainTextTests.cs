using System.Diagnostics;
using Billing.Api.Demo;
using Billing.Domain.Values;
using Billing.Projections.Ledger.Journal;
using Billing.TestSupport;
using NodaTime;

namespace Billing.Api.Tests.Reports;

/// <summary>What we write for other bookkeeping programs, these programs accept, and they come to our totals.</summary>
[Collection(AgencyCollection.Name)]
public sealed class PlainTextTests(AgencyBook agency) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("billing-journal-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Hledger_accepts_the_journal_strictly_and_has_our_balances()
    {
        var journal = PracticeJournal.Of(agency.Folded, new LocalDate(AgencyYear.Year, 12, 31));
        var file = await Write("journal", PlainText.Hledger(journal));

        var (accepted, refusal) = await Run("hledger", "-f", file, "check", "--strict", "ordereddates");
        var (_, balances) = await Run("hledger", "-f", file, "balance", "--flat", "--no-total", "-O", "csv");

        Assert.True(accepted, refusal);
        Assert.Equal(Balances(journal), balances.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Replace("\"", "", StringComparison.Ordinal).Trim().Split(',')).Select(cells => $"{cells[0]} {cells[1]}")
            .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Beancount_accepts_the_journal_and_has_our_balances()
    {
        var journal = PracticeJournal.Of(agency.Folded, new LocalDate(AgencyYear.Year, 12, 31));
        var file = await Write("beancount", PlainText.Beancount(journal, "Harbor \"Lane\"", Currency.Usd));

        var (accepted, refusal) = await Run("bean-check", file);
        var (_, balances) = await Run(
            "bean-query", "-f", "csv", "-q", file, "SELECT account, sum(position) GROUP BY account ORDER BY account");

        Assert.True(accepted, refusal);
        var held = balances.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split(',', StringSplitOptions.TrimEntries)).Where(cells => cells[1].Length > 0)
            .Select(cells => $"{cells[0]} {cells[1]}").Order(StringComparer.Ordinal);
        Assert.Equal(Balances(journal), held);
    }

    [Fact]
    public async Task A_journal_that_does_not_balance_is_refused_by_both()
    {
        var broken = PracticeJournal.Of(agency.Folded, new LocalDate(AgencyYear.Year, 12, 31)).Take(3).Select((transaction, i) => i != 1
            ? transaction
            : transaction with
            {
                Postings = [transaction.Postings[0], .. transaction.Postings.Skip(1).Select(p => p with { Amount = p.Amount + p.Amount })],
            }).ToList();

        var (hledger, _) = await Run("hledger", "-f", await Write("journal", PlainText.Hledger(broken)), "check");
        var (beancount, _) = await Run("bean-check", await Write("beancount", PlainText.Beancount(broken, "", Currency.Usd)));

        Assert.False(hledger);
        Assert.False(beancount);
    }

    private static IEnumerable<string> Balances(IReadOnlyList<JournalTransaction> journal) => journal
        .SelectMany(transaction => transaction.Postings)
        .GroupBy(posting => (posting.Account, posting.Amount.Currency))
        .Select(account => (account.Key, Minor: account.Sum(posting => posting.Amount.Minor)))
        .Where(account => account.Minor != 0)
        .Select(account => $"{account.Key.Account} {new Money(account.Minor, account.Key.Currency)}")
        .Order(StringComparer.Ordinal);

    private async Task<string> Write(string extension, string text)
    {
        var file = Path.Combine(folder.FullName, $"books.{extension}");
        await File.WriteAllTextAsync(file, text, Cancellation);
        return file;
    }

    private static async Task<(bool Succeeded, string Output)> Run(string program, params string[] arguments)
    {
        if (!File.Exists(Path.Combine("/usr/bin", program)))
            Require.Missing($"{program} is not installed (Debian: apt-get install hledger beancount)");
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync(Cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode == 0, output + await errors);
    }
}
