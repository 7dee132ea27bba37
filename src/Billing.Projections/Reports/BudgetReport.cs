using System.Globalization;
using Billing.Domain.Engagements;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using NodaTime;
using NodaTime.Text;

namespace Billing.Projections.Reports;

/// <summary>What is used of each budget, period by period.</summary>
public static class BudgetReport
{
    public const string Name = "budgets";

    private const int BasisPointsPerWhole = 10_000;

    /// <summary>The period that holds the first day and those that begin up to the last, each as a whole up to the last.</summary>
    public static Report Of(PracticeBook book, LocalDate from, LocalDate to, WorkFilter filter = default)
    {
        var rows = book.Budgets.Keys.Where(id => IsMeant(book, id, filter)).Order()
            .SelectMany(engagement => Rows(book, engagement, from, to));
        return new Report(Name, from, to, [.. rows]);
    }

    /// <summary>A budget is everybody's, so an assistant is none of its filters.</summary>
    private static bool IsMeant(PracticeBook book, Guid engagementId, WorkFilter filter) =>
        (filter.EngagementId is null || filter.EngagementId == engagementId)
        && (filter.ClientId is null || filter.ClientId == book.Engagements.GetValueOrDefault(engagementId)?.Terms?.ClientId);

    private static IEnumerable<ReportRow> Rows(PracticeBook book, Guid engagementId, LocalDate from, LocalDate to)
    {
        if (book.Budgets[engagementId].Terms is not { } terms || terms.FirstDay > to) yield break;
        if (book.Engagements.GetValueOrDefault(engagementId)?.Terms is not { } engagement) yield break;
        var first = BudgetPeriod.StartOf(terms.Per, terms.FirstDay, LocalDate.Max(from, terms.FirstDay));
        var work = new WorkInPeriod(book, first, to, new WorkFilter(null, engagementId, null));
        var periods = work.Entries.GroupBy(entry => BudgetPeriod.StartOf(terms.Per, terms.FirstDay, entry.WorkedOn));
        foreach (var period in periods.OrderBy(period => period.Key))
            yield return Row(terms, Label(book, engagement), engagement.Currency, work, period.Key, [.. period]);
    }

    /// <summary>Clients have engagements of one name. Null where texts are erased.</summary>
    private static string? Label(PracticeBook book, EngagementTerms engagement) =>
        engagement.Name is { } name && book.Clients.GetValueOrDefault(engagement.ClientId)?.Details?.Name is { } client
            ? $"{client} / {name}"
            : null;

    private static ReportRow Row(
        BudgetTerms terms, string? label, Currency currency, WorkInPeriod work, LocalDate start, IReadOnlyList<TimeEntry> entries)
    {
        // A budget has many periods: the key says which.
        var subject = terms.EngagementId.ToString("D", CultureInfo.InvariantCulture);
        var budget = new Thing(ThingKind.Budget, terms.EngagementId);
        Thing[] hours = [budget, .. WorkInPeriod.Things(entries)], priced = [budget, .. work.ThingsOf(entries)];
        var worked = WorkInPeriod.Seconds("worked", "Time of all entries of the period.", hours, entries);
        var price = AmountRow.Amount(
            "price", entries.Sum(work.PriceMinor), "What the entries cost the client, each rounded once.", priced,
            entries.Select(entry => WorkInPeriod.PartOf(entry, work.PriceMinor(entry))).Where(part => part.Value != 0));
        return new ReportRow(
            $"{subject}:{LocalDatePattern.Iso.Format(start)}", subject, label, currency,
            [
                worked, Limit("hoursBudget", FigureUnit.Seconds, terms.Seconds, "What may be worked in a period.", hours),
                Used("hoursUsed", worked, "hoursBudget", terms.Seconds, "Worked over the budget."),
                price, Limit("moneyBudget", FigureUnit.Minor, terms.MoneyMinor, "What may be charged in a period.", priced),
                Used("moneyUsed", price, "moneyBudget", terms.MoneyMinor, "Price over the budget."),
            ]);

        Figure Limit(string column, FigureUnit unit, long? most, string formula, Thing[] of) =>
            new(column, unit, most, formula, of) { Parts = most is { } value ? [new Part(budget, value, null)] : null };
    }

    private static Figure Used(string column, Figure used, string budget, long? most, string formula) =>
        new(column, FigureUnit.BasisPoints, Share(used.Value!.Value, most), formula, used.Of)
        {
            Steps = [new(StepRole.Plus, used.Column), new(StepRole.Over, budget)],
        };

    /// <summary>Rounded once, half away from zero; null where that is not limited.</summary>
    private static long? Share(long used, long? most) =>
        most is > 0 and { } limit ? Rounding.DivideHalfAwayFromZero((Int128)used * BasisPointsPerWhole, limit) : null;
}
