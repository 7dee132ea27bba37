using Billing.EventStore.Port;

namespace Billing.EventStore.Tests.Conformance;

public abstract partial class StoreConformance
{
    [Theory]
    [InlineData(0)]
    [InlineData(StreamAppend.AnyVersion)]
    public async Task A_retry_answers_what_the_first_try_answered(long expected)
    {
        var book = Given.Book();
        var request = Given.Append(
            book,
            new StreamAppend("invoice-1", expected, Given.Events(2)),
            new StreamAppend("numbering-a", expected, Given.Events(1)));
        var first = await Appended(request);
        await Appended(Given.Append(book, "invoice-1", 2));
        var last = await Appended(Given.Append(Given.Book(), "invoice-1", 0));

        foreach (var retry in new[] { request, request.Expecting(7), request.Expecting(StreamAppend.AnyVersion) })
        {
            var again = await Appended(retry);
            Assert.Equal((first.Position, first.Place, true), (again.Position, again.Place, again.Repeated));
            Assert.Equal(first.Versions, again.Versions);
        }
        Assert.Equal(4, (await Book(book)).Count);
        Assert.Equal(last.Position, await Store.HeadPosition(Stop));
    }

    [Fact]
    public async Task A_retry_of_one_event_is_recognised_after_the_stream_has_moved_on()
    {
        var book = Given.Book();
        var request = Given.Append(book, "payment-1", 0);
        var first = await Appended(request);
        await Appended(Given.Append(book, "payment-1", 1, 3));

        var again = await Appended(request);

        Assert.Equal((first.Position, 1L, true), (again.Position, again.Place, again.Repeated));
        Assert.Equal([1L], again.Versions);
    }

    [Fact]
    public async Task Of_many_tries_at_once_one_writes_and_the_others_repeat_it()
    {
        var book = Given.Book();
        var request = Given.Append(book, "payment-1", StreamAppend.AnyVersion, 2).Keyed("webhook-evt_1");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => Appended(request), Stop)));

        Assert.Single(outcomes, o => !o.Repeated);
        var position = await Store.HeadPosition(Stop);
        Assert.All(outcomes, o => Assert.Equal((position, 2L, 2L), (o.Position, o.Place, Assert.Single(o.Versions))));
        Assert.Equal(2, (await Book(book)).Count);
    }

    [Fact]
    public async Task An_event_id_belongs_to_one_event()
    {
        var book = Given.Book();
        var used = Given.Event();
        await Appended(Given.Append(book, new StreamAppend("invoice-1", 0, [used])));
        var (fresh, next) = (Given.Event(), Given.Event());
        AppendRequest[] misuses =
        [
            Given.Append(book, new StreamAppend("invoice-1", 1, [fresh, used])),
            Given.Append(book, new StreamAppend("invoice-1", 1, [used, fresh])),
            Given.Append(book, new StreamAppend("invoice-2", 0, [used])),
            Given.Append(book, new StreamAppend("invoice-2", 0, [fresh, fresh])),
            Given.Append(book, new StreamAppend("invoice-2", 0, [fresh]), new StreamAppend("invoice-3", 0, [fresh])),
        ];

        foreach (var misuse in misuses)
            await Assert.ThrowsAsync<ArgumentException>(async () => await Store.Append(misuse, Stop));

        Assert.Single(await Book(book));
        await Appended(Given.Append(book, new StreamAppend("invoice-2", 0, [fresh]), new StreamAppend("invoice-1", 1, [next])));
        AssertWhole(await Book(book));
    }

    [Fact]
    public async Task An_idempotency_key_leads_to_what_was_written_under_it()
    {
        var book = Given.Book();
        await Appended(Given.Append(book, "client-1", 0));
        var request = Given.Append(
            book,
            new StreamAppend("invoice-1", 0, Given.Events(2)),
            new StreamAppend("numbering-a", 0, Given.Events(1))).Keyed("finalize-1", "c0ffee");
        await Appended(request);
        await Appended(Given.Append(book, "client-1", 1).Keyed("other"));

        var found = await Store.FindByIdempotencyKey(book, "finalize-1", Stop);

        Assert.NotNull(found);
        Assert.Equal("c0ffee", found.BodyHash);
        Assert.Equal(request.Writes.SelectMany(w => w.Events).Select(e => e.Id), found.Events.Select(e => e.Id));
        Assert.Null(await Store.FindByIdempotencyKey(book, "finalize-2", Stop));
        Assert.Null(await Store.FindByIdempotencyKey(Given.Book(), "finalize-1", Stop));
    }

    [Fact]
    public async Task A_key_is_taken_for_every_other_append_whatever_version_it_expects()
    {
        var book = Given.Book();
        var first = Given.Append(book, "invoice-1", 0).Keyed("k-1");
        await Appended(first);

        foreach (var expected in new[] { 0, 1, 5, StreamAppend.AnyVersion })
            Assert.Equal(
                new AppendOutcome.KeyTaken("k-1"),
                await Store.Append(Given.Append(book, "invoice-1", expected).Keyed("k-1", "other body"), Stop));
        Assert.Equal(
            new AppendOutcome.KeyTaken("k-1"),
            await Store.Append(Given.Append(book, "invoice-2", 0, 3).Keyed("k-1"), Stop));

        Assert.True((await Appended(first)).Repeated);
        Assert.Single(await Book(book));
    }

    [Fact]
    public async Task A_refused_append_leaves_its_key_free()
    {
        var book = Given.Book();
        await Store.Append(Given.Append(book, "invoice-1", 4).Keyed("k-1"), Stop);

        Assert.Null(await Store.FindByIdempotencyKey(book, "k-1", Stop));
        await Appended(Given.Append(book, "invoice-1", 0).Keyed("k-1"));
        Assert.Single((await Store.FindByIdempotencyKey(book, "k-1", Stop))!.Events);
    }
}
