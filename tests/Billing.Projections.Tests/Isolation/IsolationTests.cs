using System.Reflection;
using System.Text.Json;
using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsStates;
using Billing.Domain.TimeTracking;
using Billing.EventStore.Port;
using Billing.Projections.Access;
using Billing.Projections.Banking;
using Billing.Projections.Clients;
using Billing.Projections.Engagements;
using Billing.Projections.Expenses;
using Billing.Projections.Invoicing;
using Billing.Projections.Ledger;
using Billing.Projections.Mailing;
using Billing.Projections.Paging;
using Billing.Projections.Payments;
using Billing.Projections.Quotes;
using Billing.Projections.RecurringInvoices;
using Billing.Projections.Retainers;
using Billing.Projections.SalesTax;
using Billing.Projections.Storage;
using Billing.Projections.Taxes;
using Billing.Projections.Tests.Given;
using Billing.Projections.TimeTracking;
using NodaTime;

namespace Billing.Projections.Tests.Isolation;

/// <summary>One business never sees another's rows, even where both have the same ids.</summary>
public abstract class IsolationTests(ReadModelsIn where)
{
    private static readonly LocalDate From = new(2026, 1, 1), End = new(2027, 1, 1);
    private static readonly PageRequest All = new();
    private static readonly int[] Numbers = [1, 2, 3, 4, 5, 6];

