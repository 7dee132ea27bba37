using Billing.Api.Exchange.Tables;
using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using Billing.Projections.Invoicing;
using NodaTime;
using NodaTime.Text;

namespace Billing.Api.Exchange;

/// <summary>
/// Issued invoices as QuickBooks Online imports them: a row for each line, amounts that sum to each invoice's total to the cent, and
/// none below zero. What is taken off, by a discount or a cap, is taken off the lines that it belongs to.
/// </summary>
internal sealed class QuickBooksInvoices(LocalDatePattern days)
{
    /// <summary>What QuickBooks takes in one file.</summary>
    public const int MostInvoices = 100, MostRows = 1000;

    /// <summary>Numbers may be no longer there.</summary>
    public const int NumberMaxLength = 21;

    private const long SecondsPerHundredthHour = 36;

    private readonly CsvTable table = new(
        "invoices", "*InvoiceNo", "*Customer", "*InvoiceDate", "*DueDate", "Terms", "Location", "Memo", "Item(Product/Service)",
        "ItemDescription", "ItemQuantity", "ItemRate", "*ItemAmount", "Service Date");

    public int Invoices { get; private set; }

    public int Rows { get; private set; }

    public byte[] ToBytes() => table.ToBytes();

    public void Add(IssuedInvoice invoice)
    {
        var (facts, net) = (invoice.Facts, NetAmounts.Of(invoice.Facts.Lines));
        foreach (var (i, line) in facts.Lines.Index().Where(at => net[at.Index] > 0))
        {
            var amount = new Money(net[i], invoice.Currency);
            var (quantity, rate) = Split(line, amount);
            table.Add(
                facts.Number, Name(facts), Written(facts.IssuedOn), Written(facts.DueOn), "", "", facts.Texts?.Note ?? "",
                ItemOf(line.Kind), facts.Texts?.LineDescriptions.ElementAtOrDefault(i), Cell.Decimal(quantity, 2), rate, amount,
                Written(facts.IssuedOn));
            Rows++;
        }
        Invoices++;
    }

    /// <summary>A colon would make one customer the part of another.</summary>
    private static string Name(InvoiceEvent.InvoiceFinalized facts) =>
        (facts.Texts?.Client.Name ?? PrintedInvoice.Erased).Replace(":", " -", StringComparison.Ordinal);

    /// <summary>Hours and rate where they make the amount exactly, as QuickBooks multiplies them again; else one of the whole.</summary>
    private static (decimal Quantity, Money Rate) Split(InvoiceLine line, Money amount)
    {
        if (line is not { QuantitySeconds: > 0 and { } seconds, PerHourMinor: > 0 and { } perHour }) return (1, amount);
        return seconds % SecondsPerHundredthHour == 0 && (Int128)seconds * perHour == (Int128)amount.Minor * 3600
            ? (seconds / 3600m, new Money(perHour, amount.Currency))
            : (1, amount);
    }

    /// <summary>QuickBooks makes a product of this name where it has none.</summary>
    private static string ItemOf(string kind) => kind switch
    {
        LineKind.Time => "Hours",
        LineKind.Expense => "Expenses",
        LineKind.Deposit => "Deposit",
        LineKind.LateFee => "Late fee",
        LineKind.Tax => "Sales tax",
        LineKind.Correction => "Correction",
        _ => "Services",
    };

    private string Written(LocalDate day) => days.Format(day);
}
