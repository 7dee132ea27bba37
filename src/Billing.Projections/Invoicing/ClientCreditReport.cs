using Billing.Domain.Invoicing;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Projections.Invoicing;

/// <summary>What clients have in hand beyond what they owe.</summary>
public static class ClientCreditReport
{
    public const string Name = "client-credit";

    public static Report Of(PracticeBook book, LocalDate from, LocalDate to, Guid? client = null) => new(
        Name, from, to,
        [
            .. book.Invoices.Values.Select(state => state.Issued).OfType<IssuedInvoice>()
                .Where(invoice => invoice.Facts.ClientId.IsOf(client) && Credited(invoice) + invoice.OverpaidMinor != 0)
                .GroupBy(invoice => (invoice.Facts.ClientId, invoice.Currency))
                .OrderBy(group => group.Key.ClientId).ThenBy(group => group.Key.Currency.Code, StringComparer.Ordinal)
                .Select(group => Row(book, group.Key.ClientId, [.. group])),
        ]);

    private static ReportRow Row(PracticeBook book, Guid client, List<IssuedInvoice> invoices)
    {
        Thing[] of = [.. invoices.Select(invoice => new Thing(ThingKind.Invoice, invoice.Facts.InvoiceId))];
        var (overpaid, credited) = (invoices.Sum(invoice => invoice.OverpaidMinor), invoices.Sum(Credited));
        return AmountRow.OfClient(book, client, invoices[0].Currency,
        [
            AmountRow.Amount("overpaid", overpaid, "What payments brought too much, less what went back or pays other invoices.", of),
            AmountRow.Amount("credited", credited, "What credit notes left to the client, less what pays other invoices.", of),
            AmountRow.Amount("left", overpaid + credited, "Paid too much + credited.", of),
        ]);
    }

    private static long Credited(IssuedInvoice invoice) => invoice.CreditNotes.Values.Sum(invoice.CreditLeftOf);
}
