using System.Diagnostics;
using Billing.EventStore.KurrentDb;
using Billing.EventStore.KurrentDb.Protocol;
using Billing.EventStore.Port;
using Billing.KurrentStandIn;

namespace Billing.Benchmarks;

/// <summary>
/// Appends to KurrentDB by the adapter, beside the same events written with one bare <c>Append</c> call each. The server is
/// the one that <c>BILLING_TEST_KURRENTDB</c> names, or else the stand-in, which keeps everything in memory.
/// </summary>
internal sealed class KurrentAppendBenchmark : IBenchmark
{
    private const int Callers = 64;
    private static readonly string? Named = Environment.GetEnvironmentVariable("BILLING_TEST_KURRENTDB");

    public string Name => "append";

    public string Store => "kurrentdb";

    public string Heading(BenchOptions options) =>
        $"""
        append --store {Store}: {(Named is null
            ? "the stand-in in this process, without a disk: BILLING_TEST_KURRENTDB names no server"
            : "the server that BILLING_TEST_KURRENTDB names")}.
        Load: closed loop of {Callers} callers; each waits for its answer before its next append.
        Shape: one event of about 300 bytes of JSON an append, at the caller's own expected version; in a book of the caller's
        own, and all callers in one book, where appends that wait for it travel together.
        Limit: the same events, one Append call each, every caller to a physical stream of its own, without chain or index.
        {Rounds(options)} rounds, interleaved; values are medians, the ratio is the median of the rounds' ratios.
        """;

    public async Task<IReadOnlyList<BenchCase>> Run(BenchOptions options)
    {
        await using var standIn = Named is null ? await KurrentStandInServer.Start() : null;
        var server = KurrentConnectionString.Parse(Named ?? standIn!.ConnectionString) with
        {
            StreamPrefix = $"billing-bench-{Guid.CreateVersion7():N}-",
        };
        var duration = TimeSpan.FromSeconds(options.Quick ? 1 : 3);
        await using var store = await KurrentEventStore.Open(server, CancellationToken.None);
        await using var bare = new KurrentConnection(server);
        var samples = await BenchRounds.Interleave(
            Rounds(options),
            () => Task.CompletedTask,
            new("one Append call an event", () => BareAppends(bare, duration)),
            new("64 callers, a book each", () => Answers(store, duration, oneBook: false)),
            new("64 callers, one book", () => Answers(store, duration, oneBook: true)));
        return
        [
            BenchCase.Of(samples[1].Name, "appends/s", samples[1], samples[0], 1.1, 2),
            BenchCase.Of(samples[2].Name, "appends/s", samples[2], samples[0], 1.1, 2),
        ];
    }

    private static int Rounds(BenchOptions options) => options.Quick ? 5 : 7;

    private static Task<double> Answers(KurrentEventStore store, TimeSpan duration, bool oneBook)
    {
        var shared = new BookId(Guid.CreateVersion7());
        return PerSecond(duration, () =>
        {
            var workload = new AppendWorkload();
            var book = oneBook ? shared : new BookId(Guid.CreateVersion7());
            return async () =>
            {
                var outcome = await store.Append(workload.Request() with { Book = book }, CancellationToken.None);
                if (outcome is not AppendOutcome.Appended) throw new InvalidOperationException($"The store answered {outcome}.");
                workload.Advance();
            };
        });
    }

    private static async Task<double> BareAppends(KurrentConnection connection, TimeSpan duration)
    {
        var node = await connection.Enter(CancellationToken.None);
        try
        {
            return await PerSecond(duration, () =>
            {
                var workload = new AppendWorkload();
                var stream = Wire.Stream($"{connection.Options.StreamPrefix}bare-{Guid.CreateVersion7():N}");
                ulong written = 0;
                return async () => await BareAppend(node, stream, written++, workload);
            });
        }
        finally
        {
            node.Leave();
        }
    }

    private static async Task BareAppend(KurrentNode node, StreamIdentifier stream, ulong written, AppendWorkload workload)
    {
        var @event = workload.Event((int)written);
        var options = new AppendReq.Types.Options { StreamIdentifier = stream };
        if (written == 0) options.NoStream = Wire.Empty;
        else options.Revision = written - 1;
        using var call = node.Streams.Append(node.Headers(requiresLeader: true));
        await call.RequestStream.WriteAsync(new AppendReq { Options = options });
        await call.RequestStream.WriteAsync(new AppendReq
        {
            ProposedMessage = EventForm.Proposed(
                new BookDraft.Planned(@event, "timesheet-1", (long)written + 1, 1, (long)written + 1, new byte[Chain.LinkLength]),
                @event.Id, workload.Metadata()),
        });
        await call.RequestStream.CompleteAsync();
        if ((await call).Success is null) throw new InvalidOperationException("The server refused a bare append.");
    }

    /// <summary>Answers a second that all callers together got.</summary>
    private static async Task<double> PerSecond(TimeSpan duration, Func<Func<Task>> caller)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            var append = caller();
            var answered = 0;
            for (; clock.Elapsed < duration; answered++) await append();
            return answered;
        })));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }
}
