using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Values;
using Billing.Projections.Access;
using Billing.Projections.Clients;
using Billing.Projections.Engagements;
using Billing.Projections.Paging;
using Billing.Projections.Tests.Given;
using NodaTime;

namespace Billing.Projections.Tests.Access;

/// <summary>The practice, its people, its clients and what was agreed with them.</summary>
public abstract class AccessQueriesTests(ReadModelsIn where)
{
    private static readonly string Stream = $"business-{Ids.Of(1, 1):D}";
    private static readonly Guid Token = Ids.Of(11, 1);
    private static readonly Instant Tomorrow = Practice.Now.Plus(Duration.FromDays(1));

    [Fact]
    public async Task The_practice_stands_as_last_described()
    {
        await using var practice = new Practice(where);
        var queries = new AccessQueries(practice.Database);
        Assert.Null(queries.Business(Practice.Book));
        await practice.Happened((Stream, Opened));
        Assert.Null(queries.Business(Practice.Book)!.Rounding);
        await practice.Happened(
            (Stream, new BusinessEvent.BusinessDescribed("Ada VA", ["1 Main St"], "ada@example.com", "12-3", Practice.Now)),
            (Stream, new BusinessEvent.BusinessMoved("Europe/Berlin", Practice.Now)),
            (Stream, new BusinessEvent.InvoicingPolicySet("ADA", 14, new RoundingPolicy(900, "up", "entry"), Practice.Now)));
        var business = queries.Business(Practice.Book)!;
        Assert.Equal(("Ada VA", "1 Main St", "ada@example.com", "12-3"), (business.Name, business.AddressLines[0], business.Email, business.TaxId));
        Assert.Equal(("Europe/Berlin", Currency.Usd, "ADA", 14), (business.TimeZone, business.Currency, business.NumberPrefix, business.PaymentTermsDays));
        Assert.Equal((new RoundingPolicy(900, "up", "entry"), 4), (business.Rounding, business.Version));
    }

    [Fact]
    public async Task The_practice_shows_how_it_keeps_time_and_through_which_day_its_books_are_closed()
    {
        await using var practice = new Practice(where);
        var queries = new AccessQueries(practice.Database);
        await practice.Happened((Stream, Opened));
        Assert.Equal(TimekeepingPolicy.Default, queries.Business(Practice.Book)!.Timekeeping);
        Assert.Null(queries.Business(Practice.Book)!.LockedThrough);
        await practice.Happened(
            (Stream, new BusinessEvent.TimekeepingPolicySet("stop-first", 7200, 3600, Practice.Now)),
            (Stream, new BusinessEvent.PeriodLocked(new LocalDate(2026, 3, 31), "Filed", Practice.Now)),
            (Stream, new BusinessEvent.PeriodLocked(new LocalDate(2026, 2, 28), "An entry was missing", Practice.Now)));
        var business = queries.Business(Practice.Book)!;
        Assert.Equal(new TimekeepingPolicy("stop-first", 7200, 3600), business.Timekeeping);
        Assert.Equal((new LocalDate(2026, 2, 28), "An entry was missing", 4), (business.LockedThrough, business.LockReason, business.Version));
    }

