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

    public static TaxChangesModel Of(SinceGiven since)
    {
        var given = since.Given;
        var reasons = since.Changes.Reasons.Select(reason => Sentence(reason, given)).Concat(since.Facts.Select(Sentence)).ToList();
        return new TaxChangesModel(
            $"Since the estimate given as of {PrintedText.Of(given.AsOf)}, made with the figures {given.ParameterVersion}:",
            reasons.Count > 0 ? reasons : ["Nothing changed."],
            [
                .. since.Changes.Lines.Where(line => Shown.Contains(line.Code))
                    .Select(line => new TaxChangedLineModel(
                        line.Label, line.FormLine, Figure(line, line.Before), Figure(line, line.After))),
            ]);
    }

    private static string Sentence(ChangeReason reason, EstimateView given)
    {
        var day = PrintedText.Of(given.AsOf);
        var what = reason.Code switch
        {
            ChangeReason.Parameters => "New figures of the law",
            ChangeReason.Corrections => $"What was entered or said otherwise later, about the days up to {day}",
            ChangeReason.Time => $"The days after {day}, with what came in and went out on them",
            ChangeReason.Projection => "Another way to think of the rest of the year",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return $"{what}: {MoreOrLess(reason.TotalTax, "tax for the year")}, {MoreOrLess(reason.Required, "to be paid in on time")}.";
    }

    private static string MoreOrLess(decimal dollars, string of) => dollars == 0
        ? $"nothing {of} more or less"
        : $"{PrintedText.Of(Cents.ToMoney(Math.Abs(dollars)))} {(dollars > 0 ? "more" : "less")} {of}";

    private static string Sentence(FactChange change) => change switch
    {
        { Kind: FactChange.Profile } => "What you say of your household is different.",
        { Kind: FactChange.HomeOffice } => "Your home office is different.",
        { Removed: 0 } => $"{Name(change.Kind)}: {Count(change.Added, "new")}, {PrintedText.Of(change.Difference!.Value)} in all.",
        _ => $"{Name(change.Kind)}: {Count(change.Added, "new")}, {Count(change.Removed, "gone or changed")}, "
            + $"{PrintedText.Of(change.Difference!.Value)} in all.",
    };

    private static string Name(string kind) => kind switch
    {
        FactChange.Receipts => "Money received",
        FactChange.Expenses => "Expenses",
        FactChange.Payments => "Estimated tax paid",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Count(int count, string what) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{count} {what}");

    private static string Figure(LineDifference line, decimal? figure) => (line.Unit, figure) switch
    {
        (_, null) => "",
        (TaxUnit.Dollars, { } dollars) => PrintedText.Of(Cents.ToMoney(dollars)),
        (_, { } number) => PrintedEstimate.Number(number),
    };
}
