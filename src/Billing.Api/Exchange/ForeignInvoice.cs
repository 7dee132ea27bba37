using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Exchange;

/// <summary>The invoices that a file holds, and its rows that are of none.</summary>
internal sealed record ForeignInvoices(IReadOnlyList<ForeignInvoice> Invoices, IReadOnlyList<ForeignInvoiceRow> Others);

/// <summary>An invoice of another program, as its rows say it.</summary>
/// <param name="Lines">Those that charge something.</param>
/// <param name="Payments">What was paid on it; none while all of it is owed.</param>
/// <param name="Rows">The rows that it was made of.</param>
/// <param name="Fault">Why it can't be brought in; null where it can.</param>
internal sealed record ForeignInvoice(
    string Client, string Number, Currency Currency, LocalDate IssuedOn, IReadOnlyList<FeeWish> Lines,
    IReadOnlyList<ForeignPayment> Payments, IReadOnlyList<ForeignInvoiceRow> Rows, RowFault? Fault);

/// <param name="Reference">Tells it from the invoice's other payments; null where there is one at most.</param>
internal sealed record ForeignPayment(string? Reference, Money Amount, LocalDate PaidOn);

/// <param name="IsOfNothing">It charges nothing, so that no line is made of it.</param>
internal sealed record ForeignInvoiceRow(int Number, int Line, string Text, bool IsOfNothing);
