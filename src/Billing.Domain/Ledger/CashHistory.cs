using Billing.Domain.Invoicing;
using NodaTime;

namespace Billing.Domain.Ledger;

/// <summary>
/// The cash clock of one invoice: what was received of each line and given back, in the order in which it came, and what is open of
/// each line after all of it. The client's credit was received with the line that it is taken from: it moves to the lines that it pays.
/// </summary>
/// <param name="OpenMinor">Of each line in order; what was written off since is still among it.</param>
public sealed record CashHistory(IssuedInvoice Invoice, IReadOnlyList<CashMoment> Moments, IReadOnlyList<long> OpenMinor)
{
    public long OpenTaxMinor => Invoice.Facts.Lines.Zip(OpenMinor).Where(pair => pair.First.Kind == LineKind.Tax).Sum(pair => pair.Second);

    public static CashHistory Of(IssuedInvoice invoice)
    {
        var (moments, open) = (new List<CashMoment>(), OpenLines.Of(invoice.Facts.Lines));
        foreach (var source in invoice.History)
        {
            if (source.Kind == CashSource.CreditNoteKind)
            {
                var note = invoice.CreditNotes[source.Id];
                open = open.Reduce(note.Facts.Lines, note.Facts.ReducedMinor);
                moments.AddRange(GivenBack(invoice, note));
            }
            else if (Applied(invoice, source) is (not 0 and var minor, var day))
            {
                (open, var income) = minor > 0 ? open.Receive(minor) : open.TakeBack(-minor);
                moments.Add(new CashMoment(source, day, income));
            }
        }
        moments.AddRange(invoice.CreditUses.SelectMany(use => Used(invoice, use)));
        return new CashHistory(invoice, moments, open.OpenMinor);
    }

    /// <summary>By how much one of the invoice's history changed what is received on its lines; nothing where it changed only what is
    /// due or the client's credit.</summary>
    public static (long Minor, LocalDate On) Applied(IssuedInvoice invoice, CashSource source) => source.Kind switch
    {
        CashSource.PaymentKind => (invoice.Payments[source.Id].AmountMinor, invoice.Payments[source.Id].ReceivedOn),
        CashSource.MoneyBackKind => (invoice.Movements[source.Id].AppliedMinor, invoice.Movements[source.Id].On),
        CashSource.CreditUseKind => invoice.AppliedCredits.Where(credit => credit.UseId == source.Id)
            .Select(credit => (credit.AppliedMinor, credit.AppliedOn)).First(),
        CashSource.CreditReturnKind => invoice.AppliedCredits.SelectMany(credit => credit.Returns)
            .Where(back => back.ReturnId == source.Id).Select(back => (-back.AmountMinor, back.On)).First(),
        _ => default,
    };

    private static IEnumerable<CashMoment> GivenBack(IssuedInvoice invoice, IssuedCreditNote note)
    {
        var facts = note.Facts;
        if (facts.SettledOutsideMinor > 0)
            yield return Given(invoice, note, CashSource.CreditNote(facts.CreditNoteId), facts.SettledOutsideMinor, facts.IssuedOn);
        foreach (var (settled, returned) in invoice.FailedRefunds.Where(refund => refund.Returned.CreditNoteId == facts.CreditNoteId))
        {
            yield return Given(invoice, note, CashSource.Refund(settled.RefundId), facts.RefundDueMinor, settled.SettledOn);
            yield return Given(invoice, note, CashSource.MoneyBack(returned.MovementId), facts.RefundDueMinor, returned.ReturnedOn)
                .Undone();
        }
        if (note.Refund is { } refund)
            yield return Given(invoice, note, CashSource.Refund(refund.RefundId), facts.RefundDueMinor, refund.SettledOn);
    }

    /// <summary>A credit note's credit was received on the lines that it credits; what was paid too much, on none.</summary>
    private static IEnumerable<CashMoment> Used(IssuedInvoice invoice, CreditUse use)
    {
        if (use.CreditNoteId is not { } noteId || invoice.CreditNotes.GetValueOrDefault(noteId) is not { } note) yield break;
        yield return Given(invoice, note, CashSource.CreditUse(use.UseId), use.UsedMinor, use.UsedOn);
        foreach (var back in use.Returns)
            yield return Given(invoice, note, CashSource.CreditReturn(back.ReturnId), back.AmountMinor, back.On).Undone();
    }

    private static CashMoment Given(IssuedInvoice invoice, IssuedCreditNote note, CashSource source, long amountMinor, LocalDate on) =>
        new(source, on, CreditRecognition.GivenBack(invoice.Facts.Lines, note.Facts.Lines, amountMinor));
}

/// <param name="Lines">Below zero for what was given back.</param>
public sealed record CashMoment(CashSource Source, LocalDate On, IReadOnlyList<RecognisedIncome> Lines)
{
    public long TaxMinor => Lines.Where(line => line.Kind == IncomeKind.SalesTax).Sum(line => line.AmountMinor);

    /// <summary>The same the other way round.</summary>
    internal CashMoment Undone() => this with { Lines = [.. Lines.Select(line => line with { AmountMinor = -line.AmountMinor })] };
}
