using Billing.Domain.Values;
using NodaTime;

namespace Billing.Projections.Reports;

/// <summary>What a report says, row by row.</summary>
/// <param name="Name">As its address has it.</param>
/// <param name="From">The first day that counts.</param>
/// <param name="To">The last day that counts.</param>
public sealed record Report(string Name, LocalDate From, LocalDate To, IReadOnlyList<ReportRow> Rows)
{
    /// <summary>Null where the report has no such figure.</summary>
    public Figure? Find(string row, string column) =>
        Rows.FirstOrDefault(candidate => candidate.Key == row)?.Figures.FirstOrDefault(figure => figure.Column == column);
}

/// <param name="Key">Tells the row from all others of the report; with a column's name it is a figure's address.</param>
/// <param name="Subject">What the row is about: an id, a day, an ISO week, a month, or <c>total</c>.</param>
/// <param name="Label">For people; null where texts are erased, or where the subject says it all.</param>
/// <param name="Currency">Of the row's amounts; null where it has none.</param>
public sealed record ReportRow(
    string Key, string Subject, string? Label, Currency? Currency, IReadOnlyList<Figure> Figures);

/// <summary>One number of a report.</summary>
/// <param name="Column">Its name within the row.</param>
/// <param name="Value">Whole seconds, minor units, or basis points (hundredths of a percent), as the unit says; null where
/// there is nothing to divide by.</param>
/// <param name="Formula">How it was worked out, in a sentence.</param>
/// <param name="Of">What it was made of. The events about these things, and no others, give the same value.</param>
public sealed record Figure(string Column, FigureUnit Unit, long? Value, string Formula, IReadOnlyCollection<Thing> Of);

public enum FigureUnit { Seconds, Minor, MinorPerHour, BasisPoints }
