using System.Diagnostics;
using Billing.Domain.Values;
using static Billing.Domain.Expenses.ExpenseEvent;

namespace Billing.Domain.Expenses;

/// <summary>One expense. The stream is <c>expense-{id}</c>.</summary>
public static partial class Expense
{
    public static readonly StreamType<ExpenseState, ExpenseEvent> Stream =
        new("expense", new ExpenseState.NotRecorded(), Evolve);

    public static ExpenseState Evolve(ExpenseState state, ExpenseEvent @event) => (state, @event) switch
    {
        (_, ExpenseRecorded e) => new ExpenseState.Recorded(new ExpenseDetails(
            e.ExpenseId, new Money(e.AmountMinor, Currency.Of(e.Currency)), e.Category, e.PaidOn, e.ClientId, e.EngagementId,
            e.Rebill, e.Payee, e.Note, e)),
        ({ Details: { } details }, ExpenseCorrected e) => new ExpenseState.Recorded(new ExpenseDetails(
            details.ExpenseId, new Money(e.AmountMinor, Currency.Of(e.Currency)), e.Category, e.PaidOn, e.ClientId,
            e.EngagementId, e.Rebill, e.Payee, e.Note, details.RecordedAs)),
        ({ Details: { } details }, ExpenseRemoved) => new ExpenseState.Removed(details),
        ({ Details: { } details }, ExpenseBilled e) => new ExpenseState.Billed(details, e.InvoiceId),
        ({ Details: { } details }, ExpenseReleased) => new ExpenseState.Recorded(details),
        _ => throw new UnreachableException(),
    };
}
