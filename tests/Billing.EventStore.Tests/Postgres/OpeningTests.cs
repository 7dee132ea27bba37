using System.Net;
using System.Net.Sockets;
using Billing.EventStore.Port;
using Billing.EventStore.Postgres;
using Billing.EventStore.Tests.Conformance;
using NodaTime;

namespace Billing.EventStore.Tests.Postgres;

public sealed class OpeningTests : IAsyncDisposable
{
    private readonly EventSchema schema = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => schema.DisposeAsync();

    [Fact]
    public async Task Nodes_that_open_an_empty_database_at_once_lay_it_out_once()
    {
        var nodes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => schema.Open(), Stop)));

        Assert.Equal((long)Schema.Latest, await schema.Run("SELECT count(*) FROM schema_version"));
        var book = Given.Book();
        for (var n = 0; n < nodes.Length; n++)
            Assert.Equal(n + 1, Assert.IsType<AppendOutcome.Appended>(
                await nodes[n].Append(Given.Append(book, "invoice-1", n), Stop)).Position);
        foreach (var node in nodes) await node.DisposeAsync();
    }

    [Fact]
    public async Task A_schema_of_a_newer_program_is_refused_and_left_as_it_is()
    {
        await (await schema.Open()).DisposeAsync();
        await schema.Run($"INSERT INTO schema_version VALUES ({Schema.Latest + 1}); DROP TABLE idempotency_keys");

        var refusal = await Assert.ThrowsAsync<EventStoreException>(() => schema.Open());

        Assert.Contains("written by a newer program", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(Schema.Latest + 1, await schema.Run("SELECT max(version) FROM schema_version"));
        Assert.Equal(false, await schema.Run("SELECT to_regclass('idempotency_keys') IS NOT NULL"));
    }

    [Fact]
    public async Task A_schema_with_tables_of_another_kind_is_refused_and_left_as_it_is()
    {
        await schema.Run($"CREATE SCHEMA {schema.Name}; CREATE TABLE {schema.Name}.events (n integer)");

        var refusal = await Assert.ThrowsAsync<EventStoreException>(() => schema.Open());

        Assert.Contains("another kind", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1L, await schema.Run($"SELECT count(*) FROM pg_tables WHERE schemaname = '{schema.Name}'"));
    }

    [Fact]
    public async Task A_database_that_can_not_keep_every_text_is_refused()
    {
        await schema.Run($"CREATE DATABASE {schema.Name} ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0");
        try
        {
            var refusal = await Assert.ThrowsAsync<EventStoreException>(() => schema.Open(settings: s => s.Database = schema.Name));
            Assert.Contains("UTF8", refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            await schema.Run($"DROP DATABASE {schema.Name} WITH (FORCE)");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("Events")]
    [InlineData("9events")]
    [InlineData("events; DROP TABLE events")]
    public async Task A_schema_name_that_needs_quotes_is_refused(string name) =>
        await Assert.ThrowsAsync<ArgumentException>(() => schema.Open(o => o with { Schema = name }));

    [Fact]
    public async Task A_server_that_stays_away_is_named()
    {
        var failure = await Assert.ThrowsAsync<EventStoreException>(() => PostgresEventStore.Open(
            $"Host=127.0.0.1;Port={DeadPort()};Database=billing;Username=billing",
            new PostgresStoreOptions { Patience = Duration.FromMilliseconds(100) },
            Stop));

        Assert.Contains("127.0.0.1, database billing, schema billing_events", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_hosts_the_primary_that_answers_is_used()
    {
        await using var store = await schema.Open(settings: s => s.Host = $"127.0.0.1:{DeadPort()},{s.Host}:{s.Port}");

        Assert.IsType<AppendOutcome.Appended>(await store.Append(Given.Append(Given.Book(), "invoice-1", 0), Stop));
        Assert.Equal(1, await store.HeadPosition(Stop));
    }

    [Fact]
    public async Task Installations_share_a_database_without_knowing_each_other()
    {
        await using var other = new EventSchema();
        await using var one = await schema.Open();
        await using var two = await other.Open();
        var request = Given.Append(Given.Book(), "invoice-1", 0);

        foreach (var store in new[] { one, two })
        {
            Assert.Equal(1, Assert.IsType<AppendOutcome.Appended>(await store.Append(request, Stop)).Position);
            Assert.Single(await store.ReadFeed(0, 10, Stop));
        }
    }

    private static int DeadPort()
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        return ((IPEndPoint)nobody.LocalEndpoint).Port;
    }
}
