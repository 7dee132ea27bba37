using Billing.KurrentStandIn.Control;
using Billing.KurrentStandIn.Log;
using Google.Protobuf;

namespace Billing.KurrentStandIn;

/// <summary>
/// A small KurrentDB of our own on loopback ports, one node or several, that talks the public gRPC protocol over plain
/// HTTP/2. What is stored lives in memory: it survives stopping and starting nodes, and ends with this object.
/// </summary>
public sealed class KurrentStandInServer : IAsyncDisposable
{
    private readonly List<StandInNode> nodes = [];
    private volatile StandInNode leader;

    private KurrentStandInServer(KurrentStandInOptions options)
    {
        Options = options;
        Log = new EventLog(options.TimeProvider);
        for (var i = 0; i < options.Nodes; i++) nodes.Add(new StandInNode(this));
        leader = nodes[0];
    }

    /// <summary>What shall go wrong.</summary>
    public Faults Faults { get; } = new();

    /// <summary><c>esdb://…</c> for a single node, <c>esdb+discover://…</c> for a cluster.</summary>
    public string ConnectionString
    {
        get
        {
            var user = Options.User is null ? "" : $"{Options.User}:{Options.Password}@";
            var hosts = string.Join(',', nodes.Select(node => FormattableString.Invariant($"127.0.0.1:{node.Port}")));
            return $"esdb{(nodes.Count > 1 ? "+discover" : "")}://{user}{hosts}?tls=false";
        }
    }

    internal KurrentStandInOptions Options { get; }

    internal EventLog Log { get; }

    internal StandInNode Leader => leader;

    internal IReadOnlyList<StandInNode> Nodes => nodes;

    /// <summary>Starts listening. Dispose it to stop.</summary>
    public static async Task<KurrentStandInServer> Start(KurrentStandInOptions? options = null)
    {
        var server = new KurrentStandInServer(options ?? new KurrentStandInOptions());
        foreach (var node in server.nodes) await node.Start();
        return server;
    }

    /// <summary>Port of a node.</summary>
    public int Port(int node = 0) => nodes[node].Port;

    /// <summary>Another node leads from now on. Calls at the old one go on and are told at their next append.</summary>
    public void MoveLeader(int node) => leader = nodes[node];

    /// <summary>Ends all connections, as a cable that is pulled would.</summary>
    public void CutConnections()
    {
        foreach (var node in nodes) node.CutConnections();
    }

    public Task StopNode(int node = 0) => nodes[node].Stop();

    public Task StartNode(int node = 0) => nodes[node].Start();

    /// <summary>Stores an event of some other program.</summary>
    public void WriteForeign(string stream, string type, string data, string metadata = "") => Log.Append(
        stream, Expected.Any,
        [new Proposed(Guid.CreateVersion7(), type, true, ByteString.CopyFromUtf8(data), ByteString.CopyFromUtf8(metadata))]);

    public async ValueTask DisposeAsync()
    {
        Faults.Release();
        foreach (var node in nodes) await node.DisposeAsync();
    }
}
