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

    [Fact]
    public async Task Money_that_was_given_back_is_in_no_balance()
    {
        await using var practice = new Practice(where);
        await practice.Happened(
            (Stream, new RetainerEvent.RetainerAgreed(Id, Ids.Acme, "USD", "Care", [], Practice.Now)),
            (Stream, new RetainerEvent.RetainerFunded(LotA, Ids.Of(7, 1), LotA, 5_000, Day)),
            (Stream, new RetainerEvent.RetainerRefunded(Ids.Of(16, 1), [new LotRefund(LotA, 2_000, 2_000)], Day)));
        var retainer = new RetainerQueries(practice.Database).Retainer(Practice.Book, Id)!;
        Assert.Equal((Usd(5_000), Usd(2_000), Usd(3_000)), (retainer.Funded, retainer.Refunded, retainer.Balance));
        Assert.Equal(Usd(3_000), Assert.Single(retainer.Lots).Left);
    }

    [Fact]
    public async Task Knows_which_are_used_without_being_named_by_what_was_agreed_last()
    {
        await using var practice = new Practice(where);
        var other = Ids.Of(9, 2);
        await practice.Happened(
            (Stream, new RetainerEvent.RetainerAgreed(Id, Ids.Acme, "USD", "Care", [], Practice.Now)),
            ($"retainer-{other:D}", new RetainerEvent.RetainerAgreed(other, Ids.Acme, "USD", "Hours", [], Practice.Now)),
            ($"retainer-{other:D}", new RetainerEvent.RetainerTermsSet(
                Day, RetainerTerms.Plain(RetainerKind.FlatFee) with { Automatic = true }, Practice.Now)));
        var queries = new RetainerQueries(practice.Database);
        Assert.Equal([other], queries.Automatic(Practice.Book, Ids.Acme));
        Assert.Empty(queries.Automatic(Practice.Book, Ids.Zenith));
        var view = queries.Retainer(Practice.Book, other)!;
        Assert.Equal((RetainerKind.FlatFee, true, null), (view.Kind, view.Automatic, view.LastDay));
        var money = queries.Retainer(Practice.Book, Id)!;
        Assert.Equal((RetainerKind.PrepaidMoney, false), (money.Kind, money.Automatic));

        await practice.Happened(
            ($"retainer-{other:D}", new RetainerEvent.RetainerTermsSet(
                Day.PlusDays(1), RetainerTerms.Plain(RetainerKind.FlatFee), Practice.Now)),
            ($"retainer-{other:D}", new RetainerEvent.RetainerClosed(Day.PlusDays(9), Practice.Now)));
        Assert.Empty(queries.Automatic(Practice.Book, Ids.Acme));
        view = queries.Retainer(Practice.Book, other)!;
        Assert.Equal((Day.PlusDays(9), 4), (view.LastDay, view.Version));
    }

    private static Money Usd(long minor) => new(minor, Currency.Usd);
}

public sealed class RetainerQueriesOnSqlite() : RetainerQueriesTests(ReadModelsIn.Sqlite);

public sealed class RetainerQueriesOnPostgres() : RetainerQueriesTests(ReadModelsIn.Postgres);
