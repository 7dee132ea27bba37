using Billing.Domain.Expenses;
using Billing.Domain.Invoicing;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using Billing.Projections.Invoicing;
using Billing.Projections.Paging;
using Billing.Projections.Tests.Given;
using NodaTime;

namespace Billing.Projections.Tests.Invoicing;

public abstract class InvoicingQueriesTests(ReadModelsIn where)
{
    private static readonly LocalDate Day = new(2026, 6, 30);
    private static readonly Guid First = Ids.Of(7, 1);
    private static readonly string Stream = $"invoice-{First:D}";

    [Fact]
    public async Task Unbilled_is_billable_work_up_to_the_day_that_stands_on_no_invoice()
    {
        await using var practice = new Practice(where);
        var sheet = TimesheetWeek.Of(Ids.Ada, Day).StreamName;
        await practice.Happened(
            Logged(1, Day, true), Logged(2, Day, false), Logged(3, Day.PlusDays(1), true), Logged(4, Day, true), Logged(5, Day, true),
            (sheet, new TimesheetEvent.TimeBilled([Ids.Of(5, 4), Ids.Of(5, 5)], First)),
            (sheet, new TimesheetEvent.TimeReleased([Ids.Of(5, 5)], First)),
            Spent(1, true), Spent(2, false), Spent(3, true), ($"expense-{Ids.Of(6, 3):D}", new ExpenseEvent.ExpenseBilled(First)),
            Spent(4, true), ($"expense-{Ids.Of(6, 4):D}", new ExpenseEvent.ExpenseBilled(First)),
            ($"expense-{Ids.Of(6, 4):D}", new ExpenseEvent.ExpenseReleased(First)),
            Spent(5, true), ($"expense-{Ids.Of(6, 5):D}", new ExpenseEvent.ExpenseRemoved(Practice.Now)));
        var queries = new UnbilledQueries(practice.Database);
        var work = queries.Work(Practice.Book, Ids.Acme, Day);
        Assert.Equal([Ids.Of(5, 1), Ids.Of(5, 5)], work.Entries.Select(e => e.EntryId));
        Assert.All(work.Entries, e => Assert.Equal(sheet, e.Timesheet));
        Assert.Equal([Ids.Of(6, 1), Ids.Of(6, 4)], work.Expenses.Select(e => e.ExpenseId));
        Assert.Equal(120, work.DurationSeconds);
        Assert.Empty(queries.Work(Practice.Book, Ids.Zenith, Day).Entries);
        Assert.Equal([new UnbilledTotalView(Ids.Acme, 2, 120, 2, Day)], queries.Totals(Practice.Book, Day));
        Assert.Equal([new UnbilledTotalView(Ids.Acme, 3, 180, 2, Day)], queries.Totals(Practice.Book, Day.PlusDays(1)));
        Assert.Empty(queries.Totals(Practice.Book, Day.PlusDays(-1)));
    }

    [Fact]
    public async Task An_invoice_goes_from_draft_over_partly_paid_to_paid_and_its_balance_follows()
    {
        await using var practice = new Practice(where);
        var queries = new InvoiceQueries(practice.Database);
        await practice.Happened(Invoices.Drafted(1, Ids.Acme));
        Assert.Equal((InvoiceStatus.Draft, null, 0), Now());
        await practice.Happened(Invoices.Finalized(1, Ids.Acme, 1_000, Day, retainerApplied: 300)[1]);
        Assert.Equal((InvoiceStatus.Finalized, "INV-2026-1", 700), Now());
        await practice.Happened((Stream, new InvoiceEvent.PaymentApplied(Ids.Of(8, 1), 200, Day)));
        Assert.Equal((InvoiceStatus.PartlyPaid, "INV-2026-1", 500), Now());
        await practice.Happened((Stream, new InvoiceEvent.PaymentApplied(Ids.Of(8, 2), 500, Day)));
        Assert.Equal((InvoiceStatus.Paid, "INV-2026-1", 0), Now());
        var invoice = queries.Invoice(Practice.Book, First)!;
        Assert.Equal((Usd(1_000), Usd(300), Usd(700)), (invoice.Total, invoice.RetainerApplied, invoice.Paid));
        Assert.Equal((Day.PlusDays(-30), Day, 4), (invoice.IssuedOn, invoice.DueOn, invoice.Version));

        (string, string?, long) Now() =>
            queries.Invoice(Practice.Book, First) is { } i ? (i.Status, i.Number, i.Open.Minor) : default;
    }

