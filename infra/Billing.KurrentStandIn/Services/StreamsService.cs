using Billing.KurrentStandIn.Log;
using Billing.KurrentStandIn.Protocol;
using Grpc.Core;
using ExpectedCase = Billing.KurrentStandIn.Protocol.AppendReq.Types.Options.ExpectedStreamRevisionOneofCase;

namespace Billing.KurrentStandIn.Services;

/// <summary>Appending and reading. Both kinds of append refuse the same things, each in a way of its own.</summary>
internal sealed class StreamsService(StandInNode node) : Streams.StreamsBase
{
    private KurrentStandInServer Cluster => node.Cluster;

    public override Task Read(ReadReq request, IServerStreamWriter<ReadResp> responseStream, ServerCallContext context)
    {
        Access.Check(node, context);
        Access.CheckLeads(node, context);
        return new Reading(Cluster.Log, responseStream, context.CancellationToken).Answer(request.Options ?? new());
    }

    public override Task BatchAppend(
        IAsyncStreamReader<BatchAppendReq> requestStream, IServerStreamWriter<BatchAppendResp> responseStream,
        ServerCallContext context)
    {
        Access.Check(node, context);
        return new BatchAppending(node, responseStream, context).Run(requestStream);
    }

    public override async Task<AppendResp> Append(IAsyncStreamReader<AppendReq> requestStream, ServerCallContext context)
    {
        Access.Check(node, context);
        if (!await requestStream.MoveNext() || requestStream.Current.ContentCase != AppendReq.ContentOneofCase.Options)
            throw new InvalidOperationException("The first message of an append has its options.");
        var options = requestStream.Current.Options;
        var stream = WireForms.Name(options.StreamIdentifier);
        var expected = options.ExpectedStreamRevisionCase switch
        {
            ExpectedCase.Revision => new Expected(checked((long)options.Revision)),
            ExpectedCase.NoStream => Expected.NoStream,
            ExpectedCase.Any => Expected.Any,
            ExpectedCase.StreamExists => Expected.StreamExists,
            _ => throw Refusals.Invalid("'None' is not a valid expected revision"),
        };
        var events = await Events(requestStream);
        Access.CheckLeads(node, context);
        await Cluster.Faults.Stalled.WaitAsync(context.CancellationToken);
        if (Cluster.Faults.TakeDropBefore()) Cluster.CutConnections();
        var result = Cluster.Log.Append(stream, expected, events);
        if (Cluster.Faults.TakeDropAfter()) Cluster.CutConnections();
        return result switch
        {
            WriteResult.Stored stored => Success(stored),
            WriteResult.WrongExpectedVersion wrong =>
                new AppendResp { WrongExpectedVersion = Wrong(options, wrong.CurrentRevision) },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private async Task<List<Proposed>> Events(IAsyncStreamReader<AppendReq> requestStream)
    {
        var events = new List<Proposed>();
        while (await requestStream.MoveNext())
        {
            if (requestStream.Current.ContentCase != AppendReq.ContentOneofCase.ProposedMessage)
                throw new InvalidOperationException("After the options an append has events only.");
            var message = requestStream.Current.ProposedMessage;
            events.Add(WireForms.Proposed(message.Id, message.Metadata, message.CustomMetadata, message.Data));
            if (events.Sum(e => e.Size) > Cluster.Options.MaxAppendSize)
                throw Refusals.MaxAppendSizeExceeded(Cluster.Options.MaxAppendSize);
        }
        return events;
    }

    private static AppendResp Success(WriteResult.Stored stored) => new()
    {
        Success = new AppendResp.Types.Success
        {
            CurrentRevision = (ulong)stored.LastRevision,
            Position = new AppendResp.Types.Position
            {
                CommitPosition = (ulong)stored.Position,
                PreparePosition = (ulong)stored.Position,
            },
        },
    };

    /// <summary>Told twice: once for clients of version 20.6.0 and once for later ones.</summary>
    private static AppendResp.Types.WrongExpectedVersion Wrong(AppendReq.Types.Options options, long current)
    {
        var empty = new Empty();
        var wrong = new AppendResp.Types.WrongExpectedVersion();
        if (current < 0) (wrong.CurrentNoStream, wrong.NoStream2060) = (empty, empty);
        else wrong.CurrentRevision = wrong.CurrentRevision2060 = (ulong)current;
        switch (options.ExpectedStreamRevisionCase)
        {
            case ExpectedCase.StreamExists:
                (wrong.ExpectedStreamExists, wrong.StreamExists2060) = (empty, empty);
                break;
            case ExpectedCase.Any:
                (wrong.ExpectedAny, wrong.Any2060) = (empty, empty);
                break;
            case ExpectedCase.NoStream:
                (wrong.ExpectedNoStream, wrong.ExpectedRevision2060) = (empty, ulong.MaxValue);
                break;
            default:
                wrong.ExpectedRevision = wrong.ExpectedRevision2060 = options.Revision;
                break;
        }
        return wrong;
    }
}