    /// <summary>Each query that takes a book, with arguments that find something.</summary>
    private static readonly Dictionary<string, Func<ReadDatabase, BookId, object?>> Queries = new()
    {
        ["AccessQueries.Business"] = (db, book) => new AccessQueries(db).Business(book),
        ["AccessQueries.Members"] = (db, book) => new AccessQueries(db).Members(book),
        ["AccessQueries.Member"] = (db, book) => Each(2, id => new AccessQueries(db).Member(book, id)),
        ["AccessQueries.Tokens"] = (db, book) => new AccessQueries(db).Tokens(book),
        ["AccessQueries.Identities"] = (db, book) => new AccessQueries(db).Identities(book),
        ["ClientQueries.Client"] = (db, book) => Each(3, id => new ClientQueries(db).Client(book, id)),
        ["ClientQueries.Clients"] = (db, book) => new ClientQueries(db).Clients(book, All, withArchived: true),
        ["EngagementQueries.Engagement"] = (db, book) => Each(4, id => new EngagementQueries(db).Engagement(book, id)),
        ["EngagementQueries.Engagements"] = (db, book) => new EngagementQueries(db).Engagements(book, All),
        ["TimeQueries.Week"] = (db, book) => Weeks(db, book),
        ["TimeQueries.RunningTimer"] = (db, book) => Each(2, id => new TimeQueries(db).RunningTimer(book, id)),
        ["TimeQueries.TimesheetOf"] = (db, book) => Each(5, id => new TimeQueries(db).TimesheetOf(book, id)),
        ["TimeQueries.RunningTimers"] = (db, book) => new TimeQueries(db).RunningTimers(book),
        ["TimeQueries.Weeks"] = (db, book) => Enum.GetValues<WeekStatus>().Select(s => new TimeQueries(db).Weeks(book, s)).ToList(),
        ["TimeQueries.Entry"] = (db, book) => Each(5, id => new TimeQueries(db).Entry(book, id)),
        ["TimeQueries.Entries"] = (db, book) => new TimeQueries(db).Entries(book, new TimeEntryFilter(), All),
        ["ExpenseQueries.Expense"] = (db, book) => Each(6, id => new ExpenseQueries(db).Expense(book, id)),
        ["ExpenseQueries.Expenses"] = (db, book) => new ExpenseQueries(db).Expenses(book, new ExpenseFilter(), All),
        ["TripQueries.Trip"] = (db, book) => Enumerable.Range(1, 60).Select(n => new TripQueries(db).Trip(book, Ids.Of(6, n))).ToList(),
        ["TripQueries.Trips"] = (db, book) => new TripQueries(db).Trips(book, new TripFilter(), All),
        ["TripQueries.Vehicles"] = (db, book) => new TripQueries(db).Vehicles(book),
        ["ReceiptQueries.Of"] = (db, book) => Enumerable.Range(1, 60).Select(n => new ReceiptQueries(db).Of(book, Ids.Of(6, n))).ToList(),
        ["ReceiptQueries.Receipt"] = (db, book) =>
            Enumerable.Range(1, 60).Select(n => new ReceiptQueries(db).Receipt(book, Ids.Of(6, n), new string('a', 64))).ToList(),
        ["RecurringExpenseQueries.All"] = (db, book) => new RecurringExpenseQueries(db).All(book),
        ["RecurringExpenseQueries.Due"] = (db, book) => new RecurringExpenseQueries(db).Due(book, End),
        ["BudgetQueries.Of"] = (db, book) => Each(4, id => new BudgetQueries(db).Of(book, id)),
        ["BudgetQueries.Entries"] = (db, book) => Each(4, id => new BudgetQueries(db).Entries(book, id, From)),
        ["BudgetQueries.Alerts"] = (db, book) => new BudgetQueries(db).Alerts(book, null, 100),
        ["InvoiceQueries.Invoice"] = (db, book) => Each(7, id => new InvoiceQueries(db).Invoice(book, id)),
        ["InvoiceQueries.Invoices"] = (db, book) => new InvoiceQueries(db).Invoices(book, new InvoiceFilter(), All),
        ["InvoiceQueries.Issued"] = (db, book) => Each(3, id => new InvoiceQueries(db).Issued(book, id)),
        ["InvoiceQueries.WithNumber"] = (db, book) => Each(
            3, id => Enumerable.Range(1, 60).Select(n => new InvoiceQueries(db).WithNumber(book, id, $"INV-2026-{n}")).ToList()),
        ["InvoiceQueries.Open"] = (db, book) => new InvoiceQueries(db).Open(book),
        ["MailQueries.Mail"] = (db, book) => Each(13, id => new MailQueries(db).Mail(book, id)),
        ["BankQueries.Line"] = (db, book) => Each(24, id => new BankQueries(db).Line(book, id)),
        ["BankQueries.Lines"] = (db, book) => new BankQueries(db).Lines(book, new BankLineFilter(), All),
        ["BankQueries.OpenInvoices"] = (db, book) => new BankQueries(db).OpenInvoices(book),
        ["MailQueries.Mails"] = (db, book) => new MailQueries(db).Mails(book, new MailFilter(), All),
        ["MailQueries.OfQuote"] = (db, book) => Each(17, id => new MailQueries(db).OfQuote(book, id)),
        ["MailQueries.ReturningAddresses"] = (db, book) => new MailQueries(db).ReturningAddresses(book).Order(),
        ["MailQueries.OfInvoice"] = (db, book) => Each(7, id => new MailQueries(db).OfInvoice(book, id)),
        ["MailQueries.FailedUntold"] = (db, book) => new MailQueries(db).FailedUntold(book, Instant.MinValue),
        ["MailQueries.WithoutReceipt"] = (db, book) => new MailQueries(db).WithoutReceipt(book, Instant.MinValue),
        ["QuoteQueries.Quote"] = (db, book) => Each(17, id => new QuoteQueries(db).Quote(book, id, End)),
        ["QuoteQueries.Quotes"] = (db, book) => new QuoteQueries(db).Quotes(book, new QuoteFilter(End), All),
        ["QuoteQueries.Links"] = (db, book) => Each(17, id => new QuoteQueries(db).Links(book, id)),
        ["RecurringInvoiceQueries.RecurringInvoice"] = (db, book) => Each(20, id => new RecurringInvoiceQueries(db).RecurringInvoice(book, id)),
        ["RecurringInvoiceQueries.RecurringInvoices"] = (db, book) => new RecurringInvoiceQueries(db).RecurringInvoices(book, null, All),
        ["RecurringInvoiceQueries.Due"] = (db, book) => new RecurringInvoiceQueries(db).Due(book, End),
        ["InvoiceQueries.Overdue"] = (db, book) => new InvoiceQueries(db).Overdue(book, End),
        ["InvoiceQueries.SalesTax"] = (db, book) => new InvoiceQueries(db).SalesTax(book),
        ["InvoiceQueries.WrittenOff"] = (db, book) => new InvoiceQueries(db).WrittenOff(book),
        ["InvoiceQueries.Links"] = (db, book) => Each(7, id => new InvoiceQueries(db).Links(book, id)),
        ["CreditNoteQueries.CreditNotes"] = (db, book) => new CreditNoteQueries(db).CreditNotes(book, null, All),
        ["CreditNoteQueries.OfInvoice"] = (db, book) => Each(7, id => new CreditNoteQueries(db).OfInvoice(book, id)),
        ["CreditNoteQueries.SalesTax"] = (db, book) => new CreditNoteQueries(db).SalesTax(book),
        ["CreditNoteQueries.RefundsDue"] = (db, book) => new CreditNoteQueries(db).RefundsDue(book),
        ["ClientCreditQueries.OfClient"] = (db, book) => Each(3, id => new ClientCreditQueries(db).OfClient(book, id)),
        ["ClientCreditQueries.HoldersFor"] = (db, book) => Each(7, id => new ClientCreditQueries(db).HoldersFor(book, id)),
        ["ClientCreditQueries.HoldersOf"] = (db, book) => Each(3, id => new ClientCreditQueries(db).HoldersOf(book, id)),
        ["ClientCreditQueries.InHand"] = (db, book) => new ClientCreditQueries(db).InHand(book),
        ["UnbilledQueries.Work"] = (db, book) => Each(3, id => new UnbilledQueries(db).Work(book, id, End)),
        ["UnbilledQueries.Totals"] = (db, book) => new UnbilledQueries(db).Totals(book, End),
        ["PaymentQueries.Payment"] = (db, book) => Each(8, id => new PaymentQueries(db).Payment(book, id)),
        ["PaymentQueries.OfInvoice"] = (db, book) => Each(7, id => new PaymentQueries(db).OfInvoice(book, id)),
        ["PaymentQueries.OpenCheckouts"] = (db, book) => new PaymentQueries(db).OpenCheckouts(book),
        ["PaymentQueries.Refunds"] = (db, book) =>
            Enumerable.Range(1, 60).Select(n => new PaymentQueries(db).Refunds(book, Ids.Of(8, n))).ToList(),
        ["PaymentQueries.Disputes"] = (db, book) => new PaymentQueries(db).Disputes(book),
        ["PaymentQueries.ThroughProcessor"] = (db, book) => new PaymentQueries(db).ThroughProcessor(book),
        ["PayoutQueries.Payouts"] = (db, book) => new PayoutQueries(db).Payouts(book),
        ["SalesTaxPaymentQueries.Payments"] = (db, book) => new SalesTaxPaymentQueries(db).Payments(book),
        ["RetainerQueries.RefundsDue"] = (db, book) => new RetainerQueries(db).RefundsDue(book),
        ["RetainerQueries.SalesTax"] = (db, book) => new RetainerQueries(db).SalesTax(book),
        ["PayoutQueries.PaidOut"] = (db, book) => new PayoutQueries(db).PaidOut(book),
        ["LedgerQueries.Receivables"] = (db, book) => new LedgerQueries(db).Receivables(book, new LocalDate(2026, 5, 1)),
        ["LedgerQueries.CashByMonth"] = (db, book) => new LedgerQueries(db).CashByMonth(book, From, End),
        ["LedgerQueries.SalesTaxReceived"] = (db, book) => new LedgerQueries(db).SalesTaxReceived(book, From, End),
        ["LedgerQueries.CashReceived"] = (db, book) => new LedgerQueries(db).CashReceived(book, From, End),
        ["LedgerQueries.Receipts"] = (db, book) => new LedgerQueries(db).Receipts(book, From, End),
        ["LedgerQueries.ExpensesByCategory"] = (db, book) => new LedgerQueries(db).ExpensesByCategory(book, From, End),
        ["LedgerQueries.PaidExpenses"] = (db, book) => new LedgerQueries(db).PaidExpenses(book, From, End),
        ["RetainerQueries.Retainer"] = (db, book) => Each(9, id => new RetainerQueries(db).Retainer(book, id)),
        ["RetainerQueries.Automatic"] = (db, book) => Each(3, id => new RetainerQueries(db).Automatic(book, id)),
        ["RetainerQueries.Retainers"] = (db, book) => new RetainerQueries(db).Retainers(book),
        ["TaxQueries.Facts"] = (db, book) => new TaxQueries(db).Facts(book, 2026, TaxYear.UsFederal),
        ["TaxQueries.State"] = (db, book) => new TaxQueries(db).State(book, 2026, UsState.All.Single(state => state.Code == "CA")),
        ["TaxQueries.Germany"] = (db, book) => new TaxQueries(db).Germany(book, 2026),
        ["TaxQueries.States"] = (db, book) => new TaxQueries(db).States(book, 2026),
        ["TaxQueries.Received"] = (db, book) => new TaxQueries(db).Received(book, 2026),
        ["TaxQueries.Estimates"] = (db, book) => new TaxQueries(db).Estimates(book, 2026, TaxYear.UsFederal),
        ["TaxPolicyQueries.Links"] = (db, book) => new TaxPolicyQueries(db).Links(book),
    };

