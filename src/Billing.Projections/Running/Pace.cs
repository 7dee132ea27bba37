using System.Diagnostics;

namespace Billing.Projections.Running;

/// <summary>Measures one catching up.</summary>
internal sealed class Pace(long from, long head)
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch total = Stopwatch.StartNew();
    private readonly Stopwatch sinceReport = Stopwatch.StartNew();

    public bool IsDue => sinceReport.Elapsed >= ReportEvery;

    public CatchUpProgress At(long position)
    {
        sinceReport.Restart();
        var perSecond = (position - from) * TimeSpan.TicksPerSecond / Math.Max(1, total.Elapsed.Ticks);
        return new CatchUpProgress(position, head, perSecond);
    }
}
