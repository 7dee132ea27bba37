using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Exchange;

/// <summary>
/// Finds the invoices in the ledger that Wave exports as accounting transactions: a row for each account of a transaction, in the
/// currency of the practice, as the file names none.
/// </summary>
internal sealed class WaveLedger(NamedTable table, Currency currency)
{
    public const string Program = "wave";

    private const string Transaction = "Transaction ID";
    private const string Day = "Transaction Date";
    private const string Account = "Account Name";
    private const string Description = "Transaction Line Description";
    private const string Debit = "Debit Amount (Two Column Approach)";
    private const string Credit = "Credit Amount (Two Column Approach)";
    private const string Customer = "Customer";
    private const string Number = "Invoice Number";
    private const string SalesTax = "Sales Tax Amount";
    private const string Group = "Account Group";
    private const string Type = "Account Type";

    private static readonly string[] Needed =
        [Transaction, Day, Account, Description, Debit, Credit, Customer, Number, SalesTax, Group, Type];

    private readonly Dictionary<(string Client, string Number), WaveInvoice> _found = [];
    private readonly List<ForeignInvoiceRow> _others = [];

    /// <returns>The invoices, or why the file can't be read as a whole.</returns>
    public static (ForeignInvoices? Found, RowFault? Fault) Read(string text, InvoiceFileForm form)
    {
        var (table, unfit) = NamedTable.Read(text, Needed, "not-a-wave-file");
        return table is null ? (null, unfit) : (new WaveLedger(table, form.Currency).Find(), null);
    }

    private ForeignInvoices Find()
    {
        foreach (var transaction in table.Rows.Select(Read).GroupBy(row => row.Transaction)) Take(transaction);
        return new ForeignInvoices([.. _found.Values.Select(invoice => invoice.Whole())], _others);
    }

    /// <summary>Rows with a number belong to that invoice; the other side of a payment, such as the bank, has none.</summary>
    private void Take(IEnumerable<WaveRow> transaction)
    {
        WaveInvoice? first = null;
        foreach (var rows in transaction.Where(row => row.Number.Length > 0).GroupBy(row => (row.Client, row.Number)))
        {
            if (!_found.TryGetValue(rows.Key, out var invoice))
                _found[rows.Key] = invoice = new WaveInvoice(rows.Key.Client, rows.Key.Number, currency);
            invoice.Take([.. rows]);
            first ??= invoice;
        }
        foreach (var row in transaction.Where(row => row.Number.Length == 0))
        {
            // What a bank or a card kept of a payment is an expense: it is on no invoice, and somebody has to record it.
            if (first is null || row.IsExpense) _others.Add(row.AsForeign(charges: null));
            else first.TakeOtherSide(row);
        }
    }

    private WaveRow Read(TableRow row) => new(
        row, Of(row, Transaction), Of(row, Day), WrittenDates.Read(Of(row, Day), WrittenDates.Iso), Of(row, Customer), Of(row, Number),
        Of(row, Account), Of(row, Group), Of(row, Type), Of(row, Description).ReplaceLineEndings(" "),
        Amount(row, Debit) is { } debit && Amount(row, Credit) is { } credit ? debit - credit : null,
        Amount(row, SalesTax) is not { Minor: 0 });

    private Money? Amount(TableRow row, string column) => Of(row, column) is { Length: > 0 } text
        ? Money.TryParse(text, currency, out var amount) ? amount : null
        : Money.Zero(currency);

    private string Of(TableRow row, string column) => table.Text(row, column);
}

/// <summary>What one account got or gave in one transaction.</summary>
/// <param name="Debit">Less what is credited; null where the file does not say that to the cent.</param>
internal sealed record WaveRow(
    TableRow Row, string Transaction, string WrittenDay, LocalDate? Day, string Client, string Number, string Account, string Group,
    string Type, string Description, Money? Debit, bool IsTaxed)
{
    public bool IsReceivable => Type == "System Receivable Invoice";

    public bool IsIncome => Group == "Income";

    public bool IsExpense => Group == "Expense";

    /// <param name="charges">Null where it is no line of an invoice.</param>
    public ForeignInvoiceRow AsForeign(Money? charges)
    {
        string[] parts = [Client, Number, WrittenDay, Account, Description];
        return new ForeignInvoiceRow(Row.Number, Row.Line, string.Join(" / ", parts.Where(text => text.Length > 0)), charges);
    }
}
