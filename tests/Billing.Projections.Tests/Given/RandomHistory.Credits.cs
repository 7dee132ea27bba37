using Billing.Domain.Invoicing;
using Billing.Domain.Values;

namespace Billing.Projections.Tests.Given;

/// <summary>Credit notes, and what they owed given back.</summary>
internal sealed partial class RandomHistory
{
    /// <summary>Chance of its own, so that the rest of a history stays what it was.</summary>
    private readonly Random crediting = new(7);

    private int creditSequence;

    private void Credit(Guid invoice, List<InvoiceLine> lines, long total, long open)
    {
        var (note, credited) = (New(13), crediting.NextInt64(1, total + 1));
        var reduced = Math.Min(credited, open);
        var refund = crediting.NextInt64(0, credited - reduced + 1);
        var parts = LargestRemainder.Split(credited, [.. lines.Select(line => line.AmountMinor)]);
        var day = Practice.Now.InUtc().Date;
        var number = $"CN-2026-{++creditSequence}";
        Add("numbering-CN-2026", new NumberingEvent.NumberGiven(creditSequence, number, note));
        Add($"invoice-{invoice:D}", new InvoiceEvent.CreditNoteIssued(
            note, number, "USD", day,
            [.. lines.Zip(parts, (line, part) => new CreditedLine(line.LineNumber, part)).Where(line => line.AmountMinor > 0)],
            credited, reduced, refund, 0, credited - reduced - refund, "Late", Now)
        {
            TaxMinor = TaxOf(lines) is null ? null : parts[^1],
        });
        if (refund > 0 && crediting.Next(3) > 0)
        {
            var settled = New(14);
            Add($"invoice-{invoice:D}", new InvoiceEvent.RefundSettled(settled, note, "transfer", day, "Late", Now));
            if (creditSequence % 2 == 0) Return(invoice, note, settled);
        }
        Add($"invoice-{invoice:D}", new InvoiceEvent.LateFeeCharged(creditSequence, 100, New(15), Now));
        if (open > reduced)
            Add($"invoice-{invoice:D}", new InvoiceEvent.InvoiceWrittenOff(open - reduced, "Gone", day, Now));
        Add($"invoice-{invoice:D}", new InvoiceEvent.RebillAccepted(new string('b', 64), RebillWay.CreditAndRebill, null, null, Now));
    }
}
