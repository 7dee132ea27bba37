using Billing.Domain.Access;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Storage;

namespace Billing.Projections.Access;

public sealed class AccessQueries(ReadDatabase database)
{
    private const string MemberColumns = "SELECT member_id, name, role, time_zone, added_at, left_at, sees_rates FROM members";

    public BusinessView? Business(BookId book) => database.Read(book, (session, key) => session.Row(
        """
        SELECT business_id, name, address_lines, email, tax_id, time_zone, currency, number_prefix, payment_terms_days,
            rounding_increment_seconds, rounding_direction, rounding_scope, while_running, forgotten_after_seconds,
            cap_seconds, when_forgotten, locked_through, lock_reason, opened_at, version, credit_note_prefix, applies_credit
        FROM businesses WHERE book = ?1
        """,
        row => new BusinessView(
            row.Id(), row.OptionalText(), ListText.Texts(row.OptionalText()), row.OptionalText(), row.OptionalText(),
            row.Text(), Currency.Of(row.Text()), row.OptionalText(), (int?)row.OptionalLong(), ReadRounding(row),
            ReadTimekeeping(row), row.OptionalDate(), row.OptionalText(), row.Instant(), row.Long(), row.OptionalText(),
            row.Bool()),
        key));

    /// <summary>Everyone, those who left too.</summary>
    public IReadOnlyList<MemberView> Members(BookId book) => database.Read(book, (session, key) =>
        session.Rows($"{MemberColumns} WHERE book = ?1 ORDER BY member_id", ReadMember, key));

    public MemberView? Member(BookId book, Guid memberId) => database.Read(book, (session, key) =>
        session.Row($"{MemberColumns} WHERE book = ?1 AND member_id = ?2", ReadMember, key, memberId));

    /// <summary>Every token ever issued, without its hash.</summary>
    public IReadOnlyList<TokenView> Tokens(BookId book) => database.Read(book, (session, key) => session.Rows(
        """
        SELECT token_id, member_id, label, issued_at, expires_at, revoked_at, scopes
        FROM access_tokens WHERE book = ?1 ORDER BY token_id
        """,
        row => new TokenView(
            row.Id(), row.Id(), row.OptionalText(), row.Instant(), row.OptionalInstant(), row.OptionalInstant(),
            TokenScopes.Stored(row.OptionalText())?.Names),
        key));

    /// <summary>Whose token this is, in whichever business; null where nobody has it.</summary>
    /// <param name="tokenHash">SHA-256 of the token, lower-case hexadecimal.</param>
    public TokenGrant? FindToken(string tokenHash) => database.Read(session => session.Row(
        """
        SELECT b.book_id, t.token_id, t.member_id, m.role, m.time_zone, t.expires_at, t.revoked_at, m.left_at,
            m.sees_rates, t.scopes
        FROM access_tokens t JOIN members m USING (book, member_id) JOIN books b USING (book)
        WHERE t.token_hash = ?1
        """,
        row => new TokenGrant(
            new BookId(row.Id()), row.Id(), row.Id(), row.Text(), row.Text(), row.OptionalInstant(),
            IsRevoked: row.OptionalInstant() is not null, HasLeft: row.OptionalInstant() is not null,
            SeesRates: row.Bool(), TokenScopes.Stored(row.OptionalText())),
        tokenHash));

    /// <summary>Every identity that ever was linked to a member.</summary>
    public IReadOnlyList<IdentityView> Identities(BookId book) => database.Read(book, (session, key) => session.Rows(
        """
        SELECT link_id, member_id, issuer, subject, linked_at, unlinked_at
        FROM linked_identities WHERE book = ?1 ORDER BY link_id
        """,
        row => new IdentityView(
            row.Id(), row.Id(), row.OptionalText(), row.OptionalText(), row.Instant(), row.OptionalInstant()),
        key));

    /// <summary>Who the identity stands for, in whichever businesses it is or was linked.</summary>
    /// <param name="identityHash">SHA-256 of issuer and subject, lower-case hexadecimal.</param>
    public IReadOnlyList<TokenGrant> FindIdentity(string identityHash) => database.Read(session => session.Rows(
        """
        SELECT b.book_id, i.link_id, i.member_id, m.role, m.time_zone, i.unlinked_at, m.left_at, m.sees_rates
        FROM linked_identities i JOIN members m USING (book, member_id) JOIN books b USING (book)
        WHERE i.identity_hash = ?1
        """,
        row => new TokenGrant(
            new BookId(row.Id()), row.Id(), row.Id(), row.Text(), row.Text(), ExpiresAt: null,
            IsRevoked: row.OptionalInstant() is not null, HasLeft: row.OptionalInstant() is not null, SeesRates: row.Bool()),
        identityHash));

    private static MemberView ReadMember(Statement row) => new(
        row.Id(), row.OptionalText(), row.Text(), row.Text(), row.Instant(), row.OptionalInstant(), row.Bool());

    private static TimekeepingPolicy ReadTimekeeping(Statement row)
    {
        var (whileRunning, forgottenAfter, cap, whenForgotten) =
            (row.OptionalText(), row.OptionalLong(), row.OptionalLong(), row.OptionalText());
        return whileRunning is null
            ? TimekeepingPolicy.Default
            : new TimekeepingPolicy(
                whileRunning, forgottenAfter!.Value, cap!.Value, whenForgotten ?? TimekeepingPolicy.Warn);
    }

    private static RoundingPolicy? ReadRounding(Statement row)
    {
        var (increment, direction, scope) = (row.OptionalLong(), row.OptionalText(), row.OptionalText());
        return increment is { } seconds ? new RoundingPolicy((int)seconds, direction!, scope!) : null;
    }
}
