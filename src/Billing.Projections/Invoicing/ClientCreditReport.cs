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
        Part[] tooMuch = [.. invoices.SelectMany(invoice => TooMuch(book, invoice))], ofNotes = [.. invoices.SelectMany(OfNotes)];
        Thing[] of =
        [
            .. invoices.Select(invoice => new Thing(ThingKind.Invoice, invoice.Facts.InvoiceId))
                .Concat(tooMuch.Concat(ofNotes).Select(part => part.Of)).Distinct(),
        ];
        var overpaid = AmountRow.Amount(
            "overpaid", invoices.Sum(invoice => invoice.OverpaidMinor),
            "What payments brought too much, less what went back or pays other invoices.", of, tooMuch);
        var credited = AmountRow.Amount(
            "credited", invoices.Sum(Credited), "What credit notes left to the client, less what pays other invoices.", of, ofNotes);
        return AmountRow.OfClient(book, client, invoices[0].Currency,
        [
            overpaid, credited,
            Figure.Balance("left", "Paid too much + credited.", of, (StepRole.Plus, overpaid), (StepRole.Plus, credited)),
        ]);
    }

    private static IEnumerable<Part> TooMuch(PracticeBook book, IssuedInvoice invoice) =>
    [
        .. invoice.Overpayments.OrderBy(kept => kept.Key).Select(kept => new Part(
            new Thing(ThingKind.Payment, kept.Key), kept.Value, book.Payments.GetValueOrDefault(kept.Key)?.ReceivedOn)),
        .. invoice.Movements.Values.Where(moved => moved.CreditMinor != 0).OrderBy(moved => moved.On)
            .Select(moved => new Part(new Thing(ThingKind.Payment, moved.PaymentId), moved.CreditMinor, moved.On)),
        .. Used(invoice.CreditUses.Where(use => use.CreditNoteId is null)),
    ];

    private static IEnumerable<Part> OfNotes(IssuedInvoice invoice) =>
    [
        .. invoice.CreditNotes.Values.Select(note => note.Facts).Where(note => note.ClientCreditMinor != 0).OrderBy(note => note.Number)
            .Select(note => new Part(new Thing(ThingKind.Invoice, invoice.Facts.InvoiceId), note.ClientCreditMinor, note.IssuedOn)),
        .. Used(invoice.CreditUses.Where(use => use.CreditNoteId is not null)),
    ];

    /// <summary>By the invoices that it pays.</summary>
    private static IEnumerable<Part> Used(IEnumerable<CreditUse> uses) => uses.SelectMany(use => use.Returns
        .Select(back => (Minor: back.AmountMinor, back.On)).Prepend((Minor: -use.UsedMinor, On: use.UsedOn))
        .Select(moved => new Part(new Thing(ThingKind.Invoice, use.InvoiceId), moved.Minor, moved.On)));

    private static long Credited(IssuedInvoice invoice) => invoice.CreditNotes.Values.Sum(invoice.CreditLeftOf);
}
