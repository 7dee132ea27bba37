using Billing.Api.Expenses;
using Billing.Api.Retainers;
using Billing.Domain.Banking;
using Billing.Domain.Expenses;
using Billing.Domain.Mailing;
using Billing.Domain.Quotes;
using Billing.Domain.RecurringInvoices;
using Billing.Domain.Retainers;
using Billing.EventStore.Port;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Api.Exchange.Tables;

/// <summary>A practice's book folded once, and every table of it.</summary>
internal sealed class PracticeTables
{
    private const int PageEvents = 2_000;

    private readonly PracticeBook book = new();
    private readonly FoldedThings<QuoteState, QuoteEvent> quotes = new(Quote.Stream);
    private readonly FoldedThings<RecurringInvoiceState, RecurringInvoiceEvent> recurringInvoices = new(RecurringInvoice.Stream);
    private readonly FoldedThings<RecurringExpenseState, RecurringExpenseEvent> recurringExpenses = new(RecurringExpense.Stream);
    private readonly FoldedThings<VehicleState, VehicleEvent> vehicles = new(Vehicle.Stream);
    private readonly FoldedThings<BankLineState, BankLineEvent> bankLines = new(BankLine.Stream);
    private readonly FoldedThings<MailState, MailEvent> mails = new(Mail.Stream);
    private readonly IReadOnlyList<IFoldedThings> beside;

    private PracticeTables() => beside = [quotes, recurringInvoices, recurringExpenses, vehicles, bankLines, mails];

    public static async Task<PracticeTables> Fold(IEventReader store, BookId id, CancellationToken cancellationToken)
    {
        var tables = new PracticeTables();
        while (await store.ReadBook(id, tables.book.Place, PageEvents, cancellationToken) is { Count: > 0 } page)
            foreach (var stored in page) tables.Add(stored);
        return tables;
    }

    public IEnumerable<Guid> RetainerIds =>
        book.Retainers.Where(retainer => retainer.Value is RetainerState.Agreed).Select(retainer => retainer.Key).Order();

    /// <param name="retainers">As they stand on the day.</param>
    public IEnumerable<CsvTable> All(IReadOnlyList<RetainerOnDay> retainers, LocalDate day)
    {
        var names = new BookNames(book);
        return
        [
            .. PeopleTables.Of(names), .. RateTables.Of(names), .. SpendingTables.Of(names), .. SpendingTables.Vehicles(vehicles.States),
            RecurringTables.Expenses(names, recurringExpenses.States), .. InvoiceTables.Of(names),
            .. RecurringTables.Invoices(names, recurringInvoices.States), .. AgreementTables.Retainers(names),
            AgreementTables.Periods(retainers), .. AgreementTables.Quotes(names, quotes.States, day),
            .. CorrespondenceTables.BankLines(names, bankLines.States), CorrespondenceTables.Mails(names, mails.States),
        ];
    }

    /// <summary>The receipts that the tables speak of, as far as their files are there.</summary>
    public IEnumerable<(string Path, Stream Content)> Receipts(IReceiptFiles files) => SpendingTables.Files(new BookNames(book))
        .Select(receipt => (SpendingTables.FileOf(receipt), files.Open(receipt.Hash)))
        .Where(file => file.Item2 is not null).Select(file => (file.Item1, file.Item2!));

    private void Add(StoredEvent stored)
    {
        book.Add(stored);
        foreach (var things in beside) things.Add(stored);
    }
}
