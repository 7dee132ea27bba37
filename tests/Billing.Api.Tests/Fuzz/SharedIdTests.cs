using System.Globalization;
using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Invoicing;

namespace Billing.Api.Tests.Fuzz;

/// <summary>Two things for which callers chose one id: each counts for itself, and after each step every total is the journal's.</summary>
public sealed class SharedIdTests(FoundServer found) : IClassFixture<FoundServer>
{
    private const string German = """{"default":{"category":"S","hundredThousandths":19000},"name":"VAT","taxesDeposits":true}""";

    private ApiServer Server => found.Server;

    /// <summary>A refund with the id of another invoice's payment took its place, and a credit note that of another one.</summary>
    [Fact]
    public async Task Things_of_two_kinds_or_invoices_may_have_one_id_and_each_counts_for_itself()
    {
        var practice = found.Practice;
        var (one, note) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var (first, second) = (await practice.Invoice("2026-01-21", hours: 2), await practice.Invoice("2026-01-22", hours: 2));
        var received = await Received(practice, "2026-04-01", "2026-04-30");
        foreach (var (invoice, id) in new[] { (first, one), (second, Guid.CreateVersion7()) })
        {
            await Pay(practice, invoice, id, "80.00", "2026-04-03");
            await Credit(practice, invoice, note, "10.00", "2026-04-04");
        }
        await Settle(practice, second, note, one, "2026-04-05");

        Assert.Equal(received + 150m, await Received(practice, "2026-04-01", "2026-04-30"));
        await Reconciled.Holds(Server, practice.Id);
        var notes = (await practice.Get("/v1/credit-notes"))["items"]!.AsArray().Where(item => (Guid)item!["creditNoteId"]! == note).ToList();
        Assert.Equal([(first, false), (second, true)], notes.Select(item => ((Guid)item!["invoiceId"]!, item["refundedOn"] is not null)).Order());
        var taken = await Server.Post(practice.Owner, $"/v1/invoices/{first}:credit", CreditBody(one, "10.00", "2026-04-04"));
        Assert.Equal((409, "id-taken"), (taken.Code, taken.ProblemCode));
    }

    [Fact]
    public async Task A_refund_with_the_id_of_its_own_invoices_payment()
    {
        var practice = found.Practice;
        var (id, invoice) = (Guid.CreateVersion7(), await practice.Invoice("2026-01-13", hours: 2));
        var before = await Received(practice, "2026-04-01", "2026-04-30");
        await Pay(practice, invoice, id, "80.00", "2026-04-03");
        var note = await Credit(practice, invoice, Guid.CreateVersion7(), "10.00", "2026-04-04");
        await Settle(practice, invoice, note, id, "2026-04-05");

        Assert.Equal(before + 70m, await Received(practice, "2026-04-01", "2026-04-30"));
        await Reconciled.Holds(Server, practice.Id);
        var receipt = await Server.Get(practice.Owner, $"/v1/payments/{id}/receipt/pdf");
        Assert.Equal((200, "application/pdf"), (receipt.Code, receipt.MediaType));
    }

    [Fact]
    public async Task A_refund_of_a_taxed_deposit_with_the_id_of_the_deposits_payment_takes_no_tax_twice()
    {
        var practice = await Practice.Open(Server);
        await practice.Post("/v1/business:set-sales-tax", German);
        var (id, deposit) = (Guid.CreateVersion7(), await Deposit(practice, "100.00"));
        await Pay(practice, deposit, id, "119.00", "2026-05-03");
        var note = (Guid)(await practice.Post($"/v1/invoices/{deposit}:credit",
            """{"reason":"Less","issuedOn":"2026-05-10","amount":{"amount":"59.50","currency":"USD"},"refundDue":{"amount":"59.50","currency":"USD"}}"""))
            .Json["creditNoteId"]!;
        Assert.Equal(9.50m, await TaxOwed(practice));
        await Settle(practice, deposit, note, id, "2026-05-12");

        Assert.Equal(9.50m, await TaxOwed(practice));
        await Reconciled.Holds(Server, practice.Id);
    }

    [Fact]
    public async Task Credit_that_pays_two_invoices_by_one_id_comes_back_from_each_once()
    {
        var practice = await Practice.Open(Server);
        var source = await practice.Invoice("2026-02-02");
        await practice.Pay(source, "90.00", "2026-04-02");
        var (id, targets) = (Guid.CreateVersion7(), new[] { await practice.Invoice("2026-02-03"), await practice.Invoice("2026-02-04") });
        foreach (var target in targets)
        {
            await practice.Post($"/v1/invoices/{target}:apply-credit",
                $$$"""{"id":"{{{id}}}","amount":{"amount":"20.00","currency":"USD"},"appliedOn":"2026-05-01"}""");
            await Reconciled.Holds(Server, practice.Id);
        }
        Assert.Equal(["10.00"], await CreditLeft(practice));

        await practice.Post($"/v1/invoices/{targets[0]}:take-credit-off", """{"takenOffOn":"2026-05-02"}""");

        Assert.Equal(["30.00"], await CreditLeft(practice));
        Assert.Equal("20.00", await CreditApplied(practice, targets[1]));
        await Reconciled.Holds(Server, practice.Id);
    }

