using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Exchange;

/// <summary>
/// Reads the invoices that FreshBooks exports, a row for each line. What the file does not say to the cent, such as how much of an invoice
/// is paid, is refused with the whole invoice.
/// </summary>
internal sealed class FreshBooksInvoices
{
    public const string Program = "freshbooks";

    private static readonly string[] Needed =
        ["Client Name", "Invoice #", "Date Issued", "Invoice Status", "Date Paid", "Item Name", "Line Subtotal", "Line Total", "Currency"];

    private static readonly string[] Owed = ["sent", "viewed", "overdue", "outstanding", "disputed", "failed", "declined", "retry"];
    private static readonly string[] Paid = ["paid", "auto-paid", "autopaid"];

    /// <summary>What all rows of an invoice must say alike.</summary>
    private static readonly string[] OfInvoice = ["Date Issued", "Invoice Status", "Date Paid", "Currency"];

    private static readonly string[] Taxes = ["Tax 1 Amount", "Tax 2 Amount"];

    private readonly NamedTable table;

    private FreshBooksInvoices(NamedTable table) => this.table = table;

    /// <returns>The invoices, or why the file can't be read as a whole.</returns>
    public static (ForeignInvoices? Found, RowFault? Fault) Read(string text)
    {
        var (found, unfit) = NamedTable.Read(text, Needed, "not-a-freshbooks-file");
        if (found is null) return (null, unfit);
        var file = new FreshBooksInvoices(found);
        var invoices = found.Rows.GroupBy(row => (file.Of(row, "Client Name"), file.Of(row, "Invoice #")));
        return (new ForeignInvoices([.. invoices.Select(rows => file.Invoice([.. rows]))], []), null);
    }

    private ForeignInvoice Invoice(IReadOnlyList<TableRow> rows)
    {
        var first = rows[0];
        var currency = Currency.TryOf(Of(first, "Currency"), out var known) ? known : Currency.Usd;
        var (lines, kept, fault) = (new List<FeeWish>(), new List<ForeignInvoiceRow>(), Fault(rows));
        foreach (var row in rows)
        {
            var (amount, unclear) = Amount(row, currency);
            fault ??= unclear;
            if (amount is { Minor: not 0 } charged) lines.Add(new FeeWish(Described(row), charged, EngagementId: null));
            var text = $"{Of(row, "Client Name")} / {Of(row, "Invoice #")} / {Of(row, "Date Issued")} / {Described(row)}";
            kept.Add(new ForeignInvoiceRow(row.Number, row.Line, text, amount is { Minor: 0 }));
        }
        if (fault is null && lines.Count == 0) fault = new RowFault("invoice-of-nothing", "It charges nothing.");
        if (!Money.TrySum(lines.Select(line => line.Amount), currency, out var total)) fault ??= RowFault.TooMuch;
        return new ForeignInvoice(
            Of(first, "Client Name"), Of(first, "Invoice #"), currency, Day(first, "Date Issued") ?? default, lines,
            Paid.Contains(Status(first)) && Day(first, "Date Paid") is { } day
                ? [new ForeignPayment(Reference: null, total, day)]
                : [],
            kept, fault);
    }

    /// <summary>What is wrong with the invoice as a whole.</summary>
    private RowFault? Fault(IReadOnlyList<TableRow> rows)
    {
        var first = rows[0];
        if (OfInvoice.Any(name => rows.Any(row => Of(row, name) != Of(first, name))))
            return new RowFault("rows-disagree", "Its rows say different days, states or currencies.");
        if (Of(first, "Client Name").Length == 0 || Of(first, "Invoice #").Length == 0)
            return new RowFault("name-missing", "Client and number must be named.");
        if (!Currency.TryOf(Of(first, "Currency"), out _)) return new RowFault("currency-unknown", "Its currency is no ISO 4217 code.");
        if (Day(first, "Date Issued") is null) return new RowFault("date-unreadable", "Date Issued must be like 2026-03-31.");
        var status = Status(first);
        if (Paid.Contains(status))
        {
            return Day(first, "Date Paid") is null
                ? new RowFault("date-unreadable", "It is paid, so Date Paid must be there, like 2026-03-31.")
                : null;
        }
        if (Owed.Contains(status)) return null;
        return status switch
        {
            "draft" => new RowFault("draft-not-brought", "It is a draft there. Finish it there, or write it anew here."),
            "partial" or "partially paid" => new RowFault(
                "partly-paid", "The file does not say how much of it is paid. Mark it as paid there, or enter it by hand."),
            _ => new RowFault("status-unknown", $"'{status}' is no state of an invoice that is read."),
        };
    }

    /// <summary>What the line charges, null where the file does not say that to the cent.</summary>
    private (Money? Amount, RowFault? Fault) Amount(TableRow row, Currency currency)
    {
        if (Taxes.Any(tax => Number(row, tax) is not 0))
            return (null, new RowFault("taxed-elsewhere", "It has sales tax, whose rate the file does not say. Enter it by hand."));
        if (!Money.TryParse(Of(row, "Line Total"), currency, out var total)
            || !Money.TryParse(Of(row, "Line Subtotal"), currency, out var before))
            return (null, new RowFault("amount-unreadable", "Line Subtotal and Line Total must be decimal amounts with a point."));
        if (total.Minor < 0) return (null, new RowFault("line-below-zero", "A line takes something off. Enter the invoice by hand."));
        return total == before && Number(row, "Discount Percentage") is 0
            ? (total, null)
            : (null, new RowFault("discount-unclear", "It has a discount, and the file does not say on which amount. Enter it by hand."));
    }

    private string Described(TableRow row)
    {
        string[] parts = [Of(row, "Item Name"), Of(row, "Item Description").ReplaceLineEndings(" ")];
        return string.Join(": ", parts.Where(text => text.Length > 0));
    }

    private string Status(TableRow row) => Of(row, "Invoice Status").ToLowerInvariant();

    private string Of(TableRow row, string column) => row[table.Find([column])];

    private LocalDate? Day(TableRow row, string column) => WrittenDates.Read(Of(row, column), WrittenDates.Iso);

    /// <summary>Nothing counts as 0; null where it is no number.</summary>
    private decimal? Number(TableRow row, string column) => Of(row, column) is { Length: > 0 } text
        ? WrittenNumbers.TryRead(text, '.', out var number) ? number : null
        : 0;
}
