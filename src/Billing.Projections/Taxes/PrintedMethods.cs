using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using Billing.Projections.Documents;

namespace Billing.Projections.Taxes;

/// <summary>The regular and the annualized method side by side, for someone who has heard of neither.</summary>
internal static class PrintedMethods
{
    private const string Form = "Schedule AI";

    /// <summary>Null where both ask for the same, so that there is nothing to choose.</summary>
    public static TaxMethodsModel? Of(TaxEstimate estimate, TaxWords words)
    {
        if (!Differ(estimate)) return null;
        var (regular, annualized) = (estimate.Plan, estimate.Annualized.Plan);
        return new TaxMethodsModel(
            Choice(estimate, words),
            [
                .. regular.Instalments.Zip(annualized.Instalments, (equal, byIncome) => new TaxMethodRowModel(
                    words.Of(
                        "method-row", ("quarter", words.Quarter(equal.Due.Number)), ("day", words.Day(equal.Due.DeadlineOn))),
                    Cents.ToMoney(equal.Required), Cents.ToMoney(byIncome.Required))),
                new TaxMethodRowModel(words.Of("to-pay-next"), Cents.ToMoney(regular.CatchUp), Cents.ToMoney(annualized.CatchUp)),
                new TaxMethodRowModel(
                    words.Of("late-cost"), Cents.ToMoney(estimate.Penalty.Amount), Cents.ToMoney(estimate.Annualized.Penalty.Amount)),
            ]);
    }

    /// <summary>The lines of the form, a part for each period; none where there is nothing to choose.</summary>
    public static IEnumerable<TaxWorkingModel> Working(
        TaxEstimate estimate, TaxWords words, Func<TaxLine, TaxWorkingRowModel> row) => !Differ(estimate)
        ? []
        : estimate.Calendar.Instalments.Select((due, i) => new TaxWorkingModel(
            words.Of("part-period", ("day", words.Day(due.PeriodEnd)), ("column", $"{"abcd"[i]}")),
            [
                .. estimate.Lines.Where(line => line.Code.StartsWith($"{ScheduleAi.PartName(i)}.", StringComparison.Ordinal)
                    && line.FormLine?.StartsWith(Form, StringComparison.Ordinal) == true).Select(row),
            ]));

    private static bool Differ(TaxEstimate estimate) => estimate.ChoosesAnnualizedMethod
        || estimate.Plan.Instalments.Zip(estimate.Annualized.Plan.Instalments).Any(pair => pair.First.Required != pair.Second.Required);

    private static string Choice(TaxEstimate estimate, TaxWords words)
    {
        var chosen = words.Of(estimate.ChoosesAnnualizedMethod ? "methods-second" : "methods-first");
        var projected = estimate.Annualized.ProjectedFrom is { } from
            ? $" {words.Of("methods-projected", ("ordinal", words.Ordinal(from)))}"
            : "";
        return $"{words.Of("methods")} {chosen}{projected}";
    }
}
