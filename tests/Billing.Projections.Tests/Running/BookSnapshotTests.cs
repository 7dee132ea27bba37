using Billing.Projections.Running;
using Billing.Projections.Tests.Given;
using CsCheck;

namespace Billing.Projections.Tests.Running;

/// <summary>A snapshot of a book at a place has the rows that the read models had when the book ended there.</summary>
public sealed class BookSnapshotTests
{
    private const int Steps = 60;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A seed of a history, and a share of it in thousandths.</summary>
    private static Gen<(int Seed, int Share)> Cuts => Gen.Select(Gen.Int[1, 10_000], Gen.Int[0, 1_000]);

    [Fact]
    public async Task Has_the_rows_that_the_read_models_had_then() => await Cuts.SampleAsync(
        async cut =>
        {
            var history = RandomHistory.Of(cut.Seed, Steps);
            var place = history.Count * cut.Share / 1_000;
            await using var practice = new Practice(ReadModelsIn.Sqlite);
            await practice.Append(Practice.Book, history.Take(place));
            await practice.CatchUp();
            var then = practice.Runner.DumpRows();
            await practice.Append(Practice.Book, history.Skip(place));

            using var snapshot = await BookSnapshot.Fill(practice.Store, Practice.Book, place, Cancellation);

            Assert.Equal(then, snapshot.DumpRows());
        },
        iter: 12, threads: 1);

    [Fact]
    public async Task Shows_further_events_while_it_is_asked_with_them_and_not_after() => await Cuts.SampleAsync(
        async cut =>
        {
            var history = RandomHistory.Of(cut.Seed, Steps);
            var place = 1 + (history.Count - 1) * cut.Share / 1_000;
            await using var practice = new Practice(ReadModelsIn.Sqlite);
            await practice.Append(Practice.Book, history);
            var more = await practice.Store.ReadBook(Practice.Book, place, history.Count, Cancellation);
            using var whole = await BookSnapshot.Fill(practice.Store, Practice.Book, long.MaxValue, Cancellation);
            using var snapshot = await BookSnapshot.Fill(practice.Store, Practice.Book, place, Cancellation);
            var before = snapshot.DumpRows();

            var with = await snapshot.With(more, () => Task.FromResult(snapshot.DumpRows()));

            Assert.Equal(whole.DumpRows(), with);
            Assert.Equal(before, snapshot.DumpRows());
            await snapshot.Advance(practice.Store, Practice.Book, long.MaxValue, Cancellation);
            Assert.Equal(whole.DumpRows(), snapshot.DumpRows());
        },
        iter: 12, threads: 1);
}
