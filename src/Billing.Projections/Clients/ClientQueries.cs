using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Paging;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Clients;

/// <param name="PaymentTermsDays">Null follows the practice.</param>
/// <param name="Version">Of the client's stream.</param>
public sealed record ClientView(
    Guid ClientId, string? Name, string? Email, IReadOnlyList<string> AddressLines, Currency Currency, int? PaymentTermsDays,
    Instant AddedAt, Instant? ArchivedAt, long Version)
{
    /// <summary>ISO 639-1 code of what is written to the client; null for the default.</summary>
    public string? Language { get; init; }

    /// <summary>When the client was erased; name, address and mail address are null from then on.</summary>
    public Instant? ErasedAt { get; init; }

    /// <summary>Of an erased client, the last day on which issued documents are kept; null where none are.</summary>
    public LocalDate? DocumentsUntil { get; init; }
}

/// <summary>A client whose keys are to be no more.</summary>
public sealed record ErasedClient(BookId Book, Guid ClientId, LocalDate? DocumentsUntil);

public sealed class ClientQueries(ReadDatabase database)
{
    private const string Columns = """
        SELECT client_id, name, email, address_lines, currency, payment_terms_days, added_at, archived_at, version, language, erased_at,
            documents_until
        FROM clients
        """;

    public ClientView? Client(BookId book, Guid clientId) => database.Read(book, (session, key) =>
        session.Row($"{Columns} WHERE book = ?1 AND client_id = ?2", Read, key, clientId));

    public Page<ClientView> Clients(BookId book, PageRequest page, bool withArchived = false) =>
        database.Read(book, (session, key) => Page<ClientView>.Of(
            session.Rows(
                $"{Columns} WHERE book = ?1 AND client_id > ?2 AND (?3 = 1 OR archived_at IS NULL) ORDER BY client_id LIMIT ?4",
                Read, key, page.Start, withArchived ? 1 : 0, page.Fetched),
            page, client => client.ClientId));

    /// <summary>Of all practices.</summary>
    public IReadOnlyList<ErasedClient> Erased() => database.Read(session => session.Rows(
        "SELECT b.book_id, c.client_id, c.documents_until FROM clients c JOIN books b USING (book) WHERE c.erased_at IS NOT NULL",
        row => new ErasedClient(new BookId(row.Id()), row.Id(), row.OptionalDate())));

    private static ClientView Read(Statement row) => new(
        row.Id(), row.OptionalText(), row.OptionalText(), ListText.Texts(row.OptionalText()), Currency.Of(row.Text()),
        (int?)row.OptionalLong(), row.Instant(), row.OptionalInstant(), row.Long())
    {
        Language = row.OptionalText(),
        ErasedAt = row.OptionalInstant(),
        DocumentsUntil = row.OptionalDate(),
    };
}
