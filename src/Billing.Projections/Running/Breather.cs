using System.Diagnostics;

namespace Billing.Projections.Running;

/// <summary>
/// The pause between two batches while following: under load more events come together, and a commit for each handful
/// would cost the writers more than their own: pages that many of them touch are written once for all. A lone event is never
/// held up, and nobody who waits for one is.
/// </summary>
internal sealed class Breather
{
    /// <summary>
    /// A pause is as long as the last commit took, so many times: a quiet server shows its events within milliseconds, and a
    /// slow disk is not asked more often than it can.
    /// </summary>
    private const int RestToWork = 20;

    /// <summary>Of a busy server, and of one whose disk was slow just once.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    private readonly Lock gate = new();
    private TaskCompletionSource called = NewCall();
    private TimeSpan pause;
    private int waiting;

    /// <summary>Somebody waits for an event just now.</summary>
    public bool IsHurried
    {
        get
        {
            lock (gate) return waiting > 0;
        }
    }

    /// <summary>Somebody waits for an event, until what is returned is disposed.</summary>
    public Call Hurry()
    {
        lock (gate)
        {
            waiting++;
            called.TrySetResult();
        }
        return new Call(this);
    }

    /// <summary>Does a commit. The pauses from here on are as it deserves.</summary>
    public void Time(Action commit)
    {
        var start = Stopwatch.GetTimestamp();
        commit();
        lock (gate) pause = PauseAfter(Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Ends after the pause, or as soon as somebody waits.</summary>
    public async Task Take(CancellationToken cancellationToken)
    {
        (Task Call, TimeSpan Pause) rest;
        lock (gate) rest = (called.Task, pause);
        if (!rest.Call.IsCompleted) await Task.WhenAny(rest.Call, Task.Delay(rest.Pause, cancellationToken)).ConfigureAwait(false);
    }

    internal static TimeSpan PauseAfter(TimeSpan work) => work < LongestPause / RestToWork ? work * RestToWork : LongestPause;

    private void Served()
    {
        lock (gate)
            if (--waiting == 0) called = NewCall();
    }

    private static TaskCompletionSource NewCall() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One who waits.</summary>
    internal readonly struct Call(Breather breather) : IDisposable
    {
        public void Dispose() => breather.Served();
    }
}
