using System.Globalization;
using Billing.Domain.TimeTracking;
using NodaTime.Text;

namespace Billing.Projections.Reports;

/// <summary>By what a report's rows are told apart.</summary>
/// <param name="Word">As the API has it.</param>
public sealed record ReportGrouping(string Word, Func<WorkKey, string> SubjectOf, Func<PracticeBook, string, string?> LabelOf)
{
    public const string Total = "total";

    public static ReportGrouping Client { get; } = new(
        "client", work => Text(work.ClientId),
        (book, subject) => book.Clients.GetValueOrDefault(Guid.Parse(subject))?.Details?.Name);

    public static ReportGrouping Engagement { get; } = new(
        "engagement", work => Text(work.EngagementId),
        (book, subject) => book.Engagements.GetValueOrDefault(Guid.Parse(subject))?.Terms?.Name);

    public static ReportGrouping Assistant { get; } = new(
        "assistant", work => Text(work.AssistantId),
        (book, subject) => book.Business?.Members.GetValueOrDefault(Guid.Parse(subject))?.Name);

    public static ReportGrouping Day { get; } = new("day", work => LocalDatePattern.Iso.Format(work.WorkedOn), (_, _) => null);

    public static ReportGrouping Week { get; } = new(
        "week", work => TimesheetWeek.Of(work.AssistantId, work.WorkedOn).IsoText, (_, _) => null);

    public static ReportGrouping Month { get; } = new(
        "month", work => string.Create(CultureInfo.InvariantCulture, $"{work.WorkedOn.Year:D4}-{work.WorkedOn.Month:D2}"),
        (_, _) => null);

    public static IReadOnlyDictionary<string, ReportGrouping> All { get; } =
        new[] { Client, Engagement, Assistant, Day, Week, Month }.ToDictionary(by => by.Word, StringComparer.Ordinal);

    private static string Text(Guid id) => id.ToString("D", CultureInfo.InvariantCulture);
}
