using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Banking;

/// <summary>One incoming amount as a bank statement tells it.</summary>
public sealed record ImportBankLine(
    Guid LineId, string? Account, LocalDate BookedOn, Money Amount, string? Payer, string? Text, string? BankReference, Instant At);

/// <summary>The amount pays these invoices: each its open balance in this order, the last one whatever is left.</summary>
public sealed record ConfirmMatch(Guid LineId, IReadOnlyList<Guid> InvoiceIds, Instant At);

/// <summary>The amount is payments that were written down before the statement came.</summary>
public sealed record LinkPayments(Guid LineId, IReadOnlyList<Guid> PaymentIds, Instant At);

public sealed record SetBankLineAside(Guid LineId, string? Reason, Instant At);

public sealed record TakeBankLineUp(Guid LineId, Instant At);
