using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using Billing.Projections.Documents;

namespace Billing.Projections.Taxes;

/// <summary>What is different now from an estimate that was given.</summary>
/// <param name="Facts">What became known since.</param>
public sealed record SinceGiven(EstimateView Given, EstimateChanges Changes, IReadOnlyList<FactChange> Facts);

/// <summary>The same in words.</summary>
internal static class PrintedChanges
{
    /// <summary>The lines that a reader follows; the others are in the working.</summary>
    private static readonly string[] Shown =
    [
        "schedule-c.gross-income", "schedule-c.expenses", "schedule-c.net-profit", "projection.net-profit", "se.tax", "agi",
        "taxable-income", "income-tax", "net-tax", "required",
    ];

    public static TaxChangesModel Of(SinceGiven since, TaxWords words)
    {
        var given = since.Given;
        var day = ("day", words.Day(given.AsOf));
        var reasons = since.Changes.Reasons.Select(reason => Sentence(reason, day, words))
            .Concat(since.Facts.Select(fact => Sentence(fact, words))).ToList();
        return new TaxChangesModel(
            words.Of("since", day, ("version", given.ParameterVersion)),
            reasons.Count > 0 ? reasons : [words.Of("no-change")],
            [
                .. since.Changes.Lines.Where(line => Shown.Contains(line.Code))
                    .Select(line => new TaxChangedLineModel(
                        line.Label, line.FormLine, Figure(line, line.Before, words), Figure(line, line.After, words))),
            ]);
    }

    private static string Sentence(ChangeReason reason, (string, string) day, TaxWords words) => words.Of(
        "reason", ("what", words.Of($"reason-{reason.Code}", day)), ("tax", MoreOrLess(reason.TotalTax, "tax", words)),
        ("required", MoreOrLess(reason.Required, "required", words)));

    private static string MoreOrLess(decimal dollars, string what, TaxWords words) =>
        words.Of($"{(dollars == 0 ? "same" : dollars > 0 ? "more" : "less")}-{what}", ("amount", words.Exact(Math.Abs(dollars))));

    private static string Sentence(FactChange change, TaxWords words) => change.Kind is FactChange.Profile or FactChange.HomeOffice
        ? words.Of($"fact-{change.Kind}")
        : words.Of(
            change.Removed == 0 ? "fact-new" : "fact-gone", ("kind", words.Of($"fact-{change.Kind}")),
            ("added", TaxWords.Count(change.Added)), ("removed", TaxWords.Count(change.Removed)),
            ("amount", words.Language.Amount(change.Difference!.Value)));

    private static string Figure(LineDifference line, decimal? figure, TaxWords words) => (line.Unit, figure) switch
    {
        (_, null) => "",
        (TaxUnit.Dollars, { } dollars) => words.Exact(dollars),
        (_, { } number) => words.Number(number),
    };
}