    [Fact]
    public async Task A_token_is_good_until_it_expires_is_revoked_or_its_member_leaves()
    {
        await using var practice = new Practice(where);
        var queries = new AccessQueries(practice.Database);
        await practice.Happened(
            (Stream, Opened), (Stream, Joined(Ids.Ada)), (Stream, Joined(Ids.Bob)),
            (Stream, new BusinessEvent.AccessTokenIssued(Token, Ids.Ada, "aa11", "laptop", Practice.Now, Tomorrow)),
            (Stream, new BusinessEvent.AccessTokenIssued(Ids.Of(11, 2), Ids.Bob, "bb22", null, Practice.Now, null, "clients:read time:write")));
        var grant = queries.FindToken("aa11")!;
        Assert.Equal(new TokenGrant(Practice.Book, Token, Ids.Ada, "assistant", "Europe/Berlin", Tomorrow, false, false), grant);
        Assert.True(grant.IsGoodAt(Tomorrow.Minus(Duration.Epsilon)));
        Assert.False(grant.IsGoodAt(Tomorrow));
        Assert.True(queries.FindToken("bb22")!.IsGoodAt(Tomorrow));
        Assert.Null(queries.FindToken("aa1"));
        Assert.Equal(new TokenScopes("clients:read time:write"), queries.FindToken("bb22")!.Scopes);
        Assert.Equal(["clients:read", "time:write"], queries.Tokens(Practice.Book)[1].Scopes);

        await practice.Happened(
            (Stream, new BusinessEvent.AccessTokenRevoked(Token, Practice.Now)),
            (Stream, new BusinessEvent.MemberLeft(Ids.Bob, Practice.Now)));
        Assert.False(queries.FindToken("aa11")!.IsGoodAt(Practice.Now));
        Assert.False(queries.FindToken("bb22")!.IsGoodAt(Practice.Now));
        Assert.Equal(
            new TokenView(Token, Ids.Ada, "laptop", Practice.Now, Tomorrow, Practice.Now), queries.Tokens(Practice.Book)[0]);
        Assert.Equal([null, Practice.Now], queries.Members(Practice.Book).Select(m => m.LeftAt));
    }

    [Fact]
    public async Task An_identity_is_good_until_it_is_unlinked_or_its_member_leaves()
    {
        await using var practice = new Practice(where);
        var queries = new AccessQueries(practice.Database);
        var (adas, bobs) = (Ids.Of(30, 1), Ids.Of(30, 2));
        await practice.Happened(
            (Stream, Opened), (Stream, Joined(Ids.Ada)), (Stream, Joined(Ids.Bob)),
            (Stream, new BusinessEvent.IdentityLinked(adas, Ids.Ada, "cc33", "https://issuer.example", "ada", Practice.Now)),
            (Stream, new BusinessEvent.IdentityLinked(bobs, Ids.Bob, "dd44", "https://issuer.example", "bob", Practice.Now)));
        Assert.Equal(
            new TokenGrant(Practice.Book, adas, Ids.Ada, "assistant", "Europe/Berlin", null, false, false),
            Assert.Single(queries.FindIdentity("cc33")));
        Assert.Empty(queries.FindIdentity("cc3"));

        await practice.Happened(
            (Stream, new BusinessEvent.IdentityUnlinked(adas, Tomorrow)), (Stream, new BusinessEvent.MemberLeft(Ids.Bob, Practice.Now)));
        Assert.False(Assert.Single(queries.FindIdentity("cc33")).IsGoodAt(Practice.Now));
        Assert.False(Assert.Single(queries.FindIdentity("dd44")).IsGoodAt(Practice.Now));
        Assert.Equal(
            new IdentityView(adas, Ids.Ada, "https://issuer.example", "ada", Practice.Now, Tomorrow), queries.Identities(Practice.Book)[0]);
    }

    [Fact]
    public async Task What_is_charged_moves_the_versions_on_and_an_assistant_sees_rates_while_allowed()
    {
        await using var practice = new Practice(where);
        var (access, engagements) = (new AccessQueries(practice.Database), new EngagementQueries(practice.Database));
        var (work, from) = ($"engagement-{Ids.Inbox:D}", new LocalDate(2026, 1, 1));
        await practice.Happened(
            (Stream, Opened), (Stream, Joined(Ids.Ada)),
            (Stream, new BusinessEvent.AccessTokenIssued(Token, Ids.Ada, "aa11", "laptop", Practice.Now, Tomorrow)),
            (Stream, new BusinessEvent.RatesShown(Ids.Ada, Practice.Now)),
            (work, new EngagementEvent.EngagementAgreed(Ids.Inbox, Ids.Acme, "USD", "Inbox", Practice.Now)),
            (work, new EngagementEvent.RateCardSet(Ids.Of(12, 1), null, 4000, from, null, Practice.Now, "design", 36_000, 3000)),
            (work, new EngagementEvent.TimeRuleSet(null, 900, from, Practice.Now)));
        Assert.True(access.FindToken("aa11")!.SeesRates);
        Assert.True(access.Member(Practice.Book, Ids.Ada)!.SeesRates);
        var engagement = engagements.Engagement(Practice.Book, Ids.Inbox)!;
        Assert.Equal(3, engagement.Version);
        Assert.Equal(
            new RateCardView(
                Ids.Of(12, 1), null, new Money(4000, Currency.Usd), from, null, Practice.Now, "design", 36_000,
                new Money(3000, Currency.Usd)),
            Assert.Single(engagement.Cards));

        await practice.Happened((Stream, new BusinessEvent.RatesHidden(Ids.Ada, Practice.Now)));
        Assert.False(access.FindToken("aa11")!.SeesRates);
        Assert.Equal(5, access.Business(Practice.Book)!.Version);
    }

