using Billing.Api.Commands;
using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Expenses;
using Billing.Domain.Invoicing;
using Billing.Domain.Retainers;
using Billing.Domain.TimeTracking;

namespace Billing.Api.Invoicing;

/// <summary>Loads the streams that an invoice is computed from.</summary>
public static class InvoiceSources
{
    public static async ValueTask<BillingSources> Load(
        BookSession session, Guid clientId, IReadOnlyList<SelectedTime> time, IReadOnlyList<Guid> expenseIds,
        IReadOnlyList<Guid> retainerIds)
    {
        var business = (BusinessState.Open)await session.Load(Business.Stream, session.Context.Book.Value);
        var client = await session.Load(Client.Stream, clientId);
        var timesheets = await Timesheets(session, time);
        var expenses = await Expenses(session, expenseIds);
        var engagements = new Dictionary<Guid, EngagementState>();
        var worked = time
            .SelectMany(t => t.EntryIds.Select(id => timesheets[t.Timesheet].Entries.GetValueOrDefault(id)?.EngagementId))
            .Concat(expenses.Values.Select(expense => expense.Details?.EngagementId));
        foreach (var id in worked.OfType<Guid>().Distinct()) engagements[id] = await session.Load(Engagement.Stream, id);
        var retainers = await Retainers(session, retainerIds);
        return new BillingSources(business, client, engagements, timesheets, expenses, retainers);
    }

    /// <summary>What a draft's own facts select.</summary>
    public static ValueTask<BillingSources> Load(BookSession session, InvoiceState draft) => draft switch
    {
        InvoiceState.WorkDraft { Facts: var e } => Load(session, e.ClientId, e.Time, e.ExpenseIds, RetainerDraws.Of(e)),
        InvoiceState.DepositDraft { Facts: var e } => Load(session, e.ClientId, [], [], [e.RetainerId]),
        _ => throw new ArgumentException("Only a draft is computed.", nameof(draft)),
    };

    public static async ValueTask<Dictionary<string, TimesheetState>> Timesheets(
        BookSession session, IReadOnlyList<SelectedTime> time)
    {
        var timesheets = new Dictionary<string, TimesheetState>(StringComparer.Ordinal);
        foreach (var selected in time.Where(t => TimesheetWeek.TryParseStreamName(t.Timesheet, out _)))
            timesheets[selected.Timesheet] = await session.Load(Timesheet.Stream, selected.Timesheet);
        return timesheets;
    }

    public static async ValueTask<Dictionary<Guid, ExpenseState>> Expenses(BookSession session, IReadOnlyList<Guid> expenseIds)
    {
        var expenses = new Dictionary<Guid, ExpenseState>();
        foreach (var id in expenseIds) expenses[id] = await session.Load(Expense.Stream, id);
        return expenses;
    }

    public static async ValueTask<Dictionary<Guid, RetainerState>> Retainers(BookSession session, IReadOnlyList<Guid> retainerIds)
    {
        var retainers = new Dictionary<Guid, RetainerState>();
        foreach (var id in retainerIds) retainers[id] = await session.Load(Retainer.Stream, id);
        return retainers;
    }
}
