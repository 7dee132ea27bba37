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

/// <summary>Each report that there is, over one book.</summary>
internal static class EveryReport
{
    public static IEnumerable<Report> Of(PracticeBook book, LocalDate from, LocalDate to) =>
    [
        .. ReportGrouping.All.Values.Select(by => WorkReport.Of(book, from, to, by)), UtilisationReport.Of(book, from, to),
        EffectiveRateReport.Of(book, from, to), BudgetReport.Of(book, from, to), LedgerBalances.TrialBalanceOf(book, from, to),
        LedgerBalances.ProfitAndLossOf(book, from, to), LedgerBalances.BalanceSheetOf(book, from, to), TwoClocks.Of(book, from, to),
        SalesTaxReturn.Of(book, from, to),
        .. InformationReturnsReport.TryOf(book, to.Year, out var returns, out _) ? [returns] : Array.Empty<Report>(),
        .. OfAmounts.Select(of => of(book, from, to, null)),
    ];

    /// <summary>Those of amounts that other queries give too.</summary>
    public static IReadOnlyList<Func<PracticeBook, LocalDate, LocalDate, Guid?, Report>> OfAmounts { get; } =
    [
        InvoicesReport.Of, PaymentsReport.Of, ReceivablesReport.Of, StatementsReport.Of, ClientCreditReport.Of, RetainerAccountsReport.Of,
    ];
}
