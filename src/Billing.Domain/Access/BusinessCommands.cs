using Billing.Domain.EInvoicing;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Access;

public sealed record OpenBusiness(Guid BusinessId, string Name, string TimeZone, string Currency, Instant At);

/// <summary>Says in full who the practice is; what is left out is taken away.</summary>
public sealed record DescribeBusiness(
    string Name, IReadOnlyList<string> AddressLines, string? Email, string? TaxId, Instant At);

public sealed record MoveBusiness(string TimeZone, Instant At);

/// <param name="CreditNotePrefix">Null for the usual one.</param>
public sealed record SetInvoicingPolicy(
    string NumberPrefix, int PaymentTermsDays, RoundingPolicy Rounding, Instant At, string? CreditNotePrefix = null,
    bool AppliesCredit = false);

public sealed record SetLateFeePolicy(LateFeePolicy Policy, Instant At);

/// <param name="Policy">Null to charge none from now on.</param>
public sealed record SetSalesTaxPolicy(SalesTaxPolicy? Policy, Instant At);

/// <summary>In full: what is left out is taken away.</summary>
public sealed record SetEInvoicing(EInvoiceSeller Seller, Instant At);

/// <param name="Colour">Null for the usual one.</param>
public sealed record ChooseAccentColour(string? Colour, Instant At);

/// <param name="Logo">One whose file is kept; null for none from now on.</param>
public sealed record PlaceLogo(LogoFile? Logo, Instant At);

public sealed record SetTimekeepingPolicy(TimekeepingPolicy Policy, Instant At);

/// <summary>Closes the books up to a day, or opens them again down to it.</summary>
public sealed record LockPeriod(LocalDate Through, string Reason, Instant At);

public sealed record AddMember(Guid MemberId, string Name, string Role, string TimeZone, Instant At);

/// <param name="TimeZone">IANA name; the member's weeks and timers are counted in it from now on.</param>
public sealed record MoveMember(Guid MemberId, string TimeZone, Instant At);

public sealed record RemoveMember(Guid MemberId, Instant At);

/// <param name="TokenHash">SHA-256 of the token, lower-case hexadecimal.</param>
/// <param name="Scopes">What it may do, as <see cref="TokenScopes.All"/> names it; null for all that the member's role may.</param>
public sealed record IssueToken(
    Guid TokenId, Guid MemberId, string TokenHash, string? Label, Instant? ExpiresAt, Instant At,
    IReadOnlyList<string>? Scopes = null);

public sealed record RevokeToken(Guid TokenId, Instant At);

/// <summary>Lets a member in by an identity that an identity provider vouches for.</summary>
/// <param name="IdentityHash">SHA-256 of issuer and subject, lower-case hexadecimal.</param>
/// <param name="Subject">By which the issuer knows the person, and nobody else.</param>
public sealed record LinkIdentity(Guid LinkId, Guid MemberId, string IdentityHash, string Issuer, string Subject, Instant At);

public sealed record UnlinkIdentity(Guid LinkId, Instant At);

/// <summary>Whether an assistant sees what work costs.</summary>
public sealed record AllowRates(Guid MemberId, bool SeesRates, Instant At);
