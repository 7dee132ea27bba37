using Billing.Api.Tests.Hosting;
using Billing.TestSupport.Postgres;

namespace Billing.Api.Tests.Nodes;

/// <summary>What a node keeps of streams in memory is old once another has written: it may neither show it nor rest on it.</summary>
[Collection(ServerProcess.Collection)]
public sealed class AgreementTests
{
    [Fact]
    public async Task What_one_node_changes_the_other_shows_prints_previews_and_decides_on()
    {
        await using var database = await PostgresDatabase.Create();
        string[] settings = ["--Billing:Store=postgres", $"--Billing:Postgres={database.ConnectionString}"];
        await using var one = await ServerProcess.Start(settings);
        await using var other = await ServerProcess.Start(settings);
        var lastWrite = new LastWrite();
        using var here = new Person(one.Address, one.OwnerToken, lastWrite);
        using var there = new Person(other.Address, one.OwnerToken, lastWrite);
        var client = (await here.Post("/v1/clients", new { name = "Acme", currency = "USD" })).Ok().Id;

        await AssertSettings(here, there);
        await AssertInvoice(here, there, client);
    }

    /// <summary>A setting that is made what it was: the node that knows it so must hear that it was another meanwhile.</summary>
    private static async Task AssertSettings(Person here, Person there)
    {
        await Set(here, sendsReceipts: false);
        Assert.False(await Sends(here));
        Assert.False(await Sends(there));

        await Set(there, sendsReceipts: true);
        Assert.True(await Sends(here));

        await Set(here, sendsReceipts: false);
        Assert.False(await Sends(there));
        await Set(there, sendsReceipts: true);
        await Set(here, sendsReceipts: false);
        Assert.False(await Sends(there));
    }

    private static async Task AssertInvoice(Person here, Person there, Guid client)
    {
        var work = (await here.Post("/v1/engagements", new { clientId = client, name = "Inbox" })).Ok().Id;
        await SetRate(here, work, "40.00");
        (await here.Post("/v1/time-entries", new { engagementId = work, workedOn = "2026-05-04", durationSeconds = 7_200 })).Ok();
        var invoice = (await here.Post("/v1/invoices", new { clientId = client, through = "2026-05-04" })).Ok().Id;
        var (detail, finalize) = ($"/v1/invoices/{invoice:D}", $"/v1/invoices/{invoice:D}:finalize");
        Assert.Equal("80.00", (await here.Get(detail)).Ok().String("preview.total.amount"));
        Assert.Equal("80.00", (await there.Get(detail)).Ok().String("preview.total.amount"));

        await SetRate(there, work, "50.00");
        Assert.Equal("100.00", (await here.Get(detail)).Ok().String("preview.total.amount"));
        var preview = (await here.Post($"{finalize}?dryRun=true", new { issuedOn = "2026-06-01" })).Ok().Text;
        Assert.Contains("\"totalMinor\":10000", preview, StringComparison.Ordinal);

        (await there.Post(finalize, new { issuedOn = "2026-06-01" })).Ok();
        var issued = (await here.Get(detail)).Ok();
        Assert.True(issued.IsNull("preview"));
        Assert.Equal("100.00", issued.List("lines")[0]["amount"]!["amount"]!.GetValue<string>());
        (await here.Get($"{detail}/pdf")).Ok();
    }

    private static async Task SetRate(Person person, Guid work, string rate) =>
        (await person.Post($"/v1/engagements/{work:D}:set-rate", new
        {
            perHour = new { amount = rate, currency = "USD" },
            validFrom = "2026-01-01",
        })).Ok();

    private static async Task Set(Person person, bool sendsReceipts) => (await person.Post("/v1/mail-policy:set", new
    {
        sendsReceipts,
        sendsReminders = false,
        reminderDays = Array.Empty<int>(),
        sendsFailedCharges = false,
    })).Ok();

    private static async Task<bool> Sends(Person person) =>
        (await person.Get("/v1/mail-policy")).Ok().Text.Contains("\"sendsReceipts\":true", StringComparison.Ordinal);
}
