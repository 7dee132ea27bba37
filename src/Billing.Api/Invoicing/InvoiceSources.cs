using Billing.Api.Access;
using Billing.Api.Commands;
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
        var business = await session.Practice();
        var client = await session.Load(Client.Stream, clientId);
        var timesheets = await Timesheets(session, time);
        var expenses = await Expenses(session, expenseIds);
        var worked = time
            .SelectMany(t => t.EntryIds.Select(id => timesheets[t.Timesheet].Entries.GetValueOrDefault(id)?.EngagementId))
            .Concat(expenses.Values.Select(expense => expense.Details?.EngagementId));
        var engagements = await Engagements(session, worked.OfType<Guid>().Distinct());
        var retainers = await Retainers(session, retainerIds);
        var sources = new BillingSources(business, client, engagements, timesheets, expenses, retainers);
        return await WithNeighbours(session, sources, time);
    }

    /// <summary>What a new draft selects, and the engagements that its fees name.</summary>
    public static async ValueTask<BillingSources> Load(BookSession session, DraftInvoice wish)
    {
        var sources = await Load(session, wish.ClientId, wish.Time, wish.ExpenseIds, wish.RetainerIds);
        var named = wish.Fees.Select(fee => fee.EngagementId).OfType<Guid>().ToList();
        return named.Count == 0
            ? sources
            : sources with { Engagements = await Engagements(session, named.Concat(sources.Engagements.Keys).Distinct()) };
    }

    /// <summary>With the further timesheets that prices depend on.</summary>
    private static async ValueTask<BillingSources> WithNeighbours(
        BookSession session, BillingSources sources, IReadOnlyList<SelectedTime> time)
    {
        var names = PriceNeighbours.Of(time, sources);
        if (names.Count == 0) return sources;
        var neighbours = new Dictionary<string, TimesheetState>(StringComparer.Ordinal);
        foreach (var name in names) neighbours[name] = await session.Load(Timesheet.Stream, name);
        return sources with { Neighbours = neighbours };
    }

    /// <summary>What a finalised invoice bills and draws on, as it is now. Its expenses are frozen and not looked at.</summary>
    public static ValueTask<BillingSources> Load(BookSession session, IssuedInvoice invoice) =>
        Load(session, invoice.Facts.ClientId, invoice.Facts.Time, [], RetainerDraws.ChosenFor(invoice));

    /// <summary>Its expenses too, and every engagement that it may have charged.</summary>
    public static async ValueTask<BillingSources> LoadWhole(BookSession session, IssuedInvoice invoice)
    {
        var facts = invoice.Facts;
        var sources = await Load(session, facts.ClientId, facts.Time, facts.ExpenseIds, RetainerDraws.ChosenFor(invoice));
        var engagements = await Engagements(session, Voiding.EngagementsOf(facts).Concat(sources.Engagements.Keys).Distinct());
        return sources with { Engagements = engagements };
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

    public static async ValueTask<Dictionary<Guid, EngagementState>> Engagements(BookSession session, IEnumerable<Guid> engagementIds)
    {
        var engagements = new Dictionary<Guid, EngagementState>();
        foreach (var id in engagementIds) engagements[id] = await session.Load(Engagement.Stream, id);
        return engagements;
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
