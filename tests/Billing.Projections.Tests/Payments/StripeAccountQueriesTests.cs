using Billing.Domain.Payments;
using Billing.Projections.Payments;
using Billing.Projections.Tests.Given;
using static Billing.Domain.Payments.StripeAccountEvent;

namespace Billing.Projections.Tests.Payments;

public abstract class StripeAccountQueriesTests(ReadModelsIn where)
{
    [Fact]
    public async Task An_account_is_its_practices_also_when_another_took_its_place()
    {
        await using var practice = new Practice(where);
        var queries = new StripeAccountQueries(practice.Database);
        await practice.Happened(Of(new StripeAccountConnected("acct_1", Practice.Now)));
        Assert.Equal(new BookedAccount(Practice.Book, "acct_1", IsRevoked: false), queries.Find("acct_1"));
        await practice.Happened(
            Of(new StripeAccountRevoked("acct_1", Practice.Now)), Of(new StripeAccountConnected("acct_2", Practice.Now)));
        Assert.Equal(
            [new BookedAccount(Practice.Book, "acct_1", IsRevoked: true), new BookedAccount(Practice.Book, "acct_2", IsRevoked: false)],
            queries.All());
        await practice.Happened(
            Of(new StripeAccountReviewed("acct_1", true, true, true, Practice.Now)),
            Of(new StripeAccountDisconnected("acct_2", Practice.Now)));
        Assert.Equal(new BookedAccount(Practice.Book, "acct_1", IsRevoked: false), queries.Find("acct_1"));
        Assert.Equal(new BookedAccount(Practice.Book, "acct_2", IsRevoked: false), queries.Find("acct_2"));
        Assert.Null(queries.Find("acct_3"));
    }

    private static (string, object) Of(StripeAccountEvent @event) => ($"stripe-account-{Practice.Book.Value:D}", @event);
}

public sealed class StripeAccountQueriesOnSqlite() : StripeAccountQueriesTests(ReadModelsIn.Sqlite);

public sealed class StripeAccountQueriesOnPostgres() : StripeAccountQueriesTests(ReadModelsIn.Postgres);
