using Billing.Domain.Invoicing;
using Billing.Domain.Values;

namespace Billing.Projections.Tests.Given;

/// <summary>Credit notes, and what they owed given back.</summary>
internal sealed partial class RandomHistory
{
    private int creditSequence;

    private void Credit(Guid invoice, List<InvoiceLine> lines, long total, long open)
    {
        var (note, credited) = (New(13), chance.NextInt64(1, total + 1));
        var reduced = Math.Min(credited, open);
        var refund = chance.NextInt64(0, credited - reduced + 1);
        var parts = LargestRemainder.Split(credited, [.. lines.Select(line => line.AmountMinor)]);
        var number = $"CN-2026-{++creditSequence}";
        Add("numbering-CN-2026", new NumberingEvent.NumberGiven(creditSequence, number, note));
        Add($"invoice-{invoice:D}", new InvoiceEvent.CreditNoteIssued(
            note, number, "USD", Day, [.. lines.Zip(parts, (line, part) => new CreditedLine(line.LineNumber, part)).Where(l => l.AmountMinor > 0)],
            credited, reduced, refund, 0, credited - reduced - refund, Words, Now));
        if (refund > 0)
            Add($"invoice-{invoice:D}", new InvoiceEvent.RefundSettled(New(14), note, "transfer", Day, Words, Now));
    }
}
