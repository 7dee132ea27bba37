using Billing.Api.Tests.Http;
using Billing.Api.Tests.Refusals;

namespace Billing.Api.Tests.Invoicing;

public sealed class WriteOffTests(FullServer full) : IClassFixture<FullServer>
{
    private ApiServer Server => full.Server;

    [Fact]
    public async Task What_is_given_up_is_a_bad_debt_no_cash_and_what_comes_later_is_credit()
    {
        var practice = await Practice.Open(Server);
        var path = $"/v1/invoices/{practice.InvoiceId}";
        await practice.Post($"{path}:write-off", """{"reason":"Went out of business","writtenOffOn":"2026-03-02"}""");
        var invoice = (await practice.Get(path))["invoice"]!;
        Assert.Equal(("written-off", "0.00", "120.00"), (
            (string?)invoice["status"], (string?)invoice["open"]!["amount"], (string?)invoice["writtenOff"]!["amount"]));
        var page = (await Server.Get(null, practice.SharePath)).Ok().Text;
        Assert.Contains("This invoice is closed", page, StringComparison.Ordinal);
        var journal = (await Server.Get(practice.Owner, "/v1/journal.hledger")).Text;
        Assert.Contains("Expenses:Bad-Debts", journal, StringComparison.Ordinal);
        await Reconciled.Holds(Server, practice.Id);

        var late = await practice.Post("/v1/payments", $$$"""
            {"invoiceId":"{{{practice.InvoiceId}}}","amount":{"amount":"120.00","currency":"USD"},"method":"cheque","receivedOn":"2026-04-10"}
            """);
        Assert.Equal("120.00", (string?)late.Json["credit"]!["amount"]);
        Assert.Equal("written-off", (string?)(await practice.Get(path))["invoice"]!["status"]);
        await Reconciled.Holds(Server, practice.Id);
    }
}
