using Billing.Domain.Retainers;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Retainers;

/// <summary>A retainer and the money in it: what came in, what invoices took, what was given back, what is left. Where it
/// counts hours, what is paid for them.</summary>
/// <param name="Kind">One of <see cref="RetainerKind"/>, as was agreed last.</param>
/// <param name="Automatic">Whether invoices use it without naming it.</param>
/// <param name="LastDay">Null while it goes on.</param>
/// <param name="EngagementIds">Whose work may draw on it; empty for all of the client's.</param>
/// <param name="Lots">Oldest first, as they are drawn on.</param>
/// <param name="Version">Of the retainer's stream.</param>
/// <param name="TaxLeft">What of the balance is sales tax that was charged with its deposits.</param>
/// <param name="RefundDue">What of the refunded did not go out yet.</param>
public sealed record RetainerView(
    Guid RetainerId, Guid ClientId, string? Name, IReadOnlyList<Guid> EngagementIds, string Kind, bool Automatic,
    LocalDate? LastDay, Money Funded, Money Drawn, Money Refunded, Instant AgreedAt, long Version,
    IReadOnlyList<RetainerLotView> Lots, Money TaxLeft, Money RefundDue)
{
    public Money Balance => Funded - Drawn - Refunded;
}

/// <summary>What one payment of a deposit invoice put in.</summary>
/// <param name="TaxLeft">Sales tax that was charged with what is left.</param>
public sealed record RetainerLotView(
    Guid LotId, Guid InvoiceId, Guid PaymentId, LocalDate FundedOn, Money Funded, Money Drawn, Money Refunded,
    Money TaxLeft)
{
    public Money Left => Funded - Drawn - Refunded;
}

public sealed class RetainerQueries(ReadDatabase database)
{
    private const string Columns = """
        SELECT retainer_id, client_id, currency, name, engagement_ids, kind, automatic, last_day, funded_minor, drawn_minor,
            refunded_minor, agreed_at, version, tax_left_minor, refund_due_minor
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

    /// <summary>Those of a client that invoices use without naming them, closed ones too: they cover the work before.</summary>
    public IReadOnlyList<Guid> Automatic(BookId book, Guid clientId) => database.Read(book, (session, key) =>
        session.Rows(
            """
            SELECT retainer_id FROM retainers
            WHERE book = ?1 AND client_id = ?2 AND automatic = 1 ORDER BY retainer_id
            """,
            row => row.Id(), key, clientId));

    /// <summary>Sales tax that was charged with deposits and is deducted from no invoice yet, one amount for each retainer.</summary>
    public IReadOnlyList<Money> SalesTax(BookId book) => database.Read(book, (session, key) => session.Rows(
        "SELECT tax_left_minor, currency FROM retainers WHERE book = ?1", row => row.Money(), key));

    /// <summary>What is to be given back and did not go out yet, one amount for each retainer.</summary>
    public IReadOnlyList<Money> RefundsDue(BookId book) => database.Read(book, (session, key) => session.Rows(
        "SELECT refund_due_minor, currency FROM retainers WHERE book = ?1", row => row.Money(), key));

    /// <summary>Those of every practice that go on and are of a kind that can ask for more by itself.</summary>
    public IReadOnlyList<(BookId Book, Guid RetainerId)> ThatMayAsk() => database.Read(session => session.Rows(
        $"""
        SELECT b.book_id, r.retainer_id FROM retainers r JOIN books b USING (book)
        WHERE r.last_day IS NULL AND r.kind IN ('{RetainerKind.HourBlock}', '{RetainerKind.Evergreen}') ORDER BY r.retainer_id
        """,
        row => (new BookId(row.Id()), row.Id())));

    private static RetainerView WithLots(Session session, long key, RetainerView retainer)
    {
        var currency = retainer.Funded.Currency;
        return retainer with
        {
            Lots = session.Rows(
                """
                SELECT lot_id, invoice_id, payment_id, funded_on, funded_minor, drawn_minor, refunded_minor, tax_left_minor
                FROM retainer_lots WHERE book = ?1 AND retainer_id = ?2 ORDER BY funded_on, lot_id
                """,
                row => new RetainerLotView(
                    row.Id(), row.Id(), row.Id(), row.Date(), new Money(row.Long(), currency), new Money(row.Long(), currency),
                    new Money(row.Long(), currency), new Money(row.Long(), currency)),
                key, retainer.RetainerId),
        };
    }

    private static RetainerView Read(Statement row)
    {
        var (retainerId, clientId, currency) = (row.Id(), row.Id(), Currency.Of(row.Text()));
        return new RetainerView(
            retainerId, clientId, row.OptionalText(), ListText.Ids(row.Text()), row.Text(), row.Bool(),
            row.OptionalDate(), new Money(row.Long(), currency), new Money(row.Long(), currency),
            new Money(row.Long(), currency), row.Instant(), row.Long(), [], new Money(row.Long(), currency),
            new Money(row.Long(), currency));
    }
}
