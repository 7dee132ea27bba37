using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Projections.Ledger;

/// <summary>What each client owes, by how long it is overdue on the last day. Balances are those that are known.</summary>
public static class ReceivablesReport
{
    public const string Name = "receivables";

    public static Report Of(PracticeBook book, LocalDate from, LocalDate to, Guid? client = null) => new(
        Name, from, to,
        [
            .. book.Invoices.Values.OfType<InvoiceState.Finalized>().Select(state => state.Invoice)
                .Where(invoice => invoice.BalanceMinor != 0 && invoice.Facts.ClientId.IsOf(client))
                .GroupBy(invoice => invoice.Facts.ClientId).OrderBy(group => group.Key)
                .Select(group => Row(book, [.. group], to)),
        ]);

    private static ReportRow Row(PracticeBook book, List<IssuedInvoice> invoices, LocalDate day)
    {
        var currency = invoices[0].Currency;
        var owed = LedgerQueries.Age(invoices[0].Facts.ClientId, invoices.Count,
        [
            .. invoices.SelectMany(invoice => invoice.Instalments()).Where(part => part.OpenMinor != 0)
                .Select(part => (Period.DaysBetween(part.DueOn, day), new Money(part.OpenMinor, currency))),
        ]);
        Thing[] of = [.. invoices.Select(invoice => new Thing(ThingKind.Invoice, invoice.Facts.InvoiceId))];
        return AmountRow.OfClient(book, owed.ClientId, currency,
        [
            Amount("open", owed.Open, "The sum of what is open on the client's invoices."),
            Amount("notYetDue", owed.NotYetDue, "What is due after the day."),
            Amount("days0To30", owed.Days0To30, "What is due on the day, or up to 30 days before it."),
            Amount("days31To60", owed.Days31To60, "What is 31 to 60 days overdue."),
            Amount("days61To90", owed.Days61To90, "What is 61 to 90 days overdue."),
            Amount("over90Days", owed.Over90Days, "What is more than 90 days overdue."),
        ]);

        Figure Amount(string column, Money amount, string formula) => AmountRow.Amount(column, amount.Minor, formula, of);
    }
}
