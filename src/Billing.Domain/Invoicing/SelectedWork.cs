using System.Globalization;
using Billing.Domain.Clients;
using Billing.Domain.Expenses;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Invoicing;

/// <summary>The entries and expenses of a selection as they stand now, each of them fit to be billed.</summary>
internal sealed record SelectedWork(IReadOnlyList<PricedEntry> Entries, IReadOnlyList<ExpenseDetails> Expenses)
{
    /// <summary>Why the selection cannot be billed as it is, naming what is at fault; null where it can.</summary>
    public static Rejection? Gather(Selection selection, BillingSources sources, ClientDetails client, out SelectedWork work)
    {
        work = new SelectedWork([], []);
        if (selection.Time.All(time => time.EntryIds.Count == 0) && selection.ExpenseIds.Count == 0)
            return new Rejection("nothing-to-bill", "The selection holds no time and no expense.");
        if (Repeated(selection) is { } repeated)
            return new Rejection("selected-twice", $"{repeated:D} is selected twice. Select it once.", Kind: RejectionKind.Invalid);

        var entries = new List<PricedEntry>();
        foreach (var time in selection.Time)
        {
            foreach (var entryId in time.EntryIds)
            {
                if (Refuse(entryId, sources.Timesheets[time.Timesheet], selection.ClientId) is { } refusal) return refusal;
                var entry = sources.Timesheets[time.Timesheet].Entries[entryId];
                var engagement = sources.Engagements[entry.EngagementId];
                if (engagement.CardFor(entry.AssistantId, entry.WorkedOn) is not { } card) return RateMissing(entry, engagement.Terms?.Name);
                entries.Add(new PricedEntry(entry, card.CardId, card.PerHour));
            }
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

    private static Rejection? Refuse(Guid entryId, TimesheetState timesheet, Guid clientId)
    {
        if (!timesheet.Entries.TryGetValue(entryId, out var entry))
        {
            if (timesheet.Running?.EntryId == entryId)
                return new Rejection("entry-running", $"The timer {entryId:D} still runs. Stop it first, or leave it out.");
            return timesheet.Removed.ContainsKey(entryId)
                ? new Rejection("entry-removed", $"Time entry {entryId:D} was removed. Leave it out.")
                : new Rejection("entry-unknown", $"There is no time entry {entryId:D} in this week.", Kind: RejectionKind.NotFound);
        }
        if (entry.ClientId != clientId)
            return new Rejection("entry-of-other-client", $"{Named(entry)} is work for another client. Leave it out.");
        if (!entry.Billable)
            return new Rejection("entry-not-billable", $"{Named(entry)} is not billable. Leave it out, or correct it.");
        return entry.InvoiceId is { } invoiceId
            ? new Rejection("entry-billed", $"{Named(entry)} stands on invoice {invoiceId:D}. Leave it out, or void that invoice.")
            : null;
    }

    private static Rejection RateMissing(TimeEntry entry, string? engagement) => new("rate-missing",
        $"{Named(entry)} has no rate: no rate card of engagement {engagement} ({entry.EngagementId:D}) is valid on "
        + $"{Iso(entry.WorkedOn)} for this assistant. Set one.");

    private static Rejection? Refuse(Guid expenseId, ExpenseState state, Selection selection, Currency currency)
    {
        if (Expense.Decide(state, new BillExpense(selection.InvoiceId)) is Decision<ExpenseEvent>.Rejected { Rejection: var why })
            return why with { Detail = $"Expense {expenseId:D}: {why.Detail}" };
        var expense = state.Details!;
        if (expense.ClientId != selection.ClientId)
            return new Rejection("expense-of-other-client", $"Expense {expenseId:D} was not made for this client. Leave it out.");
        return expense.Amount.Currency == currency
            ? null
            : new Rejection("currency-mismatch",
                $"Expense {expenseId:D} is in {expense.Amount.Currency}, but this client is billed in {currency}.");
    }

    private static string Named(TimeEntry entry) => $"Time entry {entry.EntryId:D} of {Iso(entry.WorkedOn)}";

    private static string Iso(LocalDate day) => day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>An entry with the card that prices it.</summary>
internal sealed record PricedEntry(TimeEntry Entry, Guid RateCardId, Money PerHour);
