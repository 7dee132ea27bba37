using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Exchange;

/// <summary>What a file of invoices does not say of itself.</summary>
/// <param name="Currency">The practice's own, for files that name none.</param>
/// <param name="DateForm">One of <see cref="WrittenDates.Forms"/>; null to find it out.</param>
internal sealed record InvoiceFileForm(Currency Currency, string? DateForm);

/// <summary>The invoices that a file holds, and its rows that are of none.</summary>
internal sealed record ForeignInvoices(IReadOnlyList<ForeignInvoice> Invoices, IReadOnlyList<ForeignInvoiceRow> Others);

/// <summary>An invoice of another program, as its rows say it.</summary>
/// <param name="Lines">Those that charge something, and those that take something off.</param>
/// <param name="Payments">What was paid on it; none while all of it is owed.</param>
/// <param name="Rows">The rows that it was made of.</param>
/// <param name="Fault">Why it can't be brought in; null where it can.</param>
internal sealed record ForeignInvoice(
    string Client, string Number, Currency Currency, LocalDate IssuedOn, IReadOnlyList<ForeignLine> Lines,
    IReadOnlyList<ForeignPayment> Payments, IReadOnlyList<ForeignInvoiceRow> Rows, RowFault? Fault)
{
    /// <summary>Null where the file does not say it.</summary>
    public LocalDate? DueOn { get; init; }

    /// <param name="id">Its own in the books.</param>
    public BringInvoice Wish(Guid id, Guid client, string program, Instant at) => new(
        id, client, program, Number, IssuedOn,
        [.. from line in Lines where line.Amount.Minor > 0 select new FeeWish(line.Text, line.Amount, EngagementId: null)], at, DueOn)
    {
        Discounts = [.. from line in Lines where line.Amount.Minor < 0 select new DiscountWish(-line.Amount, null, null, null)],
    };
}

/// <param name="Amount">Below zero where it takes something off.</param>
internal sealed record ForeignLine(string Text, Money Amount);

/// <param name="Reference">Tells it from the invoice's other payments; null where there is one at most.</param>
internal sealed record ForeignPayment(string? Reference, Money Amount, LocalDate PaidOn);

/// <param name="Amount">What it charges of the invoice or takes off it; null where it does neither, and where that can't be read.</param>
internal sealed record ForeignInvoiceRow(int Number, int Line, string Text, Money? Amount)
{
    /// <summary>What became of it, where that is not its own line on the invoice.</summary>
    public RowFault? Note => Amount?.Minor switch
    {
        0 => new RowFault("line-of-nothing", "It charges nothing, so that the invoice has no line of it."),
        < 0 => new RowFault("line-below-zero", "It takes something off, so that the invoice has a discount of it, without its words."),
        _ => null,
    };
}
