using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Exchange;

/// <summary>An invoice of another program, as its rows say it.</summary>
/// <param name="Lines">Those that charge something.</param>
/// <param name="PaidOn">Null while it is owed.</param>
/// <param name="Rows">The rows that it was made of.</param>
/// <param name="Fault">Why it can't be brought in; null where it can.</param>
internal sealed record ForeignInvoice(
    string Client, string Number, Currency Currency, LocalDate IssuedOn, IReadOnlyList<FeeWish> Lines, LocalDate? PaidOn,
    IReadOnlyList<ForeignInvoiceRow> Rows, RowFault? Fault)
{
    public Money Total => new(Lines.Sum(line => line.Amount.Minor), Currency);
}

/// <param name="IsOfNothing">It charges nothing, so that no line is made of it.</param>
internal sealed record ForeignInvoiceRow(int Number, int Line, string Text, bool IsOfNothing);
