using Billing.EventStore.Port;

namespace Billing.EventStore.Tests.Conformance;

public abstract partial class StoreConformance
{
    [Fact]
    public async Task Everything_is_there_after_a_restart_and_goes_on_where_it_stopped()
    {
        var book = Given.Book();
        var first = Given.Append(
            book,
            new StreamAppend("invoice-1", 0, Given.Events(2)),
            new StreamAppend("numbering-a", 0, Given.Events(1))).Keyed("k-1", "c0ffee");
        await Appended(first);
        var before = await Feed();

        await Restart();

        Assert.Equal(before, await Feed(), ById);
        Assert.Equal(before[^1].Position, await Store.HeadPosition(Stop));
        Assert.Equal("c0ffee", (await Store.FindByIdempotencyKey(book, "k-1", Stop))?.BodyHash);
        Assert.Equal((before[^1].Position, 3L, true), await Answer(first));
        Assert.Equal(
            new AppendOutcome.KeyTaken("k-1"), await Store.Append(Given.Append(book, "invoice-9", 0).Keyed("k-1"), Stop));
        Assert.Equal(
            new AppendOutcome.Conflict("invoice-1", 1, 2), await Store.Append(Given.Append(book, "invoice-1", 1), Stop));
        var appended = new[]
        {
            await Answer(Given.Append(book, "invoice-1", 2)),
            await Answer(Given.Append(book, "invoice-2", 0)),
            await Answer(Given.Append(Given.Book(), "invoice-1", 0)),
        };
        Assert.Equal([(4L, false), (5L, false), (1L, false)], appended.Select(a => (a.Place, a.Repeated)));
        Assert.Equal((await Feed()).Skip(3).Select(e => e.Position), appended.Select(a => a.Position));
        AssertWhole(await Book(book));
    }

    [Fact]
    public async Task Closing_lets_the_appends_under_way_come_to_their_end()
    {
        var book = Given.Book();
        var started = Enumerable.Range(0, 50)
            .Select(n => Store.Append(Given.Append(book, Name("invoice", n), 0), Stop).AsTask())
            .ToList();

        await Restart();

        Assert.All(await Task.WhenAll(started), o => Assert.IsType<AppendOutcome.Appended>(o));
        Assert.Equal(50, (await Book(book)).Count);
        AssertWhole(await Book(book));
    }

    private async Task<(long Position, long Place, bool Repeated)> Answer(AppendRequest request)
    {
        var outcome = await Appended(request);
        return (outcome.Position, outcome.Place, outcome.Repeated);
    }
}
