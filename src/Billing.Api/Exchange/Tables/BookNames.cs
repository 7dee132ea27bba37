using Billing.Domain.Access;
using Billing.Domain.Values;
using Billing.Projections.Reports;

namespace Billing.Api.Exchange.Tables;

/// <summary>What things of a book are called, for the columns beside their ids. A name that was erased is left out.</summary>
internal sealed class BookNames(PracticeBook book)
{
    public PracticeBook Book => book;

    /// <exception cref="InvalidOperationException">The book does not begin with the practice's opening.</exception>
    public BusinessState.Open Business => book.Business ?? throw new InvalidOperationException("The book tells of no practice.");

    public string? Client(Guid? id) => id is { } client ? book.Clients.GetValueOrDefault(client)?.Details?.Name : null;

    public string? Engagement(Guid? id) => id is { } engagement ? book.Engagements.GetValueOrDefault(engagement)?.Terms?.Name : null;

    public string? Member(Guid id) => Business.Members.GetValueOrDefault(id)?.Name;

    public string? InvoiceNumber(Guid? id) => id is { } invoice ? book.Invoices.GetValueOrDefault(invoice)?.Issued?.Facts.Number : null;

    public static Money? Amount(long? minor, Currency currency) => minor is { } amount ? new Money(amount, currency) : null;
}