    [Fact]
    public async Task The_same_answers_come_with_and_without_another_business_in_the_tables()
    {
        var other = new BookId(Ids.Of(1, 2));
        var nobody = new BookId(Ids.Of(1, 3));
        await using var alone = new Practice(where);
        await using var shared = new Practice(where);
        await shared.Append(other, RandomHistory.Of(22, 400));
        foreach (var practice in (Practice[])[alone, shared])
        {
            await practice.Append(Practice.Book, RandomHistory.Of(21, 400));
            await practice.CatchUp();
        }
        foreach (var (name, query) in Queries)
        {
            var expected = Print(query(alone.Database, Practice.Book));
            Assert.True(expected == Print(query(shared.Database, Practice.Book)), $"{name} sees another business.");
            Assert.True(expected != Print(query(shared.Database, other)), $"{name} finds nothing that differs.");
            Assert.True(Print(query(shared.Database, nobody)).Length < expected.Length, $"{name} needs no book.");
        }
    }

    [Fact]
    public void Every_query_of_a_book_is_tried()
    {
        var methods = typeof(ReadDatabase).Assembly.GetExportedTypes()
            .Where(type => type.Name.EndsWith("Queries", StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.GetParameters().FirstOrDefault()?.ParameterType == typeof(BookId))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");
        Assert.Equal(methods.ToHashSet(), Queries.Keys.ToHashSet());
    }

    private static List<object?> Each(int kind, Func<Guid, object?> query) => Numbers.Select(n => query(Ids.Of(kind, n))).ToList();

    private static List<WeekView> Weeks(ReadDatabase database, BookId book) => (
        from assistant in Numbers
        from week in Enumerable.Range(0, 20)
        select new TimeQueries(database).Week(book, TimesheetWeek.Of(Ids.Of(2, assistant), From.PlusWeeks(week)))).ToList();

    private static string Print(object? answer) => JsonSerializer.Serialize(answer);
}

public sealed class IsolationOnSqlite() : IsolationTests(ReadModelsIn.Sqlite);

public sealed class IsolationOnPostgres() : IsolationTests(ReadModelsIn.Postgres);
