using Billing.Projections.Running;

namespace Billing.Projections.Tests.Given;

/// <summary>A runner that follows until the end of the block.</summary>
internal sealed class Following : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Task running;

    public Following(ProjectionRunner runner) => running = runner.Run(stop.Token);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }
}
