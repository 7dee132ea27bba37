using System.Text.RegularExpressions;
using Billing.KurrentStandIn.Log;
using Billing.KurrentStandIn.Protocol;
using Grpc.Core;
using static Billing.KurrentStandIn.Protocol.ReadReq.Types.Options;
using static Billing.KurrentStandIn.Protocol.ReadReq.Types.Options.Types;
using Timeout = System.Threading.Timeout;

namespace Billing.KurrentStandIn.Services;

/// <summary>One read: of a stream, of the whole log, or a subscription to it.</summary>
internal sealed class Reading(EventLog log, IServerStreamWriter<ReadResp> responses, CancellationToken cancelled)
{
    private const int PageRecords = 512;

    public async Task Answer(ReadReq.Types.Options options)
    {
        // The real server of version 23.10 answers nothing at all.
        if (options.UuidOption is null) await Task.Delay(Timeout.Infinite, cancelled);
        var combination = (options.StreamOptionCase, options.CountOptionCase, options.ReadDirection, options.FilterOptionCase);
        await (combination switch
        {
            (StreamOptionOneofCase.Stream, CountOptionOneofCase.Count, _, FilterOptionOneofCase.NoFilter) => Stream(options),
            (StreamOptionOneofCase.All, CountOptionOneofCase.Count, _, not FilterOptionOneofCase.None) => All(options),
            (StreamOptionOneofCase.All, CountOptionOneofCase.Subscription, ReadDirection.Forwards, FilterOptionOneofCase.Filter)
                => Subscription(options),
            _ => throw Refusals.InvalidCombination(combination),
        });
    }

    private static bool IdAsText(ReadReq.Types.Options options) =>
        options.UuidOption.ContentCase == UUIDOption.ContentOneofCase.String;

    private async Task Stream(ReadReq.Types.Options options)
    {
        var name = WireForms.Name(options.Stream.StreamIdentifier);
        var backwards = options.ReadDirection == ReadDirection.Backwards;
        var from = options.Stream.RevisionOptionCase switch
        {
            StreamOptions.RevisionOptionOneofCase.Revision => checked((long)options.Stream.Revision),
            StreamOptions.RevisionOptionOneofCase.Start => 0,
            StreamOptions.RevisionOptionOneofCase.End => long.MaxValue,
            _ => throw new InvalidOperationException("A read of a stream names where it begins."),
        };
        if (log.Stream(name, from, options.Count, backwards) is not { } found)
        {
            await responses.WriteAsync(
                new ReadResp { StreamNotFound = new() { StreamIdentifier = options.Stream.StreamIdentifier } }, cancelled);
            return;
        }
        // A page goes out in one piece, as its last message does.
        for (var i = 0; i < found.Count; i++)
        {
            responses.WriteOptions = i < found.Count - 1 ? new WriteOptions(WriteFlags.BufferHint) : WriteOptions.Default;
            await responses.WriteAsync(WireForms.Event(found[i], IdAsText(options)), cancelled);
        }
    }

    private async Task All(ReadReq.Types.Options options)
    {
        var isWanted = Filter(options.Filter);
        var backwards = options.ReadDirection == ReadDirection.Backwards;
        var next = IndexOf(options.All) ?? throw Refusals.InvalidPositionOfRead();
        for (var left = options.Count; left > 0;)
        {
            // Backwards, a position is that after the record.
            var page = backwards
                ? [.. log.All(Math.Max(0, next - PageRecords), Math.Min(next, PageRecords)).Reverse()]
                : log.All(next, PageRecords);
            if (page.Count == 0) return;
            next += backwards ? -page.Count : page.Count;
            foreach (var record in page.Where(isWanted))
            {
                await responses.WriteAsync(WireForms.Event(record, IdAsText(options)), cancelled);
                if (--left == 0) return;
            }
        }
    }

    /// <summary>Positions are exclusive here. When nothing is left the server says so once, and then follows.</summary>
    private async Task Subscription(ReadReq.Types.Options options)
    {
        var isWanted = Filter(options.Filter);
        if (options.Filter.CheckpointIntervalMultiplier == 0) throw new ArgumentException("The checkpoint interval is zero.");
        var window = options.Filter.WindowCase == FilterOptions.WindowOneofCase.Max ? (int)options.Filter.Max : PageRecords;
        var interval = options.Filter.CheckpointIntervalMultiplier * window;
        var next = IndexOf(options.All) ?? throw Refusals.InvalidPositionOfSubscription();
        if (options.All.AllOptionCase == AllOptions.AllOptionOneofCase.Position && next < log.Count) next++;
        await responses.WriteAsync(
            new ReadResp { Confirmation = new() { SubscriptionId = Guid.CreateVersion7().ToString("D") } }, cancelled);
        long considered = 0;
        for (var isLive = false; ;)
        {
            var grown = log.Grown;
            var page = log.All(next, PageRecords);
            foreach (var record in page)
            {
                next++;
                if (isWanted(record)) await responses.WriteAsync(WireForms.Event(record, IdAsText(options)), cancelled);
                if (++considered % interval == 0) await responses.WriteAsync(Checkpoint(record), cancelled);
            }
            if (page.Count > 0) continue;
            if (!isLive)
            {
                if (next > 0) await responses.WriteAsync(Checkpoint(log.All(next - 1, 1)[0]), cancelled);
                await responses.WriteAsync(new ReadResp { CaughtUp = new() }, cancelled);
                isLive = true;
            }
            await grown.WaitAsync(cancelled);
        }
    }

    private static ReadResp Checkpoint(LogRecord record) => new()
    {
        Checkpoint = new() { CommitPosition = (ulong)record.Position, PreparePosition = (ulong)record.Position },
    };

    private int? IndexOf(AllOptions all) => all.AllOptionCase switch
    {
        AllOptions.AllOptionOneofCase.Start => 0,
        AllOptions.AllOptionOneofCase.End => log.Count,
        AllOptions.AllOptionOneofCase.Position when all.Position.CommitPosition == all.Position.PreparePosition =>
            log.IndexAt(all.Position.CommitPosition),
        AllOptions.AllOptionOneofCase.Position => null,
        _ => throw new InvalidOperationException("A read of the log names where it begins."),
    };

    private static Func<LogRecord, bool> Filter(FilterOptions? filter)
    {
        if (filter is null) return _ => true;
        if (filter.WindowCase == FilterOptions.WindowOneofCase.None) throw Refusals.Invalid("'None' is not a valid window");
        var (expression, text) = filter.FilterCase switch
        {
            FilterOptions.FilterOneofCase.StreamIdentifier =>
                (filter.StreamIdentifier, (Func<LogRecord, string>)(record => record.Stream)),
            FilterOptions.FilterOneofCase.EventType => (filter.EventType, record => record.Event.Type),
            _ => throw Refusals.Invalid("'None' is not a valid filter"),
        };
        if (expression.Regex.Length == 0)
            return record => expression.Prefix.Any(prefix => text(record).StartsWith(prefix, StringComparison.Ordinal));
        var regex = new Regex(expression.Regex, RegexOptions.NonBacktracking);
        return record => regex.IsMatch(text(record));
    }
}
