using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Paging;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Engagements;

/// <param name="Cards">In the order in which they were set, so that of two that start on one day the last holds.</param>
/// <param name="Version">Of the engagement's stream.</param>
public sealed record EngagementView(
    Guid EngagementId, Guid ClientId, Currency Currency, string? Name, Instant AgreedAt, LocalDate? LastDay, long Version,
    IReadOnlyList<RateCardView> Cards);

/// <param name="AssistantId">Whom it is for; null for everyone on the engagement.</param>
/// <param name="Task">The one task that it is for; null for any.</param>
/// <param name="TierSeconds">So much time of a month is at the rate, the rest at <paramref name="AbovePerHour"/>.</param>
public sealed record RateCardView(
    Guid CardId, Guid? AssistantId, Money PerHour, LocalDate ValidFrom, LocalDate? ValidUntilExclusive, Instant SetAt,
    string? Task = null, long? TierSeconds = null, Money? AbovePerHour = null);

public sealed class EngagementQueries(ReadDatabase database)
{
    private const string Columns =
        "SELECT engagement_id, client_id, currency, name, agreed_at, last_day, version FROM engagements";

    public EngagementView? Engagement(BookId book, Guid engagementId) => database.Read(book, (session, key) =>
        session.Row($"{Columns} WHERE book = ?1 AND engagement_id = ?2", Read, key, engagementId) is { } engagement
            ? WithCards(session, key, engagement)
            : null);

    /// <param name="clientId">Null for all clients.</param>
    public Page<EngagementView> Engagements(BookId book, PageRequest page, Guid? clientId = null) =>
        database.Read(book, (session, key) =>
        {
            var fetched = session.Rows(
                $"""
                {Columns} WHERE book = ?1 AND engagement_id > ?2 AND (?3 IS NULL OR client_id = ?3)
                ORDER BY engagement_id LIMIT ?4
                """,
                Read, key, page.Start, clientId, page.Fetched);
            var answer = Page<EngagementView>.Of(fetched, page, e => e.EngagementId);
            return answer with { Items = [.. answer.Items.Select(e => WithCards(session, key, e))] };
        });

    private static EngagementView WithCards(Session session, long key, EngagementView engagement) => engagement with
    {
        Cards = session.Rows(
            """
            SELECT card_id, assistant_id, per_hour_minor, valid_from, valid_until_exclusive, set_at, task, tier_seconds,
                above_per_hour_minor
            FROM rate_cards WHERE book = ?1 AND engagement_id = ?2 ORDER BY set_as_version
            """,
            row => new RateCardView(
                row.Id(), row.OptionalId(), new Money(row.Long(), engagement.Currency), row.Date(), row.OptionalDate(),
                row.Instant(), row.OptionalText(), row.OptionalLong(),
                row.OptionalLong() is { } above ? new Money(above, engagement.Currency) : null),
            key, engagement.EngagementId),
    };

    private static EngagementView Read(Statement row) => new(
        row.Id(), row.Id(), Currency.Of(row.Text()), row.OptionalText(), row.Instant(), row.OptionalDate(), row.Long(), []);
}
