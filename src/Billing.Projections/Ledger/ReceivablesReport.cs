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
        var client = invoices[0].Facts.ClientId;
        var open = invoices
            .SelectMany(invoice => invoice.Instalments(), (invoice, part) => (
                Of: new Thing(ThingKind.Invoice, invoice.Facts.InvoiceId), part.DueOn,
                Due: (Period.DaysBetween(part.DueOn, day), new Money(part.OpenMinor, currency))))
            .Where(part => !part.Due.Item2.IsZero).ToList();
        var owed = LedgerQueries.Age(client, invoices.Count, open.ConvertAll(part => part.Due));
        var aged = open.ConvertAll(part => (part.Of, part.DueOn, View: LedgerQueries.Age(client, 1, [part.Due])));
        Thing[] of = [.. invoices.Select(invoice => new Thing(ThingKind.Invoice, invoice.Facts.InvoiceId))];
        return AmountRow.OfClient(book, client, currency,
        [
            Amount("open", view => view.Open, "The sum of what is open on the client's invoices."),
            Amount("notYetDue", view => view.NotYetDue, "What is due after the day."),
            Amount("days0To30", view => view.Days0To30, "What is due on the day, or up to 30 days before it."),
            Amount("days31To60", view => view.Days31To60, "What is 31 to 60 days overdue."),
            Amount("days61To90", view => view.Days61To90, "What is 61 to 90 days overdue."),
            Amount("over90Days", view => view.Over90Days, "What is more than 90 days overdue."),
        ]);

        Figure Amount(string column, Func<ReceivableView, Money> amount, string formula) => AmountRow.Amount(
            column, amount(owed).Minor, formula, of,
            aged.Select(part => new Part(part.Of, amount(part.View).Minor, part.DueOn)).Where(part => part.Value != 0));
    }
}
