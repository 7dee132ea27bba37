using Billing.Api.Tests.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Billing.Api.Tests.Fuzz;

/// <summary>The checks of a run find what they are there for.</summary>
public sealed class CheckTests
{
    [Fact]
    public async Task Finds_a_row_of_the_read_models_that_no_event_says()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.OpenEmpty(server);
        await practice.AddClient();
        await BookCheck.Holds(server, [practice]);

        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(server.DataFolder, "read.db")};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var change = connection.CreateCommand();
            change.CommandText = "UPDATE clients SET name = 'Another'";
            Assert.Equal(1, await change.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }

        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => BookCheck.Holds(server, [practice]));
    }

    [Fact]
    public async Task Finds_a_token_in_the_log_and_in_a_file()
    {
        var watch = new SecretWatch();
        await using var server = await ApiServer.Start(settings: SecretTests.Verbose, log: watch);
        var practice = await Practice.OpenEmpty(server);
        watch.Watch(practice.Owner);
        Assert.Empty(watch.Lines);

        server.Services.GetRequiredService<ILogger<CheckTests>>().LogTrace("A request came with {Token}.", practice.Owner);

        Assert.Single(watch.Lines);
        Assert.True(watch.IsIn($"The token {practice.Owner} is unknown."));
        Assert.Equal([practice.Owner], watch.FoundIn(System.Text.Encoding.UTF8.GetBytes($"\0{practice.Owner}\0")));
        Assert.Equal([practice.Owner], watch.FoundIn(System.Text.Encoding.Unicode.GetBytes($"\0{practice.Owner}\0")));
    }

    [Fact]
    public async Task Finds_a_write_by_a_request_that_may_not_write()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.OpenEmpty(server);
        var run = new FuzzRun(server, new SecretWatch(), seed: 1);
        var head = $"POST /v1/clients HTTP/1.1\r\nHost: {server.Address.Authority}\r\nAuthorization: Bearer {practice.Owner}\r\n"
            + "Content-Type: application/json\r\nContent-Length: 34";
        var body = """{"name":"Birch","currency":"USD"} """u8.ToArray();

        await run.Work(0, _ => new WireRequest("as a command", "POST", head, body, IsBroken: false), practice, 0, 1);
        Assert.Empty(run.Faults);

        // The run takes it for a question; the server sees a command, and takes it.
        await run.Work(0, _ => new WireRequest("as a question", "GET", head, body, IsBroken: false), practice, 1, 1);

        Assert.StartsWith("1 × as a question: nothing was accepted, but client-", Assert.Single(run.Faults), StringComparison.Ordinal);
    }
}
