using Billing.EventStore.Port;
using Billing.EventStore.Tests.Conformance;
using NodaTime;

namespace Billing.EventStore.Tests.KurrentDb;

/// <summary>Two processes write one book: each has an index of its own, and neither is told what the other does.</summary>
public sealed class TwoWritersTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_processes_at_the_same_version_exactly_one_wins()
    {
        await using var served = await ServedBook.Start();
        var stores = new[] { await served.Open(), await served.Open() };
        var won = new List<AppendRequest>();
        for (var version = 0; version < 40; version++)
        {
            var requests = stores.Select(_ => Given.Append(served.Book, "invoice-1", version)).ToList();
            var outcomes = await Task.WhenAll(stores.Zip(requests, (s, r) => Task.Run(async () => await s.Append(r, Stop), Stop)));

            Assert.Single(outcomes.OfType<AppendOutcome.Appended>());
            Assert.Equal(
                new AppendOutcome.Conflict("invoice-1", version, version + 1),
                Assert.Single(outcomes.OfType<AppendOutcome.Conflict>()));
            won.Add(requests[outcomes[0] is AppendOutcome.Appended ? 0 : 1]);
        }
        await ServedBook.AssertHoldsExactly(stores[0], served.Book, won);
    }

    [Fact]
    public async Task A_stream_that_did_not_move_is_no_conflict_because_another_one_of_the_book_did()
    {
        await using var served = await ServedBook.Start();
        var stores = new[] { await served.Open(), await served.Open() };
        var requests = Enumerable.Range(0, 2)
            .SelectMany(s => Enumerable.Range(0, 60).Select(n => (Store: stores[s], Append: Request(s, n))))
            .ToList();

        var outcomes = await Task.WhenAll(requests.Select(r => Task.Run(async () => await r.Store.Append(r.Append, Stop), Stop)));

        Assert.All(outcomes, o => Assert.IsType<AppendOutcome.Appended>(o));
        await ServedBook.AssertHoldsExactly(stores[0], served.Book, requests.Select(r => r.Append));

        AppendRequest Request(int store, int n) => Given.Append(served.Book, ServedBook.Name($"timesheet-{store}", n), 0, 1 + n % 2);
    }

    [Fact]
    public async Task An_index_that_is_behind_neither_refuses_what_fits_nor_accepts_what_does_not()
    {
        await using var served = await ServedBook.Start();
        var (one, other) = (await served.Open(), await served.Open());
        await one.Append(Given.Append(served.Book, "invoice-1", 0), Stop);
        await other.Append(Given.Append(served.Book, "invoice-1", 1, 3), Stop);

        Assert.Equal(
            new AppendOutcome.Conflict("invoice-1", 1, 4), await one.Append(Given.Append(served.Book, "invoice-1", 1), Stop));
        await other.Append(Given.Append(served.Book, "invoice-1", 4), Stop);
        var fits = Given.Append(served.Book, "expense-1", 0).Checking("invoice-1", 5);
        Assert.IsType<AppendOutcome.Appended>(await one.Append(fits, Stop));
        Assert.Equal(5, (await one.ReadStream(served.Book, "invoice-1", 1, 9, ReadDirection.Forwards, Stop)).Count);
    }

    [Fact]
    public async Task A_process_sees_in_streams_and_keys_what_another_has_written()
    {
        await using var served = await ServedBook.Start();
        var (one, other) = (await served.Open(), await served.Open());
        await one.Append(Given.Append(served.Book, "invoice-1", 0), Stop);
        Assert.Empty(await other.ReadStream(served.Book, "invoice-2", 1, 9, ReadDirection.Forwards, Stop));
        await one.Append(Given.Append(served.Book, "invoice-2", 0).Keyed("k-1", "c0ffee"), Stop);

        Assert.Single(await other.ReadStream(served.Book, "invoice-2", 1, 9, ReadDirection.Forwards, Stop));
        Assert.Equal("c0ffee", (await other.FindByIdempotencyKey(served.Book, "k-1", Stop))?.BodyHash);
        Assert.Equal(
            new AppendOutcome.KeyTaken("k-1"),
            await other.Append(Given.Append(served.Book, "invoice-3", 0).Keyed("k-1"), Stop));
    }

    /// <summary>
    /// The server itself would take the second try for the first by its event ids, and the second process would go on
    /// with a link that is not stored.
    /// </summary>
    [Fact]
    public async Task A_try_repeated_by_a_process_that_is_behind_is_recognised_though_it_was_made_later()
    {
        await using var served = await ServedBook.Start();
        var (one, other) = (await served.Open(), await served.Open());
        await other.Append(Given.Append(served.Book, "invoice-1", 0), Stop);
        var request = Given.Append(served.Book, "payment-1", 0, 2);
        var first = Assert.IsType<AppendOutcome.Appended>(await one.Append(request, Stop));
        var later = request with { Metadata = request.Metadata with { RecordedAt = Given.Morning + Duration.FromMinutes(1) } };

        var again = Assert.IsType<AppendOutcome.Appended>(await other.Append(later, Stop));

        Assert.Equal((first.Position, first.Place, true), (again.Position, again.Place, again.Repeated));
        await other.Append(Given.Append(served.Book, "payment-1", 2), Stop);
        var stored = await one.ReadBook(served.Book, 0, 99, Stop);
        Assert.Equal(4, stored.Count);
        Assert.Equal(Chain.Expected(stored[2].Link.Span, stored[3]), stored[3].Link.ToArray());
    }

    [Fact]
    public async Task A_key_is_free_again_when_its_lifetime_has_passed()
    {
        await using var served = await ServedBook.Start();
        var store = await served.Open(o => o with { KeyLifetime = Duration.FromDays(30) });
        await store.Append(At(0, "invoice-1"), Stop);
        Assert.IsType<AppendOutcome.KeyTaken>(await store.Append(At(30, "invoice-2"), Stop));
        await store.Append(Given.Append(served.Book, "clock-1", 0) is var tick
            ? tick with { Metadata = tick.Metadata with { RecordedAt = Given.Morning + Duration.FromDays(31) } }
            : tick, Stop);

        Assert.IsType<AppendOutcome.Appended>(await store.Append(At(31, "invoice-2"), Stop));
        Assert.Equal("invoice-2", Assert.Single((await store.FindByIdempotencyKey(served.Book, "k-1", Stop))!.Events).Stream);

        AppendRequest At(int days, string stream)
        {
            var request = Given.Append(served.Book, stream, 0).Keyed("k-1");
            return request with { Metadata = request.Metadata with { RecordedAt = Given.Morning + Duration.FromDays(days) } };
        }
    }
}
