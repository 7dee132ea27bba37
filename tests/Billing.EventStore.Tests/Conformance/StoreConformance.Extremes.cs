using Billing.EventStore.Port;

namespace Billing.EventStore.Tests.Conformance;

public abstract partial class StoreConformance
{
    [Fact]
    public async Task Large_events_in_a_row_are_read_whole_from_stream_book_feed_and_subscription()
    {
        const int count = 14;
        var book = Given.Book();
        var json = new string('7', 1 << 20);
        for (var n = 0; n < count; n++) await Appended(Given.Append(book, new StreamAppend("expense-1", n, [Given.Event(json)])));
        var versions = Enumerable.Range(1, count).Select(n => (long)n).ToList();

        Assert.Equal(versions, (await Stream(book, "expense-1")).Select(e => e.Version));
        Assert.Equal(
            versions.AsEnumerable().Reverse(),
            (await Store.ReadStream(book, "expense-1", long.MaxValue, 100, ReadDirection.Backwards, Stop)).Select(e => e.Version));
        Assert.Equal(versions, (await Book(book)).Select(e => e.Place));
        Assert.Equal(versions, (await Feed()).Select(e => e.Position));
        Assert.Equal(versions, (await Follow(0, count)).Select(e => e.Position));
        Assert.All(await Feed(), e => Assert.Equal(json.Length, e.Data.Length));
    }

    [Fact]
    public async Task One_append_may_hold_more_events_than_a_page()
    {
        var book = Given.Book();
        var request = Given.Append(
            book, new StreamAppend("invoice-1", 0, Given.Events(1_500)), new StreamAppend("invoice-2", 0, Given.Events(1_000)))
            .Keyed("k-1");

        Assert.Equal([1_500L, 1_000L], (await Appended(request)).Versions);

        Assert.True((await Appended(request)).Repeated);
        Assert.Equal(2_500, (await Store.FindByIdempotencyKey(book, "k-1", Stop))!.Events.Count);
        AssertWhole(await Book(book));
    }

    [Theory]
    [InlineData("k-1", "K-1", "k-1 ", "k-")]
    [InlineData("cl\u00e9", "cle\u0301", "cle", "CL\u00c9")]
    [InlineData("鍵-🗝️", "鍵-🗝", "鍵-", "鍵")]
    [InlineData("k'; --", "k'';--", "k%", "k_; --")]
    public async Task An_idempotency_key_is_taken_letter_by_letter(string key, string second, string third, string fourth)
    {
        var book = Given.Book();
        string[] all = [key, second, third, fourth];

        foreach (var each in all) await Appended(Given.Append(book, "invoice-1", StreamAppend.AnyVersion).Keyed(each));

        foreach (var each in all)
        {
            Assert.Equal(
                new AppendOutcome.KeyTaken(each),
                await Store.Append(Given.Append(book, "invoice-1", StreamAppend.AnyVersion).Keyed(each), Stop));
            var found = Assert.Single((await Store.FindByIdempotencyKey(book, each, Stop))!.Events);
            Assert.Equal(each, found.Metadata.IdempotencyKey);
        }
    }

    [Fact]
    public async Task Of_writers_that_each_check_the_stream_of_the_other_one_wins()
    {
        for (var round = 0; round < 20; round++)
        {
            var book = Given.Book();
            var outcomes = await AtOnce(
                2, n => Given.Append(book, Name("timesheet", n), 0, 2).Checking(Name("timesheet", 1 - n), 0));

            Assert.Single(outcomes.OfType<AppendOutcome.Appended>());
            Assert.Equal(2, Assert.Single(outcomes.OfType<AppendOutcome.Conflict>()).ActualVersion);
            Assert.Equal(2, (await Book(book)).Count);
        }
    }

    [Fact]
    public async Task Of_writers_of_several_streams_in_any_order_each_writes_all_or_nothing()
    {
        var book = Given.Book();
        string[] names = ["invoice-1", "numbering-a", "timesheet-7"];

        var outcomes = await AtOnce(24, n => Given.Append(
            book,
            [.. names.Select((_, i) => new StreamAppend(names[(i + n) % 3], n / 12, Given.Events(1 + i)))]));

        var won = outcomes.OfType<AppendOutcome.Appended>().ToList();
        Assert.InRange(won.Count, 1, 2);
        Assert.Equal(won.Count * 6, (await Book(book)).Count);
        AssertWhole(await Book(book));
    }
}
