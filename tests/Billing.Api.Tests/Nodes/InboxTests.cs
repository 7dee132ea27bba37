using Billing.Api.Payments;
using Billing.TestSupport.Postgres;
using NodaTime;

namespace Billing.Api.Tests.Nodes;

public sealed class InboxTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 5, 1, 12, 0);

    [Fact]
    public async Task A_notice_is_kept_once_and_given_to_one_node_until_it_is_finished()
    {
        await using var database = await PostgresDatabase.Create();
        using var one = new StripeInbox(new PostgresInbox(database.ConnectionString));
        using var other = new StripeInbox(new PostgresInbox(database.ConnectionString));
        for (var n = 0; n < 10; n++)
        {
            one.Take(new StripeNotice($"evt_{n}", "checkout.session.completed", $"cs_{n}", null), Now);
            other.Take(new StripeNotice($"evt_{n}", "checkout.session.completed", $"cs_{n}", null), Now);
        }
        var mine = one.Due(Now, 4);
        var theirs = other.Due(Now, 50);
        Assert.Equal((4, 6), (mine.Count, theirs.Count));
        Assert.Equal(10, mine.Concat(theirs).Select(n => n.EventId).Distinct().Count());
        Assert.Empty(one.Due(Now, 50));

        // What a node does not finish comes again: at its time where it was put off, later where the node was lost.
        other.PutOff(theirs[0], "Stripe is away.", Now);
        Assert.Equal([theirs[0] with { Attempts = 1 }], one.Due(Now + Duration.FromSeconds(2), 50));
        foreach (var notice in mine) one.Finish(notice);
        Assert.Equal(6, one.Due(Now + Duration.FromMinutes(5), 50).Count);
    }
}
