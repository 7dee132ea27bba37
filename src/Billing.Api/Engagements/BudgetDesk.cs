using Billing.Api.Commands;
using Billing.Domain.Engagements;
using Billing.EventStore.Port;
using Billing.Projections.Engagements;
using NodaTime;

namespace Billing.Api.Engagements;

/// <summary>Finds out what is used of a budget, from the read models and the engagement's rates.</summary>
public sealed class BudgetDesk(BudgetQueries queries, IEventStore store, StateCache cache)
{
    public async ValueTask<IReadOnlyList<BudgetedWork>> Work(
        BookId book, BudgetTerms terms, Instant now, CancellationToken cancellationToken)
    {
        var session = new BookSession(store, cache, new CommandContext(book, "", now, Guid.Empty), cancellationToken);
        var engagement = await session.Load(Engagement.Stream, terms.EngagementId);
        return
        [
            .. queries.Entries(book, terms.EngagementId, terms.FirstDay).Select(entry => new BudgetedWork(
                entry.WorkedOn, entry.DurationSeconds, BudgetPrices.Of(engagement, entry))),
        ];
    }
}
