using Billing.Projections.Reports;

namespace Billing.Projections.Tests.Reports;

/// <summary>Adds the explanations of a report up, as somebody with a pencil would.</summary>
internal static class AddedUp
{
    public static IEnumerable<string> Faults(Report report) => report.Rows.SelectMany(row => row.Figures.SelectMany(figure =>
        Faults(report, row, figure).Select(fault => $"{report.Name}, {row.Key}, {figure.Column}: {fault}")));

    private static IEnumerable<string> Faults(Report report, ReportRow row, Figure figure)
    {
        var isSum = figure.Unit is FigureUnit.Minor or FigureUnit.Seconds;
        if (isSum && figure is { Value: not null, Parts: null }) yield return "nothing says what it is the sum of";
        if (!isSum && figure.Parts is not null) yield return "a share is no sum";
        if (figure.Parts is { } parts)
        {
            var sum = parts.Sum(part => part.Value);
            if (sum != figure.Value) yield return $"its parts come to {sum}, not {figure.Value}";
            foreach (var stranger in parts.Select(part => part.Of).Except(figure.Of)) yield return $"{stranger} is not what it is made of";
        }
        if (figure.Steps.Count == 0) yield break;
        var steps = figure.Steps.ToLookup(step => step.Role, step => report.Find(step.Row ?? row.Key, step.Column));
        if (steps.SelectMany(step => step).Any(step => step is null)) yield return "a step is not in the report";
        var whole = steps[StepRole.Plus].Sum(step => step?.Value) - steps[StepRole.Minus].Sum(step => step?.Value);
        if (isSum && whole != figure.Value) yield return $"its steps come to {whole}, not {figure.Value}";
        if (isSum == steps.Contains(StepRole.Over)) yield return "a share divides, and nothing else does";
    }
}
