using Billing.EventStore.Port;
using Billing.Projections.Reports;
using Billing.Projections.Running;
using Billing.Projections.Tests.Given;
using CsCheck;
using NodaTime;

namespace Billing.Projections.Tests.Reports;

/// <summary>What explains a figure adds up to it, whatever the books hold.</summary>
public sealed class PartsTests
{
    private static readonly LocalDate First = new(2024, 1, 1), Last = new(2026, 12, 31);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task The_parts_and_the_steps_of_each_figure_of_each_report_come_to_it() => Gen.Bool.Select(Gen.Int[1, 1_000_000]).SampleAsync(
        async (isCredit, seed) =>
        {
            await using var practice = new Practice(ReadModelsIn.Sqlite);
            await practice.Append(Practice.Book, isCredit ? CreditHistory.Of(seed, 60).Events : RandomHistory.Of(seed, 120));
            var book = new PracticeBook();
            foreach (var stored in await practice.Store.ReadBook(Practice.Book, 0, int.MaxValue, Cancellation)) book.Add(stored);

            var faults = EveryReport.Of(book, First, Last).SelectMany(AddedUp.Faults).ToList();
            Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults.Take(20)));
        },
        iter: 40, threads: 1);
}
