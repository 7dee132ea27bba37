using System.Collections.Immutable;
using Billing.Domain.EInvoicing;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Access;

/// <summary>A practice: who it is, by which policies it invoices, who works in it and with which tokens.</summary>
public abstract record BusinessState
{
    private BusinessState() { }

    public sealed record NotOpened : BusinessState;

    /// <param name="Name">Null once the key it was sealed with is erased; so are the other texts.</param>
    /// <param name="TimeZone">IANA name.</param>
    /// <param name="Members">Everyone who ever belonged, by id.</param>
    /// <param name="Tokens">Every token ever issued, by id.</param>
    /// <param name="OpenedAs">What it was opened with, to know a retry by.</param>
    public sealed record Open(
        Guid BusinessId, string? Name, IReadOnlyList<string> AddressLines, string? Email, string? TaxId, string TimeZone,
        Currency Currency, InvoicingPolicy Invoicing, ImmutableDictionary<Guid, Member> Members,
        ImmutableDictionary<Guid, AccessToken> Tokens, BusinessEvent.BusinessOpened OpenedAs) : BusinessState
    {
        /// <summary>What the practice charges and pays where nothing more specific is agreed.</summary>
        public PracticeRates Rates { get; init; } = PracticeRates.None;

        /// <summary>How time is kept.</summary>
        public TimekeepingPolicy Timekeeping { get; init; } = TimekeepingPolicy.Default;

        /// <summary>What is charged to clients who pay late; null while nothing is.</summary>
        public LateFeePolicy? LateFees { get; init; }

        /// <summary>How sales tax is charged; null while none is.</summary>
        public SalesTaxPolicy? SalesTax { get; init; }

        /// <summary>What electronic invoices say of the practice; null while nothing is said.</summary>
        public EInvoiceSeller? EInvoicing { get; init; }

        /// <summary>How its documents look.</summary>
        public PracticeLook Look { get; init; } = PracticeLook.Plain;

        /// <summary>Every identity that ever was linked to a member, by the link's id.</summary>
        public ImmutableDictionary<Guid, LinkedIdentity> Identities { get; init; } = ImmutableDictionary<Guid, LinkedIdentity>.Empty;

        /// <summary>The last day that is closed; null while none is.</summary>
        public LocalDate? LockedThrough { get; init; }

        /// <summary>Which day that is where the practice is.</summary>
        public LocalDate DayOf(Instant instant) => instant.InZone(TimeZones.Of(TimeZone)).Date;

        /// <summary>The owners who have not left.</summary>
        public IEnumerable<Member> Owners => Members.Values.Where(m => m is { IsActive: true, Role: Roles.Owner });

        /// <summary>The tokens with which somebody can act as an owner, in all that an owner may, at that moment.</summary>
        public IEnumerable<AccessToken> OwnerTokensUsableAt(Instant at) =>
            Tokens.Values.Where(token => token.IsUsableAt(at) && token.Scopes is null && Members.TryGetValue(token.MemberId, out var member)
                && member is { IsActive: true, Role: Roles.Owner });
    }
}

/// <summary>How the practice invoices where nothing else is agreed with a client.</summary>
/// <param name="NumberPrefix">Invoices are numbered <c>{prefix}-{year}-{sequence}</c>.</param>
/// <param name="PaymentTermsDays">Days from issue to due.</param>
/// <param name="CreditNotePrefix">Likewise for credit notes, which have a series of their own.</param>
/// <param name="AppliesCredit">Whether an invoice is paid from the client's credit, as far as that reaches, when it is
/// finalised.</param>
public sealed record InvoicingPolicy(
    string NumberPrefix, int PaymentTermsDays, RoundingPolicy Rounding, string? CreditNotePrefix = null, bool AppliesCredit = false)
{
    public const int PaymentTermsMaxDays = 365;

    /// <summary>What credit notes are numbered with: the prefix that was set, or one that invoices do not have.</summary>
    public string CreditNotes => CreditNotePrefix ?? (NumberPrefix == "CN" ? "CRN" : "CN");

    /// <summary>What holds until the practice sets its own.</summary>
    public static InvoicingPolicy Default { get; } = new("INV", 14, RoundingPolicy.Exact);

    /// <summary>Null where an invoice can fall due that many days after its issue; 0 is at once.</summary>
    public static Rejection? RefuseTerms(int? days) => days is < 0 or > PaymentTermsMaxDays
        ? new Rejection(
            "payment-terms-out-of-range", $"Payment terms are 0 to {PaymentTermsMaxDays} days.", "/paymentTermsDays",
            RejectionKind.Invalid)
        : null;
}

/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="TimeZone">IANA name; the member's weeks and timers are counted in it.</param>
public sealed record Member(Guid MemberId, string? Name, string Role, string TimeZone, bool IsActive)
{
    /// <summary>Whether an assistant may see what work costs; owners and bookkeepers do anyway.</summary>
    public bool SeesRates { get; init; }
}

/// <param name="TokenHash">SHA-256 of the token, lower-case hexadecimal.</param>
/// <param name="ExpiresAt">First moment at which it is no longer good; null for never.</param>
/// <param name="Scopes">What it may do; null for all that the member's role may.</param>
public sealed record AccessToken(
    Guid TokenId, Guid MemberId, string TokenHash, string? Label, Instant IssuedAt, Instant? ExpiresAt, Instant? RevokedAt,
    TokenScopes? Scopes = null)
{
    public bool IsUsableAt(Instant at) => RevokedAt is null && (ExpiresAt is null || at < ExpiresAt);
}

/// <param name="IdentityHash">SHA-256 of issuer and subject, lower-case hexadecimal.</param>
/// <param name="IsLinked">Until it is undone.</param>
public sealed record LinkedIdentity(Guid LinkId, Guid MemberId, string IdentityHash, bool IsLinked);
