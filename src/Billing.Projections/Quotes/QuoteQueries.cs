using Billing.Domain.Quotes;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Invoicing;
using Billing.Projections.Paging;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Quotes;

/// <summary>A quote as it stands on a day. Its lines are in its own events.</summary>
/// <param name="Status">One of <see cref="QuoteStatus"/>.</param>
/// <param name="Number">Null before it was sent first.</param>
/// <param name="Revision">Of what it says now.</param>
/// <param name="SentRevision">The one that the client has; null before the first was sent.</param>
/// <param name="Total">Without the optional lines; once it is accepted, what was agreed.</param>
/// <param name="ValidUntil">The last day on which it can be accepted.</param>
/// <param name="AnsweredOn">When it was accepted or declined.</param>
/// <param name="EngagementId">The engagement that it became.</param>
/// <param name="InvoiceId">The invoice that it became, or that asks for its deposit.</param>
/// <param name="RetainerId">What its deposit funds.</param>
/// <param name="Version">Of the quote's stream.</param>
public sealed record QuoteView(
    Guid QuoteId, Guid ClientId, string? Title, string Status, string? Number, int Revision, int? SentRevision, Money Total,
    LocalDate ValidUntil, Instant DraftedAt, LocalDate? SentOn, LocalDate? AnsweredOn, Guid? EngagementId, Guid? InvoiceId,
    Guid? RetainerId, long Version);

/// <param name="Status">One of <see cref="QuoteStatus"/>, as of <paramref name="Day"/>.</param>
public sealed record QuoteFilter(LocalDate Day, Guid? ClientId = null, string? Status = null);

/// <summary>A share link without its secret's hash.</summary>
public sealed record QuoteLinkView(Guid LinkId, Guid QuoteId, Instant SharedAt, Instant? RevokedAt);

public sealed class QuoteQueries(ReadDatabase database)
{
    private const string Columns = """
        SELECT quote_id, client_id, title, status, number, revision, sent_revision, total_minor, currency, valid_until, drafted_at,
            sent_on, answered_on, engagement_id, invoice_id, retainer_id, version
        FROM quotes
        """;

    /// <param name="day">The day on which it is looked at.</param>
    public QuoteView? Quote(BookId book, Guid quoteId, LocalDate day) => database.Read(book, (session, key) =>
        session.Row($"{Columns} WHERE book = ?1 AND quote_id = ?2", row => Read(row, day), key, quoteId));

    public Page<QuoteView> Quotes(BookId book, QuoteFilter filter, PageRequest page) => database.Read(book, (session, key) =>
    {
        var stored = filter.Status == QuoteStatus.Expired ? QuoteStatus.Sent : filter.Status;
        bool? isExpired = filter.Status switch { QuoteStatus.Expired => true, QuoteStatus.Sent => false, _ => null };
        return Page<QuoteView>.Of(
            session.Rows(
                $"""
                {Columns} WHERE book = ?1 AND quote_id > ?2 AND (?4 IS NULL OR client_id = ?4) AND (?5 IS NULL OR status = ?5)
                    AND (?6 IS NULL OR (valid_until < ?7) = (?6 = 1))
                ORDER BY quote_id LIMIT ?3
                """,
                row => Read(row, filter.Day), key, page.Start, page.Fetched, filter.ClientId, stored, isExpired, filter.Day),
            page, quote => quote.QuoteId);
    });

    /// <summary>The links ever made to a quote, the revoked ones too.</summary>
    public IReadOnlyList<QuoteLinkView> Links(BookId book, Guid quoteId) => database.Read(book, (session, key) => session.Rows(
        "SELECT link_id, quote_id, shared_at, revoked_at FROM quote_links WHERE book = ?1 AND quote_id = ?2 ORDER BY link_id",
        row => new QuoteLinkView(row.Id(), row.Id(), row.Instant(), row.OptionalInstant()),
        key, quoteId));

    /// <summary>What a link opens, in whichever business; null where there is no such link.</summary>
    /// <param name="tokenHash">SHA-256 of the link's secret, lower-case hexadecimal.</param>
    public ShareGrant? FindLink(string tokenHash) => database.Read(session => session.Row(
        """
        SELECT b.book_id, l.link_id, l.quote_id, l.revoked_at
        FROM quote_links l JOIN books b USING (book) WHERE l.token_hash = ?1
        """,
        row => new ShareGrant(new BookId(row.Id()), row.Id(), row.Id(), IsRevoked: row.OptionalInstant() is not null),
        tokenHash));

    private static QuoteView Read(Statement row, LocalDate day)
    {
        var (quoteId, clientId, title, status, number) = (row.Id(), row.Id(), row.OptionalText(), row.Text(), row.OptionalText());
        var (revision, sent, total, validUntil) = (row.Int(), row.Int(), row.Money(), row.Date());
        return new QuoteView(
            quoteId, clientId, title, status == QuoteStatus.Sent ? QuoteStatus.OfSent(validUntil, day) : status, number, revision,
            sent == 0 ? null : sent, total, validUntil, row.Instant(), row.OptionalDate(), row.OptionalDate(), row.OptionalId(),
            row.OptionalId(), row.OptionalId(), row.Long());
    }
}
