using System.Threading.Channels;
using Billing.KurrentStandIn.Log;
using Billing.KurrentStandIn.Protocol;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using ExpectedCase = Billing.KurrentStandIn.Protocol.BatchAppendReq.Types.Options.ExpectedStreamPositionOneofCase;
using Status = Billing.KurrentStandIn.Protocol.Status;
using Timeout = System.Threading.Timeout;

namespace Billing.KurrentStandIn.Services;

/// <summary>
/// One <c>BatchAppend</c> call. Refusals of an append are answers; that this node does not lead ends the call. It never
/// ends by itself after the client has half-closed it.
/// </summary>
internal sealed class BatchAppending(StandInNode node, IServerStreamWriter<BatchAppendResp> responses, ServerCallContext context)
{
    private static readonly WriteOptions MoreFollows = new(WriteFlags.BufferHint);

    private readonly Dictionary<Guid, PendingWrite> pending = [];
    private readonly Channel<BatchAppendResp> answers = Channel.CreateUnbounded<BatchAppendResp>(
        new UnboundedChannelOptions { SingleReader = true });

    private KurrentStandInServer Cluster => node.Cluster;

    private sealed record PendingWrite(string Stream, Expected Expected, TimeSpan Timeout, List<Proposed> Events);

    public async Task Run(IAsyncStreamReader<BatchAppendReq> requests)
    {
        var sending = Send();
        try
        {
            await foreach (var request in requests.ReadAllAsync(context.CancellationToken)) await Receive(request);
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }
        finally
        {
            answers.Writer.TryComplete();
            await sending;
        }
    }

    /// <summary>What has been answered by now goes out in one piece.</summary>
    private async Task Send()
    {
        await foreach (var answer in answers.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                responses.WriteOptions = answers.Reader.TryPeek(out _) ? MoreFollows : WriteOptions.Default;
                await responses.WriteAsync(answer, context.CancellationToken);
            }
            catch (Exception e) when (e is OperationCanceledException or InvalidOperationException or IOException)
            {
                return;
            }
        }
    }

    private async Task Receive(BatchAppendReq request)
    {
        var correlation = WireForms.Guid(request.CorrelationId);
        PendingWrite? write;
        try
        {
            if (request.Options is { } options) pending.TryAdd(correlation, Begin(options));
            if (!pending.TryGetValue(correlation, out write)) return;
            foreach (var message in request.ProposedMessages)
                write.Events.Add(WireForms.Proposed(message.Id, message.Metadata, message.CustomMetadata, message.Data));
        }
        catch (Exception e) when (e is RpcException or FormatException or OverflowException)
        {
            pending.Remove(correlation);
            var told = (e as RpcException)?.Status.Detail ?? e.Message;
            Answer(request, Refused(StatusCode.InvalidArgument, "BadRequest", new BadRequest { Message = told }));
            return;
        }
        if (write.Timeout <= TimeSpan.Zero)
        {
            pending.Remove(correlation);
            Answer(request, Late());
        }
        else if (write.Events.Sum(e => e.Size) > Cluster.Options.MaxAppendSize)
        {
            pending.Remove(correlation);
            var most = new MaximumAppendSizeExceeded { MaxAppendSize = (uint)Cluster.Options.MaxAppendSize };
            Answer(request, Refused(StatusCode.InvalidArgument, "MaximumAppendSizeExceeded", most));
        }
        else if (request.IsFinal && pending.Remove(correlation))
        {
            await Write(request, write);
        }
    }

    private PendingWrite Begin(BatchAppendReq.Types.Options options)
    {
        var expected = options.ExpectedStreamPositionCase switch
        {
            ExpectedCase.StreamPosition => new Expected(checked((long)options.StreamPosition)),
            ExpectedCase.NoStream => Expected.NoStream,
            ExpectedCase.Any => Expected.Any,
            ExpectedCase.StreamExists => Expected.StreamExists,
            _ => throw Refusals.Invalid("'None' is not a valid expected stream position"),
        };
        var asked = options.Deadline?.ToTimeSpan() ?? TimeSpan.MaxValue;
        var most = Cluster.Options.WriteTimeout;
        return new PendingWrite(WireForms.Name(options.StreamIdentifier), expected, asked < most ? asked : most, []);
    }

    private async Task Write(BatchAppendReq request, PendingWrite write)
    {
        Access.CheckLeads(node, context);
        if (Cluster.Faults.TakeNotReady())
        {
            // The real server's own slip: an error whose code is that of success.
            Answer(request, Refused(StatusCode.OK, "Server Is Not Ready", new Google.Protobuf.WellKnownTypes.Empty()));
            return;
        }
        var stalled = Cluster.Faults.Stalled;
        if (!stalled.IsCompleted)
        {
            _ = WriteLate(request, write, stalled);
            return;
        }
        if (Cluster.Faults.TakeDropBefore())
        {
            Cluster.CutConnections();
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }
        var answer = Store(write);
        if (Cluster.Faults.TakeDropAfter())
        {
            Cluster.CutConnections();
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }
        Answer(request, answer);
    }

    /// <summary>A write that is late is stored all the same; only its answer says that nobody knows.</summary>
    private async Task WriteLate(BatchAppendReq request, PendingWrite write, Task stalled)
    {
        var inTime = await Task.WhenAny(stalled, Task.Delay(write.Timeout)) == stalled;
        if (!inTime) Answer(request, Late());
        await stalled;
        var answer = Store(write);
        if (inTime) Answer(request, answer);
    }

    private BatchAppendResp Store(PendingWrite write) => Cluster.Log.Append(write.Stream, write.Expected, write.Events) switch
    {
        WriteResult.Stored stored => new BatchAppendResp
        {
            Success = new BatchAppendResp.Types.Success
            {
                CurrentRevision = (ulong)stored.LastRevision,
                Position = new AllStreamPosition
                {
                    CommitPosition = (ulong)stored.Position,
                    PreparePosition = (ulong)stored.Position,
                },
            },
        },
        WriteResult.WrongExpectedVersion wrong => Refused(
            StatusCode.AlreadyExists, "WrongExpectedVersion", Wrong(write.Expected, wrong.CurrentRevision)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static WrongExpectedVersion Wrong(Expected expected, long current)
    {
        var empty = new Google.Protobuf.WellKnownTypes.Empty();
        var wrong = new WrongExpectedVersion();
        if (current < 0) wrong.CurrentNoStream = empty;
        else wrong.CurrentStreamRevision = (ulong)current;
        if (expected == Expected.NoStream) wrong.ExpectedNoStream = empty;
        else if (expected == Expected.Any) wrong.ExpectedAny = empty;
        else if (expected == Expected.StreamExists) wrong.ExpectedStreamExists = empty;
        else wrong.ExpectedStreamPosition = (ulong)expected.Revision;
        return wrong;
    }

    private static BatchAppendResp Late() => Refused(StatusCode.DeadlineExceeded, "Timeout", new Protocol.Timeout());

    private static BatchAppendResp Refused(StatusCode code, string message, IMessage details) => new()
    {
        Error = new Status { Code = (int)code, Message = message, Details = Any.Pack(details) },
    };

    private void Answer(BatchAppendReq request, BatchAppendResp answer)
    {
        answer.CorrelationId = request.CorrelationId;
        answer.StreamIdentifier = request.Options?.StreamIdentifier;
        answers.Writer.TryWrite(answer);
    }
}
