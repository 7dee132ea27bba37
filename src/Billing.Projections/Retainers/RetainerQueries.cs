using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Retainers;

/// <summary>Prepaid money: what came in, what invoices took, what is left.</summary>
/// <param name="EngagementIds">Whose work may draw on it; empty for all of the client's.</param>
/// <param name="Lots">Oldest first, as they are drawn on.</param>
/// <param name="Version">Of the retainer's stream.</param>
public sealed record RetainerView(
    Guid RetainerId, Guid ClientId, string? Name, IReadOnlyList<Guid> EngagementIds, Money Funded, Money Drawn,
    Instant AgreedAt, long Version, IReadOnlyList<RetainerLotView> Lots)
{
    public Money Balance => Funded - Drawn;
}

/// <summary>What one payment of a deposit invoice put in.</summary>
public sealed record RetainerLotView(
    Guid LotId, Guid InvoiceId, Guid PaymentId, LocalDate FundedOn, Money Funded, Money Drawn)
{
    public Money Left => Funded - Drawn;
}

public sealed class RetainerQueries(ReadDatabase database)
{
    private const string Columns = """
        SELECT retainer_id, client_id, currency, name, engagement_ids, funded_minor, drawn_minor, agreed_at, version
        FROM retainers
        """;

    public RetainerView? Retainer(BookId book, Guid retainerId) => database.Read(book, (session, key) =>
        session.Row($"{Columns} WHERE book = ?1 AND retainer_id = ?2", Read, key, retainerId) is { } retainer
            ? WithLots(session, key, retainer)
            : null);

    /// <param name="clientId">Null for all clients.</param>
    public IReadOnlyList<RetainerView> Retainers(BookId book, Guid? clientId = null) =>
        database.Read(book, (session, key) => session
            .Rows($"{Columns} WHERE book = ?1 AND (?2 IS NULL OR client_id = ?2) ORDER BY retainer_id", Read, key, clientId)
            .ConvertAll(retainer => WithLots(session, key, retainer)));

    private static RetainerView WithLots(Session session, long key, RetainerView retainer)
    {
        var currency = retainer.Funded.Currency;
        return retainer with
        {
            Lots = session.Rows(
                """
                SELECT lot_id, invoice_id, payment_id, funded_on, funded_minor, drawn_minor
                FROM retainer_lots WHERE book = ?1 AND retainer_id = ?2 ORDER BY funded_on, lot_id
                """,
                row => new RetainerLotView(
                    row.Id(), row.Id(), row.Id(), row.Date(), new Money(row.Long(), currency), new Money(row.Long(), currency)),
                key, retainer.RetainerId),
        };
    }

    private static RetainerView Read(Statement row)
    {
        var (retainerId, clientId, currency) = (row.Id(), row.Id(), Currency.Of(row.Text()));
        return new RetainerView(
            retainerId, clientId, row.OptionalText(), ListText.Ids(row.Text()), new Money(row.Long(), currency),
            new Money(row.Long(), currency), row.Instant(), row.Long(), []);
    }
}
