using static Billing.Domain.Taxes.Words;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>A line that two estimates have differently; null where one has no such line.</summary>
public sealed record LineDifference(string Code, string Label, string? FormLine, TaxUnit Unit, decimal? Before, decimal? After);

/// <summary>What two estimates of a year differ in, and which of the taxes that comes from.</summary>
/// <param name="Lines">Lines of the year that differ, in the order of the working; those of the annualized method left out.</param>
/// <param name="Reason">The difference of the year's tax in a sentence.</param>
public sealed record EstimateComparison(IReadOnlyList<LineDifference> Lines, string Reason)
{
    /// <summary>The parts that the year's tax is the sum of, in the words of a sentence.</summary>
    private static readonly (string Code, string Words, int Sign)[] Parts =
    [
        ("se.tax", "self-employment tax", 1), ("income-tax", "income tax", 1), ("amt", "alternative minimum tax", 1),
        ("credit", "credits", -1), ("additional-medicare", "Additional Medicare tax", 1),
        ("net-investment-income-tax", "net investment income tax", 1),
    ];

    public static EstimateComparison Of(IReadOnlyList<TaxLine> before, IReadOnlyList<TaxLine> after)
    {
        var (old, now) = (Year(before), Year(after));
        var differences = now.Values
            .Select(line => (Line: line, Before: old.GetValueOrDefault(line.Code)?.Amount, After: (decimal?)line.Amount))
            .Concat(old.Values.Where(line => !now.ContainsKey(line.Code))
                .Select(line => (Line: line, Before: (decimal?)line.Amount, After: (decimal?)null)))
            .Where(pair => pair.Before != pair.After)
            .Select(pair => new LineDifference(
                pair.Line.Code, pair.Line.Label, pair.Line.FormLine, pair.Line.Unit, pair.Before, pair.After))
            .ToList();
        return new EstimateComparison(differences, ReasonOf(old, now));
    }

    private static Dictionary<string, TaxLine> Year(IReadOnlyList<TaxLine> lines) => lines
        .Where(line => !ScheduleAi.Holds(line))
        .ToDictionary(line => line.Code);

    private static string ReasonOf(Dictionary<string, TaxLine> before, Dictionary<string, TaxLine> after)
    {
        var total = Difference("total-tax");
        if (total == 0) return "The tax of the year stays the same.";
        var parts = Parts
            .Select(part => (part.Words, Amount: part.Sign * Difference(part.Code)))
            .Where(part => part.Amount != 0)
            .Select(part => $"{Dollars(Math.Abs(part.Amount))} {(part.Amount > 0 ? "more" : "less")} from {part.Words}");
        return $"The tax of the year {(total > 0 ? "rises" : "falls")} by {Dollars(Math.Abs(total))}: {string.Join(", ", parts)}.";

        decimal Difference(string code) =>
            (after.GetValueOrDefault(code)?.Amount ?? 0) - (before.GetValueOrDefault(code)?.Amount ?? 0);
    }
}
