using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Projections.Reports;

/// <summary>Hours and what they are worth, by client, engagement, assistant, day, week or month, with a total a currency.</summary>
public static class WorkReport
{
    public const string Name = "work";

    /// <summary>Work is counted on the day it began, in its assistant's zone.</summary>
    /// <param name="withMoney">False for whoever may not see rates.</param>
    /// <param name="withCost">False for whoever may not see what assistants are paid.</param>
    public static Report Of(
        PracticeBook book, LocalDate from, LocalDate to, ReportGrouping by, WorkFilter filter = default, bool withMoney = true,
        bool withCost = true)
    {
        var work = new WorkInPeriod(book, from, to, filter);
        var entries = work.Entries.ToLookup(entry => (Subject: by.SubjectOf(WorkKey.Of(entry)), Currency: work.CurrencyOf(entry)));
        var invoiced = (withMoney ? work.Invoiced : []).ToLookup(share => (Subject: by.SubjectOf(share.Work), share.Currency));
        var rows = entries.Select(group => group.Key).Union(invoiced.Select(group => group.Key))
            .OrderBy(key => key.Subject, StringComparer.Ordinal).ThenBy(key => key.Currency.Code, StringComparer.Ordinal)
            .Select(key => Row(key.Subject, by.LabelOf(book, key.Subject), key.Currency, [.. entries[key]], [.. invoiced[key]]));
        var totals = entries.Select(group => group.Key.Currency).Union(invoiced.Select(group => group.Key.Currency))
            .OrderBy(currency => currency.Code, StringComparer.Ordinal)
            .Select(currency => Row(
                ReportGrouping.Total, null, currency, [.. work.Entries.Where(entry => work.CurrencyOf(entry) == currency)],
                [.. invoiced.Where(group => group.Key.Currency == currency).SelectMany(group => group)]));
        return new Report(Name, from, to, [.. rows, .. totals]);

        ReportRow Row(
            string subject, string? label, Currency currency, IReadOnlyList<TimeEntry> worked, IReadOnlyList<InvoicedShare> shares) => new(
            $"{subject}:{currency.Code}", subject, label, currency,
            [
                .. Hours(worked, shares), .. withMoney ? Money(work, worked, shares) : [],
                .. withMoney && withCost ? [Cost(work, worked, currency)] : Array.Empty<Figure>(),
            ]);
    }

    /// <summary>A row of nothing but money, for work that was removed since, rests on its documents.</summary>
    private static IEnumerable<Figure> Hours(IReadOnlyList<TimeEntry> entries, IReadOnlyList<InvoicedShare> shares)
    {
        var things = entries.Count > 0 ? WorkInPeriod.Things(entries) : [.. WorkInPeriod.Documents(shares)];
        yield return Seconds("worked", "Time of all entries.", _ => true);
        yield return Seconds("billable", "Time of the billable entries.", entry => entry.Billable);
        yield return Seconds("billed", "Time of the entries that stand on a finalised invoice.", entry => entry.InvoiceId is not null);
        yield return Seconds(
            "unbilled", "Time of the billable entries that stand on no finalised invoice.",
            entry => entry is { Billable: true, InvoiceId: null });

        Figure Seconds(string column, string formula, Func<TimeEntry, bool> counts) =>
            WorkInPeriod.Seconds(column, formula, things, entries.Where(counts));
    }

    private static IEnumerable<Figure> Money(
        WorkInPeriod work, IReadOnlyList<TimeEntry> entries, IReadOnlyList<InvoicedShare> shares)
    {
        var billable = entries.Where(entry => entry.Billable).ToList();
        Thing[] documents = [.. WorkInPeriod.Documents(shares)];
        var worth = work.WorthParts(billable);
        yield return AmountRow.Amount(
            "worth", worth.Sum(part => part.Value),
            "Rate times billed time of each billable entry, surcharges, minimums and tiers included, added exactly, rounded once, half "
            + "away from zero; what a fixed fee covers counts nothing."
            + work.WithoutRate(billable), entries.Count > 0 ? work.ThingsOf(entries) : documents, worth);
        var billed = WorkInPeriod.Billed(shares).ToList();
        yield return AmountRow.Amount(
            "invoiced", billed.Sum(part => part.Value),
            "What finalised invoices and their corrections billed for work of these rows, fixed fees and caps shared out by billed time, "
            + "less discounts and credit notes.",
            [.. WorkInPeriod.Things(entries).Union(billed.Select(part => part.Of)), .. documents], billed);
    }

    private static Figure Cost(WorkInPeriod work, IReadOnlyList<TimeEntry> entries, Currency currency)
    {
        var parts = work.CostParts(entries, currency);
        return AmountRow.Amount(
            "cost", parts.Sum(part => part.Value),
            "What the practice pays its assistants for these entries, each rounded once; costs in another currency count nothing.",
            work.ThingsOf(entries), parts);
    }
}
