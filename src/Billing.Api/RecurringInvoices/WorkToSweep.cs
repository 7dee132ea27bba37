using System.Diagnostics;
using Billing.Api.Invoicing;
using Billing.Domain.Invoicing;
using Billing.Domain.RecurringInvoices;
using Billing.EventStore.Port;
using Billing.Projections.Invoicing;
using Billing.Projections.Paging;
using NodaTime;

namespace Billing.Api.RecurringInvoices;

/// <summary>Entries and expenses that a period bills.</summary>
public sealed record SweptWork(IReadOnlyList<SelectedTime> Time, IReadOnlyList<Guid> ExpenseIds);

/// <summary>Finds what is unbilled of what a recurring invoice bills. What lies in a draft already is left to that draft.</summary>
public sealed class WorkToSweep(UnbilledQueries unbilled, UnbilledWork selection, InvoiceQueries invoices)
{
    /// <param name="through">The last day that counts.</param>
    public SweptWork Of(BookId book, RecurringInvoiceEvent.RecurringInvoiceSet terms, LocalDate through)
    {
        if (!terms.BillsTime && !terms.BillsExpenses) return new SweptWork([], []);
        var drafted = Drafted(book, terms.ClientId);
        var work = unbilled.Work(book, terms.ClientId, through);
        var entries = work.Entries.Where(entry => terms.BillsTime && IsOf(terms, entry.EngagementId) && !drafted.Contains(entry.EntryId));
        var expenses = work.Expenses
            .Where(expense => terms.BillsExpenses && IsOf(terms, expense.EngagementId) && !drafted.Contains(expense.ExpenseId));
        return selection.TrySelect(
            book, terms.ClientId, through, [.. entries.Select(entry => entry.EntryId)],
            [.. expenses.Select(expense => expense.ExpenseId)], out var selected, out var unknown)
            ? new SweptWork(selected.Time, selected.ExpenseIds)
            : throw new UnreachableException($"{unknown:D} was listed just now.");
    }

    private static bool IsOf(RecurringInvoiceEvent.RecurringInvoiceSet terms, Guid? engagementId) =>
        terms.EngagementId is null || terms.EngagementId == engagementId;

    private HashSet<Guid> Drafted(BookId book, Guid clientId)
    {
        var selected = new HashSet<Guid>();
        var filter = new InvoiceFilter(clientId, InvoiceStatus.Draft);
        foreach (var draft in PagedList.All(page => invoices.Invoices(book, filter, page)))
        {
            selected.UnionWith(draft.Time.SelectMany(time => time.EntryIds));
            selected.UnionWith(draft.ExpenseIds);
        }
        return selected;
    }
}
