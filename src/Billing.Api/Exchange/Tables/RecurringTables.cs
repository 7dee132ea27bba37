using Billing.Domain.Expenses;
using Billing.Domain.RecurringInvoices;
using Billing.Domain.Values;
using NodaTime.Text;

namespace Billing.Api.Exchange.Tables;

/// <summary>What comes again and again: invoices with their fees and periods, and expenses.</summary>
internal static class RecurringTables
{
    public static IEnumerable<CsvTable> Invoices(BookNames names, IReadOnlyDictionary<Guid, RecurringInvoiceState> recurring)
    {
        var table = new CsvTable(
            "recurring_invoices", "recurring_id", "name", "client_id", "client", "engagement_id", "engagement", "status", "mode", "rule",
            "every", "days_of_month", "dates", "first_day", "last_day", "count", "in_advance", "bills_time", "bills_expenses",
            "fee_retainer_id", "next_from", "note");
        var fees = new CsvTable("recurring_invoice_fees", "recurring_id", "fee", "description", "amount", "currency", "engagement_id");
        var periods = new CsvTable(
            "recurring_invoice_periods", "recurring_id", "from", "through", "invoice_id", "invoice_number", "fee_invoice_id",
            "fee_invoice_number", "skipped");
        foreach (var (id, state) in recurring)
        {
            if (state.Terms is not { } terms) continue;
            var next = state.Next;
            table.Add(
                id, terms.Name, terms.ClientId, names.Client(terms.ClientId), terms.EngagementId, names.Engagement(terms.EngagementId),
                RecurringStatus.Of(next is not null, state.IsPaused), terms.Mode, terms.Cycle.Rule, terms.Cycle.Every,
                string.Join(' ', terms.Cycle.DaysOfMonth),
                string.Join(' ', terms.Cycle.Dates.Select(LocalDatePattern.Iso.Format)), terms.FirstDay, terms.LastDay, terms.Count,
                terms.InAdvance, terms.BillsTime, terms.BillsExpenses, terms.FeeRetainerId, next?.From, terms.Note);
            foreach (var (i, fee) in terms.Fees.Index())
            {
                fees.Add(
                    id, i + 1, terms.FeeDescriptions?.ElementAtOrDefault(i),
                    BookNames.Amount(fee.AmountMinor, Currency.Of(terms.Currency)), terms.Currency, fee.EngagementId);
            }
            foreach (var period in state.Done)
            {
                periods.Add(
                    id, period.From, period.EndExclusive.PlusDays(-1), period.InvoiceId, names.InvoiceNumber(period.InvoiceId),
                    period.FeeInvoiceId, names.InvoiceNumber(period.FeeInvoiceId), period.Skipped);
            }
        }
        return [table, fees, periods];
    }

    public static CsvTable Expenses(BookNames names, IReadOnlyDictionary<Guid, RecurringExpenseState> recurring)
    {
        var table = new CsvTable(
            "recurring_expenses", "recurring_id", "every", "first_on", "until", "recorded_through", "category", "amount", "currency",
            "payee", "note", "client_id", "client", "engagement_id", "is_rebilled");
        foreach (var (id, state) in recurring)
        {
            if (state.Set is not { } set) continue;
            table.Add(
                id, set.Every, set.FirstOn, set.Until, state.RecordedThrough, set.Category,
                BookNames.Amount(set.AmountMinor, Currency.Of(set.Currency)), set.Currency, set.Payee, set.Note, set.ClientId,
                names.Client(set.ClientId), set.EngagementId, set.Rebill);
        }
        return table;
    }
}
