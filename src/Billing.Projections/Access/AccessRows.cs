using Billing.Projections.Rows;
using NodaTime;

namespace Billing.Projections.Access;

internal sealed class BusinessRow : Row
{
    public static readonly Shape<BusinessRow> Shape = new Shape<BusinessRow>("businesses", "book")
        .Id("business_id", row => ref row.BusinessId)
        .OptionalText("name", row => ref row.Name)
        .OptionalText("address_lines", row => ref row.AddressLines)
        .OptionalText("email", row => ref row.Email)
        .OptionalText("tax_id", row => ref row.TaxId)
        .Text("time_zone", row => ref row.TimeZone)
        .Text("currency", row => ref row.Currency)
        .OptionalText("number_prefix", row => ref row.NumberPrefix)
        .OptionalText("credit_note_prefix", row => ref row.CreditNotePrefix)
        .Flag("applies_credit", row => ref row.AppliesCredit)
        .OptionalNumber("payment_terms_days", row => ref row.PaymentTermsDays)
        .OptionalNumber("rounding_increment_seconds", row => ref row.RoundingIncrementSeconds)
        .OptionalText("rounding_direction", row => ref row.RoundingDirection)
        .OptionalText("rounding_scope", row => ref row.RoundingScope)
        .OptionalText("while_running", row => ref row.WhileRunning)
        .OptionalNumber("forgotten_after_seconds", row => ref row.ForgottenAfterSeconds)
        .OptionalNumber("cap_seconds", row => ref row.CapSeconds)
        .OptionalText("when_forgotten", row => ref row.WhenForgotten)
        .OptionalDate("locked_through", row => ref row.LockedThrough)
        .OptionalText("lock_reason", row => ref row.LockReason)
        .Instant("opened_at", row => ref row.OpenedAt)
        .Number("version", row => ref row.Version);

    public Guid BusinessId;
    public string? Name;
    public string? AddressLines;
    public string? Email;
    public string? TaxId;
    public string TimeZone = "";
    public string Currency = "";
    public string? NumberPrefix;
    public string? CreditNotePrefix;
    public bool AppliesCredit;
    public long? PaymentTermsDays;
    public long? RoundingIncrementSeconds;
    public string? RoundingDirection;
    public string? RoundingScope;
    public string? WhileRunning;
    public long? ForgottenAfterSeconds;
    public long? CapSeconds;
    public string? WhenForgotten;
    public LocalDate? LockedThrough;
    public string? LockReason;
    public Instant OpenedAt;
    public long Version;
}

internal sealed class MemberRow : Row
{
    public static readonly Shape<MemberRow> Shape = new Shape<MemberRow>("members", "book", "member_id")
        .OptionalText("name", row => ref row.Name)
        .Text("role", row => ref row.Role)
        .Text("time_zone", row => ref row.TimeZone)
        .Instant("added_at", row => ref row.AddedAt)
        .OptionalInstant("left_at", row => ref row.LeftAt)
        .Flag("sees_rates", row => ref row.SeesRates);

    public string? Name;
    public string Role = "";
    public string TimeZone = "";
    public Instant AddedAt;
    public Instant? LeftAt;
    public bool SeesRates;
}

internal sealed class LinkedIdentityRow : Row
{
    public static readonly Shape<LinkedIdentityRow> Shape = new Shape<LinkedIdentityRow>("linked_identities", "book", "link_id")
        .Id("member_id", row => ref row.MemberId)
        .Text("identity_hash", row => ref row.IdentityHash)
        .OptionalText("issuer", row => ref row.Issuer)
        .OptionalText("subject", row => ref row.Subject)
        .Instant("linked_at", row => ref row.LinkedAt)
        .OptionalInstant("unlinked_at", row => ref row.UnlinkedAt)
        .Index("by_identity_hash", "(identity_hash)");

    public Guid MemberId;
    public string IdentityHash = "";
    public string? Issuer;
    public string? Subject;
    public Instant LinkedAt;
    public Instant? UnlinkedAt;
}

internal sealed class AccessTokenRow : Row
{
    public static readonly Shape<AccessTokenRow> Shape = new Shape<AccessTokenRow>("access_tokens", "book", "token_id")
        .Id("member_id", row => ref row.MemberId)
        .Text("token_hash", row => ref row.TokenHash)
        .OptionalText("label", row => ref row.Label)
        .Instant("issued_at", row => ref row.IssuedAt)
        .OptionalInstant("expires_at", row => ref row.ExpiresAt)
        .OptionalInstant("revoked_at", row => ref row.RevokedAt)
        .OptionalText("scopes", row => ref row.Scopes)
        .Index("by_hash", "(token_hash)");

    public Guid MemberId;
    public string TokenHash = "";
    public string? Label;
    public Instant IssuedAt;
    public Instant? ExpiresAt;
    public Instant? RevokedAt;
    public string? Scopes;
}
