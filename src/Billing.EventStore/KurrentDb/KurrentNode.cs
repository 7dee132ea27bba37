using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Billing.EventStore.KurrentDb.Protocol;
using Billing.EventStore.Port;
using Grpc.Core;
using Grpc.Net.Client;

namespace Billing.EventStore.KurrentDb;

/// <summary>
/// A connection to one node. It is counted who uses it: once abandoned, it closes when the last of them is done, so that
/// a reader that it still serves is not cut off.
/// </summary>
internal sealed class KurrentNode : IDisposable
{
    /// <summary>The largest record that a server keeps is 16 MiB.</summary>
    private const int LargestMessageBytes = 17 << 20;

    private readonly Lock gate = new();
    private readonly KurrentStoreOptions options;
    private readonly GrpcChannel channel;
    private readonly AppendCall?[] appends;
    private int uses;
    private bool abandoned;

    public KurrentNode(KurrentEndpoint endpoint, KurrentStoreOptions options)
    {
        (Endpoint, this.options) = (endpoint, options);
        appends = new AppendCall?[options.AppendCalls];
        var uri = new UriBuilder(options.Tls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, endpoint.Host, endpoint.Port).Uri;
        channel = GrpcChannel.ForAddress(uri, new GrpcChannelOptions
        {
            HttpHandler = Handler(options),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = LargestMessageBytes,
        });
        Streams = new Streams.StreamsClient(channel);
        Gossip = new Gossip.GossipClient(channel);
        Features = new ServerFeatures.ServerFeaturesClient(channel);
    }

    public KurrentEndpoint Endpoint { get; }

    public Streams.StreamsClient Streams { get; }

    public Gossip.GossipClient Gossip { get; }

    public ServerFeatures.ServerFeaturesClient Features { get; }

    public Metadata Headers(bool requiresLeader)
    {
        var headers = new Metadata
        {
            { "connection-name", options.ConnectionName },
            { "requires-leader", requiresLeader ? "true" : "false" },
        };
        if (options.User is null) return headers;
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{options.Password}"));
        headers.Add("authorization", $"Basic {credentials}");
        return headers;
    }

    /// <summary>The call that the appends of a book share with those of others; a new one where the last has ended.</summary>
    public AppendCall Appends(BookId book)
    {
        lock (gate)
        {
            ref var call = ref appends[(book.GetHashCode() & int.MaxValue) % appends.Length];
            if (call is { HasEnded: false }) return call;
            call?.Dispose();
            return call = new AppendCall(Streams.BatchAppend(Headers(requiresLeader: true)), options.ReplyTimeout);
        }
    }

    public void Enter()
    {
        lock (gate) uses++;
    }

    public void Leave()
    {
        lock (gate)
        {
            if (--uses > 0 || !abandoned) return;
        }
        Dispose();
    }

    public void Abandon()
    {
        lock (gate)
        {
            abandoned = true;
            if (uses > 0) return;
        }
        Dispose();
    }

    public void Dispose()
    {
        foreach (var call in appends) call?.Dispose();
        channel.Dispose();
    }

    private static X509ChainPolicy Trusting(string certificateAuthorityFile) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(certificateAuthorityFile) },
        RevocationMode = X509RevocationMode.NoCheck,
    };

    private static SocketsHttpHandler Handler(KurrentStoreOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = options.GossipTimeout,
            KeepAlivePingDelay = options.KeepAlive,
            KeepAlivePingTimeout = options.KeepAlive,
            EnableMultipleHttp2Connections = true,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        };
        if (options.CertificateAuthorityFile is { } file)
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trusting(file) };
        return handler;
    }
}
