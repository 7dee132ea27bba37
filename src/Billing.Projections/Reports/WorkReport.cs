using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Projections.Reports;

/// <summary>Hours and what they are worth, by client, engagement, assistant, day, week or month, with a total a currency.</summary>
public static class WorkReport
{
    public const string Name = "work";

    /// <summary>Work is counted on the day it began, in its assistant's zone.</summary>
    /// <param name="assistantId">Null for everyone.</param>
    /// <param name="withMoney">False for whoever may not see rates.</param>
    public static Report Of(
        PracticeBook book, LocalDate from, LocalDate to, ReportGrouping by, Guid? assistantId = null, bool withMoney = true)
    {
        var work = new WorkInPeriod(book, from, to, assistantId);
        var rows = work.Entries
            .GroupBy(entry => (Subject: by.SubjectOf(entry), Currency: work.CurrencyOf(entry)))
            .OrderBy(group => group.Key.Subject, StringComparer.Ordinal).ThenBy(group => group.Key.Currency.Code, StringComparer.Ordinal)
            .Select(group => Row(group.Key.Subject, by.LabelOf(book, group.Key.Subject), group.Key.Currency, [.. group]));
        var totals = work.Entries
            .GroupBy(work.CurrencyOf)
            .OrderBy(group => group.Key.Code, StringComparer.Ordinal)
            .Select(group => Row(ReportGrouping.Total, null, group.Key, [.. group]));
        return new Report(Name, from, to, [.. rows, .. totals]);

        ReportRow Row(string subject, string? label, Currency currency, IReadOnlyList<TimeEntry> entries) => new(
            $"{subject}:{currency.Code}", subject, label, currency,
            [.. Hours(entries), .. withMoney ? Money(work, entries, currency) : []]);
    }

    private static IEnumerable<Figure> Hours(IReadOnlyList<TimeEntry> entries)
    {
        var things = WorkInPeriod.Things(entries);
        yield return Seconds("worked", "Time of all entries.", _ => true);
        yield return Seconds("billable", "Time of the billable entries.", entry => entry.Billable);
        yield return Seconds("billed", "Time of the entries that stand on a finalised invoice.", entry => entry.InvoiceId is not null);
        yield return Seconds(
            "unbilled", "Time of the billable entries that stand on no finalised invoice.",
            entry => entry is { Billable: true, InvoiceId: null });

        Figure Seconds(string column, string formula, Func<TimeEntry, bool> counts) => new(
            column, FigureUnit.Seconds, entries.Where(counts).Sum(entry => entry.DurationSeconds), formula, things);
    }

    private static IEnumerable<Figure> Money(
        WorkInPeriod work, IReadOnlyList<TimeEntry> entries, Currency currency)
    {
        var billable = entries.Where(entry => entry.Billable).ToList();
        var things = work.ThingsOf(entries);
        yield return new Figure(
            "worth", FigureUnit.Minor, work.WorthMinor(billable),
            "Rate times billed time of each billable entry, surcharges, minimums and tiers included, added exactly, rounded once, half "
            + "away from zero; what a fixed fee covers counts nothing."
            + work.WithoutRate(billable), things);
        yield return new Figure(
            "invoiced", FigureUnit.Minor, entries.Sum(work.InvoicedMinor),
            "What the lines of finalised invoices billed for these entries, a line shared out by billed time.",
            [.. WorkInPeriod.Things(entries), .. WorkInPeriod.InvoicesOf(entries)]);
        yield return new Figure(
            "cost", FigureUnit.Minor, work.CostMinor(entries, currency),
            "What the practice pays its assistants for these entries, each rounded once; costs in another currency count nothing.",
            things);
    }
}
