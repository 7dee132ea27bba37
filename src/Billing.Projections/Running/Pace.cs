using System.Diagnostics;

namespace Billing.Projections.Running;

/// <summary>Measures one catching up. Positions may have gaps, so events are counted.</summary>
internal sealed class Pace(long head)
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch total = Stopwatch.StartNew();
    private readonly Stopwatch sinceReport = Stopwatch.StartNew();
    private long events;

    public bool IsDue => sinceReport.Elapsed >= ReportEvery;

    public void Count(int applied) => events += applied;

    public CatchUpProgress At(long position)
    {
        sinceReport.Restart();
        return new CatchUpProgress(position, head, events * TimeSpan.TicksPerSecond / Math.Max(1, total.Elapsed.Ticks));
    }
}
