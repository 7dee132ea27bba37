namespace Billing.Domain.Invoicing;

/// <summary>What happens to one series of invoice numbers.</summary>
public abstract record NumberingEvent
{
    private NumberingEvent() { }

    /// <param name="Sequence">1, 2, 3 … without a gap.</param>
    /// <param name="InvoiceId">The document that has it; of a series of credit notes, the credit note.</param>
    public sealed record NumberGiven(int Sequence, string Number, Guid InvoiceId) : NumberingEvent;
}
