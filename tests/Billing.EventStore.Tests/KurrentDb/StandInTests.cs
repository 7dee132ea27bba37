using Billing.EventStore.KurrentDb;
using Billing.EventStore.KurrentDb.Protocol;
using Billing.KurrentStandIn;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using static Billing.EventStore.KurrentDb.Protocol.ReadReq.Types;

namespace Billing.EventStore.Tests.KurrentDb;

/// <summary>
/// The oddities of the real server that the stand-in plays, asked for with the bare protocol. What they are is our reading
/// of the server's documents and sources; these tests hold the stand-in to it.
/// </summary>
public sealed class StandInTests : IAsyncLifetime
{
    private KurrentStandInServer? server;
    private GrpcChannel? channel;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Streams.StreamsClient Streams => new(channel);

    public async ValueTask InitializeAsync()
    {
        server = await KurrentStandInServer.Start(new KurrentStandInOptions { Nodes = 2, MaxAppendSize = 1_000 });
        channel = GrpcChannel.ForAddress(FormattableString.Invariant($"http://127.0.0.1:{server.Port()}"));
    }

    public async ValueTask DisposeAsync()
    {
        channel!.Dispose();
        await server!.DisposeAsync();
    }

    [Fact]
    public async Task An_append_repeated_with_its_event_ids_and_revision_is_answered_as_the_first_time()
    {
        var (one, two) = (Message(), Message());
        Assert.Equal(1ul, (await Append("s-1", null, one, two)).Success.CurrentRevision);
        Assert.Equal(2ul, (await Append("s-1", 1, Message())).Success.CurrentRevision);

        Assert.Equal(1ul, (await Append("s-1", null, one, two)).Success.CurrentRevision);
        Assert.Equal(2ul, (await Append("s-1", null, one, Message())).WrongExpectedVersion.CurrentRevision);
        Assert.Equal(2ul, (await Append("s-1", 0, Message())).WrongExpectedVersion.CurrentRevision);
        Assert.Equal(3, (await Read(StreamFrom("s-1", 0))).Count);
    }

    [Fact]
    public async Task A_wrong_revision_is_a_success_of_Append_and_an_error_of_BatchAppend()
    {
        Assert.NotNull((await Append("s-1", 7, Message())).WrongExpectedVersion.CurrentNoStream);

        var answer = await BatchAppend(Batch("s-1", 7, Message()));

        Assert.Equal((int)StatusCode.AlreadyExists, answer.Error.Code);
        Assert.NotNull(answer.Error.Details.Unpack<WrongExpectedVersion>().CurrentNoStream);
    }

    [Fact]
    public async Task Type_and_content_type_are_required()
    {
        var bare = Message();
        bare.Metadata.Remove("content-type");

        var refusal = await Assert.ThrowsAsync<RpcException>(() => Append("s-1", null, bare));

        Assert.Equal("missing-required-metadata-property", refusal.Trailers.GetValue("exception"));
        Assert.Equal((int)StatusCode.InvalidArgument, (await BatchAppend(Batch("s-1", null, bare))).Error.Code);
    }

    [Fact]
    public async Task The_limit_is_told_in_trailers_by_one_and_in_details_by_the_other()
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(() => Append("s-1", null, Message(600), Message(600)));
        var answer = await BatchAppend(Batch("s-1", null, Message(600), Message(600)));

