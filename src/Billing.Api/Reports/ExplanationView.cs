using Billing.Api.Http;
using Billing.Domain.Values;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Api.Reports;

/// <summary>Where a figure comes from: the same report over these events alone shows the same figure.</summary>
/// <param name="Formula">How it was worked out.</param>
/// <param name="Inputs">What it was made of.</param>
/// <param name="InputsAddUp">Whether the amounts of the inputs, or their durations, sum to the figure. They do for every amount and
/// duration, and not for shares and amounts per hour, which have steps.</param>
/// <param name="Steps">Other figures that it is worked out from; empty where the inputs say everything.</param>
/// <param name="Rules">What the law says that it goes by; empty for most.</param>
/// <param name="Events">In the order of the book.</param>
public sealed record ExplanationView(
    string Report, string Row, string Column, FigureView Figure, string Formula, IReadOnlyList<FigureInputView> Inputs, bool InputsAddUp,
    IReadOnlyList<FigureStepView> Steps, IReadOnlyList<FigureRuleView> Rules, IReadOnlyList<SourceEventView> Events)
{
    /// <param name="row">Of the report, with the figure in it.</param>
    internal static ExplanationView Of(PracticeBook book, Report report, ReportRow row, Figure figure) => new(
        report.Name, row.Key, figure.Column, FigureView.Of(figure, row.Currency), figure.Formula,
        FigureInputView.Of(book, row, figure), figure.Parts is not null,
        [.. figure.Steps.Select(step => FigureStepView.Of(report, row, step))], [.. figure.Rules.Select(FigureRuleView.Of)], []);
}

/// <param name="Kind">Such as <c>time-entry</c>, <c>engagement</c> or <c>invoice</c>.</param>
/// <param name="Label">For people, such as an invoice's number; null where it has no name, or where that is erased.</param>
/// <param name="On">The day that what it brings counts on; null where it brings nothing, or on several days or none in particular.</param>
/// <param name="Amount">What it brings to a figure of money, below zero for what is taken off; null where it only sets a rule.</param>
/// <param name="DurationSeconds">The same of a figure of time.</param>
/// <param name="Href">Where it is read, by whoever may; null where it has no address, or is not there any more.</param>
/// <param name="Parts">What it brings day by day, where these are several.</param>
public sealed record FigureInputView(
    string Kind, Guid Id, string? Label, LocalDate? On, Money? Amount, long? DurationSeconds, string? Href,
    IReadOnlyList<FigurePartView>? Parts)
{
    /// <summary>What brings something first, in the order of the days.</summary>
    internal static IReadOnlyList<FigureInputView> Of(PracticeBook book, ReportRow row, Figure figure)
    {
        var (parts, things) = ((figure.Parts ?? []).ToLookup(part => part.Of), new ThingNames(book));
        var isTime = figure.Unit == FigureUnit.Seconds;
        return
        [
            .. figure.Of.Distinct().Select(thing => (thing, Parts: parts[thing].OrderBy(part => part.On).ToList()))
                .OrderBy(input => input.Parts.Count == 0).ThenBy(input => input.Parts.FirstOrDefault().On)
                .Select(input => Of(input.thing, [.. input.Parts.Select(part => FigurePartView.Of(part, figure, row))])),
        ];

        FigureInputView Of(Thing thing, IReadOnlyList<FigurePartView> brought) => new(
            thing.Kind, thing.Id, things.LabelOf(thing), brought.Select(part => part.On).Distinct().Count() == 1 ? brought[0].On : null,
            isTime || brought.Count == 0 ? null : Money.Sum(brought.Select(part => part.Amount!.Value), row.Currency!),
            isTime && brought.Count > 0 ? brought.Sum(part => part.DurationSeconds) : null, things.AddressOf(thing),
            brought.Count > 1 ? brought : null);
    }
}

/// <param name="On">Null where it counts on no day in particular.</param>
public sealed record FigurePartView(LocalDate? On, Money? Amount, long? DurationSeconds)
{
    internal static FigurePartView Of(Part part, Figure figure, ReportRow row) => figure.Unit == FigureUnit.Seconds
        ? new FigurePartView(part.On, null, part.Value)
        : new FigurePartView(part.On, new Money(part.Value, row.Currency!), null);
}

/// <summary>Another figure of the same report. What is added less what is taken off is the figure, or is divided by the last.</summary>
/// <param name="Does">plus, minus or over.</param>
/// <param name="Row">With the column, its address for <c>explain</c>.</param>
/// <param name="Label">Of the row, for people; null as in the report.</param>
public sealed record FigureStepView(
    [property: OneOf(typeof(FigureStepView), nameof(FigureStepView.Words))] string Does, string Row, string? Label, string Column,
    FigureView Figure)
{
    public static IReadOnlyList<string> Words { get; } = ["plus", "minus", "over"];

    internal static FigureStepView Of(Report report, ReportRow row, FigureStep step)
    {
        var of = step.Row is null ? row : report.Rows.First(other => other.Key == step.Row);
        return new FigureStepView(
            Words[(int)step.Role], of.Key, of.Label, step.Column,
            FigureView.Of(of.Figures.First(figure => figure.Column == step.Column), of.Currency));
    }
}

/// <summary>A figure of the law.</summary>
/// <param name="Name">The form, its box, and what is to be compared.</param>
/// <param name="Value">As decimal text.</param>
/// <param name="Source">Where it was taken from.</param>
/// <param name="Confidence">How well it is attested: high, medium, low or unverified.</param>
public sealed record FigureRuleView(string Name, string Value, string Source, string Confidence)
{
    internal static FigureRuleView Of(FigureRule rule) => new(
        rule.Name, rule.Figure.Value.ToString(System.Globalization.CultureInfo.InvariantCulture), rule.Figure.Source,
        rule.Figure.Confidence.ToString().ToLowerInvariant());
}

/// <param name="Actor">Who did it.</param>
public sealed record SourceEventView(Guid Id, long Place, string Type, string Stream, string Actor, Instant RecordedAt);
