using System.Diagnostics;
using System.Text;
using Billing.Api.Tests.Hosting;
using Billing.Api.Tests.Http;
using Billing.EventStore.Port;
using Billing.EventStore.Sealing;
using Billing.TestSupport.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Api.Tests.Clients;

/// <summary>Erasing a client on one of two servers that share a PostgreSQL database.</summary>
public sealed class ErasureOnPostgresTests : IAsyncLifetime
{
    /// <summary>How long the other server may know what was erased: it looks every five seconds.</summary>
    private static readonly TimeSpan ForgettingLimit = TimeSpan.FromSeconds(30);

    private PostgresDatabase? _database;
    private ApiServer? _one, _other;
    private Practice? _practice;

    private PostgresDatabase Database => _database!;

    private ApiServer One => _one!;

    private ApiServer Other => _other!;

    private Practice P => _practice!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await PostgresDatabase.Create();
        var settings = new Dictionary<string, string?>
        {
            ["Billing:Store"] = "postgres",
            ["Billing:Postgres"] = Database.ConnectionString,
        };
        _one = await ApiServer.Start(settings: settings);
        _other = await ApiServer.Start(settings: settings);
        _practice = await Practice.OpenEmpty(One);
    }

    public async ValueTask DisposeAsync()
    {
        if (_one is not null) await _one.DisposeAsync();
        if (_other is not null) await _other.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
    }

    [Fact]
    public async Task No_table_holds_a_word_that_goes_at_once_both_servers_forget_and_no_amount_changes()
    {
        var client = await MarkedClient.Add(One, P.Owner);
        var invoice = await client.Bill(mailing: Other);
        var key = KeyOf(client, KeyUse.Contact);
        Assert.NotEmpty(await Tables(MarkedClient.AtOnce));
        Assert.NotEmpty(await Tables([key]));
        Assert.NotEmpty(Mails(Other));
        foreach (var server in new[] { One, Other })
        {
            await server.CatchUp();
            Assert.Contains(MarkedClient.AtOnce, (await client.EveryAnswer(server, invoice)).Contains);
        }
        var before = (await Reports(One), await Reports(Other));

        await client.Erase();

        await BothForget(client, invoice);
        Assert.Empty(await Tables([.. MarkedClient.AtOnce, key]));
        // Vouchers of what was paid; the invoice and whom it names are sealed, and in no read model.
        Assert.Equal(
            ["ZqExpenseNote in billing_read.expenses", "ZqPayReference in billing_read.payments"], await Tables(MarkedClient.WithDocuments));
        Assert.Equal(before, (await Reports(One), await Reports(Other)));
        Assert.Equal(0, (await ProgramRun.Of("verify", "--store", $"postgres:{Database.ConnectionString}")).ExitCode);
        Assert.Empty(One.Errors.Concat(Other.Errors));
    }

    [Fact]
    public async Task Of_a_client_without_documents_no_table_holds_any_word()
    {
        var client = await MarkedClient.Add(One, P.Owner);
        string[] keys = [KeyOf(client, KeyUse.Contact), KeyOf(client, KeyUse.Documents)];
        await One.CatchUp();
        Assert.NotEmpty(await Tables(["ZqName", "ZqStreet", "zq-contact@example.test"]));

        await client.Erase();
        await BothForget(client, Guid.Empty);

        Assert.Empty(await Tables([.. MarkedClient.All, .. keys]));
    }

    /// <summary>Until neither answers with a word that goes at once, or has a mail in its folder.</summary>
    private async Task BothForget(MarkedClient client, Guid invoice)
    {
        var watch = Stopwatch.StartNew();
        foreach (var server in new[] { One, Other })
        {
            while (Mails(server).Length > 0
                || (await client.EveryAnswer(server, invoice) is var told && MarkedClient.AtOnce.Any(told.Contains)))
            {
                Assert.True(watch.Elapsed < ForgettingLimit, "It is not forgotten.");
                await Task.Delay(TimeSpan.FromMilliseconds(500), Stop);
            }
            await server.CatchUp();
        }
    }

    /// <summary>As <see cref="PostgresRows"/> has bytes.</summary>
    private string KeyOf(MarkedClient client, KeyUse use) => Encoding.Latin1.GetString(
        One.Services.GetRequiredService<KeyRing>().KeyOf(new BookId(P.Id), new KeyOwner(client.Id, use)).Bytes!);

    /// <summary>Which words are where.</summary>
    private async Task<IReadOnlyList<string>> Tables(IReadOnlyList<string> words)
    {
        var rows = await PostgresRows.Read(Database.ConnectionString, Stop);
        return [.. rows.SelectMany(table => words.Where(word => table.Value.Contains(word, StringComparison.OrdinalIgnoreCase))
            .Select(word => $"{word} in {table.Key}"))];
    }

    private async Task<string> Reports(ApiServer server)
    {
        var all = new StringBuilder();
        foreach (var path in ErasureTests.Reports) all.AppendLine((await server.Get(P.Owner, path)).Ok().Text);
        return all.ToString();
    }

    private static string[] Mails(ApiServer server)
    {
        var folder = Path.Combine(server.DataFolder, "outbox");
        return Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
    }
}
