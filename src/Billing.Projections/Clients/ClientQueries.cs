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
}

public sealed class ClientQueries(ReadDatabase database)
{
    private const string Columns =
        "SELECT client_id, name, email, address_lines, currency, payment_terms_days, added_at, archived_at, version, language FROM clients";

    public ClientView? Client(BookId book, Guid clientId) => database.Read(book, (session, key) =>
        session.Row($"{Columns} WHERE book = ?1 AND client_id = ?2", Read, key, clientId));

    public Page<ClientView> Clients(BookId book, PageRequest page, bool withArchived = false) =>
        database.Read(book, (session, key) => Page<ClientView>.Of(
            session.Rows(
                $"{Columns} WHERE book = ?1 AND client_id > ?2 AND (?3 = 1 OR archived_at IS NULL) ORDER BY client_id LIMIT ?4",
                Read, key, page.Start, withArchived ? 1 : 0, page.Fetched),
            page, client => client.ClientId));

    private static ClientView Read(Statement row) => new(
        row.Id(), row.OptionalText(), row.OptionalText(), ListText.Texts(row.OptionalText()), Currency.Of(row.Text()),
        (int?)row.OptionalLong(), row.Instant(), row.OptionalInstant(), row.Long())
    {
        Language = row.OptionalText(),
    };
}
