using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using Billing.Projections.Documents;

namespace Billing.Projections.Taxes;

/// <summary>The regular and the annualized method side by side, for someone who has heard of neither.</summary>
internal static class PrintedMethods
{
    private const string Form = "Schedule AI";

    /// <summary>Null where both ask for the same, so that there is nothing to choose.</summary>
    public static TaxMethodsModel? Of(TaxEstimate estimate)
    {
        if (!Differ(estimate)) return null;
        var (regular, annualized) = (estimate.Plan, estimate.Annualized.Plan);
        return new TaxMethodsModel(
            Words(estimate),
            [
                .. regular.Instalments.Zip(annualized.Instalments, (equal, byIncome) => new TaxMethodRowModel(
                    $"{PrintedEstimate.Ordinals[equal.Due.Number - 1]} quarter, by {PrintedText.Of(equal.Due.DeadlineOn)}",
                    Cents.ToMoney(equal.Required), Cents.ToMoney(byIncome.Required))),
                new TaxMethodRowModel("To pay next", Cents.ToMoney(regular.CatchUp), Cents.ToMoney(annualized.CatchUp)),
                new TaxMethodRowModel(
                    "What being late has cost", Cents.ToMoney(estimate.Penalty.Amount), Cents.ToMoney(estimate.Annualized.Penalty.Amount)),
            ]);
    }

    /// <summary>The lines of the form, a part for each period; none where there is nothing to choose.</summary>
    public static IEnumerable<TaxWorkingModel> Working(TaxEstimate estimate, Func<TaxLine, TaxWorkingRowModel> row) => !Differ(estimate)
        ? []
        : estimate.Calendar.Instalments.Select((due, i) => new TaxWorkingModel(
            $"By when the income came: through {PrintedText.Of(due.PeriodEnd)} ({Form}, column {"abcd"[i]})",
            [
                .. estimate.Lines.Where(line => line.Code.StartsWith($"{ScheduleAi.PartName(i)}.", StringComparison.Ordinal)
                    && line.FormLine?.StartsWith(Form, StringComparison.Ordinal) == true).Select(row),
            ]));

    private static bool Differ(TaxEstimate estimate) => estimate.ChoosesAnnualizedMethod
        || estimate.Plan.Instalments.Zip(estimate.Annualized.Plan.Instalments).Any(pair => pair.First.Required != pair.Second.Required);

    private static string Words(TaxEstimate estimate)
    {
        var chosen = estimate.ChoosesAnnualizedMethod
            ? "You chose the second way; send that form with your return."
            : "You pay the first way. To pay the second, say so in your profile, and keep to it for the whole year.";
        var projected = estimate.Annualized.ProjectedFrom is { } from
            ? $" From the {PlainEstimate.Ordinals[from - 1]} date on the second way rests on what is still expected."
            : "";
        return "The law lets you choose. The usual way is four equal parts, and it takes no form. The other way (Form 2210, Schedule AI) "
            + $"goes by when in the year your income came: it asks for less at first where most of it comes late. {chosen}{projected}";
    }
}
