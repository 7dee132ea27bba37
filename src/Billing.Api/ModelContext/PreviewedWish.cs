namespace Billing.Api.ModelContext;

/// <summary>What is shown before it is done, in the words of the tool that previewed it.</summary>
public abstract record PreviewedWish
{
    private PreviewedWish() { }

    /// <param name="Through">Last day of the work; null for today.</param>
    public sealed record DraftInvoice(Guid ClientId, string? Through, string? Note) : PreviewedWish;

    /// <param name="IssuedOn">Null for today.</param>
    public sealed record FinalizeInvoice(Guid InvoiceId, string? IssuedOn) : PreviewedWish;

    /// <param name="Recipient">Null for the client's address.</param>
    public sealed record SendInvoice(Guid InvoiceId, string? Recipient) : PreviewedWish;
}
