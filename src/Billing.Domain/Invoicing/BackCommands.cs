using NodaTime;

namespace Billing.Domain.Invoicing;

/// <summary>Remembers what a payment brought beyond what was open.</summary>
public sealed record KeepOverpayment(Guid InvoiceId, Guid PaymentId, long AmountMinor);

/// <summary>Money of a payment went back.</summary>
/// <param name="MovementId">One for each step of a refund or dispute.</param>
public sealed record TakePaymentBack(Guid InvoiceId, Guid PaymentId, Guid MovementId, long AmountMinor, LocalDate TakenBackOn);

/// <summary>Money that had gone back came again.</summary>
/// <param name="MovementId">One for each step of a refund or dispute.</param>
public sealed record GivePaymentAgain(Guid InvoiceId, Guid PaymentId, Guid MovementId, long AmountMinor, LocalDate GivenAgainOn);

/// <summary>The processor gave back what a credit note owed.</summary>
public sealed record SettleRefundOnline(
    Guid InvoiceId, Guid CreditNoteId, Guid RefundId, string StripeRefundId, LocalDate SettledOn, Instant At);

/// <summary>What settled a credit note failed.</summary>
/// <param name="RefundId">As it was settled by.</param>
/// <param name="MovementId">Of the failure.</param>
public sealed record ReturnRefund(Guid InvoiceId, Guid CreditNoteId, Guid RefundId, Guid MovementId, LocalDate ReturnedOn);
