using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Quotes;

/// <param name="ValidUntil">The last day on which it can be accepted.</param>
public sealed record DraftQuote(
    Guid QuoteId, Guid ClientId, string Title, IReadOnlyList<QuoteLineWish> Lines, LocalDate ValidUntil, string? Note, Instant At);

/// <summary>Says in full what it says from now on.</summary>
public sealed record ReviseQuote(
    Guid QuoteId, string Title, IReadOnlyList<QuoteLineWish> Lines, LocalDate ValidUntil, string? Note, Instant At);

/// <param name="QuantityThousandths">Thousandths of one.</param>
public sealed record QuoteLineWish(string Description, long QuantityThousandths, Money UnitPrice, bool IsOptional);

public sealed record SendQuote(Guid QuoteId, Instant At);

/// <param name="TokenHash">SHA-256 of the link's secret, lower-case hexadecimal.</param>
public sealed record ShareQuote(Guid QuoteId, Guid LinkId, string TokenHash, Instant At);

public sealed record RevokeQuoteShare(Guid QuoteId, Guid LinkId, Instant At);

/// <param name="Revision">The one that was looked at; null for the one that was sent last.</param>
/// <param name="LinkId">By whose bearer it is accepted; null for the practice itself.</param>
/// <param name="AcceptedBy">Who says so.</param>
/// <param name="Options">Numbers of the optional lines that are taken.</param>
public sealed record AcceptQuote(
    Guid QuoteId, int? Revision, Guid? LinkId, string AcceptedBy, IReadOnlyList<int> Options, Instant At);

/// <inheritdoc cref="AcceptQuote"/>
public sealed record DeclineQuote(Guid QuoteId, int? Revision, Guid? LinkId, string? Reason, Instant At);

/// <summary>Notes what the accepted quote becomes, in one append with that.</summary>
/// <param name="Deposit">What is asked for ahead of the work; null for nothing.</param>
public sealed record TurnQuote(
    Guid QuoteId, Guid? EngagementId, Guid? InvoiceId, Guid? RetainerId, Money? Deposit, Instant At);
