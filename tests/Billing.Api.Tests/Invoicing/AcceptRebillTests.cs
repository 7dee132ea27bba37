using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Refusals;

namespace Billing.Api.Tests.Invoicing;

public sealed class AcceptRebillTests(FullServer full) : IClassFixture<FullServer>
{
    private ApiServer Server => full.Server;

    [Theory]
    [InlineData("credit-and-rebill", "credited", "0.00", "150.00")]
    [InlineData("delta", "finalized", "120.00", "30.00")]
    public async Task Both_ways_bill_the_difference_once_and_the_books_reconcile(string way, string status, string open, string billed)
    {
        var (practice, fingerprint) = await Proposed();
        var stale = await Accept(practice, new string('a', 64), way);
        Assert.Equal((409, "proposal-changed"), (stale.Code, stale.ProblemCode));
        Assert.Contains(fingerprint, (string?)stale.Json["detail"], StringComparison.Ordinal);

        var accepted = (await Accept(practice, fingerprint, way)).Ok().Json;
        var original = (await practice.Get($"/v1/invoices/{practice.InvoiceId}"))["invoice"]!;
        Assert.Equal((status, open), ((string?)original["status"], (string?)original["open"]!["amount"]));
        var issued = (await practice.Get($"/v1/invoices/{accepted["newInvoiceId"]}"))["invoice"]!;
        Assert.Equal((billed, "INV-2026-0003"), ((string?)issued["open"]!["amount"], (string?)issued["number"]));
        Assert.Equal("none", (string?)(await practice.Get($"/v1/invoices/{practice.InvoiceId}/proposal"))["status"]);
        Assert.Equal("none", (string?)(await practice.Get($"/v1/invoices/{accepted["newInvoiceId"]}/proposal"))["status"]);
        await Reconciled.Holds(Server, practice.Id);

        var head = await Server.Head();
        (await Accept(practice, fingerprint, way)).Ok();
        Assert.Equal(head, await Server.Head());
    }

    [Fact]
    public async Task What_became_cheaper_is_credited()
    {
        var (practice, fingerprint) = await Proposed(perHour: "30.00");
        var accepted = (await Accept(practice, fingerprint, "delta")).Ok().Json;
        Assert.Null(accepted["newInvoiceId"]);
        Assert.Equal("CN-2026-0002", (string?)accepted["creditNoteNumber"]);
        var invoice = (await practice.Get($"/v1/invoices/{practice.InvoiceId}"))["invoice"]!;
        Assert.Equal("90.00", (string?)invoice["open"]!["amount"]);
        await Reconciled.Holds(Server, practice.Id);
    }

    private Task<ApiAnswer> Accept(Practice practice, string fingerprint, string way) => Server.Post(
        practice.Owner, $"/v1/invoices/{practice.InvoiceId}:accept-rebill",
        $$"""{"fingerprint":"{{fingerprint}}","way":"{{way}}","issuedOn":"2026-04-02"}""");

    /// <summary>An open invoice over three hours at 40.00, which cost something else by now.</summary>
    private async Task<(Practice, string)> Proposed(string perHour = "50.00")
    {
        var practice = await Practice.Open(Server);
        await practice.Post($"/v1/engagements/{practice.EngagementId}:set-rate",
            $$$"""{"perHour":{"amount":"{{{perHour}}}","currency":"USD"},"validFrom":"2026-01-01"}""");
        JsonNode proposal = await practice.Get($"/v1/invoices/{practice.InvoiceId}/proposal");
        return (practice, (string)proposal["proposal"]!["fingerprint"]!);
    }
}
