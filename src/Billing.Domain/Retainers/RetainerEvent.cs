using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Retainers;

public abstract record RetainerEvent
{
    private RetainerEvent() { }

    /// <summary>Prepaid money: paid deposit invoices fund it, finalised invoices draw it down.</summary>
    /// <param name="EngagementIds">Whose work may draw on it; empty for all of the client's.</param>
    public sealed record RetainerAgreed(
        Guid RetainerId, Guid ClientId, string Currency, [property: Confidential] string? Name, IReadOnlyList<Guid> EngagementIds,
        Instant AgreedAt) : RetainerEvent;

    /// <summary>A lot: what one payment of a deposit invoice put in.</summary>
    public sealed record RetainerFunded(
        Guid LotId, Guid InvoiceId, Guid PaymentId, long AmountMinor, LocalDate FundedOn) : RetainerEvent;

    /// <param name="Lots">How much came out of each lot, oldest first; they sum to the amount.</param>
    public sealed record RetainerDrawn(
        Guid InvoiceId, long AmountMinor, IReadOnlyList<LotDraw> Lots, LocalDate DrawnOn) : RetainerEvent;

    /// <summary>The invoice was voided; what it drew is back in the lots it came from.</summary>
    public sealed record RetainerDrawReversed(
        Guid InvoiceId, long AmountMinor, IReadOnlyList<LotDraw> Lots, LocalDate ReversedOn) : RetainerEvent;
}

public sealed record LotDraw(Guid LotId, long AmountMinor);
