using Billing.Api.Tests.Http;
using Billing.EventStore.Port;
using Billing.Projections.Running;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Billing.Api.Tests.Commands;

/// <summary>A newer version of the program has written to these books, and this one was started on them again.</summary>
public sealed class NewerEventTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commands_that_need_it_are_refused_and_the_health_tells_name_place_and_remedy()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.OpenEmpty(server);
        await practice.AddClient();
        await server.CatchUp();
        var unknown = await Append(server, practice, $"client-{practice.ClientId:D}");
        await server.Restart();
        // It ends at once where the runner halts.
        Assert.False(await server.Services.GetRequiredService<ProjectionRunner>()
            .WaitFor(unknown, TimeSpan.FromSeconds(20), Cancellation));

        var refused = await server.Post(
            practice.Owner, $"/v1/clients/{practice.ClientId}:agree-terms", """{"paymentTermsDays":9}""", ("Idempotency-Key", "k-1"));
        var health = await server.Get(null, "/health");
        Assert.Equal(503, (await server.Get(null, "/health/ready")).Code);
        Assert.Equal(200, (await server.Get(null, "/health/live")).Code);

        Assert.Equal((503, "program-outdated"), (refused.Code, refused.ProblemCode));
        Assert.Contains("upgraded", (string?)refused.Json["detail"], StringComparison.Ordinal);
        Assert.NotNull(refused.Header("Retry-After"));
        Assert.Equal(unknown, await server.Head());
        Assert.Equal((503, "read-models-halted"), (health.Code, (string?)health.Json["status"]));
        foreach (var said in server.Errors.Append((string?)health.Json["fault"]))
        {
            Assert.Contains("'client-cloned.v7'", said, StringComparison.Ordinal);
            Assert.Contains($"at position {unknown}", said, StringComparison.Ordinal);
            Assert.Contains("start that version, or a later one", said, StringComparison.Ordinal);
        }
        Assert.NotEmpty(server.Errors);

        // What rests on other streams goes on.
        (await server.Post(practice.Owner, "/v1/clients", """{"name":"Birch","currency":"USD"}""")).Ok();
    }

    private static async Task<long> Append(ApiServer server, Practice practice, string stream)
    {
        var ids = server.Services.GetRequiredService<Func<Guid>>();
        var newer = new NewEvent(ids(), "client-cloned.v7", "{}"u8.ToArray());
        var request = new AppendRequest(
            new BookId(practice.Id), [new StreamAppend(stream, StreamAppend.AnyVersion, [newer])], [],
            new EventMetadata("member:newer", ids(), ids(), SystemClock.Instance.GetCurrentInstant()));
        var outcome = await server.Services.GetRequiredService<IEventStore>().Append(request, Cancellation);
        return Assert.IsType<AppendOutcome.Appended>(outcome).Position;
    }
}
