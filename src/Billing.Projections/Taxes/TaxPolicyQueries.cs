using Billing.EventStore.Port;
using Billing.Projections.Invoicing;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Taxes;

/// <param name="Opens">calendar or report.</param>
public sealed record TaxLinkView(Guid LinkId, string Opens, Instant MadeAt, Instant? RevokedAt);

public sealed class TaxPolicyQueries(ReadDatabase database)
{
    /// <summary>Practices that are reminded of due dates.</summary>
    public IReadOnlyList<BookId> Reminded() => database.Read(session => session.Rows(
        "SELECT b.book_id FROM tax_policies p JOIN books b USING (book) WHERE p.days_before IS NOT NULL", row => new BookId(row.Id())));

    /// <summary>Oldest first, the revoked ones too.</summary>
    public IReadOnlyList<TaxLinkView> Links(BookId book) => database.Read(book, (session, key) => session.Rows(
        "SELECT link_id, opens, made_at, revoked_at FROM tax_links WHERE book = ?1 ORDER BY made_at, link_id",
        row => new TaxLinkView(row.Id(), row.Text(), row.Instant(), row.OptionalInstant()), key));

    /// <summary>What a link of that kind opens; null where there is none.</summary>
    /// <param name="tokenHash">SHA-256 of the secret.</param>
    public ShareGrant? FindLink(string tokenHash, string opens) => database.Read(session => session.Row(
        "SELECT b.book_id, l.link_id, l.revoked_at FROM tax_links l JOIN books b USING (book) WHERE l.token_hash = ?1 AND l.opens = ?2",
        row =>
        {
            var (book, link) = (row.Id(), row.Id());
            return new ShareGrant(new BookId(book), link, book, IsRevoked: row.OptionalInstant() is not null);
        },
        tokenHash, opens));
}
