using NodaTime;

namespace Billing.Domain.Retainers;

/// <param name="EngagementIds">Whose work may draw on it; empty for all of the client's.</param>
public sealed record AgreeRetainer(
    Guid RetainerId, Guid ClientId, string Name, IReadOnlyList<Guid> EngagementIds, Instant At);

/// <summary>Puts a lot in. The lot carries the payment's id, so that one payment funds once however often it is
/// told.</summary>
public sealed record FundRetainer(Guid RetainerId, Guid InvoiceId, Guid PaymentId, long AmountMinor, LocalDate FundedOn);

/// <param name="AmountMinor">Exactly this much, which must be there; an invoice works out beforehand how far it
/// reaches.</param>
public sealed record DrawRetainer(Guid RetainerId, Guid InvoiceId, long AmountMinor, LocalDate DrawnOn);

/// <summary>Puts back into its lots all that the invoice drew.</summary>
public sealed record ReverseDraw(Guid RetainerId, Guid InvoiceId, LocalDate ReversedOn);
