using System.Collections.Concurrent;
using System.Net;
using Billing.KurrentStandIn.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Billing.KurrentStandIn;

/// <summary>One node: a listener on a loopback port that stays its own when the node is stopped and started again.</summary>
internal sealed class StandInNode(KurrentStandInServer cluster) : IAsyncDisposable
{
    /// <summary>A server takes messages up to the size of its largest record.</summary>
    private const int LargestMessageBytes = 16 << 20;

    private readonly ConcurrentDictionary<string, ConnectionContext> connections = new(StringComparer.Ordinal);
    private WebApplication? web;

    public KurrentStandInServer Cluster => cluster;

    public Guid InstanceId { get; } = Guid.CreateVersion7();

    public int Port { get; private set; }

    public bool IsAlive => web is not null;

    public bool IsLeader => cluster.Leader == this;

    public async Task Start()
    {
        if (web is not null) return;
        var started = Build();
        await started.StartAsync();
        Port = new Uri(started.Urls.Single()).Port;
        web = started;
    }

    public async Task Stop()
    {
        if (web is not { } stopping) return;
        web = null;
        CutConnections();
        await stopping.DisposeAsync();
    }

    public void CutConnections()
    {
        foreach (var connection in connections.Values) connection.Abort();
    }

    public async ValueTask DisposeAsync() => await Stop();

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddSingleton(this);
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = LargestMessageBytes);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.Use(next => connection => Track(next, connection));
        }));
        var app = builder.Build();
        app.MapGrpcService<StreamsService>();
        app.MapGrpcService<GossipService>();
        app.MapGrpcService<FeaturesService>();
        return app;
    }

    private async Task Track(ConnectionDelegate next, ConnectionContext connection)
    {
        connections[connection.ConnectionId] = connection;
        try
        {
            await next(connection);
        }
        finally
        {
            connections.TryRemove(connection.ConnectionId, out _);
        }
    }

    /// <summary>The owner says when to stop, not a signal.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
