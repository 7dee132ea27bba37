using Billing.Api.Tests.Http;
using Billing.Api.Tests.Refusals;
using Billing.StripeStandIn.Control;

namespace Billing.Api.Tests.Payments;

/// <summary>What happens between the click on Pay and the checkout page.</summary>
public sealed class CheckoutTests(StripeServer stripe) : IClassFixture<StripeServer>
{
    private ApiServer Server => stripe.Server;

    private FaultControl Faults => Server.StandIn!.Faults;

    private CheckoutControl Payer => Server.StandIn!.Checkout;

    [Fact]
    public async Task Clicks_on_Pay_lead_to_one_session_however_many_there_are()
    {
        var client = await PayingClient.WithInvoice(Server);

        var first = await client.OpenCheckout();
        var more = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => client.Click()));

        Assert.All(more, url => Assert.Equal(first, PayingClient.SessionOf(url)));
        Assert.Equal([first], await client.Sessions());
        // The practice did not click, so its reading waits for nothing.
        await Server.CatchUp();
        Assert.Single(await client.Payments());
    }

    [Fact]
    public async Task First_clicks_at_the_same_moment_lead_to_one_session()
    {
        var client = await PayingClient.WithInvoice(Server);

        var urls = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => client.Click()));

        Assert.Single(urls.Distinct());
        Assert.Single(await client.Sessions());
    }

    [Fact]
    public async Task The_practice_and_its_client_are_sent_to_the_same_session()
    {
        var client = await PayingClient.WithInvoice(Server);

        var clicked = await client.OpenCheckout();
        var asked = (await Server.Post(client.Practice.Owner, $"/v1/invoices/{client.InvoiceId}:checkout", null)).Ok();

        Assert.Equal(clicked, PayingClient.SessionOf(asked.Json["url"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_changed_balance_gets_a_new_session_and_the_old_one_cannot_be_paid()
    {
        var client = await PayingClient.WithInvoice(Server);
        var old = await client.OpenCheckout();
        (await client.PayByHand("50.00")).Ok();

        var renewed = await client.OpenCheckout();

        Assert.NotEqual(old, renewed);
        Assert.Throws<InvalidOperationException>(() => Payer.Pay(old));
        Payer.Pay(renewed);
        var paid = await client.Payment("paid online", p => (string?)p["sessionId"] == renewed && (string?)p["status"] == "succeeded");
        Assert.Equal("70.00", (string?)paid["applied"]!["amount"]);
        await client.Settle();
        Assert.Equal(("120.00", "0.00"), await client.Balance());
    }

    [Fact]
    public async Task Credit_that_pays_a_part_gets_a_new_session_and_the_old_one_cannot_be_paid()
    {
        var client = await PayingClient.WithInvoice(Server);
        var older = await client.Practice.Invoice("2026-03-04");
        await client.Practice.Post("/v1/payments", $$$"""
            {"invoiceId":"{{{older}}}","amount":{"amount":"70.00","currency":"USD"},"method":"transfer","receivedOn":"2026-04-10"}
            """);
        var old = await client.OpenCheckout();
        await client.Practice.Post($"/v1/invoices/{client.InvoiceId}:apply-credit", "{}");

        var renewed = await client.OpenCheckout();

        Assert.Throws<InvalidOperationException>(() => Payer.Pay(old));
        Payer.Pay(renewed);
        var paid = await client.Payment("paid online", p => (string?)p["sessionId"] == renewed && (string?)p["status"] == "succeeded");
        Assert.Equal("90.00", (string?)paid["applied"]!["amount"]);
        await client.Settle();
        Assert.Equal(("90.00", "0.00"), await client.Balance());
    }

    [Fact]
    public async Task The_next_instalment_can_be_paid_instead_of_all_and_the_server_says_how_much_it_is()
    {
        var client = await PayingClient.WithInvoice(Server);
        var practice = client.Practice;
        var entry = await practice.Log(practice.Owner, "2026-03-05", 3600 * 2);
        var draft = (await practice.Post("/v1/invoices",
            $$"""{"clientId":"{{practice.ClientId}}","through":"2026-03-05","entryIds":["{{entry}}"],"expenseIds":[]}""")).Id;
        await practice.Post($"/v1/invoices/{draft}:finalize",
            """{"issuedOn":"2026-04-01","instalments":[{"dueOn":"2099-05-01","basisPoints":2500},{"dueOn":"2099-06-01","basisPoints":7500}]}""");

        var part = PayingClient.SessionOf((string)(await practice.Post($"/v1/invoices/{draft}:checkout?part=due", "{}")).Json["url"]!);
        Assert.Equal(part, PayingClient.SessionOf((string)(await practice.Post($"/v1/invoices/{draft}:checkout?part=due", "{}")).Json["url"]!));
        Payer.Pay(part);
        await client.Settle();
        await Server.CatchUp();
        var invoice = (await practice.Get($"/v1/invoices/{draft}"))["invoice"]!;
        Assert.Equal(("20.00", "60.00"), ((string?)invoice["paid"]!["amount"], (string?)invoice["open"]!["amount"]));
        var rest = PayingClient.SessionOf((string)(await practice.Post($"/v1/invoices/{draft}:checkout", "{}")).Json["url"]!);
        Payer.Pay(rest);
        await client.Settle();
        await Server.CatchUp();
        Assert.Equal("paid", (string?)(await practice.Get($"/v1/invoices/{draft}"))["invoice"]!["status"]);
    }

    [Fact]
    public async Task A_paid_invoice_opens_no_checkout()
    {
        var client = await PayingClient.WithInvoice(Server);
        (await client.PayByHand("120.00")).Ok();
        var head = await Server.Head();

        var asked = await Server.Post(client.Practice.Owner, $"/v1/invoices/{client.InvoiceId}:checkout", null);
        var clicked = await client.Click();

        Assert.Equal((409, "invoice-already-paid"), (asked.Code, asked.ProblemCode));
        Assert.Null(Refused.Fault(asked));
        Assert.DoesNotContain("back=", clicked, StringComparison.Ordinal);
        Assert.Empty(await client.Sessions());
        Assert.Equal(head, await Server.Head());
    }

    [Fact]
    public async Task A_draft_an_unknown_invoice_and_another_practices_open_no_checkout()
    {
        var (client, other) = (await PayingClient.WithInvoice(Server), await PayingClient.WithInvoice(Server));
        var entry = await client.Practice.Log(client.Practice.Owner, "2026-03-03", 3600);
        var draft = (await client.Practice.Post("/v1/invoices",
            $$"""{"clientId":"{{client.Practice.ClientId}}","through":"2026-03-03","entryIds":["{{entry}}"]}""")).Id;
        var head = await Server.Head();

        var ofDraft = await Server.Post(client.Practice.Owner, $"/v1/invoices/{draft}:checkout", null);
        var unknown = await Server.Post(client.Practice.Owner, $"/v1/invoices/{Guid.CreateVersion7()}:checkout", null);
        var foreign = await Server.Post(client.Practice.Owner, $"/v1/invoices/{other.InvoiceId}:checkout", null);

        Assert.Equal((409, "invoice-not-finalized"), (ofDraft.Code, ofDraft.ProblemCode));
        Assert.Equal((404, "invoice-unknown"), (unknown.Code, unknown.ProblemCode));
        Assert.Equal((404, "invoice-unknown"), (foreign.Code, foreign.ProblemCode));
        Assert.All([ofDraft, unknown, foreign], answer => Assert.Null(Refused.Fault(answer)));
        Assert.Equal(head, await Server.Head());
    }

    [Fact]
    public async Task Stripe_turning_us_away_is_told_and_the_next_click_goes_on()
    {
        var client = await PayingClient.WithInvoice(Server);
        Faults.Next(FaultKind.RateLimited, times: 2, method: "POST");

        var asked = await Server.Post(client.Practice.Owner, $"/v1/invoices/{client.InvoiceId}:checkout", null);
        var clicked = await client.Click();
        var session = await client.OpenCheckout();

        Assert.Equal((409, "stripe-unreachable"), (asked.Code, asked.ProblemCode));
        Assert.Null(Refused.Fault(asked));
        Assert.EndsWith("?back=unavailable", clicked, StringComparison.Ordinal);
        Assert.Equal([session], await client.Sessions());
        Assert.Single(await client.Payments());
        await AssertPaidOnce(client, session);
    }

    [Fact]
    public async Task An_answer_that_was_lost_after_Stripe_made_the_session_is_found_again_by_the_next_click()
    {
        var client = await PayingClient.WithInvoice(Server);
        // Once more than Stripe.net tries by itself: each try is cut off.
        Faults.Next(FaultKind.ConnectionLostAfterCommit, method: "POST", path: "/v1/checkout");
        Faults.Next(FaultKind.RateLimited, method: "POST", path: "/v1/checkout");

        var first = await Server.Post(client.Practice.Owner, $"/v1/invoices/{client.InvoiceId}:checkout", null);
        var made = Assert.Single(await client.Sessions());
        var second = await Server.Post(client.Practice.Owner, $"/v1/invoices/{client.InvoiceId}:checkout", null);

        Assert.Equal("stripe-unreachable", first.ProblemCode);
        Assert.Equal(made, PayingClient.SessionOf(second.Ok().Json["url"]!.GetValue<string>()));
        Assert.Equal([made], await client.Sessions());
        await AssertPaidOnce(client, made);
    }

    [Theory]
    [InlineData(FaultKind.ServerErrorBeforeCommit, 0)]
    [InlineData(FaultKind.ServerErrorAfterCommit, 1)]
    public async Task An_error_that_Stripe_keeps_under_the_key_does_not_lock_the_invoice(FaultKind fault, int hidden)
    {
        var client = await PayingClient.WithInvoice(Server);
        Faults.Next(fault, method: "POST", path: "/v1/checkout");

        var clicked = await client.Click();
        Assert.Equal(hidden, (await client.Sessions()).Count);
        var session = await client.OpenCheckout();

        Assert.EndsWith("?back=unavailable", clicked, StringComparison.Ordinal);
        Assert.Equal(hidden + 1, (await client.Sessions()).Count);
        await AssertPaidOnce(client, session);
    }

    [Fact]
    public async Task A_lost_answer_to_the_client_does_not_keep_the_practice_from_opening_another()
    {
        // Return addresses differ, so that the same key would carry other parameters, which Stripe refuses.
        var client = await PayingClient.WithInvoice(Server);
        Faults.Next(FaultKind.ConnectionLostAfterCommit, method: "POST", path: "/v1/checkout");
        Faults.Next(FaultKind.RateLimited, method: "POST", path: "/v1/checkout");
        Assert.EndsWith("?back=unavailable", await client.Click(), StringComparison.Ordinal);

        var refused = await Server.Post(client.Practice.Owner, $"/v1/invoices/{client.InvoiceId}:checkout", null);
        var opened = refused.IsSuccess
            ? refused
            : await Server.Post(client.Practice.Owner, $"/v1/invoices/{client.InvoiceId}:checkout", null);

        await AssertPaidOnce(client, PayingClient.SessionOf(opened.Ok().Json["url"]!.GetValue<string>()));
    }

    private async Task AssertPaidOnce(PayingClient client, string session)
    {
        Payer.Pay(session);
        await client.PaymentThatIs("succeeded");
        await client.Settle();
        Assert.Single(await client.Payments(), p => (string?)p["status"] == "succeeded");
        Assert.Equal(("120.00", "0.00"), await client.Balance());
        Assert.Empty(Server.Errors);
    }
}
