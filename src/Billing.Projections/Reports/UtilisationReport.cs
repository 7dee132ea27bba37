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
        var things = WorkInPeriod.Things(entries);
        var worked = WorkInPeriod.Seconds("worked", "Time of all entries.", things, entries);
        var billable = WorkInPeriod.Seconds("billable", "Time of the billable entries.", things, entries.Where(entry => entry.Billable));
        return new ReportRow(subject, subject, label, null,
        [
            worked, billable,
            new Figure(
                "utilisation", FigureUnit.BasisPoints,
                worked.Value is 0 or null
                    ? null
                    : Rounding.DivideHalfAwayFromZero((Int128)billable.Value!.Value * BasisPointsPerWhole, worked.Value.Value),
                "Billable time over all time, rounded once, half away from zero.", things)
            {
                Steps = [new(StepRole.Plus, billable.Column), new(StepRole.Over, worked.Column)],
            },
        ]);
    }
}
