using System.Globalization;
using Billing.Api.Tests.Hosting;
using Billing.StripeStandIn.Webhooks;

namespace Billing.Api.Tests.Exchange;

/// <summary>
/// A timesheet comes in, every client's every month is billed, and every invoice is paid by card: to the minute and the cent
/// as worked out from the file alone.
/// </summary>
[Collection(ServerProcess.Collection)]
public sealed class TimesheetToPaymentTests
{
    /// <summary>A quarter hour and many other times are no whole cents at this rate, so that rounding shows.</summary>
    private const decimal PerHour = 37.35m;

    public static TheoryData<string> Files => [.. TimesheetFiles.All];

    [Theory, MemberData(nameof(Files))]
    public async Task Every_minute_is_billed_and_every_cent_is_paid(string file)
    {
        var account = TimesheetAccount.Of(file);
        await using var server = await ServerWithStripe.Start();
        using var owner = new Person(server.Address, server.Process.OwnerToken);

        await Import(owner, file, account);
        var clients = (await owner.Get("/v1/clients?limit=500")).Ok().List("items")
            .ToDictionary(client => (string)client["name"]!, client => (string)client["clientId"]!);
        var bills = account.Bills(PerHour);
        var billedSeconds = 0L;
        foreach (var bill in bills) billedSeconds += await BillAndPay(server, owner, clients[bill.Client], bill);

        Assert.Equal(account.Good.Select(row => row.Client).Distinct().Order(), clients.Keys.Order());
        Assert.Equal(0, billedSeconds % 60);
        Assert.Equal(
            account.Rows.Sum(row => row.Minutes), billedSeconds / 60 + account.Rows.Where(row => !row.IsGood).Sum(row => row.Minutes));
        Assert.Empty((await owner.Get("/v1/unbilled")).Ok().List("items"));
        await EverythingIsPaid(server, owner, bills);
    }

    /// <summary>The rows that are refused are those that the account leaves out too.</summary>
    private static async Task Import(Person owner, string file, TimesheetAccount account)
    {
        var rate = PerHour.ToString(CultureInfo.InvariantCulture);
        var report = (await owner.PostText($"/v1/imports/agency-timesheet?perHour={rate}", await File.ReadAllTextAsync(
            file, TestContext.Current.CancellationToken), "text/csv")).Ok();
        var refused = report.List("rows").Where(row => (string)row["outcome"]! == "refused").ToList();
        Assert.All(refused, row => Assert.False(string.IsNullOrEmpty((string?)row["detail"])));
        Assert.Equal(account.Rows.Where(row => !row.IsGood).Select(row => row.Number), refused.Select(row => (int)row["row"]!));
        Assert.Equal(account.Rows.Count, report.Whole("rowCount"));
        Assert.Equal(account.Good.Count(), report.Whole("imported"));
        Assert.Equal(account.Good.Sum(row => row.Minutes) * 60, report.Whole("importedSeconds"));
    }

    /// <returns>The seconds that the invoice bills.</returns>
    private static async Task<long> BillAndPay(ServerWithStripe server, Person owner, string clientId, TimesheetBill bill)
    {
        var next = bill.Month.AddMonths(1);
        var id = (await owner.Post("/v1/invoices", new { clientId, through = Iso(next.AddDays(-1)) })).Ok().Id;
        var finalized = (await owner.Post($"/v1/invoices/{id}:finalize", new { issuedOn = Iso(next) })).Ok();
        Assert.Equal(Text(bill.Total), finalized.Usd("due"));

        var lines = (await owner.Get($"/v1/invoices/{id}")).Ok().List("lines");
        Assert.Equal(
            bill.Lines.Select(line => (line.Project, line.Minutes * 60, Text(line.Amount))),
            lines.Select(line => ((string)line["description"]!, (long)line["quantitySeconds"]!, Reply.Dollars(line["amount"]))));
        Assert.Equal("%PDF"u8.ToArray(), (await owner.Get($"/v1/invoices/{id}/pdf")).Ok().Bytes[..4].ToArray());

        var checkout = new Uri((await owner.Post($"/v1/invoices/{id}:checkout")).Ok().String("url"));
        server.Stripe.Checkout.Pay(checkout.Segments[^1], "payer@example.com");
        return lines.Sum(line => (long)line["quantitySeconds"]!);
    }

    private static async Task EverythingIsPaid(ServerWithStripe server, Person owner, IReadOnlyList<TimesheetBill> bills)
    {
        await server.Stripe.Webhooks.Delivered(TestContext.Current.CancellationToken);
        Assert.All(server.Stripe.Webhooks.Deliveries, delivery => Assert.Equal(WebhookStatus.Delivered, delivery.Status));
        await Eventually.Is(() => owner.Get("/v1/receivables"), reply => reply.Ok().List("items").Count == 0);

        var cash = (await owner.Get("/v1/cash?from=2000-01-01&to=2199-12-29")).Ok();
        Assert.Equal(Text(bills.Sum(bill => bill.Total)), Reply.Dollars(Assert.Single(cash.List("received"))));
        var invoices = (await owner.Get("/v1/invoices?limit=500")).Ok().List("items");
        Assert.Equal(bills.Count, invoices.Count);
        Assert.All(invoices, invoice => Assert.Equal("paid", (string?)invoice["status"]));
    }

    private static string Iso(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static string Text(decimal amount) => amount.ToString("F2", CultureInfo.InvariantCulture);
}