    [Fact]
    public async Task A_draft_shows_its_selection_and_a_deposit_its_amount()
    {
        await using var practice = new Practice(where);
        var deposit = Ids.Of(7, 2);
        await practice.Happened(
            (Stream, new InvoiceEvent.InvoiceDrafted(
                First, Ids.Acme, "USD", [new SelectedTime("timesheet-x", [Ids.Of(5, 1)])], [Ids.Of(6, 1)], Ids.Of(9, 1), Day, "Thanks", Practice.Now)),
            ($"invoice-{deposit:D}", new InvoiceEvent.DepositDrafted(deposit, Ids.Acme, "JPY", Ids.Of(9, 1), 5_000, null, Practice.Now)));
        var queries = new InvoiceQueries(practice.Database);
        var draft = queries.Invoice(Practice.Book, First)!;
        Assert.Equal(("timesheet-x", Ids.Of(5, 1)), (draft.Time[0].Timesheet, draft.Time[0].EntryIds[0]));
        Assert.Equal((Ids.Of(6, 1), Ids.Of(9, 1), Day, "Thanks"), (draft.ExpenseIds[0], draft.RetainerId, draft.Through, draft.Note));
        var asked = queries.Invoice(Practice.Book, deposit)!;
        Assert.Equal((InvoiceKind.Deposit, "5000 JPY", "0 JPY"), (asked.Kind, asked.Total.ToString(), asked.Open.ToString()));
    }

    [Fact]
    public async Task A_voided_or_discarded_invoice_asks_for_nothing_whatever_is_told_of_it_later()
    {
        await using var practice = new Practice(where);
        await practice.Happened(
        [
            .. Invoices.Finalized(1, Ids.Acme, 1_000, Day),
            (Stream, new InvoiceEvent.InvoiceVoided("mistake", Day, Practice.Now)),
            (Stream, new InvoiceEvent.InvoiceShared(Ids.Of(10, 1), "ab", Practice.Now)),
            Invoices.Drafted(2, Ids.Acme), ($"invoice-{Ids.Of(7, 2):D}", new InvoiceEvent.DraftDiscarded(Practice.Now)),
        ]);
        var queries = new InvoiceQueries(practice.Database);
        var voided = queries.Invoice(Practice.Book, First)!;
        Assert.Equal((InvoiceStatus.Voided, Usd(0), "mistake", Day), (voided.Status, voided.Open, voided.VoidReason, voided.VoidedOn));
        var drafts = queries.Invoices(Practice.Book, new InvoiceFilter(Ids.Acme, InvoiceStatus.Discarded), new PageRequest());
        Assert.Equal(Ids.Of(7, 2), Assert.Single(drafts.Items).InvoiceId);
    }

    [Fact]
    public async Task The_open_checkout_is_the_latest_attempt_until_that_one_is_closed()
    {
        await using var practice = new Practice(where);
        var queries = new InvoiceQueries(practice.Database);
        await practice.Happened(
        [
            .. Invoices.Finalized(1, Ids.Acme, 1_000, Day),
            (Stream, new InvoiceEvent.CheckoutAttempted(Ids.Of(8, 1), 1_000, Practice.Now)),
            (Stream, new InvoiceEvent.CheckoutAttempted(Ids.Of(8, 2), 1_000, Practice.Now)),
            (Stream, new InvoiceEvent.CheckoutClosed(Ids.Of(8, 1), Practice.Now)),
        ]);
        Assert.Equal(new OpenAttempt(Ids.Of(8, 2), 1_000), queries.Invoice(Practice.Book, First)!.Checkout);
        await practice.Happened((Stream, new InvoiceEvent.CheckoutClosed(Ids.Of(8, 2), Practice.Now)));
        Assert.Null(queries.Invoice(Practice.Book, First)!.Checkout);
    }

    [Fact]
    public async Task A_share_link_is_found_by_its_hash_and_says_when_it_was_revoked()
    {
        await using var practice = new Practice(where);
        var queries = new InvoiceQueries(practice.Database);
        await practice.Happened(
            [.. Invoices.Finalized(1, Ids.Acme, 1_000, Day), (Stream, new InvoiceEvent.InvoiceShared(Ids.Of(10, 1), "c0ffee", Practice.Now))]);
        Assert.Equal(new ShareGrant(Practice.Book, Ids.Of(10, 1), First, IsRevoked: false), queries.FindLink("c0ffee"));
        Assert.Null(queries.FindLink("c0ffe"));
        await practice.Happened((Stream, new InvoiceEvent.ShareRevoked(Ids.Of(10, 1), Practice.Now)));
        Assert.True(queries.FindLink("c0ffee")!.IsRevoked);
        Assert.Equal([new ShareLinkView(Ids.Of(10, 1), First, Practice.Now, Practice.Now)], queries.Links(Practice.Book, First));
    }

    private static Money Usd(long minor) => new(minor, Currency.Usd);

    private static (string, object) Logged(int entry, LocalDate on, bool billable) => (
        TimesheetWeek.Of(Ids.Ada, on).StreamName,
        new TimesheetEvent.TimeEntryLogged(
            Ids.Of(5, entry), Ids.Ada, Ids.Inbox, Ids.Acme, null, billable, on, null, null, 60, "Europe/Berlin", Practice.Now));

    private static (string, object) Spent(int expense, bool rebill) => (
        $"expense-{Ids.Of(6, expense):D}",
        new ExpenseEvent.ExpenseRecorded(
            Ids.Of(6, expense), 500, "USD", "software", Day, Ids.Acme, null, rebill, null, null, Practice.Now));
}

public sealed class InvoicingQueriesOnSqlite() : InvoicingQueriesTests(ReadModelsIn.Sqlite);

public sealed class InvoicingQueriesOnPostgres() : InvoicingQueriesTests(ReadModelsIn.Postgres);
