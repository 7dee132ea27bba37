using System.Diagnostics;
using System.Diagnostics.Metrics;
using Billing.EventStore.Port;

namespace Billing.Api.Commands;

/// <summary>How long appends take until they are durable, and how many are under way. Costs nothing while nobody watches.</summary>
internal static class AppendMetrics
{
    public const string Meter = "Billing.Commands";

    private static readonly Meter Source = new(Meter);

    private static readonly Histogram<double> Duration = Source.CreateHistogram(
        "billing.append.duration", "s", "From asking the event store until it has answered, by what became of it.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10] });

    private static readonly ObservableUpDownCounter<int> Waiting = Source.CreateObservableUpDownCounter(
        "billing.append.waiting", () => Volatile.Read(ref waiting), "{append}",
        "Appends that are asked for and not answered yet: the depth of the queue.");

    private static int waiting;

    /// <summary>Appends whatever the caller does meanwhile: one who hangs up could not know what became of it.</summary>
    public static ValueTask<AppendOutcome> AppendMeasured(this IEventStore store, AppendRequest request) =>
        Duration.Enabled || Waiting.Enabled ? Measured(store, request) : store.Append(request, CancellationToken.None);

    private static async ValueTask<AppendOutcome> Measured(IEventStore store, AppendRequest request)
    {
        var started = Stopwatch.GetTimestamp();
        var outcome = "failed";
        Interlocked.Increment(ref waiting);
        try
        {
            var result = await store.Append(request, CancellationToken.None);
            outcome = OutcomeOf(result);
            return result;
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
            Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));
        }
    }

    private static string OutcomeOf(AppendOutcome outcome) => outcome switch
    {
        AppendOutcome.Appended => "appended",
        AppendOutcome.Conflict => "conflict",
        AppendOutcome.KeyTaken => "key-taken",
        AppendOutcome.Busy => "busy",
        _ => throw new UnreachableException(),
    };
}