    [Fact]
    public async Task A_client_stands_as_last_described_and_leaves_the_list_when_archived()
    {
        await using var practice = new Practice(where);
        var (queries, stream) = (new ClientQueries(practice.Database), $"client-{Ids.Acme:D}");
        await practice.Happened(
            (stream, new ClientEvent.ClientAdded(Ids.Acme, "Acme", "a@acme.example", null, "EUR", 30, Practice.Now)),
            (stream, new ClientEvent.ClientDescribed("Acme Ltd", null, ["2 High St"], Practice.Now)),
            (stream, new ClientEvent.PaymentTermsAgreed(null, Practice.Now)));
        var client = Assert.Single(queries.Clients(Practice.Book, new PageRequest()).Items);
        Assert.Equal(("Acme Ltd", null, "2 High St", Currency.Eur), (client.Name, client.Email, client.AddressLines[0], client.Currency));
        Assert.Equal((null, 3), (client.PaymentTermsDays, client.Version));
        await practice.Happened((stream, new ClientEvent.ClientArchived(Practice.Now)));
        Assert.Empty(queries.Clients(Practice.Book, new PageRequest()).Items);
        Assert.Single(queries.Clients(Practice.Book, new PageRequest(), withArchived: true).Items);
        Assert.Equal(Practice.Now, queries.Client(Practice.Book, Ids.Acme)!.ArchivedAt);
    }

    [Fact]
    public async Task An_engagement_shows_its_cards_in_the_order_in_which_they_were_set()
    {
        await using var practice = new Practice(where);
        var (stream, day) = ($"engagement-{Ids.Inbox:D}", new LocalDate(2026, 1, 1));
        await practice.Happened(
            (stream, new EngagementEvent.EngagementAgreed(Ids.Inbox, Ids.Acme, "USD", "Inbox", Practice.Now)),
            (stream, new EngagementEvent.RateCardSet(Ids.Of(12, 2), null, 5_000, day, null, Practice.Now)),
            (stream, new EngagementEvent.RateCardSet(Ids.Of(12, 1), Ids.Ada, 6_000, day, day.PlusDays(9), Practice.Now)),
            (stream, new EngagementEvent.EngagementEnded(day.PlusYears(1), Practice.Now)));
        var queries = new EngagementQueries(practice.Database);
        var engagement = queries.Engagement(Practice.Book, Ids.Inbox)!;
        Assert.Equal((Ids.Acme, "Inbox", day.PlusYears(1), 4), (engagement.ClientId, engagement.Name, engagement.LastDay, engagement.Version));
        Assert.Equal(
            [
                new RateCardView(Ids.Of(12, 2), null, new Money(5_000, Currency.Usd), day, null, Practice.Now),
                new RateCardView(Ids.Of(12, 1), Ids.Ada, new Money(6_000, Currency.Usd), day, day.PlusDays(9), Practice.Now),
            ],
            engagement.Cards);
        Assert.Single(queries.Engagements(Practice.Book, new PageRequest(), Ids.Acme).Items);
        Assert.Empty(queries.Engagements(Practice.Book, new PageRequest(), Ids.Zenith).Items);
    }

    private static BusinessEvent.BusinessOpened Opened => new(Ids.Of(1, 1), "Ada", "America/New_York", "USD", Practice.Now);

    private static BusinessEvent.MemberAdded Joined(Guid member) => new(member, "Name", "assistant", "Europe/Berlin", Practice.Now);
}

public sealed class AccessQueriesOnSqlite() : AccessQueriesTests(ReadModelsIn.Sqlite);

public sealed class AccessQueriesOnPostgres() : AccessQueriesTests(ReadModelsIn.Postgres);
