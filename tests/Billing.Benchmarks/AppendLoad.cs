using System.Diagnostics;
using Billing.EventStore.Port;

namespace Billing.Benchmarks;

/// <summary>Callers in a closed loop: each waits for its answer before its next append.</summary>
internal static class AppendLoad
{
    private const int Preloaders = 100;

    /// <summary>Answered appends a second of callers spread evenly over the nodes.</summary>
    public static async Task<double> Answers(
        IReadOnlyList<IEventStore> nodes, int callers, TimeSpan duration, int conflictEvery = int.MaxValue)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(n => Task.Run(async () =>
        {
            var (store, workload, answered) = (nodes[n % nodes.Count], new AppendWorkload(), 0);
            while (clock.Elapsed < duration)
            {
                var stale = ++answered % conflictEvery == 0;
                var request = workload.Request();
                if (stale) request = request with { Writes = [request.Writes[0] with { ExpectedVersion = 99 }] };
                var outcome = await store.Append(request, CancellationToken.None);
                if (outcome is AppendOutcome.Conflict != stale)
                    throw new InvalidOperationException($"The store answered {outcome}.");
                if (!stale) workload.Advance();
            }
            return answered;
        })));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    public static Task Preload(IEventStore store, int events) =>
        Task.WhenAll(Enumerable.Range(0, Preloaders).Select(_ => Task.Run(async () =>
        {
            var workload = new AppendWorkload();
            for (var n = 0; n < events / Preloaders; n += AppendWorkload.EventsPerStream)
            {
                await store.Append(workload.Request(AppendWorkload.EventsPerStream), CancellationToken.None);
                workload.Advance(AppendWorkload.EventsPerStream);
            }
        })));
}
