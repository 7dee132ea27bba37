using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Billing.EventStore.KurrentDb.Protocol;
using Billing.EventStore.Port;
using Grpc.Core;

namespace Billing.EventStore.KurrentDb;

/// <summary>
/// A catch-up subscription to the feed. The server passes from stored to live events by itself; when the connection is
/// lost, a new subscription begins after the last event or checkpoint that came over the old one.
/// </summary>
internal sealed class FeedSubscription(KurrentConnection connection, KurrentReads reads)
{
    private const int MostEventsInABatch = 1_000;

    public async IAsyncEnumerable<IReadOnlyList<StoredEvent>> Follow(
        long afterPosition, CancellationToken closing, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closing);
        var arrived = Channel.CreateBounded<StoredEvent>(
            new BoundedChannelOptions(MostEventsInABatch) { SingleReader = true, SingleWriter = true });
        var receiving = Task.Run(() => Receive(arrived.Writer, afterPosition, stopping.Token), CancellationToken.None);
        try
        {
            while (await HasMore(arrived.Reader, cancellationToken, closing).ConfigureAwait(false))
            {
                var batch = new List<StoredEvent>();
                while (batch.Count < MostEventsInABatch && arrived.Reader.TryRead(out var stored)) batch.Add(stored);
                if (batch.Count > 0) yield return batch;
            }
        }
        finally
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            await receiving.ConfigureAwait(false);
        }
    }

    private static async Task<bool> HasMore(
        ChannelReader<StoredEvent> arrived, CancellationToken cancellationToken, CancellationToken closing)
    {
        try
        {
            return await arrived.WaitToReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(IEventStore));
        }
    }

    private async Task Receive(ChannelWriter<StoredEvent> arrived, long position, CancellationToken cancellationToken)
    {
        try
        {
            var failures = 0;
            while (true)
            {
                var node = await connection.Enter(cancellationToken).ConfigureAwait(false);
                try
                {
                    using var call = reads.Subscribe(node, position, cancellationToken);
                    await foreach (var response in call.ResponseStream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                    {
                        failures = 0;
                        position = await Take(arrived, response, position, cancellationToken).ConfigureAwait(false);
                    }
                }
                catch (RpcException failure)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    connection.Lost(node, failure);
                    if (!Failures.IsOfTheConnection(failure) || ++failures >= connection.Options.DiscoveryAttempts)
                        throw Failures.Of(failure, node);
                }
                finally
                {
                    node.Leave();
                }
                await Task.Delay(connection.Options.DiscoveryInterval, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception end)
        {
            // Whoever reads the channel meets it there, after the events before it.
            arrived.TryComplete(end);
        }
    }

    /// <summary>The position after which the feed goes on. A checkpoint stands for others' events, passed over.</summary>
    private async ValueTask<long> Take(
        ChannelWriter<StoredEvent> arrived, ReadResp response, long position, CancellationToken cancellationToken)
    {
        switch (response.ContentCase)
        {
            case ReadResp.ContentOneofCase.Event:
                var stored = EventForm.Filed(response.Event.Event, connection.Options.StreamPrefix).Stored;
                if (stored.Position <= position) return position;
                await arrived.WriteAsync(stored, cancellationToken).ConfigureAwait(false);
                return stored.Position;
            case ReadResp.ContentOneofCase.Checkpoint:
                return Math.Max(position, (long)response.Checkpoint.CommitPosition);
            default:
                return position;
        }
    }
}
