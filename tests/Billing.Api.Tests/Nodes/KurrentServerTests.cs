using Billing.Api.Tests.Hosting;
using Billing.KurrentStandIn;
using Billing.TestSupport.Postgres;

namespace Billing.Api.Tests.Nodes;

/// <summary>The whole server with its events on KurrentDB, played by the stand-in.</summary>
[Collection(ServerProcess.Collection)]
public sealed class KurrentServerTests
{
    [Fact]
    public async Task Events_lie_on_KurrentDB_and_read_models_in_a_file_and_a_kill_loses_nothing()
    {
        await using var events = await KurrentStandInServer.Start();
        await using var server = await ServerProcess.Start("--Billing:Store=kurrentdb", $"--Billing:KurrentDb={events.ConnectionString}");

        var numbers = await BillTwice(server);

        Assert.Equal(["INV-2026-0001", "INV-2026-0002"], numbers);
        Assert.False(File.Exists(Path.Combine(server.DataFolder, "events.db")));
    }

    [Fact]
    public async Task Events_lie_on_KurrentDB_and_read_models_in_PostgreSQL()
    {
        await using var events = await KurrentStandInServer.Start();
        await using var database = await PostgresDatabase.Create();
        await using var server = await ServerProcess.Start(
            "--Billing:Store=kurrentdb", $"--Billing:KurrentDb={events.ConnectionString}",
            $"--Billing:Postgres={database.ConnectionString}");

        Assert.Equal(["INV-2026-0001", "INV-2026-0002"], await BillTwice(server));
    }

    /// <summary>Two hours billed before a kill, and two after it; the numbers of the invoices.</summary>
    private static async Task<IReadOnlyList<string>> BillTwice(ServerProcess server)
    {
        using var owner = new Person(server.Address, server.OwnerToken);
        var client = (await owner.Post("/v1/clients", new { name = "Acme", currency = "USD" })).Ok().Id;
        var work = (await owner.Post("/v1/engagements", new { clientId = client, name = "Inbox" })).Ok().Id;
        (await owner.Post($"/v1/engagements/{work:D}:set-rate", new
        {
            perHour = new { amount = "40.00", currency = "USD" },
            validFrom = "2026-01-01",
        })).Ok();
        var first = await Bill(owner, client, work, "2026-05-04");
        await server.KillAndRestart();
        var second = await Bill(owner, client, work, "2026-05-05");
        return [first, second];
    }

    private static async Task<string> Bill(Person owner, Guid client, Guid work, string day)
    {
        (await owner.Post("/v1/time-entries", new { engagementId = work, workedOn = day, durationSeconds = 7_200 })).Ok();
        var invoice = (await owner.Post("/v1/invoices", new { clientId = client, through = day })).Ok().Id;
        var final = (await owner.Post($"/v1/invoices/{invoice:D}:finalize", new { issuedOn = "2026-06-01" })).Ok();
        return final.String("number");
    }
}
