using Billing.Domain.Expenses;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Values;
using Billing.Projections.Ledger;
using Billing.Projections.Tests.Given;
using NodaTime;

namespace Billing.Projections.Tests.Ledger;

public abstract class LedgerQueriesTests(ReadModelsIn where)
{
    private static readonly LocalDate Day = new(2026, 7, 31);
    private static readonly LocalDate Year = new(2026, 1, 1), NextYear = new(2027, 1, 1);

    [Theory]
    [InlineData(-1, 100, 0, 0, 0, 0)]
    [InlineData(0, 0, 100, 0, 0, 0)]
    [InlineData(30, 0, 100, 0, 0, 0)]
    [InlineData(31, 0, 0, 100, 0, 0)]
    [InlineData(60, 0, 0, 100, 0, 0)]
    [InlineData(61, 0, 0, 0, 100, 0)]
    [InlineData(90, 0, 0, 0, 100, 0)]
    [InlineData(91, 0, 0, 0, 0, 100)]
    public async Task Ages_what_is_open_by_whole_days_since_it_was_due(
        int daysOver, long notYetDue, long to30, long to60, long to90, long over90)
    {
        await using var practice = new Practice(where);
        await practice.Happened(Invoices.Finalized(1, Ids.Acme, 100, dueOn: Day.PlusDays(-daysOver)));
        var client = Assert.Single(new LedgerQueries(practice.Database).Receivables(Practice.Book, Day));
        Assert.Equal(
            new ReceivableView(Ids.Acme, 1, Usd(100), Usd(notYetDue), Usd(to30), Usd(to60), Usd(to90), Usd(over90)), client);
    }

    [Fact]
    public async Task Counts_as_receivable_what_finalised_invoices_leave_open_and_nothing_else()
    {
        await using var practice = new Practice(where);
        await practice.Happened(
        [
            .. Invoices.Finalized(1, Ids.Acme, 1000, dueOn: Day),
            ($"invoice-{Ids.Of(7, 1):D}", new InvoiceEvent.PaymentApplied(Ids.Of(8, 1), 400, Day)),
            .. Invoices.Finalized(2, Ids.Acme, 50, dueOn: Day.PlusDays(-40)),
            .. Invoices.Finalized(3, Ids.Zenith, 70, dueOn: Day),
            ($"invoice-{Ids.Of(7, 3):D}", new InvoiceEvent.PaymentApplied(Ids.Of(8, 2), 70, Day)),
            .. Invoices.Finalized(4, Ids.Zenith, 90, dueOn: Day),
            ($"invoice-{Ids.Of(7, 4):D}", new InvoiceEvent.InvoiceVoided("mistake", Day, Practice.Now)),
            Invoices.Drafted(5, Ids.Zenith),
        ]);
        var client = Assert.Single(new LedgerQueries(practice.Database).Receivables(Practice.Book, Day));
        Assert.Equal(new ReceivableView(Ids.Acme, 2, Usd(650), Usd(0), Usd(600), Usd(50), Usd(0), Usd(0)), client);
    }

    [Fact]
    public async Task Puts_cash_into_the_month_of_its_day_and_a_period_ends_before_its_last_day()
    {
        await using var practice = new Practice(where);
        await practice.Happened(
        [
            .. Invoices.Finalized(1, Ids.Acme, 1000, dueOn: Day),
            Received(1, 1, 100, 0, new LocalDate(2026, 1, 31)),
            Received(2, 1, 200, 0, new LocalDate(2026, 2, 1)),
            Received(3, 1, 300, 0, new LocalDate(2026, 2, 28)),
            Received(4, 1, 400, 25, new LocalDate(2026, 3, 1)),
        ]);
        var ledger = new LedgerQueries(practice.Database);
        Assert.Equal(
            [
                new CashMonthView(new YearMonth(2026, 1), Usd(100)), new CashMonthView(new YearMonth(2026, 2), Usd(500)),
                new CashMonthView(new YearMonth(2026, 3), Usd(425)),
            ],
            ledger.CashByMonth(Practice.Book, Year, NextYear));
        Assert.Equal(
            [new CashMonthView(new YearMonth(2026, 2), Usd(500))],
            ledger.CashByMonth(Practice.Book, new LocalDate(2026, 2, 1), new LocalDate(2026, 3, 1)));
        Assert.Equal([Usd(500)], ledger.CashReceived(Practice.Book, new LocalDate(2026, 2, 1), new LocalDate(2026, 3, 1)));
        Assert.Empty(ledger.CashReceived(Practice.Book, NextYear, NextYear.PlusYears(1)));
    }

