using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.SalesTax;

/// <summary>Sales tax that was handed on to the tax office, or came back from it.</summary>
public abstract record SalesTaxPaymentEvent
{
    private SalesTaxPaymentEvent() { }

    /// <param name="AmountMinor">Below zero for what the office paid back.</param>
    /// <param name="Period">As <see cref="SalesTaxPeriod"/> writes it.</param>
    /// <param name="Reference">Such as the number on the transfer; null for none.</param>
    public sealed record SalesTaxPaymentRecorded(
        Guid PaymentId, long AmountMinor, string Currency, LocalDate PaidOn, string Period, [property: Confidential] string? Reference,
        Instant RecordedAt) : SalesTaxPaymentEvent;

    /// <summary>What was recorded was wrong; all of it stands as said here.</summary>
    public sealed record SalesTaxPaymentCorrected(
        long AmountMinor, LocalDate PaidOn, string Period, [property: Confidential] string? Reference, Instant CorrectedAt)
        : SalesTaxPaymentEvent;

    /// <summary>There was no such payment.</summary>
    public sealed record SalesTaxPaymentRemoved(string Reason, Instant RemovedAt) : SalesTaxPaymentEvent;
}
