using System.Globalization;
using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Invoicing;
using Billing.Api.Tests.Refusals;

namespace Billing.Api.Tests.SalesTax;

/// <summary>Deposits that bear sales tax when they come, through the API; after each step every total is the journal's.</summary>
public sealed class TaxedDepositTests(FullServer full) : IClassFixture<FullServer>
{
    private const string German =
        """{"default":{"category":"S","hundredThousandths":19000},"name":"VAT","taxesDeposits":true}""";

    private ApiServer Server => full.Server;

    [Fact]
    public async Task Is_charged_when_it_comes_and_deducted_with_its_tax_by_the_final_invoice()
    {
        var practice = await Practice.Open(Server);
        await practice.Post("/v1/business:set-sales-tax", German);
        Assert.True((bool?)(await practice.Get("/v1/sales-tax"))["taxesDeposits"]);
        var deposit = await Deposit(practice, "100.00");
        Assert.Equal("119.00", Amount((await practice.Get($"/v1/invoices/{deposit}"))["invoice"]!, "total"));
        Assert.Equal(0m, await Balance(practice, "Liabilities:Sales-Tax-Payable"));
        await Reconciled.Holds(Server, practice.Id);

        await practice.Pay(deposit, "50.00", "2026-05-02");
        Assert.Equal(7.98m, await Balance(practice, "Liabilities:Sales-Tax-Payable"));
        await Reconciled.Holds(Server, practice.Id);
        await practice.Pay(deposit, "69.00", "2026-05-03");
        Assert.Equal((19.00m, 100.00m), await TaxAndUnearned(practice));
        var cash = await practice.Get("/v1/cash?from=2026-05-01&to=2026-05-31");
        Assert.Equal(("100.00", "19.00"), ((string?)cash["received"]![0]!["amount"], (string?)cash["salesTax"]![0]!["amount"]));
        var retainer = await practice.Get($"/v1/retainers/{practice.RetainerId}");
        Assert.Equal(("119.00", "19.00"), (Amount(retainer, "balance"), Amount(retainer, "taxLeft")));
        await Reconciled.Holds(Server, practice.Id);

        var (final, answer) = await Work(practice, 7200, "2026-05-04");
        Assert.Equal(("95.20", "15.20", "0.00"), (Amount(answer, "retainerApplied"), Amount(answer, "tax"), Amount(answer, "due")));
        var deducted = (await practice.Get($"/v1/invoices/{final}"))["deposits"]!.AsArray().Single()!;
        Assert.Equal(("80.00", "15.20"), (Amount(deducted, "net"), Amount(deducted, "tax")));
        // The service is taxed once: 15.20 with the deposit, nothing more by the invoice.
        Assert.Equal((19.00m, 20.00m), await TaxAndUnearned(practice));
        await Reconciled.Holds(Server, practice.Id);

        var (last, more) = await Work(practice, 7200, "2026-05-05");
        Assert.Equal(("95.20", "71.40"), (Amount(more, "total"), Amount(more, "due")));
        Assert.Equal(30.40m, await Balance(practice, "Liabilities:Sales-Tax-Payable"));
        await Reconciled.Holds(Server, practice.Id);
        await practice.Pay(last, "71.40", "2026-05-20");
        cash = await practice.Get("/v1/cash?from=2026-05-01&to=2026-05-31");
        Assert.Equal(("160.00", "30.40"), ((string?)cash["received"]![0]!["amount"], (string?)cash["salesTax"]![0]!["amount"]));
        await practice.Post($"/v1/invoices/{final}:void", """{"reason":"Wrong","voidedOn":"2026-05-21"}""");
        await Reconciled.Holds(Server, practice.Id);
        retainer = await practice.Get($"/v1/retainers/{practice.RetainerId}");
        Assert.Equal(("95.20", "15.20"), (Amount(retainer, "balance"), Amount(retainer, "taxLeft")));
    }

    [Fact]
    public async Task What_is_not_used_is_credited_with_its_tax_and_given_back()
    {
        var practice = await Practice.Open(Server);
        await practice.Post("/v1/business:set-sales-tax", German);
        var deposit = await Deposit(practice, "100.00");
        await practice.Pay(deposit, "119.00", "2026-05-03");
        await Work(practice, 3600, "2026-05-04");
        var refused = await Server.Post(practice.Owner, $"/v1/invoices/{deposit}:credit",
            """{"reason":"Not needed","amount":{"amount":"71.41","currency":"USD"},"refundDue":{"amount":"71.41","currency":"USD"}}""");
        Assert.Equal((409, "deposit-used"), (refused.Code, refused.ProblemCode));
        var note = await practice.Post($"/v1/invoices/{deposit}:credit",
            """{"reason":"Not needed","issuedOn":"2026-05-10","refundDue":{"amount":"71.40","currency":"USD"}}""");
        Assert.Equal("71.40", Amount(note.Json, "total"));
        Assert.Equal((7.60m, 0m), await TaxAndUnearned(practice));
        await Reconciled.Holds(Server, practice.Id);
        await practice.Post($"/v1/invoices/{deposit}:settle-refund",
            $$"""{"creditNoteId":"{{(string?)note.Json["creditNoteId"]}}","method":"transfer","settledOn":"2026-05-12"}""");
        var cash = await practice.Get("/v1/cash?from=2026-05-01&to=2026-05-31");
        Assert.Equal(("40.00", "7.60"), ((string?)cash["received"]![0]!["amount"], (string?)cash["salesTax"]![0]!["amount"]));
        await Reconciled.Holds(Server, practice.Id);
    }

