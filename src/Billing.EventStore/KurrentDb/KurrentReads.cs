using Billing.EventStore.KurrentDb.Protocol;
using Billing.EventStore.Port;
using Grpc.Core;
using static Billing.EventStore.KurrentDb.Protocol.ReadReq.Types;

namespace Billing.EventStore.KurrentDb;

/// <summary>
/// Reads of physical streams and of the feed. Both options that a server may hang or fail without, how ids are written
/// and which filter holds, are set in one place.
/// </summary>
internal sealed class KurrentReads(KurrentConnection connection)
{
    /// <summary>Events that the server looks at before it hands over a page, so that others' events cost little.</summary>
    private const int FilterWindow = 1_000;

    private string Prefix => connection.Options.StreamPrefix;

    public string StreamOf(BookId book) => Prefix + book;

    /// <summary>Up to <paramref name="limit"/> events of a book after a place, handed over one by one.</summary>
    public Task<int> Book(BookId book, long afterPlace, long limit, Action<FiledEvent> take, CancellationToken cancellationToken)
    {
        var next = Math.Max(afterPlace, 0);
        var left = limit;
        return left <= 0 ? Task.FromResult(0) : connection.Run(
            async node =>
            {
                // A second try goes on where the first broke off.
                var options = Options(new Options.Types.StreamOptions
                {
                    StreamIdentifier = Wire.Stream(StreamOf(book)),
                    Revision = (ulong)next,
                });
                options.Count = (ulong)left;
                await foreach (var recorded in Events(node, options, cancellationToken).ConfigureAwait(false))
                {
                    var filed = EventForm.Filed(recorded, Prefix);
                    take(filed);
                    next = filed.Stored.Place;
                    left--;
                }
                return (int)Math.Min(limit - left, int.MaxValue);
            },
            cancellationToken);
    }

    /// <summary>Positions of the events of a book from one place to another, which are all stored.</summary>
    public Task<List<long>> Positions(BookId book, long first, long last, CancellationToken cancellationToken) => connection.Run(
        async node =>
        {
            var found = new List<long>();
            var options = Options(new Options.Types.StreamOptions
            {
                StreamIdentifier = Wire.Stream(StreamOf(book)),
                Revision = (ulong)(first - 1),
            });
            options.Count = (ulong)(last - first + 1);
            await foreach (var recorded in Events(node, options, cancellationToken).ConfigureAwait(false))
                found.Add((long)recorded.CommitPosition);
            return found;
        },
        cancellationToken);

    /// <summary>
    /// Up to <paramref name="limit"/> events of all books after a position. The server reads from a position inclusively,
    /// so it is asked for one more.
    /// </summary>
    public Task<List<StoredEvent>> Feed(long afterPosition, int limit, CancellationToken cancellationToken)
    {
        if (limit <= 0) return Task.FromResult(new List<StoredEvent>());
        return connection.Run(
            async node =>
            {
                var found = new List<StoredEvent>();
                var options = Options(From(afterPosition));
                options.Count = (ulong)limit + 1;
                await foreach (var recorded in Events(node, options, cancellationToken).ConfigureAwait(false))
                {
                    var stored = EventForm.Filed(recorded, Prefix).Stored;
                    if (stored.Position > afterPosition && found.Count < limit) found.Add(stored);
                }
                return found;
            },
            cancellationToken);
    }

    public Task<long> HeadPosition(CancellationToken cancellationToken) => connection.Run(
        async node =>
        {
            var options = Options(new Options.Types.AllOptions { End = Wire.Empty });
            options.ReadDirection = ReadReq.Types.Options.Types.ReadDirection.Backwards;
            options.Count = 1;
            var head = 0L;
            await foreach (var recorded in Events(node, options, cancellationToken).ConfigureAwait(false))
                head = (long)recorded.CommitPosition;
            return head;
        },
        cancellationToken);

    /// <summary>Everything after a position and whatever comes, until cancelled. Positions are exclusive here.</summary>
    public AsyncServerStreamingCall<ReadResp> Subscribe(KurrentNode node, long afterPosition, CancellationToken cancellationToken)
    {
        var options = Options(From(afterPosition));
        options.Subscription = new Options.Types.SubscriptionOptions();
        return node.Streams.Read(
            new ReadReq { Options = options }, node.Headers(requiresLeader: true), cancellationToken: cancellationToken);
    }

    private static async IAsyncEnumerable<ReadResp.Types.ReadEvent.Types.RecordedEvent> Events(
        KurrentNode node, Options options,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = node.Streams.Read(
            new ReadReq { Options = options }, node.Headers(requiresLeader: true), cancellationToken: cancellationToken);
        await foreach (var response in call.ResponseStream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            if (response.ContentCase == ReadResp.ContentOneofCase.Event) yield return response.Event.Event;
    }

    private static Options Options(Options.Types.StreamOptions stream) => new()
    {
        Stream = stream,
        NoFilter = Wire.Empty,
        UuidOption = new Options.Types.UUIDOption { Structured = Wire.Empty },
    };

    private Options Options(Options.Types.AllOptions all) => new()
    {
        All = all,
        Filter = new Options.Types.FilterOptions
        {
            StreamIdentifier = new Options.Types.FilterOptions.Types.Expression { Prefix = { Prefix } },
            Max = FilterWindow,
            CheckpointIntervalMultiplier = 1,
        },
        UuidOption = new Options.Types.UUIDOption { Structured = Wire.Empty },
    };

    /// <summary>An event's commit and prepare position are one: gRPC knows no transaction of several requests.</summary>
    private static Options.Types.AllOptions From(long position) => position <= 0
        ? new Options.Types.AllOptions { Start = Wire.Empty }
        : new Options.Types.AllOptions
        {
            Position = new Options.Types.Position { CommitPosition = (ulong)position, PreparePosition = (ulong)position },
        };
}
