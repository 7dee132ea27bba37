using Billing.Api.Http;
using Billing.EventStore.Port;
using Billing.Projections.Running;

namespace Billing.Api.Hosting;

/// <summary>Whether the server can do its work, for whoever watches over it.</summary>
public static class Health
{
    private static readonly PublicEndpoint Why = PublicEndpoint.Because("it tells nothing of anyone's books");

    /// <summary><c>/health</c> for people, <c>/health/live</c> to start the process anew, <c>/health/ready</c> to send it
    /// requests.</summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health", async (IEventStore store, ProjectionRunner runner, CancellationToken cancellationToken) =>
        {
            var head = await store.HeadPosition(cancellationToken);
            var halted = runner.Health as ProjectionHealth.Halted;
            var status = halted is null ? "ok" : "read-models-halted";
            var body = new HealthView(status, head, runner.Position, Node(runner.Health), halted?.Reason);
            return Results.Json(body, ApiJson.Options, statusCode: halted is null ? 200 : 503);
        }).WithMetadata(Why);
        app.MapGet("/health/live", () => Results.Text("live")).WithMetadata(Why);
        app.MapGet("/health/ready", async (
            IEventStore store, ProjectionRunner runner, IHostApplicationLifetime life, CancellationToken cancellationToken) =>
        {
            // A store that is away throws, which is answered by 503 too.
            await store.HeadPosition(cancellationToken);
            var isReady = runner.Health is not ProjectionHealth.Halted && !life.ApplicationStopping.IsCancellationRequested;
            return Results.Text(isReady ? "ready" : "not-ready", statusCode: isReady ? 200 : 503);
        }).WithMetadata(Why);
    }

    private static string Node(ProjectionHealth health) => health switch
    {
        ProjectionHealth.Live => "live",
        ProjectionHealth.CatchingUp => "catching-up",
        ProjectionHealth.Standby => "standby",
        ProjectionHealth.Halted => "halted",
        _ => "stopped",
    };
}

/// <param name="Head">Position of the newest event.</param>
/// <param name="ReadModels">Position up to which reads are complete.</param>
/// <param name="Node">What this node does for the read models; of several, one is not on standby.</param>
public sealed record HealthView(string Status, long Head, long ReadModels, string Node, string? Fault);
