using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Invoicing;
using Billing.Api.Tests.Refusals;

namespace Billing.Api.Tests.SalesTax;

/// <summary>What is owed to the tax office and what is handed on, through the API.</summary>
public sealed class SalesTaxReturnTests(FullServer full) : IClassFixture<FullServer>
{
    private ApiServer Server => full.Server;

    [Fact]
    public async Task A_return_counts_invoices_or_money_as_the_practice_says_and_the_account_what_was_paid()
    {
        var practice = await Practice.Open(Server);
        await Charge(practice, "issued");
        var id = await practice.Invoice("2026-01-07", hours: 3, issuedOn: "2026-05-20");
        await practice.Pay(id, "71.40", "2026-06-02");
        Assert.Equal(
            ["120.00 22.80 0.00 22.80 22.80", "0.00 0.00 0.00 0.00 22.80"],
            await Totals(practice, "2026-05", "2026-06"));
        await Reconciled.Holds(Server, practice.Id);

        var paid = await practice.Post("/v1/sales-tax/payments",
            """{"amount":{"amount":"25.00","currency":"USD"},"period":"2026-05","paidOn":"2026-06-10","reference":"May"}""");
        Assert.Equal(["120.00 22.80 25.00 -2.20 22.80", "0.00 0.00 0.00 0.00 -2.20"], await Totals(practice, "2026-05", "2026-06"));
        await Reconciled.Holds(Server, practice.Id);
        await practice.Post($"/v1/sales-tax/payments/{paid.Id}:correct",
            """{"amount":{"amount":"22.80","currency":"USD"},"period":"2026-05","paidOn":"2026-06-10"}""");
        await practice.Post("/v1/sales-tax/payments",
            """{"amount":{"amount":"1.00","currency":"USD"},"period":"2026-06","paidOn":"2026-06-11","isRefund":true}""");
        Assert.Equal(["120.00 22.80 22.80 0.00 22.80", "0.00 0.00 -1.00 1.00 1.00"], await Totals(practice, "2026-05", "2026-06"));
        var payments = await PaymentsOfMayAndJune();
        Assert.Equal(
            ["22.80 False 2026-05 ", "1.00 True 2026-06 "],
            payments.Select(p => $"{Amount(p!, "amount")} {(bool)p!["isRefund"]!} {(string?)p["period"]} {(string?)p["reference"]}"));
        await Reconciled.Holds(Server, practice.Id);

        await Charge(practice, "received");
        Assert.Equal(["0.00 0.00 22.80 -22.80 22.80", "60.00 11.40 -1.00 12.40 1.00"], await Totals(practice, "2026-05", "2026-06"));
        await practice.Post($"/v1/sales-tax/payments/{(Guid)payments[1]!["paymentId"]!}:remove", """{"reason":"Twice"}""");
        Assert.Single(await PaymentsOfMayAndJune());
        await Reconciled.Holds(Server, practice.Id);
        var text = await practice.Get("/v1/journal?from=2026-06-10&to=2026-06-10");
        Assert.Contains("sales-tax-paid", text.ToJsonString(), StringComparison.Ordinal);

        // The practice has some of March from before.
        async Task<List<JsonNode>> PaymentsOfMayAndJune() =>
        [
            .. (await practice.Get("/v1/sales-tax/payments"))["items"]!.AsArray()
                .Where(payment => (string?)payment!["period"] != "2026-03").Select(payment => payment!),
        ];
    }

