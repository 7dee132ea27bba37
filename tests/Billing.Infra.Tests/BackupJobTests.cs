using System.Net.Http.Headers;
using System.Net.Http.Json;
using Billing.Api.Hosting;
using Billing.TestSupport;
using Billing.TestSupport.Postgres;
using Microsoft.AspNetCore.Builder;
using Npgsql;

namespace Billing.Infra.Tests;

/// <summary>The script of the nightly job, run as it stands on a real database, but for where its folders are.</summary>
public sealed class BackupJobTests : IDisposable
{
    private static readonly Uri ClientsPath = new("/v1/clients", UriKind.Relative);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("billing-backup-");

    [Fact]
    public async Task What_the_nightly_job_keeps_makes_the_server_again_and_the_books_tell_no_name_without_the_keys()
    {
        Require.Program("pg_restore", "postgresql-client");
        await using PostgresDatabase lost = await PostgresDatabase.Create(), found = await PostgresDatabase.Create();
        string? token;
        await using (var server = await Serving(lost))
        {
            token = await FirstStart.EnsurePractice(server.Services, TestContext.Current.CancellationToken);
            using var client = Client(server, token!);
            using var answer = await client.PostAsJsonAsync(
                ClientsPath, new { name = "Acme Dental", currency = "USD" }, TestContext.Current.CancellationToken);
            answer.EnsureSuccessStatusCode();
            await server.StopAsync(TestContext.Current.CancellationToken);
        }
        Directory.CreateDirectory(In("data", "receipts", "ab"));
        await File.WriteAllTextAsync(In("data", "receipts", "ab", "cdef"), "a receipt", TestContext.Current.CancellationToken);

        await RunTheJob(lost);
        await RunTheJob(lost);

        Assert.True(File.Exists(In("backups", "receipts", "ab", "cdef")));
        var books = Directory.GetFiles(In("backups"), "books-*.dump");
        Assert.All(await SchemasOf(books[0]), schema => Assert.Contains(schema, new[] { "billing_events", "billing_inbox" }));
        Assert.Equal([In("keys", "keys.dump")], Directory.GetFiles(In("keys")));
        foreach (var dump in new[] { books[0], In("keys", "keys.dump") })
            await Run("pg_restore", "--exit-on-error", "--no-owner", "--dbname", Address(found), dump);
        await using var again = await Serving(found);
        using var owner = Client(again, token!);
        var clients = await Clients(owner);
        await again.StopAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Acme Dental", clients, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task RunTheJob(PostgresDatabase database)
    {
        var jobs = (await NodeCheck.Of(InfraFiles.Manifests)).Kind("CronJob");
        var job = jobs.Single(j => (string)j["metadata"]!["name"]! == "billing-backup");
        var command = job["spec"]!["jobTemplate"]!["spec"]!["template"]!["spec"]!["containers"]![0]!["command"]!.AsArray();
        foreach (var name in new[] { "backups", "keys", "data" }) Directory.CreateDirectory(In(name));
        var script = ((string)command[2]!).Replace("/backups", In("backups"), StringComparison.Ordinal)
            .Replace("/keys/", In("keys") + "/", StringComparison.Ordinal).Replace("/data", In("data"), StringComparison.Ordinal)
            .Replace("pg_dump ", $"pg_dump --dbname='{Address(database)}' ", StringComparison.Ordinal);
        await Run((string)command[0]!, (string)command[1]!, script);
    }

    private async Task<WebApplication> Serving(PostgresDatabase database)
    {
        var app = await BillingServer.Build(BillingHost.CreateBuilder(
        [
            "--urls", "http://127.0.0.1:0", $"--Billing:DataFolder={In("data")}", "--Billing:Store=postgres",
            $"--Billing:Postgres={database.ConnectionString}",
        ]));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static HttpClient Client(WebApplication app, string token) => new()
    {
        BaseAddress = new Uri(app.Urls.Single()),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    /// <summary>As soon as the read models, which were not in the backup, are there again.</summary>
    private static async Task<string> Clients(HttpClient client)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            using var answer = await client.GetAsync(ClientsPath, TestContext.Current.CancellationToken);
            var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (answer.IsSuccessStatusCode && body.Contains("name", StringComparison.Ordinal)) return body;
            await Task.Delay(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
        }
        return "It stayed away.";
    }

    private static async Task<IEnumerable<string>> SchemasOf(string dump) => (await Run("pg_restore", "--list", dump)).Split('\n')
        .Where(line => line.Contains(" SCHEMA - ", StringComparison.Ordinal)).Select(line => line.Split(' ')[^2]);

    private static async Task<string> Run(string program, params string[] arguments)
    {
        var end = await OtherProgram.Run(program, arguments);
        Assert.True(end.ExitCode == 0, $"{program}: {end.Output}{end.Errors}");
        return end.Output;
    }

    /// <summary>In the words of PostgreSQL's own programs.</summary>
    private static string Address(PostgresDatabase database)
    {
        var at = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        return $"host={at.Host} port={at.Port} user={at.Username} password={at.Password} dbname={at.Database}";
    }

    private string In(params string[] parts) => Path.Combine([folder.FullName, .. parts]);
}
