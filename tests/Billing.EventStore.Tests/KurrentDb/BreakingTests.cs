using Billing.EventStore.KurrentDb;
using Billing.EventStore.Port;
using Billing.EventStore.Tests.Conformance;
using Billing.KurrentStandIn;

namespace Billing.EventStore.Tests.KurrentDb;

/// <summary>Connections that break, leaders that move and servers that stop, all in mid-append.</summary>
public sealed class BreakingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_append_is_there_exactly_once_though_connections_are_cut_before_and_after_it_is_stored()
    {
        const int callers = 8, appendsEach = 30;
        await using var served = await ServedBook.Start();
        var store = await served.Open();
        var books = Enumerable.Range(0, 3).Select(_ => Given.Book()).ToList();
        var requests = Enumerable.Range(0, callers * appendsEach)
            .Select(n => Given.Append(books[n % books.Count], ServedBook.Name("timesheet", n), 0, 1 + n % 3))
            .ToList();
        var stored = 0;

        var failures = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(
            async () =>
            {
                var failed = 0;
                foreach (var request in requests.Where((_, n) => n % callers == caller))
                {
                    failed += await ServedBook.UntilStored(store, request);
                    var soFar = Interlocked.Increment(ref stored);
                    if (soFar % 20 == 0) served.Server.Faults.DropAfterStoring();
                    else if (soFar % 20 == 10) served.Server.Faults.DropBeforeStoring();
                }
                return failed;
            },
            Stop)));

        Assert.True(failures.Sum() > 0, "No append met a cut connection.");
        foreach (var book in books)
            await ServedBook.AssertHoldsExactly(store, book, requests.Where(r => r.Book == book));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_append_on_a_connection_that_is_cut_is_unknown_and_a_retry_finds_out(bool afterStoring)
    {
        await using var served = await ServedBook.Start();
        var store = await served.Open();
        await store.Append(Given.Append(served.Book, "invoice-1", 0), Stop);
        var request = Given.Append(served.Book, "invoice-1", 1);
        if (afterStoring) served.Server.Faults.DropAfterStoring();
        else served.Server.Faults.DropBeforeStoring();

        var failure = await Assert.ThrowsAsync<EventStoreException>(async () => await store.Append(request, Stop));
        var again = Assert.IsType<AppendOutcome.Appended>(await store.Append(request, Stop));

        Assert.Contains("same event ids", failure.Message, StringComparison.Ordinal);
        Assert.Equal((2L, afterStoring), (again.Place, again.Repeated));
        Assert.Equal(2, (await store.ReadBook(served.Book, 0, 9, Stop)).Count);
    }

    [Fact]
    public async Task An_append_that_the_server_gave_up_on_and_stored_late_is_found_by_a_retry()
    {
        await using var served = await ServedBook.Start();
        var store = await served.Open(o => o with { AppendDeadline = TimeSpan.FromMilliseconds(50) });
        await store.Append(Given.Append(served.Book, "invoice-1", 0), Stop);
        var request = Given.Append(served.Book, "invoice-1", 1);
        served.Server.Faults.Stall();

        var failure = await Assert.ThrowsAsync<EventStoreException>(async () => await store.Append(request, Stop));
        served.Server.Faults.Release();
        await ServedBook.UntilStored(store, request);

        Assert.Contains("deadline", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await store.ReadBook(served.Book, 0, 9, Stop)).Count);
    }

    [Fact]
    public async Task The_leader_may_move_under_load_and_nothing_is_lost_or_doubled()
    {
        const int callers = 8, appendsEach = 40;
        await using var served = await ServedBook.Start(new KurrentStandInOptions { Nodes = 3 });
        var store = await served.Open();
        var requests = Enumerable.Range(0, callers * appendsEach)
            .Select(n => Given.Append(served.Book, ServedBook.Name("timesheet", n % callers), n / callers))
            .ToList();
        var stored = 0;

        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(
            async () =>
            {
                foreach (var request in requests.Where((_, n) => n % callers == caller))
                {
                    await ServedBook.UntilStored(store, request);
                    var soFar = Interlocked.Increment(ref stored);
                    if (soFar % 40 == 0) served.Server.MoveLeader(soFar / 40 % 3);
                }
            },
            Stop)));

        await ServedBook.AssertHoldsExactly(store, served.Book, requests);
    }

    [Fact]
    public async Task A_follower_passes_an_append_on_to_its_leader_without_the_caller_noticing()
    {
        await using var served = await ServedBook.Start(new KurrentStandInOptions { Nodes = 3 });
        var store = await served.Open();
        await store.Append(Given.Append(served.Book, "invoice-1", 0), Stop);
        served.Server.MoveLeader(2);

        var outcome = Assert.IsType<AppendOutcome.Appended>(await store.Append(Given.Append(served.Book, "invoice-1", 1), Stop));

        Assert.Equal((2L, false), (outcome.Place, outcome.Repeated));
        Assert.Equal(2, (await store.ReadFeed(0, 9, Stop)).Count);
    }

    [Fact]
    public async Task A_single_server_that_turns_out_to_follow_says_who_leads_and_that_is_enough()
    {
        await using var served = await ServedBook.Start(new KurrentStandInOptions { Nodes = 2 });
        var follower = new KurrentEndpoint("127.0.0.1", served.Server.Port(1));
        var store = await served.Open(o => o with { Discover = false, Seeds = [follower] });

        Assert.IsType<AppendOutcome.Appended>(await store.Append(Given.Append(served.Book, "invoice-1", 0), Stop));
    }

    [Fact]
    public async Task A_dead_leader_is_replaced_by_the_one_that_gossip_names()
    {
        await using var served = await ServedBook.Start(new KurrentStandInOptions { Nodes = 3 });
        var store = await served.Open();
        await store.Append(Given.Append(served.Book, "invoice-1", 0), Stop);
        await served.Server.StopNode(0);
        served.Server.MoveLeader(1);

        await ServedBook.UntilStored(store, Given.Append(served.Book, "invoice-1", 1));

        Assert.Equal(2, (await store.ReadBook(served.Book, 0, 9, Stop)).Count);
    }

    [Fact]
    public async Task A_server_that_was_stopped_and_started_is_found_again()
    {
        await using var served = await ServedBook.Start();
        var store = await served.Open();
        await store.Append(Given.Append(served.Book, "invoice-1", 0), Stop);
        await served.Server.StopNode();

        var failure = await Assert.ThrowsAsync<EventStoreException>(
            async () => await store.Append(Given.Append(served.Book, "invoice-1", 1), Stop));
        await served.Server.StartNode();
        await ServedBook.UntilStored(store, Given.Append(served.Book, "invoice-1", 1));

        Assert.Contains("127.0.0.1", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await store.ReadBook(served.Book, 0, 9, Stop)).Count);
    }

    [Fact]
    public async Task A_server_that_is_not_ready_is_asked_again()
    {
        await using var served = await ServedBook.Start();
        var store = await served.Open(o => o with { DiscoveryInterval = TimeSpan.FromMilliseconds(1) });
        served.Server.Faults.AnswerNotReady(3);

        Assert.IsType<AppendOutcome.Appended>(await store.Append(Given.Append(served.Book, "invoice-1", 0), Stop));
    }

    [Fact]
    public async Task A_server_that_stays_unready_is_busy_and_nothing_is_written()
    {
        await using var served = await ServedBook.Start();
        var store = await served.Open(o => o with { DiscoveryInterval = TimeSpan.FromMilliseconds(1) });
        served.Server.Faults.AnswerNotReady(1_000);

        Assert.IsType<AppendOutcome.Busy>(await store.Append(Given.Append(served.Book, "invoice-1", 0), Stop));
        Assert.Empty(await store.ReadBook(served.Book, 0, 9, Stop));
    }
}
