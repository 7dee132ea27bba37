using Billing.EventStore.KurrentDb;
using Billing.EventStore.Port;
using Billing.EventStore.Tests.Conformance;
using Billing.KurrentStandIn;

namespace Billing.EventStore.Tests.KurrentDb;

/// <summary>What is too large, too much or not there at all.</summary>
public sealed class BoundsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1 << 20, 1 << 20)]
    [InlineData(100_000, 1 << 20)]
    [InlineData(1 << 20, 100_000)]
    public async Task An_append_beyond_the_limit_is_refused_in_words_and_fails_no_other(int servers, int configured)
    {
        await using var served = await ServedBook.Start(new KurrentStandInOptions { MaxAppendSize = servers });
        var store = await served.Open(o => o with { LargestAppendBytes = configured });
        var most = Math.Min(servers, configured);
        var fitting = Enumerable.Range(0, 20)
            .Select(n => Given.Append(served.Book, new StreamAppend(ServedBook.Name("s", n), 0, [OfBytes(most / 4)])))
            .ToList();

        var tooLarge = store.Append(Given.Append(served.Book, new StreamAppend("large-1", 0, [OfBytes(most)])), Stop).AsTask();
        var outcomes = await Task.WhenAll(fitting.Select(r => Task.Run(async () => await store.Append(r, Stop), Stop)));

        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => tooLarge);
        Assert.Contains("several appends", refusal.Message, StringComparison.Ordinal);
        Assert.All(outcomes, o => Assert.IsType<AppendOutcome.Appended>(o));
        await ServedBook.AssertHoldsExactly(store, served.Book, fitting);
    }

    [Fact]
    public async Task A_full_queue_is_answered_busy_and_the_others_go_through()
    {
        await using var served = await ServedBook.Start();
        var store = await served.Open(o => o with { QueuedAppends = 4 });
        served.Server.Faults.Stall();
        var waiting = Enumerable.Range(0, 4)
            .Select(n => store.Append(Given.Append(served.Book, ServedBook.Name("s", n), 0), Stop).AsTask())
            .ToList();

        Assert.IsType<AppendOutcome.Busy>(await store.Append(Given.Append(Given.Book(), "s-9", 0), Stop));
        served.Server.Faults.Release();

        Assert.All(await Task.WhenAll(waiting), o => Assert.IsType<AppendOutcome.Appended>(o));
        Assert.IsType<AppendOutcome.Appended>(await store.Append(Given.Append(Given.Book(), "s-9", 0), Stop));
    }

    [Fact]
    public async Task Queued_bytes_are_bounded_too()
    {
        await using var served = await ServedBook.Start();
        var store = await served.Open(o => o with { QueuedBytes = 10_000 });
        served.Server.Faults.Stall();
        var first = store.Append(Given.Append(served.Book, new StreamAppend("s-1", 0, [OfBytes(50_000)])), Stop).AsTask();

        Assert.IsType<AppendOutcome.Busy>(await store.Append(Given.Append(served.Book, "s-2", 0), Stop));
        served.Server.Faults.Release();
        Assert.IsType<AppendOutcome.Appended>(await first);
    }

    [Fact]
    public async Task Only_so_many_books_are_kept_in_memory()
    {
        await using var served = await ServedBook.Start();
        var store = await served.Open(o => o with { IndexedBooks = 3 });
        for (var n = 0; n < 20; n++) await store.Append(Given.Append(Given.Book(), "invoice-1", 0), Stop);
        await store.Append(Given.Append(served.Book, "invoice-1", 0), Stop);

        Assert.InRange(store.IndexedBooks, 1, 4);
        Assert.Equal(
            new AppendOutcome.Conflict("invoice-1", 0, 1), await store.Append(Given.Append(served.Book, "invoice-1", 0), Stop));
    }

    [Fact]
    public async Task Without_a_server_opening_says_in_one_sentence_what_to_do()
    {
        var server = await KurrentStandInServer.Start();
        var options = KurrentConnectionString.Parse(server.ConnectionString) with { DiscoveryInterval = TimeSpan.FromMilliseconds(1) };
        await server.DisposeAsync();

        foreach (var discover in new[] { false, true })
        {
            var failure = await Assert.ThrowsAsync<EventStoreException>(
                () => KurrentEventStore.Open(options with { Discover = discover }, Stop));
            Assert.Contains(options.Seeds[0].ToString(), failure.Message, StringComparison.Ordinal);
            Assert.Contains("Check that", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_server_without_batches_and_one_that_asks_for_a_password_are_told_apart()
    {
        await using var old = await ServedBook.Start(new KurrentStandInOptions { HasBatchAppend = false });
        await using var locked = await ServedBook.Start(new KurrentStandInOptions { User = "admin", Password = "changeit" });

        var tooOld = await Assert.ThrowsAsync<EventStoreException>(() => old.Open());
        var refused = await Assert.ThrowsAsync<EventStoreException>(() => locked.Open(o => o with { Password = "guess" }));

        Assert.Contains("23.10 or later", tooOld.Message, StringComparison.Ordinal);
        Assert.Contains("check user and password", refused.Message, StringComparison.Ordinal);
        Assert.IsType<AppendOutcome.Appended>(await (await locked.Open()).Append(Given.Append(locked.Book, "invoice-1", 0), Stop));
    }

    [Fact]
    public async Task An_event_that_another_program_put_into_a_book_stops_the_book_with_its_stream_and_number()
    {
        await using var served = await ServedBook.Start();
        var store = await served.Open();
        await store.Append(Given.Append(served.Book, "invoice-1", 0), Stop);
        served.Server.WriteForeign($"billing-book-{served.Book}", "mischief", "{}", """{"id":"0"}""");

        var failure = await Assert.ThrowsAsync<EventStoreException>(async () => await store.ReadBook(served.Book, 0, 9, Stop));

        Assert.Contains($"Event 1 of the server's stream billing-book-{served.Book}", failure.Message, StringComparison.Ordinal);
    }

    private static NewEvent OfBytes(int bytes) => Given.Event("{\"n\":\"" + new string('x', bytes) + "\"}");
}
