using Billing.Api.Tests.Http;
using Billing.Api.Tests.Refusals;

namespace Billing.Api.Tests.Invoicing;

public sealed class LateFeeTests(FullServer full) : IClassFixture<FullServer>
{
    private ApiServer Server => full.Server;

    [Fact]
    public async Task What_is_due_is_listed_charged_once_by_an_invoice_of_its_own_and_reconciles()
    {
        var practice = await Practice.Open(Server);
        Assert.Empty((await practice.Get("/v1/late-fees"))["items"]!.AsArray());
        await practice.Post("/v1/business:set-late-fee-policy", """{"kind":"percentage","basisPoints":25,"graceDays":0,"per":"once"}""");
        var due = Assert.Single((await practice.Get("/v1/late-fees"))["items"]!.AsArray())!;
        Assert.Equal((practice.InvoiceId, "0.30"), ((Guid)due["invoiceId"]!, (string?)due["fee"]!["amount"]));

        var path = $"/v1/invoices/{practice.InvoiceId}";
        var charged = (await practice.Post($"{path}:charge-late-fee", "{}")).Json;
        Assert.Equal("0.30", (string?)charged["total"]!["amount"]);
        for (var again = 0; again < 3; again++)
        {
            var answer = await Server.Post(practice.Owner, $"{path}:charge-late-fee", "{}");
            Assert.Equal((409, "late-fee-not-due"), (answer.Code, answer.ProblemCode));
        }
        Assert.Empty((await practice.Get("/v1/late-fees"))["items"]!.AsArray());
        Assert.Equal("120.00", (string?)(await practice.Get(path))["invoice"]!["open"]!["amount"]);
        Assert.Equal("0.30", (string?)(await practice.Get($"/v1/invoices/{charged["feeInvoiceId"]}"))["invoice"]!["open"]!["amount"]);
        await Reconciled.Holds(Server, practice.Id);
    }
}
