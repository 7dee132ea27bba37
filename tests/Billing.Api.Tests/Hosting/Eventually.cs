using System.Diagnostics;

namespace Billing.Api.Tests.Hosting;

/// <summary>For what another process does in its own time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Looks again and again until it is so; fails with what it saw last.</summary>
    public static async Task<Reply> Is(Func<Task<Reply>> look, Func<Reply, bool> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var seen = await look();
            if (isSo(seen)) return seen;
            if (watch.Elapsed > Limit) Assert.Fail($"It did not come about within {Limit}. Last seen: {(int)seen.Status} {seen.Text}");
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }
}