        Assert.Equal("maximum-append-size-exceeded", refusal.Trailers.GetValue("exception"));
        Assert.Equal(1_000u, answer.Error.Details.Unpack<MaximumAppendSizeExceeded>().MaxAppendSize);
    }

    [Fact]
    public async Task A_stream_that_does_not_exist_is_a_message_and_not_an_error() =>
        Assert.Equal(ReadResp.ContentOneofCase.StreamNotFound, Assert.Single(await Read(StreamFrom("s-1", 0))).ContentCase);

    [Fact]
    public async Task A_read_without_a_filter_option_is_refused()
    {
        var options = StreamFrom("s-1", 0);
        options.NoFilter = null;

        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(() => Read(options))).StatusCode);
    }

    [Fact]
    public async Task A_read_that_does_not_say_how_to_write_ids_is_never_answered()
    {
        var options = StreamFrom("s-1", 0);
        options.UuidOption = null;
        using var call = Streams.Read(new ReadReq { Options = options }, cancellationToken: Stop);
        var unanswered = call.ResponseStream.MoveNext(Stop);

        // An answer to what was asked later shows that there was time enough for the first.
        await Append("s-1", null, Message());
        Assert.Single(await Read(StreamFrom("s-1", 0)));

        Assert.False(unanswered.IsCompleted);
    }

    [Fact]
    public async Task A_batch_call_does_not_end_when_the_client_has_nothing_more_to_say()
    {
        using var call = Streams.BatchAppend(cancellationToken: Stop);
        await call.RequestStream.WriteAsync(Batch("s-1", null, Message()), Stop);
        await call.RequestStream.CompleteAsync();
        Assert.True(await call.ResponseStream.MoveNext(Stop));
        var end = call.ResponseStream.MoveNext(Stop);

        await Append("s-2", null, Message());

        Assert.False(end.IsCompleted);
    }

    [Fact]
    public async Task A_follower_names_the_leader_where_the_leader_is_required()
    {
        server!.MoveLeader(1);
        var headers = new Metadata { { "requires-leader", "true" } };
        using var call = Streams.BatchAppend(headers, cancellationToken: Stop);
        await call.RequestStream.WriteAsync(Batch("s-1", null, Message()), Stop);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Stop));

        Assert.Equal(StatusCode.NotFound, refusal.StatusCode);
        Assert.Equal("not-leader", refusal.Trailers.GetValue("exception"));
        Assert.Equal(FormattableString.Invariant($"{server.Port(1)}"), refusal.Trailers.GetValue("leader-endpoint-port"));
        Assert.Equal(0ul, (await Append("s-1", null, Message())).Success.CurrentRevision);
    }

    [Fact]
    public async Task A_subscription_is_confirmed_catches_up_and_goes_on_after_the_position_given()
    {
        await Append("s-1", null, Message(), Message());
        var stored = (await Read(AllOf("s-", r => r.Count = 9))).Select(r => r.Event.Event.CommitPosition).ToList();
        using var call = Streams.Read(
            new ReadReq { Options = AllOf("s-", r => r.Subscription = new(), stored[0]) }, cancellationToken: Stop);
        var cases = new List<ReadResp.ContentOneofCase>();
        while (cases.LastOrDefault() != ReadResp.ContentOneofCase.CaughtUp)
        {
            Assert.True(await call.ResponseStream.MoveNext(Stop));
            cases.Add(call.ResponseStream.Current.ContentCase);
        }
        await Append("s-2", null, Message());
        Assert.True(await call.ResponseStream.MoveNext(Stop));

        Assert.Equal("Confirmation,Event,Checkpoint,CaughtUp", string.Join(',', cases));
        Assert.Equal("s-2", call.ResponseStream.Current.Event.Event.StreamIdentifier.StreamName.ToStringUtf8());
    }

    private async Task<AppendResp> Append(string stream, ulong? revision, params ProposedMessage[] messages)
    {
        using var call = Streams.Append(cancellationToken: Stop);
        var options = new AppendReq.Types.Options { StreamIdentifier = Wire.Stream(stream) };
        if (revision is { } expected) options.Revision = expected;
        else options.NoStream = Wire.Empty;
        await call.RequestStream.WriteAsync(new AppendReq { Options = options }, Stop);
        foreach (var message in messages) await call.RequestStream.WriteAsync(new AppendReq { ProposedMessage = message }, Stop);
        await call.RequestStream.CompleteAsync();
        return await call;
    }

    private async Task<BatchAppendResp> BatchAppend(BatchAppendReq request)
    {
        using var call = Streams.BatchAppend(cancellationToken: Stop);
        await call.RequestStream.WriteAsync(request, Stop);
        Assert.True(await call.ResponseStream.MoveNext(Stop));
        Assert.Equal(request.CorrelationId, call.ResponseStream.Current.CorrelationId);
        return call.ResponseStream.Current;
    }

    private async Task<List<ReadResp>> Read(Options options)
    {
        using var call = Streams.Read(new ReadReq { Options = options }, cancellationToken: Stop);
        var found = new List<ReadResp>();
        while (await call.ResponseStream.MoveNext(Stop)) found.Add(call.ResponseStream.Current);
        return found;
    }

    private static BatchAppendReq Batch(string stream, ulong? revision, params ProposedMessage[] messages)
    {
        var options = new BatchAppendReq.Types.Options
        {
            StreamIdentifier = Wire.Stream(stream),
            Deadline = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)),
        };
        if (revision is { } expected) options.StreamPosition = expected;
        else options.NoStream = Wire.WellKnownEmpty;
        return new BatchAppendReq
        {
            CorrelationId = Wire.Uuid(Guid.CreateVersion7()),
            Options = options,
            ProposedMessages = { messages },
            IsFinal = true,
        };
    }

    private static ProposedMessage Message(int bytes = 2) => new()
    {
        Id = Wire.Uuid(Guid.CreateVersion7()),
        Metadata = { ["type"] = "t", ["content-type"] = "application/json" },
        Data = ByteString.CopyFrom(new byte[bytes]),
    };

    private static Options StreamFrom(string stream, ulong revision) => new()
    {
        Stream = new Options.Types.StreamOptions { StreamIdentifier = Wire.Stream(stream), Revision = revision },
        Count = 99,
        NoFilter = Wire.Empty,
        UuidOption = new Options.Types.UUIDOption { Structured = Wire.Empty },
    };

    private static Options AllOf(string prefix, Action<Options> count, ulong? after = null)
    {
        var options = new Options
        {
            All = after is { } position
                ? new() { Position = new() { CommitPosition = position, PreparePosition = position } }
                : new() { Start = Wire.Empty },
            Filter = new() { StreamIdentifier = new() { Prefix = { prefix } }, Max = 32, CheckpointIntervalMultiplier = 1 },
            UuidOption = new Options.Types.UUIDOption { Structured = Wire.Empty },
        };
        count(options);
        return options;
    }
}
