using Billing.Projections.Invoicing;
using Billing.Projections.Ledger;
using Billing.Projections.Ledger.Journal;
using Billing.Projections.Payments;
using Billing.Projections.Reports;
using Billing.Projections.Retainers;
using Billing.Projections.SalesTax;
using Billing.Projections.Taxes;
using NodaTime;

namespace Billing.Projections.Tests.Reports;

/// <summary>Each report that there is; the tests of the API are compiled with it too.</summary>
internal static class EveryReport
{
    /// <summary>Every report of some days, by name, over whatever book is given.</summary>
    public static IReadOnlyList<(string Name, Func<PracticeBook, Report> Of)> Of(LocalDate first, LocalDate last) =>
    [
        .. ReportGrouping.All.Values.Select(by => (
            $"work by {by.Word}", (Func<PracticeBook, Report>)(book => WorkReport.Of(book, first, last, by)))),
        ("utilisation", book => UtilisationReport.Of(book, first, last)),
        ("effective-rate", book => EffectiveRateReport.Of(book, first, last)),
        ("trial-balance", book => LedgerBalances.TrialBalanceOf(book, first, last)),
        ("profit-and-loss", book => LedgerBalances.ProfitAndLossOf(book, first, last)),
        ("balance-sheet", book => LedgerBalances.BalanceSheetOf(book, first, last)),
        ("budgets", book => BudgetReport.Of(book, first, last)),
        ("two-clocks", book => TwoClocks.Of(book, first, last)),
        ("sales-tax", book => SalesTaxReturn.Of(book, first, last)),
        .. OfAmounts(first, last),
        (
            "information-returns",
            book => InformationReturnsReport.TryOf(book, last.Year, out var report, out var refused)
                ? report
                : throw new InvalidOperationException(refused.Detail)
        ),
    ];

    /// <summary>Those of amounts that other queries give too.</summary>
    public static IReadOnlyList<(string Name, Func<PracticeBook, Report> Of)> OfAmounts(LocalDate first, LocalDate last) =>
    [
        ("invoices", book => InvoicesReport.Of(book, first, last)),
        ("payments", book => PaymentsReport.Of(book, first, last)),
        ("receivables", book => ReceivablesReport.Of(book, first, last)),
        ("statements", book => StatementsReport.Of(book, first, last)),
        ("client-credit", book => ClientCreditReport.Of(book, first, last)),
        ("retainer-accounts", book => RetainerAccountsReport.Of(book, first, last)),
    ];
}
