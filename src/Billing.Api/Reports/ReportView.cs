using Billing.Domain.Values;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Api.Reports;

/// <param name="From">The first day that counts.</param>
/// <param name="To">The last day that counts.</param>
/// <param name="AsOf">The day whose knowledge it shows; left out where none was named.</param>
public sealed record ReportView(
    string Report, LocalDate From, LocalDate To, LocalDate? AsOf, IReadOnlyList<ReportRowView> Rows)
{
    public static ReportView Of(Report report, LocalDate? asOf) => new(
        report.Name, report.From, report.To, asOf, [.. report.Rows.Select(row => new ReportRowView(
            row.Key, row.Subject, row.Label, row.Currency?.Code,
            row.Figures.ToDictionary(figure => figure.Column, figure => FigureView.Of(figure, row.Currency), StringComparer.Ordinal)))]);
}

/// <param name="Key">With a column's name, the address of a figure for <c>explain</c>.</param>
/// <param name="Subject">An id, a day, an ISO week, a month, or <c>total</c>.</param>
public sealed record ReportRowView(
    string Key, string Subject, string? Label, string? Currency, IReadOnlyDictionary<string, FigureView> Figures);

/// <summary>One of these is there; none where there is nothing to divide by.</summary>
/// <param name="Share">A part of a whole as decimal text, such as <c>0.7250</c>.</param>
public sealed record FigureView(long? DurationSeconds, Money? Amount, Money? PerHour, string? Share)
{
    public static FigureView Of(Figure figure, Currency? currency) => figure switch
    {
        { Value: null } => new FigureView(null, null, null, null),
        { Unit: FigureUnit.Seconds, Value: { } seconds } => new FigureView(seconds, null, null, null),
        { Unit: FigureUnit.Minor, Value: { } minor } => new FigureView(null, new Money(minor, currency!), null, null),
        { Unit: FigureUnit.MinorPerHour, Value: { } minor } => new FigureView(null, null, new Money(minor, currency!), null),
        { Unit: FigureUnit.BasisPoints, Value: { } points } => new FigureView(
            null, null, null, (points / 10_000m).ToString("F4", System.Globalization.CultureInfo.InvariantCulture)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