    [Fact]
    public async Task What_of_it_never_came_was_never_owed_to_the_office()
    {
        var practice = await Practice.Open(Server);
        await practice.Post("/v1/business:set-sales-tax", German);
        var deposit = await Deposit(practice, "100.00");
        await practice.Pay(deposit, "50.00", "2026-05-02");
        await practice.Post($"/v1/invoices/{deposit}:write-off", """{"reason":"Gone","writtenOffOn":"2026-05-20"}""");
        Assert.Equal((7.98m, 42.02m), await TaxAndUnearned(practice));
        await Reconciled.Holds(Server, practice.Id);
        var open = await Deposit(practice, "10.00");
        await practice.Post($"/v1/invoices/{open}:credit", """{"reason":"Not needed"}""");
        Assert.Equal(7.98m, await Balance(practice, "Liabilities:Sales-Tax-Payable"));
        await Reconciled.Holds(Server, practice.Id);
    }

    /// <summary>Deposits at two rates, paid in parts, drawn on, voided, credited and written off by chance.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_happens_every_total_is_the_journals_and_the_clocks_meet(int seed)
    {
        var chance = new Random(seed);
        var practice = await Practice.Open(Server);
        await practice.Post("/v1/business:set-sales-tax", German);
        var (deposits, finals) = (new List<Guid>(), new List<Guid>());
        for (var step = 0; step < 14; step++)
        {
            var day = $"2026-05-{step + 3:00}";
            switch (chance.Next(6))
            {
                case 0 or 1:
                    deposits.Add(await Deposit(
                        practice, Cents(chance.Next(1_00, 90_00)),
                        chance.Next(2) == 0 ? "" : ""","tax":{"treatment":{"category":"S","hundredThousandths":7000},"included":true}"""));
                    break;
                case 2 when deposits.Count > 0:
                    await practice.Pay(deposits[chance.Next(deposits.Count)], Cents(chance.Next(1, 70_00)), day);
                    break;
                case 3:
                    finals.Add((await Work(practice, chance.Next(100, 9_000), day)).Id);
                    break;
                case 4 when finals.Count > 0:
                    await Server.Post(practice.Owner, $"/v1/invoices/{finals[chance.Next(finals.Count)]}:void",
                        $$"""{"reason":"Wrong","voidedOn":"{{day}}"}""");
                    break;
                case 5 when deposits.Count > 0:
                    var amount = Cents(chance.Next(1, 20_00));
                    await Server.Post(practice.Owner, $"/v1/invoices/{deposits[chance.Next(deposits.Count)]}:credit",
                        $$$"""{"reason":"Less","issuedOn":"{{{day}}}","amount":{"amount":"{{{amount}}}","currency":"USD"},"settledOutside":{"amount":"{{{amount}}}","currency":"USD"}}""");
                    break;
            }
            await Reconciled.Holds(Server, practice.Id);
        }

        static string Cents(int minor) => (minor / 100m).ToString("0.00", CultureInfo.InvariantCulture);
    }

    private static async Task<Guid> Deposit(Practice practice, string amount, string more = "")
    {
        var deposit = (await practice.Post($"/v1/retainers/{practice.RetainerId}:request-deposit",
            $$$"""{"clientId":"{{{practice.ClientId}}}","amount":{"amount":"{{{amount}}}","currency":"USD"}{{{more}}}}""")).Id;
        await practice.Post($"/v1/invoices/{deposit}:finalize", """{"issuedOn":"2026-05-01"}""");
        return deposit;
    }

    /// <summary>At 40.00 an hour, paid from the retainer as far as it reaches.</summary>
    private static async Task<(Guid Id, JsonNode Answer)> Work(Practice practice, int seconds, string day)
    {
        var entry = await practice.Log(practice.Owner, day, seconds);
        var draft = (await practice.Post("/v1/invoices",
            $$"""{"clientId":"{{practice.ClientId}}","through":"{{day}}","entryIds":["{{entry}}"],"expenseIds":[],"retainerIds":["{{practice.RetainerId}}"]}""")).Id;
        return (draft, (await practice.Post($"/v1/invoices/{draft}:finalize", $$"""{"issuedOn":"{{day}}"}""")).Json);
    }

    private static async Task<(decimal Tax, decimal Unearned)> TaxAndUnearned(Practice practice) =>
        (await Balance(practice, "Liabilities:Sales-Tax-Payable"), await Balance(practice, "Liabilities:Unearned"));

    /// <summary>What an account owes.</summary>
    private static async Task<decimal> Balance(Practice practice, string account)
    {
        var rows = (await practice.Get("/v1/reports/trial-balance?to=2026-12-31"))["rows"]!.AsArray();
        return rows.SingleOrDefault(row => (string?)row!["subject"] == account)?["figures"]!["balance"]!["amount"]!["amount"] is { } amount
            ? -decimal.Parse((string)amount!, CultureInfo.InvariantCulture)
            : 0;
    }

    private static string? Amount(JsonNode node, string name) => (string?)node[name]?["amount"];
}
