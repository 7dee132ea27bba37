using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Invoicing;
using Billing.EventStore.Port;
using Billing.Projections.Invoicing;
using Billing.Projections.TimeTracking;
using NodaTime;

namespace Billing.Api.Invoicing;

/// <summary>Selects the work of a new draft: all that waits, or what the caller names.</summary>
public sealed class UnbilledWork(UnbilledQueries unbilled, TimeQueries time)
{
    /// <param name="entryIds">Null for all that are billable, unbilled, and not after that day.</param>
    /// <param name="expenseIds">Null for all that wait to be rebilled, paid not after that day.</param>
    /// <param name="unknownEntry">The named entry that does not exist.</param>
    /// <returns>False where a named entry does not exist.</returns>
    public bool TrySelect(
        BookId book, Guid clientId, LocalDate through, IReadOnlyList<Guid>? entryIds, IReadOnlyList<Guid>? expenseIds,
        out (IReadOnlyList<SelectedTime> Time, IReadOnlyList<Guid> ExpenseIds) selected, out Guid unknownEntry)
    {
        var work = unbilled.Work(book, clientId, through);
        unknownEntry = default;
        selected = default;
        var entries = new List<(string Timesheet, Guid EntryId)>();
        var waiting = work.Entries.ToDictionary(e => e.EntryId, e => e.Timesheet);
        foreach (var id in entryIds ?? [.. waiting.Keys])
        {
            if (waiting.TryGetValue(id, out var known)) entries.Add((known, id));
            else if (time.Entry(book, id)?.Timesheet is { } timesheet) entries.Add((timesheet, id));
            else
            {
                unknownEntry = id;
                return false;
            }
        }
        selected = (
            [
                .. entries.GroupBy(e => e.Timesheet, e => e.EntryId, StringComparer.Ordinal)
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => new SelectedTime(g.Key, [.. g])),
            ],
            expenseIds ?? [.. work.Expenses.Select(e => e.ExpenseId)]);
        return true;
    }

    /// <summary>What an invoice over everything that waits would say.</summary>
    /// <param name="session">Of the same book.</param>
    /// <param name="retainerIds">To draw on, in this order.</param>
    public async ValueTask<(BillingSources Sources, InvoiceComputation Computation)> Compute(
        BookSession session, Guid clientId, LocalDate through, IReadOnlyList<Guid> retainerIds)
    {
        TrySelect(session.Context.Book, clientId, through, null, null, out var selected, out _);
        var sources = await InvoiceSources.Load(session, clientId, selected.Time, selected.ExpenseIds, retainerIds);
        var selection = new Selection(Guid.Empty, clientId, selected.Time, selected.ExpenseIds, retainerIds);
        return (sources, sources.Client.Details is null
            ? new InvoiceComputation.Refused(new Rejection("client-unknown", "There is no such client."))
            : InvoiceComputation.Compute(selection, sources));
    }
}