    [Fact]
    public async Task Recognises_a_receipt_by_lines_and_keeps_what_exceeds_the_invoice_as_credit()
    {
        await using var practice = new Practice(where);
        var expense = Ids.Of(6, 1);
        List<InvoiceLine> lines =
        [
            new(1, LineKind.Time, Ids.Inbox, 3600, 7500, 7500, [], null, RetainerAppliedMinor: 2500),
            new(2, LineKind.Expense, null, null, null, 2500, [], expense),
        ];
        await practice.Happened(
        [
            .. Invoices.Finalized(1, Ids.Acme, 10_000, dueOn: Day, lines, retainerApplied: 2_500),
            Received(1, 1, 3_000, 0, Day), Received(2, 1, 4_500, 800, Day.PlusDays(1)),
        ]);
        var receipts = new LedgerQueries(practice.Database).Receipts(Practice.Book, Year, NextYear);
        Assert.Equal(
            [(1, 1, "services", 2_000L), (1, 2, "reimbursement", 1_000L), (2, 0, "credit", 800L), (2, 1, "services", 3_000L), (2, 2, "reimbursement", 1_500L)],
            receipts.Select(r => (r.ReceivedOn == Day ? 1 : 2, r.LineNumber, r.Kind, r.Amount.Minor)));
        Assert.Equal(Ids.Inbox, receipts[0].EngagementId);
        Assert.Equal(expense, receipts[1].ExpenseId);
        Assert.Equal((Ids.Acme, Ids.Of(7, 1), Ids.Of(8, 1)), (receipts[0].ClientId, receipts[0].InvoiceId, receipts[0].Source.Id));
    }

    [Fact]
    public async Task A_deposit_is_income_of_the_day_it_is_received()
    {
        await using var practice = new Practice(where);
        List<InvoiceLine> lines = [new(1, LineKind.Deposit, null, null, null, 5_000, [], null)];
        await practice.Happened([.. Invoices.Finalized(1, Ids.Acme, 5_000, Day, lines), Received(1, 1, 5_000, 0, Day)]);
        var receipt = Assert.Single(new LedgerQueries(practice.Database).Receipts(Practice.Book, Year, NextYear));
        Assert.Equal(("deposit", Usd(5_000), Day), (receipt.Kind, receipt.Amount, receipt.ReceivedOn));
    }

    [Fact]
    public async Task Sums_expenses_by_category_with_the_processors_fees_among_the_commissions()
    {
        await using var practice = new Practice(where);
        var payment = $"payment-{Ids.Of(8, 1):D}";
        await practice.Happened(
            Spent(1, 1_000, "software", new LocalDate(2026, 1, 1)), Spent(2, 250, "software", new LocalDate(2026, 12, 31)),
            Spent(3, 9_999, "software", new LocalDate(2027, 1, 1)), Spent(4, 300, "commissions-and-fees", Day),
            (payment, new PaymentEvent.PaymentAttempted(Ids.Of(8, 1), Ids.Of(7, 1), Ids.Acme, 100, "USD", Practice.Now)),
            (payment, new PaymentEvent.ProcessorFeeCharged("txn_1", 59, "USD", Day)),
            (payment, new PaymentEvent.ProcessorFeeCharged("txn_2", 7, "USD", Day)));
        var ledger = new LedgerQueries(practice.Database);
        Assert.Equal(
            [new ExpenseCategoryView("commissions-and-fees", Usd(366), 3), new ExpenseCategoryView("software", Usd(1_250), 2)],
            ledger.ExpensesByCategory(Practice.Book, Year, NextYear));
        Assert.Equal(1_616, ledger.PaidExpenses(Practice.Book, Year, NextYear).Sum(e => e.Amount.Minor));
    }

    private static Money Usd(long minor) => new(minor, Currency.Usd);

    private static (string, object) Received(int payment, int invoice, long applied, long credit, LocalDate on) => (
        $"payment-{Ids.Of(8, payment):D}",
        new PaymentEvent.PaymentRecorded(
            Ids.Of(8, payment), Ids.Of(7, invoice), Ids.Acme, applied + credit, "USD", applied, credit, "cheque", on, null, Practice.Now));

    private static (string, object) Spent(int expense, long amount, string category, LocalDate on) => (
        $"expense-{Ids.Of(6, expense):D}",
        new ExpenseEvent.ExpenseRecorded(Ids.Of(6, expense), amount, "USD", category, on, null, null, false, null, null, Practice.Now));
}

public sealed class LedgerQueriesOnSqlite() : LedgerQueriesTests(ReadModelsIn.Sqlite);

public sealed class LedgerQueriesOnPostgres() : LedgerQueriesTests(ReadModelsIn.Postgres);
