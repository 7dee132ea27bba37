using Billing.Domain.Invoicing;
using Billing.Domain.Values;

namespace Billing.Projections.Reports;

/// <summary>
/// What of finalised invoices' lines falls to each entry behind them: a line's amount shared out by billed time, largest
/// remainder first, so that the shares sum to the line, less what was credited of it. Voided invoices bill nothing.
/// </summary>
internal sealed class InvoicedWork
{
    private readonly Dictionary<Guid, Dictionary<Guid, long>> byInvoice = [];
    private readonly PracticeBook book;

    public InvoicedWork(PracticeBook book) => this.book = book;

    /// <summary>In minor units; 0 where the entry stands on no such invoice.</summary>
    public long MinorOf(Guid entryId, Guid? invoiceId)
    {
        if (invoiceId is not { } id || !book.Invoices.TryGetValue(id, out var state)) return 0;
        if (state is not InvoiceState.Finalized { Invoice: var invoice }) return 0;
        if (!byInvoice.TryGetValue(id, out var shares)) byInvoice.Add(id, shares = Share(invoice));
        return shares.GetValueOrDefault(entryId);
    }

    private static Dictionary<Guid, long> Share(IssuedInvoice invoice)
    {
        var shares = new Dictionary<Guid, long>();
        foreach (var line in invoice.Facts.Lines.Where(line => line is { Kind: LineKind.Time, Hours.Count: > 0 }))
        {
            long[] weights = [.. line.Hours.Select(hours => hours.BilledSeconds)];
            if (weights.All(weight => weight == 0)) Array.Fill(weights, 1);
            var parts = new Money(line.AmountMinor - invoice.CreditedOf(line.LineNumber), invoice.Currency).Allocate(weights);
            for (var i = 0; i < parts.Length; i++)
                shares[line.Hours[i].EntryId] = shares.GetValueOrDefault(line.Hours[i].EntryId) + parts[i].Minor;
        }
        return shares;
    }
}
