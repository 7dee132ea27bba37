using Billing.Domain.Access;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.Projections.Access;

/// <param name="NumberPrefix">Null, like the next two, until an invoicing policy was set.</param>
/// <param name="Timekeeping">What was set, or else what holds until then.</param>
/// <param name="LockedThrough">The last day of the closed period; null while none is.</param>
/// <param name="Version">Of the business's stream.</param>
/// <param name="CreditNotePrefix">Null for the usual one, CN.</param>
/// <param name="AppliesCredit">Whether invoices are paid from the client's credit when they are finalised.</param>
public sealed record BusinessView(
    Guid BusinessId, string? Name, IReadOnlyList<string> AddressLines, string? Email, string? TaxId, string TimeZone,
    Currency Currency, string? NumberPrefix, int? PaymentTermsDays, RoundingPolicy? Rounding,
    TimekeepingPolicy Timekeeping, LocalDate? LockedThrough, string? LockReason, Instant OpenedAt, long Version,
    string? CreditNotePrefix = null, bool AppliesCredit = false);

/// <param name="SeesRates">Whether an assistant may see what work costs; owners and bookkeepers do anyway.</param>
public sealed record MemberView(
    Guid MemberId, string? Name, string Role, string TimeZone, Instant AddedAt, Instant? LeftAt, bool SeesRates = false);

/// <summary>A token without its hash.</summary>
/// <param name="Scopes">What it may do; null for all that the member's role may.</param>
/// <param name="LastUsedAt">The beginning of the hour, in UTC, in which it was last used; no fact of the books, and null until it is
/// known.</param>
public sealed record TokenView(
    Guid TokenId, Guid MemberId, string? Label, Instant IssuedAt, Instant? ExpiresAt, Instant? RevokedAt,
    IReadOnlyList<string>? Scopes = null, Instant? LastUsedAt = null);

/// <summary>An identity of an identity provider by which a member comes in, or came in.</summary>
/// <param name="Subject">By which the issuer knows the person.</param>
/// <param name="UnlinkedAt">Null while it is good.</param>
/// <param name="LastUsedAt">As of tokens.</param>
public sealed record IdentityView(
    Guid LinkId, Guid MemberId, string? Issuer, string? Subject, Instant LinkedAt, Instant? UnlinkedAt, Instant? LastUsedAt = null);

/// <summary>Who a token, or an identity, stands for.</summary>
/// <param name="TokenId">Of an identity, the id of its link.</param>
public sealed record TokenGrant(
    BookId Book, Guid TokenId, Guid MemberId, string Role, string TimeZone, Instant? ExpiresAt, bool IsRevoked, bool HasLeft,
    bool SeesRates = false, TokenScopes? Scopes = null)
{
    public bool IsGoodAt(Instant now) => !IsRevoked && !HasLeft && (ExpiresAt is not { } end || now < end);
}
