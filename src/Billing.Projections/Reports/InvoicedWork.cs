using Billing.Domain.Invoicing;
using Billing.Domain.Values;

namespace Billing.Projections.Reports;

/// <summary>What documents billed for one entry, as it was when it was billed: it may have been moved or removed since.</summary>
/// <param name="Documents">The invoice with the entry, and those that correct it.</param>
internal sealed record InvoicedShare(Guid EntryId, WorkKey Work, Currency Currency, long Minor, IReadOnlyList<Guid> Documents);

/// <summary>
/// What finalised invoices and what corrects them bill for each entry behind them, less what was credited. The lines are shared out
/// by billed time, largest remainder first, so that the shares sum to the documents; of an invoice that was corrected by delta, the
/// lines that it and its corrections say together. Voided invoices bill nothing.
/// </summary>
internal sealed class InvoicedWork
{
    private readonly PracticeBook book;
    private readonly Lazy<IReadOnlyList<InvoicedShare>> shares;

    public InvoicedWork(PracticeBook book)
    {
        this.book = book;
        shares = new(Share);
    }

    /// <summary>None of them is zero.</summary>
    public IReadOnlyList<InvoicedShare> Shares => shares.Value;

    /// <summary>What an invoice charges for no particular hours, such as a fee of a quote or a late fee: no share has it. Expenses,
    /// deposits and taxes are not counted.</summary>
    public static long OtherMinor(PracticeBook book, IssuedInvoice invoice)
    {
        var own = LeftOf(invoice, line => line.Kind is LineKind.Fee or LineKind.LateFee);
        return own + (FallsOnHours(book, invoice) ? 0 : LeftOf(invoice, IsOfWork));
    }

    private static bool FallsOnHours(PracticeBook book, IssuedInvoice invoice) => HasHours(invoice)
        || (CorrectedBy(invoice) is { } id && book.Invoices.GetValueOrDefault(id) is InvoiceState.Finalized { Invoice: var corrected }
            && HasHours(corrected));

    private List<InvoicedShare> Share()
    {
        var issued = book.Invoices.Values.OfType<InvoiceState.Finalized>().Select(state => state.Invoice)
            .OrderBy(invoice => invoice.Facts.InvoiceId).ToList();
        var corrections = issued.Where(invoice => CorrectedBy(invoice) is not null).ToLookup(invoice => CorrectedBy(invoice)!.Value);
        return [.. issued.Where(HasHours).SelectMany(invoice => Share(invoice, [.. corrections[invoice.Facts.InvoiceId]]))];
    }

    private static IEnumerable<InvoicedShare> Share(IssuedInvoice invoice, IReadOnlyList<IssuedInvoice> corrections)
    {
        var whole = LeftOf(invoice, IsOfWork) + corrections.Sum(correction => LeftOf(correction, IsOfWork));
        if (whole == 0) return [];
        var isCorrected = invoice.Corrected?.Lines?.Any(HasHours) == true;
        var lines = isCorrected ? invoice.Corrected!.Lines! : invoice.Facts.Lines;
        var net = NetAmounts.Of(lines);
        if (!isCorrected) for (var i = 0; i < net.Length; i++) net[i] -= invoice.CreditedOf(lines[i].LineNumber);
        var parts = HoursShare.Of(lines, net);
        var weights = parts.Select(part => part.Minor).ToArray();
        if (weights.Sum() == 0) weights = [.. parts.Select(part => part.Hours.BilledSeconds)];
        if (weights.Sum() == 0) Array.Fill(weights, 1);
        var shares = LargestRemainder.Split(whole, weights);
        Guid[] of = [invoice.Facts.InvoiceId, .. corrections.Select(document => document.Facts.InvoiceId)];
        return parts.Zip(shares).Where(part => part.Second != 0).Select(part => new InvoicedShare(
            part.First.Hours.EntryId,
            new WorkKey(
                invoice.Facts.ClientId, part.First.EngagementId, part.First.Hours.AssistantId, part.First.Hours.WorkedOn),
            invoice.Currency, part.Second, of));
    }

    private static long LeftOf(IssuedInvoice invoice, Func<InvoiceLine, bool> counts) => invoice.Facts.Lines
        .Zip(NetAmounts.Of(invoice.Facts.Lines)).Where(line => counts(line.First))
        .Sum(line => line.Second - invoice.CreditedOf(line.First.LineNumber));

    private static bool IsOfWork(InvoiceLine line) =>
        line.Kind is LineKind.Time or LineKind.FixedFee or LineKind.Cap or LineKind.Discount or LineKind.Correction;

    private static bool HasHours(IssuedInvoice invoice) => invoice.Facts.Lines.Any(HasHours);

    private static bool HasHours(InvoiceLine line) => line is { Kind: LineKind.Time, Hours.Count: > 0, EngagementId: not null };

    /// <summary>The invoice that a delta belongs to; one that stands in for another has hours of its own.</summary>
    private static Guid? CorrectedBy(IssuedInvoice invoice) =>
        invoice.Facts.Lines.Any(line => line.Kind == LineKind.Correction) ? invoice.Facts.CorrectsInvoiceId : null;
}
