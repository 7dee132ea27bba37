using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Projections.Reports;

/// <summary>How much of each assistant's time can be billed.</summary>
public static class UtilisationReport
{
    public const string Name = "utilisation";

    private const int BasisPointsPerWhole = 10_000;

    public static Report Of(PracticeBook book, LocalDate from, LocalDate to, WorkFilter filter = default)
    {
        var entries = new WorkInPeriod(book, from, to, filter).Entries;
        var rows = entries.GroupBy(entry => ReportGrouping.Assistant.SubjectOf(WorkKey.Of(entry)))
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Row(group.Key, ReportGrouping.Assistant.LabelOf(book, group.Key), [.. group]));
        var total = entries.Count == 0 ? [] : new[] { Row(ReportGrouping.Total, null, entries) };
        return new Report(Name, from, to, [.. rows, .. total]);
    }

    private static ReportRow Row(string subject, string? label, IReadOnlyList<TimeEntry> entries)
    {
        var worked = entries.Sum(entry => entry.DurationSeconds);
        var billable = entries.Where(entry => entry.Billable).Sum(entry => entry.DurationSeconds);
        var things = WorkInPeriod.Things(entries);
        return new ReportRow(subject, subject, label, null,
        [
            new Figure("worked", FigureUnit.Seconds, worked, "Time of all entries.", things),
            new Figure("billable", FigureUnit.Seconds, billable, "Time of the billable entries.", things),
            new Figure(
                "utilisation", FigureUnit.BasisPoints,
                worked == 0 ? null : Rounding.DivideHalfAwayFromZero((Int128)billable * BasisPointsPerWhole, worked),
                "Billable time over all time, rounded once, half away from zero.", things),
        ]);
    }
}
