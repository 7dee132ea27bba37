using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Refusals;

namespace Billing.Api.Tests.Invoicing;

/// <summary>An invoice that is paid in parts, wherever one looks.</summary>
public sealed class InstalmentTests(FullServer full) : IClassFixture<FullServer>
{
    private ApiServer Server => full.Server;

    [Fact]
    public async Task Is_drafted_shown_aged_paid_and_reminded_of_by_its_parts()
    {
        var practice = await Practice.OpenEmpty(Server);
        await practice.AddClient();
        var entry = await practice.Log(practice.Owner, "2026-03-03", 3600 * 3);
        var (past, soon, later) = (Practice.DaysFromNow(-40), Practice.DaysFromNow(3), Practice.DaysFromNow(60));
        var parts = $$$"""
            [{"dueOn":"{{{past}}}","amount":{"amount":"50.00","currency":"USD"} },{"dueOn":"{{{soon}}}","amount":{"amount":"40.00","currency":"USD"} },{"dueOn":"{{{later}}}","amount":{"amount":"30.00","currency":"USD"} }]
            """;
        var draft = (await practice.Post("/v1/invoices",
            $$"""{"clientId":"{{practice.ClientId}}","through":"2026-03-03","entryIds":["{{entry}}"],"expenseIds":[],"instalments":{{parts}}}""")).Id;
        Assert.Equal(3, (await practice.Get($"/v1/invoices/{draft}"))["plannedInstalments"]!.AsArray().Count);
        var uneven = await Server.Post(practice.Owner, $"/v1/invoices/{draft}:describe",
            $$"""{"instalments":[{"dueOn":"{{past}}","basisPoints":5000},{"dueOn":"{{soon}}","basisPoints":4000}]}""");
        Assert.Equal((409, "instalments-differ"), (uneven.Code, uneven.ProblemCode));
        await practice.Post($"/v1/invoices/{draft}:finalize", $$"""{"issuedOn":"{{Practice.DaysFromNow(-50)}}"}""");
        var shared = await practice.Post($"/v1/invoices/{draft}:share", "{}");

        var invoice = (await practice.Get($"/v1/invoices/{draft}"))["invoice"]!;
        Assert.Equal((past, "50.00"), ((string?)invoice["dueOn"], Amount(invoice, "dueNow")));
        Assert.Equal([("50.00", true), ("40.00", false), ("30.00", false)], invoice["instalments"]!.AsArray()
            .Select(part => (Amount(part!, "open")!, (bool)part!["isOverdue"]!)));
        var aged = (await practice.Get("/v1/receivables"))["items"]!.AsArray().Single()!;
        Assert.Equal(("70.00", "50.00", "120.00"), (Amount(aged, "notYetDue"), Amount(aged, "days31To60"), Amount(aged, "open")));
        await practice.Post("/v1/mail-policy:set", """{"sendsReceipts":false,"sendsReminders":false,"reminderDays":[-5,7]}""");
        var reminders = (await practice.Get("/v1/reminders/due"))["items"]!.AsArray();
        Assert.Equal([(1, 7, "50.00"), (2, -5, "40.00")], reminders.Select(due => (
            (int)due!["instalment"]!, (int)due["stepDays"]!, Amount(due, "open")!)));
        await practice.Post("/v1/reminders:send-due", "{}");
        Assert.Empty((await practice.Get("/v1/reminders/due"))["items"]!.AsArray());

        await practice.Post("/v1/payments", $$$"""
            {"invoiceId":"{{{draft}}}","amount":{"amount":"60.00","currency":"USD"},"method":"transfer","receivedOn":"{{{Practice.DaysFromNow(-1)}}}"}
            """);
        invoice = (await practice.Get($"/v1/invoices/{draft}"))["invoice"]!;
        Assert.Equal((soon, "0.00", "60.00"), ((string?)invoice["dueOn"], Amount(invoice, "dueNow"), Amount(invoice, "open")));
        Assert.Empty((await practice.Get("/v1/invoices?status=overdue"))["items"]!.AsArray());
        var page = (await Server.Get(null, new Uri((string)shared.Json["url"]!).AbsolutePath)).Text;
        Assert.Contains("Instalment 2", page, StringComparison.Ordinal);
        Assert.Contains("$30.00 open", page, StringComparison.Ordinal);
        await Reconciled.Holds(Server, practice.Id);
    }

    private static string? Amount(JsonNode node, string field) => (string?)node[field]!["amount"];
}
