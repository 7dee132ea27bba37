using Billing.Projections.Running;

namespace Billing.Api.Hosting;

/// <summary>Keeps the read models up while the server runs.</summary>
public sealed class ProjectionService(ProjectionRunner runner, ILogger<ProjectionService> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        await runner.Run(stoppingToken);
        if (runner.Health is ProjectionHealth.Halted halted)
            log.LogError("The read models stand still: {Reason}", halted.Reason);
    }
}
