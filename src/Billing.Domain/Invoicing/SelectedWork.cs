using Billing.Domain.Clients;
using Billing.Domain.Expenses;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;

namespace Billing.Domain.Invoicing;

/// <summary>The entries and expenses of a selection as they stand now, each of them fit to be billed.</summary>
internal sealed record SelectedWork(IReadOnlyList<TimeEntry> Entries, IReadOnlyList<ExpenseDetails> Expenses)
{
    /// <summary>Why the selection cannot be billed as it is, naming what is at fault; null where it can.</summary>
    public static Rejection? Gather(
        Selection selection, BillingSources sources, ClientDetails client, out SelectedWork work)
    {
        work = new SelectedWork([], []);
        if (selection.Time.All(time => time.EntryIds.Count == 0) && selection.ExpenseIds.Count == 0 && selection.Fees.Count == 0)
            return new Rejection("nothing-to-bill", "The selection holds no time and no expense.");
        if (Repeated(selection) is { } repeated)
        {
            return new Rejection(
                "selected-twice", $"{repeated:D} is selected twice. Select it once.", Kind: RejectionKind.Invalid);
        }

        var entries = new List<TimeEntry>();
        foreach (var time in selection.Time)
        {
            if (Gather(time, selection, sources, entries) is { } refusal) return refusal;
        }
        var expenses = new List<ExpenseDetails>();
        foreach (var expenseId in selection.ExpenseIds)
        {
            var expense = sources.Expenses[expenseId];
            if (Refuse(expenseId, expense, selection, client.Currency) is { } refusal) return refusal;
            expenses.Add(expense.Details!);
        }
        work = new SelectedWork(entries, expenses);
        return null;
    }

    private static Guid? Repeated(Selection selection)
    {
        var seen = new HashSet<Guid>();
        foreach (var id in selection.Time.SelectMany(time => time.EntryIds).Concat(selection.ExpenseIds))
            if (!seen.Add(id)) return id;
        return null;
    }

    /// <summary>The entries of one timesheet. One decision bills them all; which of them is at fault is asked only where one is.</summary>
    private static Rejection? Gather(SelectedTime time, Selection selection, BillingSources sources, List<TimeEntry> entries)
    {
        var state = sources.Timesheets[time.Timesheet];
        var areFit = Timesheet.Decide(state, new BillTime(time.EntryIds, selection.InvoiceId)) is Decision<TimesheetEvent>.Accepted;
        foreach (var entryId in time.EntryIds)
        {
            if (!areFit && Refuse(entryId, time.Timesheet, state, selection) is { } why) return why;
            var entry = state.Entries[entryId];
            if (entry.ClientId != selection.ClientId)
                return new Rejection("entry-of-other-client", $"Time entry {entryId:D} is work for another client. Leave it out.");
            entries.Add(entry);
        }
        return null;
    }

    private static Rejection? Refuse(Guid entryId, string timesheet, TimesheetState state, Selection selection) =>
        Timesheet.Decide(state, new BillTime([entryId], selection.InvoiceId)) is Decision<TimesheetEvent>.Rejected { Rejection: var why }
            ? why with { Detail = $"Time entry {entryId:D} in {timesheet}: {why.Detail}" }
            : null;

    private static Rejection? Refuse(Guid expenseId, ExpenseState state, Selection selection, Currency currency)
    {
        var billed = Expense.Decide(state, new BillExpense(selection.InvoiceId));
        if (billed is Decision<ExpenseEvent>.Rejected { Rejection: var why })
            return why with { Detail = $"Expense {expenseId:D}: {why.Detail}" };
        var expense = state.Details!;
        if (expense.ClientId != selection.ClientId)
        {
            return new Rejection(
                "expense-of-other-client", $"Expense {expenseId:D} was not made for this client. Leave it out.");
        }
        return expense.Amount.Currency == currency
            ? null
            : new Rejection("currency-mismatch",
                $"Expense {expenseId:D} is in {expense.Amount.Currency}, but this client is billed in {currency}.");
    }
}
