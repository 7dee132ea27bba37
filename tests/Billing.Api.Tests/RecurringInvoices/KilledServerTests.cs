using Billing.Api.Tests.Hosting;
using Billing.Api.Tests.Http;
using Billing.TestSupport.Postgres;

namespace Billing.Api.Tests.RecurringInvoices;

/// <summary>The program makes recurring invoices by itself, and is killed in the midst of it.</summary>
[Collection(ServerProcess.Collection)]
public sealed class KilledServerTests
{
    private const int Periods = 60, Kills = 4;

    [Fact]
    public async Task Killed_again_and_again_it_makes_each_periods_invoice_once_without_a_gap_in_the_numbers()
    {
        await using var server = await ServerProcess.Start();
        using var owner = new Person(server.Address, server.OwnerToken);
        var recurring = await Repeat(owner);

        for (var kill = 1; kill <= Kills; kill++)
        {
            var atLeast = kill * Periods / (Kills + 2);
            await Eventually.Is(() => owner.Get($"/v1/recurring-invoices/{recurring}"), seen => seen.List("past").Count >= atLeast);
            await server.KillAndRestart();
        }

        await Eventually.Is(() => owner.Get($"/v1/recurring-invoices/{recurring}"), seen => seen.List("past").Count >= Periods);
        await EachOnce(owner, recurring);
    }

    [Fact]
    public async Task Two_nodes_that_are_both_asked_make_each_periods_invoice_once()
    {
        await using var database = await PostgresDatabase.Create();
        string[] settings = ["--Billing:Store=postgres", $"--Billing:Postgres={database.ConnectionString}"];
        await using var one = await ServerProcess.Start(settings);
        await using var other = await ServerProcess.Start(settings);
        using var here = new Person(one.Address, one.OwnerToken);
        using var there = new Person(other.Address, one.OwnerToken);
        var recurring = await Repeat(here);

        // The worker of one of the nodes is at it as well.
        await Task.WhenAll(
            here.Post("/v1/recurring-invoices:run-due"), there.Post("/v1/recurring-invoices:run-due"),
            here.Post("/v1/recurring-invoices:run-due"), there.Post("/v1/recurring-invoices:run-due"));

        await Eventually.Is(() => here.Get($"/v1/recurring-invoices/{recurring}"), seen => seen.List("past").Count >= Periods);
        await EachOnce(here, recurring);
    }

    /// <summary>Sixty days, each with an hour of work and a fee, all of them due.</summary>
    private static async Task<Guid> Repeat(Person owner)
    {
        var client = (await owner.Post("/v1/clients", new { name = "Acme", currency = "USD", email = "a@acme.example" })).Ok().Id;
        var work = (await owner.Post("/v1/engagements", new { clientId = client, name = "Inbox" })).Ok().Id;
        (await owner.Post($"/v1/engagements/{work}:set-rate",
            new { perHour = new { amount = "40.00", currency = "USD" }, validFrom = "2020-01-01" })).Ok();
        for (var day = 0; day < Periods; day++)
        {
            (await owner.Post("/v1/time-entries", new
            {
                engagementId = work,
                workedOn = Practice.DaysFromNow(day - Periods - 2),
                durationSeconds = 3600,
            })).Ok();
        }
        return (await owner.Post("/v1/recurring-invoices", new
        {
            clientId = client,
            name = "Daily",
            cycle = new { rule = "days", every = 1 },
            firstDay = Practice.DaysFromNow(-Periods - 2),
            count = Periods,
            mode = "send",
            fees = new[] { new { description = "Care {period-start}", amount = new { amount = "1.00", currency = "USD" } } },
        })).Ok().Id;
    }

    private static async Task EachOnce(Person owner, Guid recurring)
    {
        var past = (await owner.Get($"/v1/recurring-invoices/{recurring}")).Ok().List("past");
        Assert.Equal(Periods, past.Count);
        Assert.Equal(past.Select(period => (string?)period["from"]).Order(), past.Select(period => (string?)period["from"]).Distinct());
        var invoices = (await owner.Get("/v1/invoices?limit=500")).Ok().List("items");
        Assert.Equal(
            past.Select(period => (string?)period["invoiceId"]).Order(), invoices.Select(invoice => (string?)invoice["invoiceId"]).Order());
        Assert.All(invoices, invoice => Assert.Equal("41.00", Reply.Dollars(invoice["total"])));
        // Numbers of a year are given without a gap, in the order of the days.
        foreach (var year in invoices.GroupBy(invoice => ((string)invoice["number"]!)[..^4]))
        {
            Assert.Equal(
                Enumerable.Range(1, year.Count()),
                year.Select(invoice => int.Parse(((string)invoice["number"]!)[^4..], System.Globalization.CultureInfo.InvariantCulture)).Order());
        }
        var mails = (await owner.Get("/v1/mails?limit=500")).Ok().List("items");
        Assert.Equal(
            invoices.Select(invoice => (string?)invoice["invoiceId"]).Order(), mails.Select(mail => (string?)mail["invoiceId"]).Order());
    }
}
