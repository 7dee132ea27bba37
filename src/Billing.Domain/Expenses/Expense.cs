using System.Diagnostics;
using Billing.Domain.Values;
using static Billing.Domain.Expenses.ExpenseEvent;

namespace Billing.Domain.Expenses;

/// <summary>One expense or one trip. The stream is <c>expense-{id}</c>.</summary>
public static partial class Expense
{
    public static readonly StreamType<ExpenseState, ExpenseEvent> Stream =
        new("expense", new ExpenseState.NotRecorded(), Evolve);

    public static ExpenseState Evolve(ExpenseState state, ExpenseEvent @event) => (state, @event) switch
    {
        (_, ExpenseRecorded e) => new ExpenseState.Recorded(new ExpenseDetails(
            e.ExpenseId, new Money(e.AmountMinor, Currency.Of(e.Currency)), e.Category, e.PaidOn, e.ClientId, e.EngagementId,
            e.Rebill, e.Payee, e.Note, e)
        {
            Particulars = e.Particulars ?? ExpenseParticulars.None,
        }),
        ({ Details: { } details }, ExpenseCorrected e) => new ExpenseState.Recorded(new ExpenseDetails(
            details.ExpenseId, new Money(e.AmountMinor, Currency.Of(e.Currency)), e.Category, e.PaidOn, e.ClientId,
            e.EngagementId, e.Rebill, e.Payee, e.Note, details.RecordedAs)
        {
            Particulars = e.Particulars ?? ExpenseParticulars.None,
            Receipts = details.Receipts,
        }),
        ({ Details: { } details }, ExpenseRemoved) => new ExpenseState.Removed(details),
        ({ Details: { } details }, ExpenseBilled e) => new ExpenseState.Billed(details, e.InvoiceId),
        ({ Details: { } details }, ExpenseReleased) => new ExpenseState.Recorded(details),
        (_, TripRecorded e) => new ExpenseState.Recorded(DetailsOf(e)),
        ({ Details: { } details }, TripCorrected e) => new ExpenseState.Recorded(DetailsOf(e, details)),
        ({ Details: { } details }, ReceiptAttached e) =>
            state.With(details with { Receipts = details.Receipts.SetItem(e.Hash, e) }),
        ({ Details: { } details }, ReceiptRemoved e) => state.With(details with { Receipts = details.Receipts.Remove(e.Hash) }),
        _ => throw new UnreachableException(),
    };
}