    [Fact]
    public async Task A_deposit_is_in_the_return_of_its_money_and_the_final_invoice_in_its_own_with_the_rest()
    {
        var practice = await Practice.Open(Server);
        await Charge(practice, "issued");
        var deposit = (await practice.Post($"/v1/retainers/{practice.RetainerId}:request-deposit",
            $$$$"""{"clientId":"{{{{practice.ClientId}}}}","amount":{"amount":"50.00","currency":"USD"},"tax":{"treatment":{"category":"S","hundredThousandths":7000}}}""")).Id;
        await practice.Post($"/v1/invoices/{deposit}:finalize", """{"issuedOn":"2026-04-20"}""");
        await practice.Pay(deposit, "53.50", "2026-05-03");
        var entry = await practice.Log(practice.Owner, "2026-05-04", 7200);
        var draft = (await practice.Post("/v1/invoices",
            $$"""{"clientId":"{{practice.ClientId}}","through":"2026-05-04","entryIds":["{{entry}}"],"expenseIds":[],"retainerIds":["{{practice.RetainerId}}"]}""")).Id;
        await practice.Post($"/v1/invoices/{draft}:finalize", """{"issuedOn":"2026-06-05"}""");
        Assert.Equal(
            ["0.00 0.00 0.00 0.00 0.00", "50.00 3.50 0.00 3.50 3.50", "30.00 11.70 0.00 11.70 15.20"],
            await Totals(practice, "2026-04", "2026-05", "2026-06"));
        var june = (await practice.Get("/v1/reports/sales-tax?from=2026-06-01&to=2026-06-30"))["rows"]!.AsArray();
        Assert.Equal(
            ["S:19000 80.00 15.20", "S:7000 -50.00 -3.50"],
            june.Where(row => (string?)row!["subject"] != "total")
                .Select(row => $"{(string?)row!["subject"]} {Figure(row, "taxable")} {Figure(row, "tax")}"));
        var key = Uri.EscapeDataString((string)june[0]!["key"]!);
        var explained = await practice.Get($"/v1/reports/sales-tax/explain?from=2026-06-01&to=2026-06-30&row={key}&column=tax");
        Assert.Contains(draft.ToString("D"), explained["inputs"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("invoice-finalized.v1", explained["events"]!.ToJsonString(), StringComparison.Ordinal);
        await Reconciled.Holds(Server, practice.Id);

        await Charge(practice, "received");
        Assert.Equal(
            // Of 53.50 the retainer pays 44.96 at 19 % and 8.54 of its tax, and 50.00 and 3.50 at 7 % are no more.
            ["50.00 3.50", "-5.04 5.04"],
            (await Totals(practice, "2026-05", "2026-06")).Select(row => string.Join(' ', row.Split(' ').Take(2))));
        await Reconciled.Holds(Server, practice.Id);
    }

    [Fact]
    public async Task What_cannot_be_paid_is_refused()
    {
        var practice = await Practice.Open(Server);
        var zero = await Server.Post(practice.Owner, "/v1/sales-tax/payments", """{"amount":{"amount":"0.00","currency":"USD"},"period":"2026-05"}""");
        Assert.Equal((422, "amount-not-positive"), (zero.Code, zero.ProblemCode));
        var unknown = await Server.Post(practice.Owner, $"/v1/sales-tax/payments/{Guid.NewGuid()}:remove", """{"reason":"Twice"}""");
        Assert.Equal((404, "sales-tax-payment-unknown"), (unknown.Code, unknown.ProblemCode));
        var basis = await Server.Post(
            practice.Owner, "/v1/business:set-sales-tax", """{"default":{"category":"S","hundredThousandths":19000},"basis":"never"}""");
        Assert.Equal((422, "sales-tax-basis-unknown"), (basis.Code, basis.ProblemCode));
    }

    private static Task<ApiAnswer> Charge(Practice practice, string basis) => practice.Post("/v1/business:set-sales-tax",
        $$"""{"default":{"category":"S","hundredThousandths":19000},"name":"VAT","basis":"{{basis}}"}""");

    /// <summary>Of each month its taxable amount, tax, what was paid for it, what is open, and the account at its end.</summary>
    private static async Task<IReadOnlyList<string>> Totals(Practice practice, params string[] months)
    {
        var returns = (await practice.Get("/v1/sales-tax/returns?year=2026&every=month"))["returns"]!.AsArray();
        return
        [
            .. months.Select(month =>
            {
                var rows = returns.Single(one => (string?)one!["period"] == month)!["rows"]!.AsArray();
                return rows.SingleOrDefault(row => (string?)row!["key"] == "total:USD") is { } total
                    ? string.Join(' ', new[] { "taxable", "tax", "paid", "open", "account" }.Select(column => Figure(total, column)))
                    : "0.00 0.00 0.00 0.00 0.00";
            }),
        ];
    }

    private static string? Figure(JsonNode row, string column) => Amount(row["figures"]![column]!, "amount");

    private static string? Amount(JsonNode node, string name) => (string?)node[name]?["amount"];
}
