using System.Globalization;
using Billing.Api.Demo;
using Billing.Api.Pages;
using Billing.Api.Tests.Http;
using Billing.Domain.Invoicing;
using Billing.Domain.Retainers;
using Billing.EventStore.Port;
using Billing.Projections.Ledger.Journal;
using Billing.Projections.Reports;
using Billing.Projections.Running;
using Billing.Projections.Tests.Reports;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Billing.Api.Tests.Reports;

[Collection(AgencyCollection.Name)]
public sealed class AgencyYearTests(AgencyBook agency)
{
    private static readonly LocalDate First = new(AgencyYear.Year, 1, 1), Last = new(AgencyYear.Year, 12, 31);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static IReadOnlyList<(string Name, Func<PracticeBook, Report> Of)> Reports { get; } = EveryReport.Of(First, Last);

    [Fact]
    public void The_year_has_ten_thousand_entries_six_retainers_and_rates_corrected_for_the_past()
    {
        var kinds = agency.Folded.Retainers.Values.OfType<RetainerState.Agreed>().Select(retainer => retainer.Terms[0].Terms.Kind);

        Assert.True(agency.Entries >= 10_000, $"{agency.Entries} entries");
        Assert.Equal(RetainerKind.All.Order(StringComparer.Ordinal), kinds.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(12, agency.Folded.Invoices.Values.OfType<InvoiceState.Finalized>()
            .Select(state => state.Invoice.Facts).Where(facts => facts.Kind == InvoiceKind.Work)
            .GroupBy(facts => facts.ClientId).Max(client => client.Count()));
    }

    /// <summary>A book of only the events that explain a figure is folded, and the same report is asked for the same figure.</summary>
    [Fact]
    public void Every_figure_of_every_report_comes_out_the_same_from_the_events_that_explain_it()
    {
        var checks = Reports.SelectMany(report => report.Of(agency.Folded).Rows
            .SelectMany(row => row.Figures.GroupBy(figure => figure.Of).Select(figures => (report.Name, report.Of, row.Key, figures))));

        var found = checks.AsParallel().SelectMany(check => Again(check.Name, check.Of, check.Key, check.figures)).ToList();
        var faults = found.Where(figure => figure.Before != figure.Again).ToList();

        Assert.True(found.Count > 2_000, $"{found.Count} figures");
        Assert.True(faults.Count == 0, $"{faults.Count} of {found.Count}: " + string.Join(Environment.NewLine, faults.Take(20)));
    }

    /// <summary>But for a sentence that counts entries without a rate, of which this year has none.</summary>
    [Fact]
    public void Every_formula_of_every_report_is_said_in_german_too()
    {
        var formulas = Reports.SelectMany(report => report.Of(agency.Folded).Rows)
            .SelectMany(row => row.Figures).Select(figure => figure.Formula).Distinct().ToList();

        Assert.True(formulas.Count > 20, $"{formulas.Count} formulas");
        Assert.DoesNotContain(formulas, formula => PageWords.In("de").Said(formula) is null);
    }

    [Fact]
    public void Both_sides_of_the_balance_sheet_come_to_the_same_and_profit_is_what_income_leaves()
    {
        var sheet = LedgerBalances.BalanceSheetOf(agency.Folded, First, Last);
        var result = LedgerBalances.ProfitAndLossOf(agency.Folded, First, Last);
        long Sum(Report report, string subject) => Value(Assert.Single(report.Rows, row => row.Subject == subject), "balance");

        Assert.Equal(Sum(sheet, LedgerBalances.Assets), Sum(sheet, LedgerBalances.LiabilitiesAndEquity));
        Assert.Equal(Sum(sheet, LedgerBalances.Retained), Sum(result, ReportGrouping.Total));
        Assert.All(result.Rows.Where(row => row.Subject == Accounts.Services), row => Assert.True(Value(row, "balance") > 0));
        Assert.All(result.Rows.Where(row => row.Subject == Accounts.OfCategory("contract-labor")), row => Assert.True(Value(row, "balance") < 0));
    }

    private List<(string Figure, long? Before, long? Again)> Again(
        string name, Func<PracticeBook, Report> of, string row, IGrouping<IReadOnlyCollection<Thing>, Figure> figures)
    {
        var again = of(AgencyBook.Fold(agency.Folded.PlacesOf(figures.Key).Select(place => agency.Events[(int)place - 1])));
        return [.. figures.Select(figure => ($"{name}, {row}, {figure.Column}", figure.Value, again.Find(row, figure.Column)?.Value))];
    }

    [Fact]
    public void Rows_sum_to_the_totals_whatever_they_are_told_apart_by()
    {
        var totals = ReportGrouping.All.Values.Select(by =>
        {
            var report = WorkReport.Of(agency.Folded, First, Last, by);
            var rows = report.Rows.Where(row => row.Subject != ReportGrouping.Total).ToList();
            var total = Assert.Single(report.Rows, row => row.Subject == ReportGrouping.Total);
            foreach (var column in new[] { "worked", "billable", "billed", "unbilled", "invoiced", "cost" })
                Assert.Equal(Value(total, column), rows.Sum(row => Value(row, column)));
            return (Value(total, "worked"), Value(total, "worth"), Value(total, "invoiced"));
        });

        Assert.Single(totals.Distinct());
    }

    /// <summary>Whatever became of the work: what documents bill for it, less what was credited.</summary>
    [Fact]
    public void What_documents_billed_for_work_is_what_the_rows_bring_in()
    {
        var lines = agency.Folded.Invoices.Values.OfType<InvoiceState.Finalized>().Select(state => state.Invoice)
            .SelectMany(invoice => invoice.Facts.Lines.Zip(
                NetAmounts.Of(invoice.Facts.Lines), (line, net) => (line.Kind, Minor: net - invoice.CreditedOf(line.LineNumber))))
            .Where(line => line.Kind is LineKind.Time or LineKind.FixedFee or LineKind.Correction)
            .Sum(line => line.Minor);

        Assert.Equal(lines, Value(Total(WorkReport.Of(agency.Folded, First, Last, ReportGrouping.Month)), "invoiced"));
    }

    /// <summary>A flat fee of 2,200 a month is earned each month, and hours that were paid ahead as they are used or expire.</summary>
    [Fact]
    public void What_was_paid_for_hours_is_earned_with_time()
    {
        var posted = PracticeJournal.Of(agency.Folded, Last).Where(transaction => transaction.Kind == "retainer-earned").ToList();
        var flat = posted.Where(transaction => transaction.Text == RetainerKind.FlatFee).ToList();
        var hours = posted.Where(transaction => transaction.Text == RetainerKind.HoursPerPeriod);

        Assert.Equal(Enumerable.Repeat(2_200_00L, 12), flat.Select(transaction => transaction.Postings[0].Amount.Minor));
        Assert.InRange(hours.Sum(transaction => transaction.Postings[0].Amount.Minor), 11 * 1_400_00, 12 * 1_400_00);
    }

    [Fact]
    public void Received_and_earned_meet_in_every_month()
    {
        var months = TwoClocks.Of(agency.Folded, First, Last).Rows;

        Assert.Equal(12, months.Count);
        Assert.All(months, month => Assert.Equal(0, Value(month, "difference")));
        Assert.True(months.Sum(month => Value(month, "earned")) > 10_000_000);
    }

    [Fact]
    public async Task Every_total_of_the_year_reconciles_with_the_journal()
    {
        var events = agency.Server.Services.GetRequiredService<IEventStore>();
        using var models = await BookSnapshot.Fill(events, agency.Book, long.MaxValue, Cancellation);

        var totals = Reconciliation.Of(agency.Folded, models.Database, agency.Book);

        Assert.True(totals.Count > 250, $"{totals.Count} totals");
        Assert.Equal([], totals.Where(total => !total.Holds).Select(total => $"{total.What}: {total.Journal} and {total.Elsewhere}"));
    }

    [Fact]
    public async Task The_report_and_its_explanation_are_there_for_the_owner_as_of_any_day()
    {
        var path = $"/v1/reports/work?from={AgencyYear.Year}-01-01&to={AgencyYear.Year}-12-31&by=month";

        var now = await agency.Server.Get(agency.OwnerToken, path);
        // A Saturday: on the evening of the 30th, assistants in Asia begin their Monday.
        var then = await agency.Server.Get(agency.OwnerToken, path + $"&asOf={AgencyYear.Year}-03-29");
        var explained = await agency.Server.Get(
            agency.OwnerToken,
            $"/v1/reports/work/explain?from={AgencyYear.Year}-01-01&to={AgencyYear.Year}-12-31&by=month&row={AgencyYear.Year}-02:USD&column=worth");

        Assert.Equal(13, now.Json["rows"]!.AsArray().Count);
        Assert.Equal(4, then.Json["rows"]!.AsArray().Count);
        Assert.Equal(
            now.Json["rows"]!.AsArray().Single(row => (string)row!["subject"]! == $"{AgencyYear.Year}-02")!["figures"]!["worth"]!.ToJsonString(),
            explained.Json["figure"]!.ToJsonString());
        Assert.True(explained.Json["events"]!.AsArray().Count > 800);
    }

    private static ReportRow Total(Report report) => report.Rows.Single(row => row.Subject == ReportGrouping.Total);

    private static long Value(ReportRow row, string column) =>
        row.Figures.Single(figure => figure.Column == column).Value
        ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{row.Key} has no {column}."));
}
