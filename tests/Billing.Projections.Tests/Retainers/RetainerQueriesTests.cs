using Billing.Domain.Retainers;
using Billing.Domain.Values;
using Billing.Projections.Retainers;
using Billing.Projections.Tests.Given;
using NodaTime;

namespace Billing.Projections.Tests.Retainers;

public abstract class RetainerQueriesTests(ReadModelsIn where)
{
    private static readonly Guid Id = Ids.Of(9, 1), LotA = Ids.Of(15, 2), LotB = Ids.Of(15, 1);
    private static readonly LocalDate Day = new(2026, 6, 1);
    private static readonly string Stream = $"retainer-{Id:D}";

    [Fact]
    public async Task Shows_what_is_left_in_all_and_of_each_lot_with_reversed_draws_back_in_their_lots()
    {
        await using var practice = new Practice(where);
        await practice.Happened(
            (Stream, new RetainerEvent.RetainerAgreed(Id, Ids.Acme, "USD", "Care", [Ids.Inbox], Practice.Now)),
            (Stream, new RetainerEvent.RetainerFunded(LotA, Ids.Of(7, 1), LotA, 5_000, Day)),
            (Stream, new RetainerEvent.RetainerFunded(LotB, Ids.Of(7, 2), LotB, 1_000, Day.PlusDays(1))),
            (Stream, new RetainerEvent.RetainerDrawn(Ids.Of(7, 3), 5_400, [new(LotA, 5_000), new(LotB, 400)], Day)),
            (Stream, new RetainerEvent.RetainerDrawReversed(Ids.Of(7, 3), 5_400, [new(LotA, 5_000), new(LotB, 400)], Day)),
            (Stream, new RetainerEvent.RetainerDrawn(Ids.Of(7, 4), 2_000, [new(LotA, 2_000)], Day)));
        var queries = new RetainerQueries(practice.Database);
        var retainer = queries.Retainer(Practice.Book, Id)!;
        Assert.Equal((Usd(6_000), Usd(2_000), Usd(4_000), 6), (retainer.Funded, retainer.Drawn, retainer.Balance, retainer.Version));
        Assert.Equal((Ids.Acme, "Care", Ids.Inbox), (retainer.ClientId, retainer.Name, Assert.Single(retainer.EngagementIds)));
        Assert.Equal([(LotA, 5_000L, 3_000L), (LotB, 1_000L, 1_000L)], retainer.Lots.Select(l => (l.LotId, l.Funded.Minor, l.Left.Minor)));
        Assert.Equal(Id, Assert.Single(queries.Retainers(Practice.Book, Ids.Acme)).RetainerId);
        Assert.Empty(queries.Retainers(Practice.Book, Ids.Zenith));
    }

    private static Money Usd(long minor) => new(minor, Currency.Usd);
}

public sealed class RetainerQueriesOnSqlite() : RetainerQueriesTests(ReadModelsIn.Sqlite);

public sealed class RetainerQueriesOnPostgres() : RetainerQueriesTests(ReadModelsIn.Postgres);
