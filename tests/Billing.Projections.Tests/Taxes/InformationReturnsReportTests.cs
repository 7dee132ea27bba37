using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;
using Billing.EventStore.Port;
using Billing.Projections.Reports;
using Billing.Projections.Running;
using Billing.Projections.Taxes;
using Billing.Projections.Tests.Given;
using Billing.Projections.Tests.Reports;
using CsCheck;

namespace Billing.Projections.Tests.Taxes;

/// <summary>The report of information returns and its explanations, over books by chance.</summary>
public sealed class InformationReturnsReportTests
{
    private const int Year = 2026;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task Each_amount_is_that_of_the_list_and_comes_out_again_from_the_events_that_explain_it() =>
        Gen.Bool.Select(Gen.Int[1, 1_000_000]).SampleAsync(
            async (isCredit, seed) =>
            {
                await using var practice = new Practice(ReadModelsIn.Sqlite);
                await practice.Append(Practice.Book, isCredit ? CreditHistory.Of(seed, 80).Events : RandomHistory.Of(seed, 120));
                var events = await practice.Store.ReadBook(Practice.Book, 0, int.MaxValue, Cancellation);
                using var models = await BookSnapshot.Fill(practice.Store, Practice.Book, long.MaxValue, Cancellation);
                var expected = Expected(new TaxQueries(models.Database), Year);
                var book = Fold(events);

                Assert.True(InformationReturnsReport.TryOf(book, Year, out var report, out _));

                Assert.Equal(Listed(expected), Shown(report));
                Assert.Equal([], AddedUp.Faults(report));
                foreach (var row in report.Rows)
                {
                    foreach (var figures in row.Figures.GroupBy(figure => figure.Of))
                    {
                        var alone = Fold(book.PlacesOf(figures.Key).Select(place => events[(int)place - 1]));
                        Assert.True(InformationReturnsReport.TryOf(alone, Year, out var again, out _));
                        foreach (var figure in figures)
                        {
                            Assert.Equal(
                                (row.Key, figure.Column, figure.Value),
                                (row.Key, figure.Column, again.Find(row.Key, figure.Column)?.Value));
                        }
                    }
                }
            },
            iter: 30, threads: 1);

    private static InformationReturns Expected(TaxQueries queries, int year)
    {
        Assert.True(TaxParameterLibrary.TryForYear(year, out var parameters, out _));
        return InformationReturns.TryExpect(parameters, queries.Received(Practice.Book, year), out _)!;
    }

    private static IEnumerable<(string, long)> Listed(InformationReturns expected) =>
    [
        .. expected.Payers.SelectMany(payer => new[]
        {
            ($"{payer.ClientId:D}:USD byHand", payer.ByHand.Minor), ($"{payer.ClientId:D}:USD overlap", payer.Overlap.Minor),
        }),
        ($"{InformationReturnsReport.PaymentNetwork} gross", expected.PaymentNetwork.Gross.Minor),
        .. expected.Bridge.Select(row => ($"{row.Code} amount", row.Amount.Minor)),
        ($"{InformationReturnsReport.GrossReceipts} amount", expected.GrossReceipts.Minor),
        ($"{InformationReturnsReport.GivenBack} amount", expected.GivenBack.Minor),
    ];

    private static IEnumerable<(string, long)> Shown(Report report) =>
        report.Rows.SelectMany(row => row.Figures.Select(figure => ($"{row.Key} {figure.Column}", figure.Value!.Value)));

    private static PracticeBook Fold(IEnumerable<StoredEvent> events)
    {
        var book = new PracticeBook();
        foreach (var stored in events) book.Add(stored);
        return book;
    }
}
