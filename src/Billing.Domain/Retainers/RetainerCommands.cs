using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Retainers;

/// <param name="EngagementIds">Whose work may draw on it; empty for all of the client's.</param>
/// <param name="Terms">Null for prepaid money that is used by hand.</param>
public sealed record AgreeRetainer(
    Guid RetainerId, Guid ClientId, string Name, IReadOnlyList<Guid> EngagementIds, Instant At, AgreedTerms? Terms = null);

/// <param name="Currency">Of the amounts in the terms; null where there are none.</param>
public sealed record AgreedTerms(LocalDate From, RetainerTerms Terms, Currency? Currency);

public sealed record SetRetainerTerms(Guid RetainerId, AgreedTerms Terms, Instant At);

/// <summary>Puts a lot in. The lot carries the payment's id, so that one payment funds once however often it is
/// told.</summary>
/// <param name="AgainId">Of what went back and came again: a lot of its own under this id; null for the payment itself.</param>
public sealed record FundRetainer(
    Guid RetainerId, Guid InvoiceId, Guid PaymentId, long AmountMinor, LocalDate FundedOn, Guid? AgainId = null)
{
    internal Guid LotId => AgainId ?? PaymentId;

    /// <summary>What of it is sales tax; null where the deposit bears none.</summary>
    public LotTax? Tax { get; init; }
}

/// <summary>What a deposit had put in went back to the client.</summary>
/// <param name="MovementId">One for each step of a refund or dispute.</param>
/// <param name="TaxMinor">What of it was sales tax; null where the deposit bears none.</param>
public sealed record TakeFundingBack(
    Guid RetainerId, Guid InvoiceId, Guid MovementId, long AmountMinor, LocalDate TakenBackOn, long? TaxMinor = null);

/// <summary>Takes out what is left of a deposit, for a credit note over it.</summary>
/// <param name="AmountMinor">At most what is left of it.</param>
public sealed record CreditFunding(Guid RetainerId, Guid InvoiceId, Guid CreditNoteId, long AmountMinor, LocalDate CreditedOn);

/// <param name="AmountMinor">Exactly this much, which must be there; an invoice works out beforehand how far it
/// reaches.</param>
public sealed record DrawRetainer(Guid RetainerId, Guid InvoiceId, long AmountMinor, LocalDate DrawnOn);

/// <summary>Puts back into its lots all that the invoice drew.</summary>
public sealed record ReverseDraw(Guid RetainerId, Guid InvoiceId, LocalDate ReversedOn);

/// <summary>Records hours that were bought at once.</summary>
/// <param name="Seconds">Null for as many as the terms say.</param>
/// <param name="Price">Null for what the terms say.</param>
/// <param name="InvoiceId">Of the deposit that asks for the price; null where it is asked for in another way.</param>
public sealed record BuyHours(
    Guid RetainerId, Guid LotId, long? Seconds, Money? Price, LocalDate BoughtOn, Instant At, Guid? InvoiceId = null);

public sealed record RenewRetainer(Guid RetainerId, Guid RenewalId, LocalDate RenewedOn, Instant At);

/// <param name="Quantity">Seconds or minor units beyond the cap; null for all of that period.</param>
/// <param name="PeriodDay">A day of the period that it is for; null for the period of the day on which it was given.</param>
public sealed record ApproveOverage(
    Guid RetainerId, Guid ApprovalId, LocalDate ApprovedOn, long? Quantity, string? Note, Instant At, LocalDate? PeriodDay = null);

/// <param name="InvoiceId">Of the deposit that is drafted with it.</param>
/// <param name="Note">As the invoice prints it.</param>
public sealed record RequestTopUp(Guid RetainerId, Guid InvoiceId, LocalDate RequestedOn, string? Note, Instant At);

/// <summary>Notes for which periods a deposit asks for the fees.</summary>
public sealed record RequestFees(Guid RetainerId, Guid InvoiceId, IReadOnlyList<RetainerFee> Fees, Instant At);

/// <summary>Gives back what is left and can still be refunded.</summary>
public sealed record RefundRetainer(Guid RetainerId, Guid RefundId, LocalDate RefundedOn, Instant At);

/// <summary>Writes down that a refund went out.</summary>
/// <param name="Method">One of <see cref="Payments.PaymentMethods.All"/>.</param>
public sealed record SettleRetainerRefund(
    Guid RetainerId, Guid RefundId, string Method, LocalDate SettledOn, string? Reference, Instant At);

public sealed record CloseRetainer(Guid RetainerId, LocalDate LastDay, Instant At);

/// <param name="Uses">As the account says for this invoice's work.</param>
public sealed record DrawHours(Guid RetainerId, Guid InvoiceId, IReadOnlyList<HoursUse> Uses, LocalDate DrawnOn);

/// <summary>What an invoice that stands uses from now on, instead of what it did.</summary>
/// <param name="Uses">None where it uses none any more.</param>
public sealed record RedrawHours(Guid RetainerId, Guid InvoiceId, IReadOnlyList<HoursUse> Uses, LocalDate RedrawnOn);
