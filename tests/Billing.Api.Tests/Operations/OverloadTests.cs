using Billing.Api.Tests.Http;
using Billing.EventStore.Sqlite;

namespace Billing.Api.Tests.Operations;

public sealed class OverloadTests
{
    private const int Sent = 8;

    /// <summary>One that the writer has taken and can't write, and one in the queue.</summary>
    private const int Held = 2;

    [Fact]
    public async Task A_full_queue_answers_503_with_a_time_to_come_again_and_loses_nothing()
    {
        await using var server = await ApiServer.Start(store: folder => SqliteEventStore.Open(
            Path.Combine(folder, "events.db"), new SqliteStoreOptions { QueuedAppends = 1 }));
        var practice = await Practice.OpenEmpty(server);
        var before = await server.Head();
        List<Task<ApiAnswer>> sent;
        using (var other = EventRows.Open(Path.Combine(server.DataFolder, "events.db")))
        {
            using var holding = other.BeginTransaction(deferred: false);
            sent = [.. Enumerable.Range(0, Sent).Select(n => server.Post(practice.Owner, "/v1/clients", Client(n)))];
            var answered = 0;
            await foreach (var _ in Task.WhenEach(sent).WithCancellation(TestContext.Current.CancellationToken))
                if (++answered == Sent - Held) break;
            holding.Rollback();
        }
        var answers = (await Task.WhenAll(sent)).ToLookup(answer => answer.Code == 503);
        var (refused, stored) = (answers[true].ToList(), answers[false].ToList());

        // One more where all came before the writer took its first.
        Assert.InRange(refused.Count, Sent - Held, Sent - 1);
        Assert.All(refused, a => Assert.Equal((503, "overloaded", "1"), (a.Code, a.ProblemCode, a.Header("Retry-After"))));
        Assert.All(stored, a => a.Ok());
        Assert.Equal(before + stored.Count, await server.Head());
        (await server.Post(practice.Owner, "/v1/clients", Client(99))).Ok();
        Assert.Empty(server.Errors);
    }

    private static string Client(int n) => FormattableString.Invariant($$"""{"name":"Client {{n}}","currency":"USD"}""");
}
