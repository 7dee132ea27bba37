using Billing.EventStore.Port;
using Billing.Projections.Tests.Given;
using CsCheck;

namespace Billing.Projections.Tests.Exporting;

public sealed class RoundTripTests
{
    [Fact]
    public Task Any_history_comes_out_event_by_event_and_row_by_row_as_it_was() =>
        Gen.Select(Gen.Int[1, 1_000_000], Gen.Int[1, 200], Gen.Bool).SampleAsync(
            async (seed, steps, isErased) =>
            {
                using var history = await ExportedHistory.Of(seed, steps, isErased ? Ids.Of(3, 1) : null);
                var written = await history.Source.ReadBook(Practice.Book, 0, int.MaxValue, TestContext.Current.CancellationToken);

                var copied = await history.Import();

                Assert.Equal(written.Select(Shown), (await history.Imported()).Select(Shown));
                Assert.Equal((written.Count, written.Count), (copied.Copied, copied.Place));
                var rows = await history.RowsOfSource();
                Assert.True(rows.Count > 10);
                Assert.Equal(rows, await history.RowsOfImported());
            },
            iter: 12,
            threads: 1);

    [Fact]
    public async Task What_was_erased_is_in_no_line_and_stays_erased()
    {
        using var history = await ExportedHistory.Of(seed: 11, steps: 150);
        var erased = new KeyOwner(Ids.Of(3, 1), KeyUse.Contact);
        var key = history.Keys.KeyOf(Practice.Book, erased);
        Assert.Contains(Convert.ToBase64String(key.Bytes!), await Text(history), StringComparison.Ordinal);

        history.Keys.Erase(Practice.Book, erased, Practice.Now);
        await history.Export();
        await history.Import();

        Assert.DoesNotContain(Convert.ToBase64String(key.Bytes!), await Text(history), StringComparison.Ordinal);
        Assert.Equal(await history.RowsOfSource(), await history.RowsOfImported());
    }

    [Fact]
    public async Task Names_can_be_read_in_the_file()
    {
        using var history = await ExportedHistory.Of(seed: 3, steps: 200);

        Assert.Contains("Überstunden – 時間", await Text(history), StringComparison.Ordinal);
    }

    private static Task<string> Text(ExportedHistory history) =>
        File.ReadAllTextAsync(history.File, TestContext.Current.CancellationToken);

    private static string Shown(StoredEvent stored) => string.Join(
        '|', stored.Place, stored.Stream, stored.Version, stored.Id, stored.Type, Convert.ToHexString(stored.Data.Span),
        Convert.ToHexString(stored.Confidential.Span), stored.ConfidentialKey, stored.Metadata, Convert.ToHexString(stored.Link.Span));
}
