using Billing.Domain.Invoicing;
using NodaTime;

namespace Billing.Domain.Ledger;

/// <summary>
/// The cash clock of one invoice: what was received of each line and given back, in the order in which it came, and what is open of
/// each line after all of it.
/// </summary>
/// <param name="OpenMinor">Of each line in order; what was written off since is still among it.</param>
public sealed record CashHistory(IssuedInvoice Invoice, IReadOnlyList<CashMoment> Moments, IReadOnlyList<long> OpenMinor)
{
    public long OpenTaxMinor => Invoice.Facts.Lines.Zip(OpenMinor).Where(pair => pair.First.Kind == LineKind.Tax).Sum(pair => pair.Second);

    public static CashHistory Of(IssuedInvoice invoice)
    {
        var moments = new List<CashMoment>();
        var (lines, applied) = (invoice.Facts.Lines, 0L);
        foreach (var id in invoice.History)
        {
            if (invoice.Payments.TryGetValue(id, out var payment))
            {
                moments.Add(new CashMoment(
                    id, payment.ReceivedOn, CashRecognition.Recognise(lines, payment.AmountMinor, applied)));
                applied += payment.AmountMinor;
            }
            else if (invoice.CreditNotes.TryGetValue(id, out var note))
            {
                var open = CreditRecognition.OpenAfter(lines, applied, note.Facts.Lines, note.Facts.ReducedMinor);
                lines = [.. lines.Select((line, i) => line with { AmountMinor = open[i], RetainerAppliedMinor = 0 })];
                applied = 0;
                moments.AddRange(GivenBack(invoice, note));
            }
        }
        return new CashHistory(invoice, moments, CashRecognition.OpenOf(lines, applied));
    }

    private static IEnumerable<CashMoment> GivenBack(IssuedInvoice invoice, IssuedCreditNote note)
    {
        var (facts, lines) = (note.Facts, invoice.Facts.Lines);
        if (facts.SettledOutsideMinor > 0)
        {
            yield return new CashMoment(
                facts.CreditNoteId, facts.IssuedOn, CreditRecognition.GivenBack(lines, facts.Lines, facts.SettledOutsideMinor));
        }
        if (note.Refund is { } refund)
        {
            yield return new CashMoment(
                refund.RefundId, refund.SettledOn, CreditRecognition.GivenBack(lines, facts.Lines, facts.RefundDueMinor));
        }
    }
}

/// <param name="Under">The payment, credit note or refund.</param>
/// <param name="Lines">Below zero for what was given back.</param>
public sealed record CashMoment(Guid Under, LocalDate On, IReadOnlyList<RecognisedIncome> Lines)
{
    public long TaxMinor => Lines.Where(line => line.Kind == IncomeKind.SalesTax).Sum(line => line.AmountMinor);
}
