using System.Collections.Concurrent;
using System.Threading.Channels;
using Billing.EventStore.Port;
using Billing.EventStore.Tests.Conformance;

namespace Billing.EventStore.Tests.Postgres;

/// <summary>
/// Callers that append while connections and servers are lost, and the books kept of what they were told. Every third
/// append that fails is given up, the others are tried again with the same event ids until they are answered.
/// </summary>
internal sealed class LossyLoad(IReadOnlyList<IEventStore> nodes)
{
    /// <summary>The stream of the last event.</summary>
    public const string Last = "last-1";

    private const int CallersEach = 4;

    private readonly ConcurrentBag<AppendRequest> acknowledged = [], givenUp = [];
    private readonly BookId[] books = [Given.Book(), Given.Book()];
    private readonly Channel<bool> answers = Channel.CreateUnbounded<bool>();
    private int failures;
    private volatile bool enough;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Appends that ended in an <see cref="EventStoreException"/>, and so without being known to be stored.</summary>
    public int Failures => failures;

    public Task Run() => Task.WhenAll(nodes.SelectMany((node, n) => Enumerable.Range(0, CallersEach).Select(caller =>
        Task.Run(() => Call(node, books[caller % books.Length], $"{n}-{caller}"), Stop))));

    /// <summary>Ends after so many more appends were acknowledged.</summary>
    public async Task Acknowledge(int count)
    {
        while (answers.Reader.TryRead(out _)) { }
        for (var n = 0; n < count;)
            if (await answers.Reader.ReadAsync(Stop)) n++;
    }

    /// <summary>Lets the callers come to their end and appends a last event, up to which subscriptions can be followed.</summary>
    public async Task Finish(Task running)
    {
        enough = true;
        await running;
        var last = Given.Append(books[0], Last, 0);
        Assert.True(await Insist(nodes[0], last, giveUp: false));
        acknowledged.Add(last);
    }

    /// <summary>Acknowledged: there exactly once. Given up: wholly there or not at all. Nothing else.</summary>
    public void AssertKept(IReadOnlyList<StoredEvent> feed)
    {
        Recorded.AssertWhole(feed);
        Assert.Equal(Enumerable.Range(1, feed.Count).Select(n => (long)n), feed.Select(e => e.Position));
        var stored = feed.ToLookup(e => e.Id);
        foreach (var request in acknowledged) Assert.All(Ids(request), id => Assert.Single(stored[id]));
        foreach (var request in givenUp)
            Assert.Single(Ids(request).Select(id => stored[id].Count()).Distinct(), count => count is 0 or 1);
        Assert.Empty(feed.Select(e => e.Id).Except(acknowledged.Concat(givenUp).SelectMany(Ids)));
    }

    private async Task Call(IEventStore node, BookId book, string caller)
    {
        for (var n = 0; !enough; n++)
        {
            var request = Given.Append(
                book,
                new StreamAppend($"invoice-{caller}-{n}", 0, Given.Events(2)),
                new StreamAppend("numbering-a", StreamAppend.AnyVersion, Given.Events(1)));
            if (n % 2 == 0) request = request.Keyed($"key-{caller}-{n}");
            var kept = await Insist(node, request, giveUp: n % 3 == 0);
            (kept ? acknowledged : givenUp).Add(request);
            answers.Writer.TryWrite(kept);
        }
    }

    private async Task<bool> Insist(IEventStore node, AppendRequest request, bool giveUp)
    {
        while (true)
        {
            try
            {
                Assert.IsType<AppendOutcome.Appended>(await node.Append(request, Stop));
                return true;
            }
            catch (EventStoreException)
            {
                Interlocked.Increment(ref failures);
                if (giveUp) return false;
            }
        }
    }

    private static IEnumerable<Guid> Ids(AppendRequest request) => request.Writes.SelectMany(w => w.Events).Select(e => e.Id);
}
