using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Invoicing;
using Billing.Projections.Ledger;
using Billing.Projections.Reports;
using Billing.Projections.Running;
using Billing.Projections.Tests.Given;
using CsCheck;
using NodaTime;

namespace Billing.Projections.Tests.Reports;

/// <summary>Amounts that can be asked for by themselves are explained by their events, and agree with the queries.</summary>
public sealed class AmountReportsTests
{
    private static readonly LocalDate First = new(1900, 1, 1), Last = new(2026, 12, 31);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task Each_figure_comes_out_the_same_from_the_events_that_explain_it() => Histories.SampleAsync(
        async history =>
        {
            var events = await Stored(history);
            var whole = Fold(events);
            foreach (var (_, of) in EveryReport.OfAmounts(First, Last))
            {
                var report = of(whole);
                foreach (var row in report.Rows)
                {
                    foreach (var figures in row.Figures.GroupBy(figure => figure.Of))
                    {
                        var again = of(Fold(whole.PlacesOf(figures.Key).Select(place => events[(int)place - 1])));
                        Assert.All(figures, figure => Assert.Equal(
                            (report.Name, row.Key, figure.Column, figure.Value),
                            (report.Name, row.Key, figure.Column, again.Find(row.Key, figure.Column)?.Value)));
                    }
                }
            }
        },
        iter: 20, threads: 1);

    [Fact]
    public Task The_parts_and_the_steps_of_each_figure_of_each_report_come_to_it() => Histories.SampleAsync(
        async history =>
        {
            var book = Fold(await Stored(history));
            var reports = EveryReport.Of(new LocalDate(2024, 1, 1), Last).Select(report => report.Of(book));
            var faults = reports.SelectMany(AddedUp.Faults).ToList();
            Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults.Take(20)));
        },
        iter: 40, threads: 1);

    [Fact]
    public Task Each_report_sums_to_what_the_queries_say() => Histories.SampleAsync(
        async history =>
        {
            await using var practice = new Practice(ReadModelsIn.Sqlite);
            await practice.Append(Practice.Book, history);
            var book = Fold(await practice.Store.ReadBook(Practice.Book, 0, int.MaxValue, Cancellation));
            using var models = await BookSnapshot.Fill(practice.Store, Practice.Book, long.MaxValue, Cancellation);
            var day = new LocalDate(2026, 6, 30);

            var owed = new LedgerQueries(models.Database).Receivables(Practice.Book, day);
            var receivables = ReceivablesReport.Of(book, First, day);
            Assert.Equal(
                owed.Select(o => (o.ClientId, o.Open.Minor, o.NotYetDue.Minor, o.Days31To60.Minor, o.Over90Days.Minor)),
                receivables.Rows.Select(row => (
                    Guid.Parse(row.Subject), Value(row, "open"), Value(row, "notYetDue"), Value(row, "days31To60"), Value(row, "over90Days"))));
            Assert.Equal(
                new ClientCreditQueries(models.Database).InHand(Practice.Book).Where(money => !money.IsZero),
                ClientCreditReport.Of(book, First, Last).Rows.GroupBy(row => row.Currency!)
                    .OrderBy(group => group.Key.Code, StringComparer.Ordinal)
                    .Select(group => new Money(group.Sum(row => Value(row, "left")), group.Key)));
        },
        iter: 20, threads: 1);

    /// <summary>With every event there is, and with much that moves credit to and fro.</summary>
    private static Gen<IReadOnlyList<(string Stream, object Event)>> Histories => Gen.Select(Gen.Bool, Gen.Int[1, 1_000_000]).Select(
        (isCredit, seed) => isCredit ? CreditHistory.Of(seed, 60).Events : RandomHistory.Of(seed, 80));

    private static async Task<IReadOnlyList<StoredEvent>> Stored(IReadOnlyList<(string Stream, object Event)> history)
    {
        await using var practice = new Practice(ReadModelsIn.Sqlite);
        await practice.Append(Practice.Book, history);
        return await practice.Store.ReadBook(Practice.Book, 0, int.MaxValue, Cancellation);
    }

    private static PracticeBook Fold(IEnumerable<StoredEvent> events)
    {
        var book = new PracticeBook();
        foreach (var stored in events) book.Add(stored);
        return book;
    }

    private static long Value(ReportRow row, string column) => row.Figures.Single(figure => figure.Column == column).Value!.Value;
}
