using System.Globalization;
using Billing.Api.Pages;
using Billing.Projections.Invoicing;
using Billing.Projections.Ledger.Journal;
using Billing.Projections.Reports;
using Billing.Projections.SalesTax;
using Billing.Projections.Taxes;
using NodaTime;
using NodaTime.Text;

namespace Billing.Api.Reports.Pages;

/// <summary>What the rows of reports are called on a page, where the API has keys for them.</summary>
internal static class RowNames
{
    private static readonly string[] Sums =
        [ReportGrouping.Total, LedgerBalances.Assets, LedgerBalances.Retained, LedgerBalances.LiabilitiesAndEquity];

    private const string LinePart = "line:", TaxPart = "tax:";
    private const decimal HundredThousandthsPerPercent = 1_000;

    public static bool IsSum(ReportRowView row) => Sums.Contains(row.Subject);

    public static string Of(ReportRowView row, string report, PageWords words) => row switch
    {
        { Subject: ReportGrouping.Total } when report == LedgerBalances.ProfitAndLoss => words["report.profit"],
        _ when IsSum(row) => words[$"report.{row.Subject}"],
        _ when report == SalesTaxReturn.Name => Tax(row.Label, row.Subject, words),
        { Label: { } label } when report == InvoicesReport.Name && Part(row.Key) is { } part =>
            part.StartsWith(LinePart, StringComparison.Ordinal)
                ? $"{label}, {words.Of("report.line", ("number", part[LinePart.Length..]))}"
                : Tax(label, part[TaxPart.Length..], words),
        { Label: { } label } when report == BudgetReport.Name => $"{label}, {words.Written.Day(DayOf(row.Key))}",
        { Label: { } label } => label,
        _ when Guid.TryParse(row.Subject, out _) => words["erased"],
        _ when report == InformationReturnsReport.Name => words[$"report.{row.Subject}"],
        _ => words.Account(row.Subject),
    };

    /// <summary>Which part of an invoice a row is about; null for the invoice itself.</summary>
    private static string? Part(string key) => key.Split(':', 2) is [_, var part] ? part : null;

    /// <summary>Of a key that ends in the first day of a period.</summary>
    private static LocalDate DayOf(string key) => LocalDatePattern.Iso.Parse(key.Split(':')[^1]).Value;

    /// <summary>Of <c>S:19000</c>, a category and the rate in hundred thousandths: 19 %.</summary>
    private static string Tax(string? name, string tax, PageWords words)
    {
        var parts = tax.Split(':');
        var rate = decimal.Parse(parts[1], CultureInfo.InvariantCulture) / HundredThousandthsPerPercent;
        var kind = words.Of($"tax-category.{parts[0]}", ("rate", words.Written.Number(rate, "0.###")));
        return name is null ? kind : $"{name}, {kind}";
    }
}
