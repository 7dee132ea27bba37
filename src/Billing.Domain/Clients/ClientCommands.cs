using Billing.Domain.EInvoicing;
using Billing.Domain.SalesTax;
using NodaTime;

namespace Billing.Domain.Clients;

/// <param name="PaymentTermsDays">Days from issue to due; null follows the practice.</param>
public sealed record AddClient(
    Guid ClientId, string Name, string? Email, IReadOnlyList<string> AddressLines, string Currency, int? PaymentTermsDays,
    Instant At);

/// <summary>Says in full who the client is; what is left out is taken away.</summary>
public sealed record DescribeClient(string Name, string? Email, IReadOnlyList<string> AddressLines, Instant At);

public sealed record AgreePaymentTerms(int? PaymentTermsDays, Instant At);

/// <param name="Language">One of <see cref="Values.Languages"/>; null for the default.</param>
public sealed record SetClientLanguage(string? Language, Instant At);

public sealed record AgreeClientTax(ClientTax Tax, Instant At);

/// <summary>In full: what is left out is taken away.</summary>
public sealed record AgreeEInvoicing(EInvoiceBuyer Buyer, Instant At);

public sealed record ArchiveClient(Instant At);

/// <param name="Unfinished">What of the client is not at its end.</param>
/// <param name="DocumentsUntil">The last day on which issued documents must be kept; null where there are none.</param>
public sealed record EraseClient(UnfinishedWork Unfinished, LocalDate? DocumentsUntil, Instant At);
