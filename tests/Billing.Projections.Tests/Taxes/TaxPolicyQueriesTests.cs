using Billing.Domain.Taxes;
using Billing.Projections.Taxes;
using Billing.Projections.Tests.Given;

namespace Billing.Projections.Tests.Taxes;

public abstract class TaxPolicyQueriesTests(ReadModelsIn where)
{
    private static readonly string Stream = TaxPolicy.Stream.Name(Practice.Book.Value);

    [Fact]
    public async Task A_link_opens_what_it_was_made_for_until_it_is_revoked()
    {
        await using var practice = new Practice(where);
        await practice.Happened(
            (Stream, new TaxPolicyEvent.TaxLinkMade(Ids.Of(18, 1), TaxLinkKind.Calendar, "aa", Practice.Now)),
            (Stream, new TaxPolicyEvent.TaxLinkMade(Ids.Of(18, 2), TaxLinkKind.Report, "bb", Practice.Now)),
            (Stream, new TaxPolicyEvent.TaxLinkRevoked(Ids.Of(18, 2), Practice.Now)));
        var queries = new TaxPolicyQueries(practice.Database);
        Assert.Null(queries.FindLink("aa", TaxLinkKind.Report));
        Assert.Null(queries.FindLink("cc", TaxLinkKind.Calendar));
        Assert.Equal(
            (Practice.Book, Ids.Of(18, 1), false),
            queries.FindLink("aa", TaxLinkKind.Calendar) is { } open ? (open.Book, open.LinkId, open.IsRevoked) : default);
        Assert.True(queries.FindLink("bb", TaxLinkKind.Report)!.IsRevoked);
        Assert.Equal([TaxLinkKind.Calendar, TaxLinkKind.Report], queries.Links(Practice.Book).Select(link => link.Opens));
    }

    [Fact]
    public async Task Who_took_reminders_back_is_not_gone_round()
    {
        await using var practice = new Practice(where);
        await practice.Happened((Stream, new TaxPolicyEvent.TaxRemindersSet(7, null, Practice.Now)));
        Assert.Equal([Practice.Book], new TaxPolicyQueries(practice.Database).Reminded());
        await practice.Happened((Stream, new TaxPolicyEvent.TaxRemindersSet(null, null, Practice.Now)));
        Assert.Empty(new TaxPolicyQueries(practice.Database).Reminded());
    }
}

public sealed class TaxPolicyQueriesOnSqlite() : TaxPolicyQueriesTests(ReadModelsIn.Sqlite);

public sealed class TaxPolicyQueriesOnPostgres() : TaxPolicyQueriesTests(ReadModelsIn.Postgres);
