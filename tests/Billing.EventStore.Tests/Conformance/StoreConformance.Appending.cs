using Billing.EventStore.Port;

namespace Billing.EventStore.Tests.Conformance;

public abstract partial class StoreConformance
{
    [Fact]
    public async Task The_first_append_makes_version_and_place_one_and_a_position_above_zero()
    {
        Assert.Equal(0, await Store.HeadPosition(Stop));

        var outcome = await Appended(Given.Append(Given.Book(), "invoice-1", 0));

        Assert.Equal((1L, false), (outcome.Place, outcome.Repeated));
        Assert.Equal([1L], outcome.Versions);
        Assert.True(outcome.Position > 0);
        Assert.Equal(outcome.Position, await Store.HeadPosition(Stop));
    }

    [Fact]
    public async Task One_append_writes_several_streams_at_once_in_the_order_of_the_request()
    {
        var book = Given.Book();
        await Appended(Given.Append(book, "timesheet-7", 0, 2));

        var outcome = await Appended(Given.Append(
            book,
            new StreamAppend("numbering-a", 0, Given.Events(1)),
            new StreamAppend("invoice-1", 0, Given.Events(3)),
            new StreamAppend("timesheet-7", 2, Given.Events(1))));

        Assert.Equal((await Store.HeadPosition(Stop), 7L), (outcome.Position, outcome.Place));
        Assert.Equal([1L, 3L, 3L], outcome.Versions);
        string[] streams = ["timesheet-7", "timesheet-7", "numbering-a", "invoice-1", "invoice-1", "invoice-1", "timesheet-7"];
        Assert.Equal(streams, (await Book(book)).Select(e => e.Stream));
        AssertWhole(await Book(book));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 3)]
    [InlineData(0, StreamAppend.AnyVersion)]
    [InlineData(3, StreamAppend.AnyVersion)]
    public async Task Accepts_the_version_that_the_stream_has(int stored, long expected)
    {
        var book = Given.Book();
        if (stored > 0) await Appended(Given.Append(book, "invoice-1", 0, stored));

        Assert.Equal([stored + 2L], (await Appended(Given.Append(book, "invoice-1", expected, 2))).Versions);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 0)]
    [InlineData(3, 2)]
    [InlineData(3, 4)]
    public async Task Refuses_another_version_than_the_stream_has(int stored, long expected)
    {
        var book = Given.Book();
        if (stored > 0) await Appended(Given.Append(book, "invoice-1", 0, stored));

        Assert.Equal(
            new AppendOutcome.Conflict("invoice-1", expected, stored),
            await Store.Append(Given.Append(book, "invoice-1", expected), Stop));
        Assert.Equal(stored, (await Stream(book, "invoice-1")).Count);
    }

    [Fact]
    public async Task A_conflict_in_one_stream_writes_to_none()
    {
        var book = Given.Book();
        var only = await Appended(Given.Append(book, "invoice-1", 0));

        var outcome = await Store.Append(
            Given.Append(
                book,
                new StreamAppend("numbering-a", 0, Given.Events(1)),
                new StreamAppend("invoice-1", 0, Given.Events(1))),
            Stop);

        Assert.Equal(new AppendOutcome.Conflict("invoice-1", 0, 1), outcome);
        Assert.Empty(await Stream(book, "numbering-a"));
        Assert.Equal(only.Position, await Store.HeadPosition(Stop));
        await Appended(Given.Append(book, "numbering-a", 0));
        AssertWhole(await Book(book));
    }

    [Fact]
    public async Task A_check_that_holds_lets_the_append_through_and_writes_nothing_itself()
    {
        var book = Given.Book();
        await Appended(Given.Append(book, "engagement-1", 0, 2));

        await Appended(Given.Append(book, "timesheet-1", 0).Checking("engagement-1", 2).Checking("client-9", 0));

        Assert.Equal(2, (await Stream(book, "engagement-1")).Count);
        Assert.Equal(3, (await Book(book)).Count);
    }

    [Theory]
    [InlineData("engagement-1", 1, 2)]
    [InlineData("engagement-1", 3, 2)]
    [InlineData("engagement-1", 0, 2)]
    [InlineData("client-9", 1, 0)]
    public async Task A_check_that_fails_refuses_the_whole_append(string stream, long expected, long actual)
    {
        var book = Given.Book();
        await Appended(Given.Append(book, "engagement-1", 0, 2));

        Assert.Equal(
            new AppendOutcome.Conflict(stream, expected, actual),
            await Store.Append(Given.Append(book, "timesheet-1", 0).Checking(stream, expected), Stop));
        Assert.Equal(2, (await Book(book)).Count);
    }

    [Fact]
    public async Task Books_do_not_know_each_other()
    {
        var (one, other) = (Given.Book(), Given.Book());
        var first = Given.Append(one, "invoice-1", 0).Keyed("k");
        var before = await Appended(first);

        var outcome = await Appended(first with { Book = other });

        Assert.Equal((1L, false), (outcome.Place, outcome.Repeated));
        Assert.True(outcome.Position > before.Position);
        Assert.Equal([1L], outcome.Versions);
        Assert.Empty(await Book(Given.Book()));
        Assert.Single(await Stream(one, "invoice-1"));
        AssertWhole(await Book(one));
        AssertWhole(await Book(other));
    }

    [Fact]
    public async Task Malformed_requests_are_bugs_of_the_caller_and_change_nothing()
    {
        var book = Given.Book();
        AppendRequest[] malformed =
        [
            Given.Append(book),
            Given.Append(book, "", 0),
            Given.Append(book, "invoice-\0", 0),
            Given.Append(book, "invoice-\ud800", 0),
            Given.Append(book, new string('x', 513), 0),
            Given.Append(book, "invoice-1", -2),
            Given.Append(book, "invoice-1", 0, 0),
            Given.Append(book, "invoice-1", 0).Checking("invoice-1", 0),
            Given.Append(book, "invoice-1", 0).Checking("client-1", StreamAppend.AnyVersion),
            Given.Append(
                book, new StreamAppend("invoice-1", 0, Given.Events(1)), new StreamAppend("invoice-1", 1, Given.Events(1))),
            Given.Append(
                book,
                [.. Enumerable.Range(0, 40).Append(7).Select(n => new StreamAppend($"invoice-{n}", 0, Given.Events(1)))]),
            Given.Append(book, new StreamAppend("invoice-1", 0, [Given.Event("")])),
            Given.Append(book, "invoice-1", 0).Keyed(""),
        ];

        foreach (var request in malformed)
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.Append(request, Stop));
        Assert.Equal(0, await Store.HeadPosition(Stop));
        Assert.Empty(await Book(book));
    }
}
