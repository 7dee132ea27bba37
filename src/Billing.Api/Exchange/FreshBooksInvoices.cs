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

    private const char DecimalPoint = '.';

    private static readonly string[] Needed =
        ["Client Name", "Invoice #", "Date Issued", "Invoice Status", "Date Paid", "Item Name", "Line Subtotal", "Line Total", "Currency"];

    private static readonly string[] Owed = ["sent", "viewed", "overdue", "outstanding", "disputed", "failed", "declined", "retry"];
    private static readonly string[] Paid = ["paid", "auto-paid", "autopaid"];

    /// <summary>The last may be missing.</summary>
    private static readonly string[] Days = ["Date Issued", "Date Paid", "Date Due"];

    /// <summary>What all rows of an invoice must say alike.</summary>
    private static readonly string[] OfInvoice = [.. Days, "Invoice Status", "Currency"];

    private static readonly string[] Taxes = ["Tax 1 Amount", "Tax 2 Amount"];

    private readonly NamedTable _table;
    private readonly string _dateForm;

    private FreshBooksInvoices(NamedTable table, string dateForm) => (_table, _dateForm) = (table, dateForm);

    /// <returns>The invoices, or why the file can't be read as a whole.</returns>
    public static (ForeignInvoices? Found, RowFault? Fault) Read(string text, InvoiceFileForm form)
    {
        var (found, unfit) = NamedTable.Read(text, Needed, "not-a-freshbooks-file");
        if (found is null) return (null, unfit);
        // Exports of several owners write days in several forms.
        var days = found.Rows.SelectMany(row => Days.Select(name => found.Text(row, name)));
        if ((form.DateForm ?? WrittenDates.Find(days)) is not { } dateForm) return (null, WrittenDates.FormUnclear);
        var file = new FreshBooksInvoices(found, dateForm);
        var invoices = found.Rows.GroupBy(row => (file.Of(row, "Client Name"), file.Of(row, "Invoice #")));
        return (new ForeignInvoices([.. invoices.Select(rows => file.Invoice([.. rows]))], []), null);
    }

    private ForeignInvoice Invoice(IReadOnlyList<TableRow> rows)
    {
        var first = rows[0];
        var currency = Currency.TryOf(Of(first, "Currency"), out var known) ? known : Currency.Usd;
        var (lines, kept, fault) = (new List<ForeignLine>(), new List<ForeignInvoiceRow>(), Fault(rows));
        foreach (var row in rows)
        {
            var (amount, unclear) = Amount(row, currency);
            fault ??= unclear;
            if (amount is { } charged) lines.Add(new ForeignLine(Described(row), charged));
            var text = $"{Of(row, "Client Name")} / {Of(row, "Invoice #")} / {Of(row, "Date Issued")} / {Described(row)}";
            kept.Add(new ForeignInvoiceRow(row.Number, row.Line, text, amount));
        }
        var unfit = FaultOf(lines, currency, out var total);
        fault ??= unfit;
        return new ForeignInvoice(
            Of(first, "Client Name"), Of(first, "Invoice #"), currency, Day(first, "Date Issued") ?? default, lines,
            Paid.Contains(Status(first)) && Day(first, "Date Paid") is { } day
                ? [new ForeignPayment(Reference: null, total, day)]
                : [],
            kept, fault)
        {
            DueOn = Day(first, "Date Due"),
        };
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
        if (Day(first, "Date Issued") is null) return Unreadable("Date Issued must be there,");
        if (Of(first, "Date Due").Length > 0 && Day(first, "Date Due") is null) return Unreadable("Date Due must be left out or be");
        var status = Status(first);
        if (Paid.Contains(status)) return Day(first, "Date Paid") is null ? Unreadable("It is paid, so Date Paid must be there,") : null;
        if (Owed.Contains(status)) return null;
        return status switch
        {
            "draft" => new RowFault("draft-not-brought", "It is a draft there. Finish it there, or write it anew here."),
            "partial" or "partially paid" => new RowFault(
                "partly-paid", "The file does not say how much of it is paid. Mark it as paid there, or enter it by hand."),
            _ => new RowFault("status-unknown", $"'{status}' is no state of an invoice that is read."),
        };
    }

    /// <summary>What is wrong with what the lines come to together.</summary>
    private static RowFault? FaultOf(IReadOnlyList<ForeignLine> lines, Currency currency, out Money total)
    {
        if (!Money.TrySum(lines.Select(line => line.Amount), currency, out total)) return RowFault.TooMuch;
        return total.Minor switch
        {
            0 => new RowFault("invoice-of-nothing", "It charges nothing."),
            < 0 => new RowFault("invoice-below-zero", "It takes off more than it charges. Enter what the client gets back by hand."),
            _ => null,
        };
    }

    /// <summary>What the line charges, null where the file does not say that to the cent.</summary>
    private (Money? Amount, RowFault? Fault) Amount(TableRow row, Currency currency)
    {
        if (Taxes.Any(tax => Number(row, tax) is not 0))
            return (null, new RowFault("taxed-elsewhere", "It has sales tax, whose rate the file does not say. Enter it by hand."));
        if (!TryAmount(row, "Line Total", currency, out var total) || !TryAmount(row, "Line Subtotal", currency, out var before))
            return (null, new RowFault("amount-unreadable", "Line Subtotal and Line Total must be decimal amounts with a point."));
        return IsLess(total, before, Number(row, "Discount Percentage"))
            ? (total, null)
            : (null, new RowFault("discount-unclear", "It has a discount, and the file does not say on which amount. Enter it by hand."));
    }

    /// <summary>
    /// Whether one amount is the other less a share, to the cent. Two amounts that are alike beside a share do not say whether it is off
    /// both already or off none yet.
    /// </summary>
    private static bool IsLess(Money total, Money before, decimal? percent) => percent switch
    {
        0 => total == before,
        > 0 and <= 100 => total != before && Math.Abs((before.Minor * (100 - percent.Value) / 100) - total.Minor) <= 0.5m,
        _ => false,
    };

    private bool TryAmount(TableRow row, string column, Currency currency, out Money amount) =>
        WrittenNumbers.TryReadAmount(Of(row, column), DecimalPoint, currency, out amount);

    private RowFault Unreadable(string what) => new("date-unreadable", $"{what} written {_dateForm} as the file's other days.");

    private string Described(TableRow row)
    {
        string[] parts = [Of(row, "Item Name"), Of(row, "Item Description").ReplaceLineEndings(" ")];
        return string.Join(": ", parts.Where(text => text.Length > 0));
    }

    private string Status(TableRow row) => Of(row, "Invoice Status").ToLowerInvariant();

    private string Of(TableRow row, string column) => _table.Text(row, column);

    private LocalDate? Day(TableRow row, string column) => WrittenDates.Read(Of(row, column), _dateForm);

    /// <summary>0 where it is empty, null where it is no number.</summary>
    private decimal? Number(TableRow row, string column) => Of(row, column) is { Length: > 0 } text
        ? WrittenNumbers.TryRead(text, DecimalPoint, out var number) ? number : null
        : 0;
}
