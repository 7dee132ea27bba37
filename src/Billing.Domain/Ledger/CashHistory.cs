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
        var standing = new CashStanding(invoice.Facts.Lines, 0, null);
        foreach (var id in invoice.History)
        {
            if (invoice.Payments.TryGetValue(id, out var payment))
            {
                standing = standing.Receive(payment.AmountMinor, out var received);
                moments.Add(new CashMoment(id, payment.ReceivedOn, received));
            }
            else if (invoice.Movements.TryGetValue(id, out var movement))
            {
                standing = Move(standing, movement, out var moved);
                moments.Add(new CashMoment(id, movement.On, moved));
            }
            else if (invoice.CreditNotes.TryGetValue(id, out var note))
            {
                standing = standing.Credit(note.Facts);
                moments.AddRange(GivenBack(invoice, note));
            }
        }
        return new CashHistory(invoice, moments, standing.OpenMinor);
    }

    private static CashStanding Move(CashStanding standing, PaymentMovement movement, out IReadOnlyList<RecognisedIncome> moved)
    {
        moved = [];
        return movement.AppliedMinor switch
        {
            > 0 and var came => standing.Receive(came, out moved),
            < 0 and var went => standing.TakeBack(-went, out moved),
            _ => standing,
        };
    }

    private static IEnumerable<CashMoment> GivenBack(IssuedInvoice invoice, IssuedCreditNote note)
    {
        var (facts, lines) = (note.Facts, invoice.Facts.Lines);
        if (facts.SettledOutsideMinor > 0)
        {
            yield return new CashMoment(
                facts.CreditNoteId, facts.IssuedOn, CreditRecognition.GivenBack(lines, facts.Lines, facts.SettledOutsideMinor));
        }
        var failed = invoice.FailedRefunds.FindAll(refund => refund.Returned.CreditNoteId == facts.CreditNoteId);
        var settled = failed.ConvertAll(refund => refund.Settled);
        if (note.Refund is { } refund) settled = settled.Add(refund);
        if (settled.IsEmpty) yield break;
        var given = CreditRecognition.GivenBack(lines, facts.Lines, facts.RefundDueMinor);
        foreach (var paid in settled) yield return new CashMoment(paid.RefundId, paid.SettledOn, given);
        foreach (var (_, returned) in failed)
        {
            yield return new CashMoment(
                returned.MovementId, returned.ReturnedOn,
                [.. given.Select(income => income with { AmountMinor = -income.AmountMinor })]);
        }
    }
}

/// <param name="Under">The payment, the step of a refund or dispute, the credit note or its refund.</param>
/// <param name="Lines">Below zero for what was given back.</param>
public sealed record CashMoment(Guid Under, LocalDate On, IReadOnlyList<RecognisedIncome> Lines)
{
    public long TaxMinor => Lines.Where(line => line.Kind == IncomeKind.SalesTax).Sum(line => line.AmountMinor);
}
