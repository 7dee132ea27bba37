using Billing.Domain.Expenses;
using Billing.Domain.TimeTracking;

namespace Billing.Domain.Invoicing;

/// <summary>What finalising and voiding an invoice write to the work it bills.</summary>
internal static class BilledWork
{
    public static IReadOnlyList<TimesheetWrite> Bill(
        InvoiceEvent.InvoiceFinalized invoice, IReadOnlyDictionary<string, TimesheetState> timesheets) =>
        ToTimesheets(
            invoice, (name, entryIds) => Timesheet.Decide(timesheets[name], new BillTime(entryIds, invoice.InvoiceId)));

    public static IReadOnlyList<TimesheetWrite> Release(
        InvoiceEvent.InvoiceFinalized invoice, IReadOnlyDictionary<string, TimesheetState> timesheets) =>
        ToTimesheets(
            invoice, (name, entryIds) => Timesheet.Decide(timesheets[name], new ReleaseTime(entryIds, invoice.InvoiceId)));

    public static IReadOnlyList<ExpenseWrite> Bill(
        InvoiceEvent.InvoiceFinalized invoice, IReadOnlyDictionary<Guid, ExpenseState> expenses) =>
        ToExpenses(invoice, id => Expense.Decide(expenses[id], new BillExpense(invoice.InvoiceId)));

    public static IReadOnlyList<ExpenseWrite> Release(
        InvoiceEvent.InvoiceFinalized invoice, IReadOnlyDictionary<Guid, ExpenseState> expenses) =>
        ToExpenses(invoice, id => Expense.Decide(expenses[id], new ReleaseExpense(invoice.InvoiceId)));

    /// <summary>A selection may name a timesheet twice; an append names each stream once.</summary>
    private static IReadOnlyList<TimesheetWrite> ToTimesheets(
        InvoiceEvent.InvoiceFinalized invoice, Func<string, IReadOnlyList<Guid>, Decision<TimesheetEvent>> decide) =>
    [
        .. invoice.Time.GroupBy(time => time.Timesheet).SelectMany(group =>
            decide(group.Key, [.. group.SelectMany(time => time.EntryIds)]).Certain()
                .Select(@event => new TimesheetWrite(group.Key, @event))),
    ];

    private static IReadOnlyList<ExpenseWrite> ToExpenses(
        InvoiceEvent.InvoiceFinalized invoice, Func<Guid, Decision<ExpenseEvent>> decide) =>
        [.. invoice.ExpenseIds.SelectMany(id => decide(id).Certain().Select(@event => new ExpenseWrite(id, @event)))];
}
