using Billing.Domain.Quotes;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Projections.Quotes;

internal sealed class QuoteRow : Row
{
    public static readonly Shape<QuoteRow> Shape = new Shape<QuoteRow>("quotes", "book", "quote_id")
        .Id("client_id", row => ref row.ClientId)
        .Text("currency", row => ref row.Currency)
        .OptionalText("title", row => ref row.Title)
        .Text("status", row => ref row.Status)
        .OptionalText("number", row => ref row.Number)
        .Number("revision", row => ref row.Revision)
        .Number("sent_revision", row => ref row.SentRevision)
        .Number("total_minor", row => ref row.TotalMinor)
        .Date("valid_until", row => ref row.ValidUntil)
        .Instant("drafted_at", row => ref row.DraftedAt)
        .OptionalDate("sent_on", row => ref row.SentOn)
        .OptionalDate("answered_on", row => ref row.AnsweredOn)
        .OptionalId("engagement_id", row => ref row.EngagementId)
        .OptionalId("invoice_id", row => ref row.InvoiceId)
        .OptionalId("retainer_id", row => ref row.RetainerId)
        .Number("version", row => ref row.Version);

    public Guid ClientId;
    public string Currency = "";
    public string? Title;

    /// <summary>Expired is a matter of the day, so of whoever asks.</summary>
    public string Status = "";
    public string? Number;
    public long Revision;

    /// <summary>0 before the first was sent.</summary>
    public long SentRevision;

    /// <summary>Without the optional lines; once it is accepted, what was agreed.</summary>
    public long TotalMinor;
    public LocalDate ValidUntil;
    public Instant DraftedAt;
    public LocalDate? SentOn;
    public LocalDate? AnsweredOn;

    /// <summary>What it became.</summary>
    public Guid? EngagementId;
    public Guid? InvoiceId;
    public Guid? RetainerId;
    public long Version;
}

internal sealed class QuoteLinkRow : Row
{
    public static readonly Shape<QuoteLinkRow> Shape = new Shape<QuoteLinkRow>("quote_links", "book", "quote_id", "link_id")
        .Text("token_hash", row => ref row.TokenHash)
        .Instant("shared_at", row => ref row.SharedAt)
        .OptionalInstant("revoked_at", row => ref row.RevokedAt)
        .Index("by_hash", "(token_hash)");

    public string TokenHash = "";
    public Instant SharedAt;
    public Instant? RevokedAt;
}

internal sealed class QuotesProjection : Projection
{
    private readonly Table<IdKey, QuoteRow> quotes = new(QuoteRow.Shape);
    private readonly Table<PartKey, QuoteLinkRow> links = new(QuoteLinkRow.Shape);

    public QuotesProjection()
    {
        On<QuoteEvent.QuoteDrafted>(Apply);
        On<QuoteEvent.QuoteRevised>(Apply);
        On<QuoteEvent.QuoteSent>((fact, e) => Change(fact, row =>
        {
            (row.Status, row.Number, row.SentRevision, row.SentOn) = (QuoteStatus.Sent, e.Number, e.Revision, e.SentOn);
        }));
        On<QuoteEvent.QuoteShared>((fact, e) =>
        {
            Change(fact, _ => { });
            var row = links.Add(new PartKey(fact.Book, fact.StreamId, e.LinkId));
            (row.TokenHash, row.SharedAt) = (e.TokenHash, e.SharedAt);
        });
        On<QuoteEvent.QuoteShareRevoked>((fact, e) =>
        {
            Change(fact, _ => { });
            if (links.Change(new PartKey(fact.Book, fact.StreamId, e.LinkId)) is { } row) row.RevokedAt = e.RevokedAt;
        });
        On<QuoteEvent.QuoteAccepted>((fact, e) => Change(fact, row =>
        {
            (row.Status, row.TotalMinor, row.AnsweredOn) = (QuoteStatus.Accepted, e.TotalMinor, e.AcceptedOn);
        }));
        On<QuoteEvent.QuoteDeclined>((fact, e) => Change(fact, row =>
        {
            (row.Status, row.AnsweredOn) = (QuoteStatus.Declined, e.DeclinedOn);
        }));
        On<QuoteEvent.QuoteTurned>((fact, e) => Change(fact, row =>
        {
            (row.EngagementId, row.InvoiceId, row.RetainerId) = (e.EngagementId, e.InvoiceId, e.RetainerId);
        }));
    }

    public override int Version => 2;

    public override IReadOnlyList<Table> Tables => [quotes, links];

    private void Apply(Fact fact, QuoteEvent.QuoteDrafted e)
    {
        var row = quotes.Add(new IdKey(fact.Book, e.QuoteId));
        row.ClientId = e.ClientId;
        row.Currency = e.Currency;
        row.Title = e.Title;
        row.Status = QuoteStatus.Draft;
        row.Revision = 1;
        row.TotalMinor = TotalOf(e.Lines);
        row.ValidUntil = e.ValidUntil;
        row.DraftedAt = e.DraftedAt;
        row.Version = fact.Version;
    }

    private void Apply(Fact fact, QuoteEvent.QuoteRevised e) => Change(fact, row =>
    {
        row.Title = e.Title;
        row.Status = QuoteStatus.Draft;
        row.Revision = row.SentRevision + 1;
        row.TotalMinor = TotalOf(e.Lines);
        row.ValidUntil = e.ValidUntil;
        row.AnsweredOn = null;
    });

    private void Change(Fact fact, Action<QuoteRow> change)
    {
        if (quotes.Change(new IdKey(fact.Book, fact.StreamId)) is not { } row) return;
        change(row);
        row.Version = fact.Version;
    }

    private static long TotalOf(IReadOnlyList<QuoteLine> lines) => lines.Where(line => !line.IsOptional).Sum(line => line.AmountMinor);
}
