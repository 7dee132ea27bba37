using Billing.Domain.Taxes.Parameters;
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
public sealed record Figure(string Column, FigureUnit Unit, long? Value, string Formula, IReadOnlyCollection<Thing> Of)
{
    /// <summary>What each of the things brings to it; they sum to the value. Null for what is no sum, such as a share of a whole.</summary>
    public IReadOnlyList<Part>? Parts { get; init; }

    /// <summary>Other figures of the report that it is worked out from; empty for what is worked out from the things alone.</summary>
    public IReadOnlyList<FigureStep> Steps { get; init; } = [];

    /// <summary>What the law says that it goes by; empty for most.</summary>
    public IReadOnlyList<FigureRule> Rules { get; init; } = [];

    /// <summary>A figure that other figures of amounts come to, and what these are made of.</summary>
    /// <param name="steps">Each with whether it is added or taken off.</param>
    public static Figure Balance(
        string column, string formula, IReadOnlyCollection<Thing> of, params IEnumerable<(StepRole Role, Figure Figure)> steps) =>
        Balance(column, formula, of, [.. steps.Select(step => (new FigureStep(step.Role, step.Figure.Column), step.Figure))]);

    /// <param name="steps">Those of other rows name theirs.</param>
    public static Figure Balance(
        string column, string formula, IReadOnlyCollection<Thing> of, IReadOnlyList<(FigureStep Step, Figure Figure)> steps) => new(
            column, FigureUnit.Minor, steps.Sum(step => Sign(step.Step.Role) * (step.Figure.Value ?? 0)), formula, of)
        {
            Parts =
            [
                .. steps.SelectMany(step => (step.Figure.Parts ?? [])
                    .Select(part => part with { Value = Sign(step.Step.Role) * part.Value })),
            ],
            Steps = [.. steps.Select(step => step.Step)],
        };

    private static int Sign(StepRole role) => role switch
    {
        StepRole.Plus => 1,
        StepRole.Minus => -1,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>What one thing brings to a figure.</summary>
/// <param name="Value">In the figure's unit; below zero for what is taken off.</param>
/// <param name="On">The day that it counts on; null where it counts on none in particular.</param>
public readonly record struct Part(Thing Of, long Value, LocalDate? On);

/// <summary>Another figure of the same report that a figure is worked out from.</summary>
/// <param name="Column">Of that figure.</param>
/// <param name="Row">Key of its row; null for the row of the figure itself.</param>
public sealed record FigureStep(StepRole Role, string Column, string? Row = null);

/// <summary>What is done with a step. Those that are added and taken off come first; what they come to is divided by the last.</summary>
public enum StepRole { Plus, Minus, Over }

/// <summary>What the law says that a figure goes by.</summary>
/// <param name="Name">The form and its box, and what is to be compared, in English as the forms are.</param>
public sealed record FigureRule(string Name, TaxFigure Figure);

public enum FigureUnit { Seconds, Minor, MinorPerHour, BasisPoints }
