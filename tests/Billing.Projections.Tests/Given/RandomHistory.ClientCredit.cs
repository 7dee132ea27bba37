using Billing.Domain.Invoicing;

namespace Billing.Projections.Tests.Given;

/// <summary>What clients paid too much by hand pays later invoices.</summary>
internal sealed partial class RandomHistory
{
    private readonly List<(Guid Invoice, Guid Client, long Left)> inHand = [];

    /// <summary>As much as fits of the oldest; half of it is taken off again.</summary>
    /// <returns>What of it stays.</returns>
    private long PayFromCredit(Guid invoice, Guid client, long open)
    {
        var at = inHand.FindIndex(credit => credit.Client == client && credit.Invoice != invoice);
        if (at < 0 || open <= 0) return 0;
        var (source, use, applied) = (inHand[at].Invoice, New(28), Math.Min(inHand[at].Left, open));
        var (back, off, day) = (applied / 2, New(29), Practice.Now.InUtc().Date);
        Add($"invoice-{invoice:D}", new InvoiceEvent.ClientCreditApplied(use, New(30), source, null, applied, "USD", day, Now));
        Add($"invoice-{source:D}", new InvoiceEvent.ClientCreditUsed(use, null, invoice, applied, day));
        Add($"invoice-{invoice:D}", new InvoiceEvent.ClientCreditTakenOff(use, off, back, day));
        Add($"invoice-{source:D}", new InvoiceEvent.ClientCreditReturned(use, off, null, back, day));
        inHand.RemoveAt(at);
        return applied - back;
    }
}