    /// <summary>The retainer knows what it gave by the note's id, and took the second note for the first: its money stayed.</summary>
    [Fact]
    public async Task A_credit_note_with_the_id_of_one_of_another_deposit_of_the_retainer_is_refused()
    {
        var practice = await Practice.Open(Server);
        var note = Guid.CreateVersion7();
        var deposits = new[] { await Deposit(practice, "100.00"), await Deposit(practice, "100.00") };
        foreach (var deposit in deposits) await practice.Pay(deposit, "100.00", "2026-05-03");
        await Credit(practice, deposits[0], note, "50.00", "2026-05-10");
        var taken = await Server.Post(practice.Owner, $"/v1/invoices/{deposits[1]}:credit", CreditBody(note, "50.00", "2026-05-10"));
        Assert.Equal((409, "id-taken", "150.00"), (taken.Code, taken.ProblemCode, await InRetainer(practice)));

        await Credit(practice, deposits[1], Guid.CreateVersion7(), "50.00", "2026-05-10");

        Assert.Equal("100.00", await InRetainer(practice));
        await Reconciled.Holds(Server, practice.Id);
    }

    private static Task<ApiAnswer> Pay(Practice practice, Guid invoice, Guid id, string amount, string day) => practice.Post("/v1/payments", $$$"""
        {"id":"{{{id}}}","invoiceId":"{{{invoice}}}","amount":{"amount":"{{{amount}}}","currency":"USD"},"method":"transfer","receivedOn":"{{{day}}}"}
        """);

    /// <summary>By a note that owes all of it to the client.</summary>
    private static async Task<Guid> Credit(Practice practice, Guid invoice, Guid id, string amount, string day)
    {
        await practice.Post($"/v1/invoices/{invoice}:credit", CreditBody(id, amount, day));
        return id;
    }

    private static string CreditBody(Guid id, string amount, string day) => $$$"""
        {"id":"{{{id}}}","reason":"Less","issuedOn":"{{{day}}}","amount":{"amount":"{{{amount}}}","currency":"USD"},"refundDue":{"amount":"{{{amount}}}","currency":"USD"}}
        """;

    private static Task<ApiAnswer> Settle(Practice practice, Guid invoice, Guid note, Guid id, string day) => practice.Post(
        $"/v1/invoices/{invoice}:settle-refund", $$"""{"id":"{{id}}","creditNoteId":"{{note}}","method":"transfer","settledOn":"{{day}}"}""");

    private static async Task<Guid> Deposit(Practice practice, string amount)
    {
        var deposit = (await practice.Post($"/v1/retainers/{practice.RetainerId}:request-deposit",
            $$$"""{"clientId":"{{{practice.ClientId}}}","amount":{"amount":"{{{amount}}}","currency":"USD"}}""")).Id;
        await practice.Post($"/v1/invoices/{deposit}:finalize", """{"issuedOn":"2026-05-01"}""");
        return deposit;
    }

    private static async Task<decimal> Received(Practice practice, string from, string to) =>
        (await practice.Get($"/v1/cash?from={from}&to={to}"))["received"]!.AsArray().Sum(Decimal);

    private static async Task<decimal> TaxOwed(Practice practice) =>
        (await practice.Get("/v1/reports/trial-balance?to=2026-12-31"))["rows"]!.AsArray()
            .Where(row => (string?)row!["subject"] == "Liabilities:Sales-Tax-Payable")
            .Sum(row => -Decimal(row!["figures"]!["balance"]!["amount"]));

    private static async Task<IEnumerable<string?>> CreditLeft(Practice practice) =>
        (await practice.Get($"/v1/clients/{practice.ClientId}/credit"))["items"]!.AsArray().Select(item => (string?)item!["left"]!["amount"]);

    private static async Task<string?> InRetainer(Practice practice) =>
        (string?)(await practice.Get($"/v1/retainers/{practice.RetainerId}"))["balance"]!["amount"];

    private static async Task<string?> CreditApplied(Practice practice, Guid invoice) =>
        (string?)(await practice.Get($"/v1/invoices/{invoice}"))["invoice"]!["creditApplied"]!["amount"];

    private static decimal Decimal(JsonNode? amount) => decimal.Parse((string)amount!["amount"]!, CultureInfo.InvariantCulture);
}
