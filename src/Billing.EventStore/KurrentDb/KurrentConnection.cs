using Billing.EventStore.KurrentDb.Protocol;
using Billing.EventStore.Port;
using Grpc.Core;

namespace Billing.EventStore.KurrentDb;

/// <summary>
/// The node that is talked to: the leader of a cluster, found by gossip, or the one server. A node that answers that it is
/// not the leader, or not at all, is abandoned, and the next use finds another.
/// </summary>
internal sealed class KurrentConnection(KurrentStoreOptions options) : IAsyncDisposable
{
    private readonly SemaphoreSlim connecting = new(1, 1);
    private readonly Lock gate = new();
    private KurrentNode? current;
    private KurrentEndpoint? toldLeader;
    private bool closed;

    public KurrentStoreOptions Options => options;

    /// <summary>The node, entered; whoever asks must leave it.</summary>
    /// <exception cref="EventStoreException">No leader could be found.</exception>
    public async Task<KurrentNode> Enter(CancellationToken cancellationToken)
    {
        if (TryEnter() is { } known) return known;
        await connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (TryEnter() is { } found) return found;
            var node = new KurrentNode(await FindLeader(cancellationToken).ConfigureAwait(false), options);
            lock (gate)
            {
                ObjectDisposedException.ThrowIf(closed, typeof(IEventStore));
                node.Enter();
                return current = node;
            }
        }
        finally
        {
            connecting.Release();
        }
    }

    /// <summary>
    /// Runs what may safely be run again, such as a read: once more after each loss of the node, as often as discovery is tried.
    /// </summary>
    /// <exception cref="EventStoreException">It failed for good; the message says how.</exception>
    public async Task<T> Run<T>(Func<KurrentNode, Task<T>> use, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var node = await Enter(cancellationToken).ConfigureAwait(false);
            try
            {
                return await use(node).ConfigureAwait(false);
            }
            catch (RpcException failure)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Lost(node, failure);
                if (!Failures.IsOfTheConnection(failure) || attempt >= options.DiscoveryAttempts)
                    throw Failures.Of(failure, node);
            }
            finally
            {
                node.Leave();
            }
            await Task.Delay(options.DiscoveryInterval, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Abandons the node where the failure says that it is of no more use.</summary>
    public void Lost(KurrentNode node, Exception failure)
    {
        var told = Failures.Leader(failure);
        if (told is null && !Failures.IsOfTheConnection(failure)) return;
        lock (gate)
        {
            if (current != node) return;
            (current, toldLeader) = (null, told);
        }
        node.Abandon();
    }

    public ValueTask DisposeAsync()
    {
        KurrentNode? last;
        lock (gate) (closed, last, current) = (true, current, null);
        last?.Dispose();
        connecting.Dispose();
        return ValueTask.CompletedTask;
    }

    private KurrentNode? TryEnter()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, typeof(IEventStore));
            current?.Enter();
            return current;
        }
    }

    private async Task<KurrentEndpoint> FindLeader(CancellationToken cancellationToken)
    {
        KurrentEndpoint? told;
        lock (gate) (told, toldLeader) = (toldLeader, null);
        if (told is { } leader) return leader;
        if (!options.Discover) return options.Seeds[0];
        var problem = "";
        for (var attempt = 1; attempt <= options.DiscoveryAttempts; attempt++)
        {
            if (attempt > 1) await Task.Delay(options.DiscoveryInterval, cancellationToken).ConfigureAwait(false);
            foreach (var seed in options.Seeds)
            {
                var (found, trouble) = await AskForLeader(seed, cancellationToken).ConfigureAwait(false);
                if (found is { } endpoint) return endpoint;
                problem = trouble;
            }
        }
        throw new EventStoreException(
            $"No leader of the KurrentDB cluster was found at {string.Join(", ", options.Seeds)} in {options.DiscoveryAttempts} "
            + $"attempts: {problem}. Check that the servers run and that the connection string names them.");
    }

    private async Task<(KurrentEndpoint? Leader, string Problem)> AskForLeader(
        KurrentEndpoint seed, CancellationToken cancellationToken)
    {
        using var node = new KurrentNode(seed, options);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.GossipTimeout);
        try
        {
            var told = await node.Gossip.ReadAsync(
                Wire.Empty, node.Headers(requiresLeader: false), cancellationToken: limit.Token).ConfigureAwait(false);
            var leader = told.Members.FirstOrDefault(m => m.IsAlive && m.State == MemberInfo.Types.VNodeState.Leader);
            return leader?.HttpEndPoint is { } endpoint
                ? (new KurrentEndpoint(endpoint.Address, (int)endpoint.Port), "")
                : (null, $"{seed} knows of no leader");
        }
        catch (RpcException failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (null, $"{seed} does not answer ({failure.Status.Detail})");
        }
    }
}
