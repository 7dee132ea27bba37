using Billing.Api.Tests.Http;
using Billing.Api.Tests.Invoicing;

namespace Billing.Api.Tests.Payments;

/// <summary>What Stripe pays out, and what of it is whose; and deposits that go back.</summary>
public sealed class PayoutTests
{
    [Fact]
    public async Task A_payout_moves_each_practices_part_to_its_bank_and_back_when_it_fails()
    {
        await using var server = await ApiServer.Start(withStripe: true);
        PayingClient[] clients = [await PayingClient.WithInvoice(server), await PayingClient.WithInvoice(server)];
        foreach (var client in clients)
        {
            server.StandIn!.Checkout.Pay(await client.OpenCheckout());
            await client.PaymentThatIs("succeeded");
        }
        await clients[0].Settle();

        var payout = server.StandIn!.Checkout.StartPayout();
        server.StandIn.Checkout.ArrivePayout(payout);
        await clients[0].Settle();

        foreach (var client in clients)
        {
            var listed = (await server.Get(client.Practice.Owner, "/v1/payouts")).Ok().Items.Single();
            Assert.Equal((payout, "116.22", "0.00"), (
                (string?)listed["stripePayoutId"], (string?)listed["amount"]!["amount"], (string?)listed["unexplained"]!["amount"]));
            await Reconciled.Holds(server, client.Practice.Id);
        }

        server.StandIn.Checkout.FailPayout(payout);
        await clients[0].Settle();
        var failed = (await server.Get(clients[1].Practice.Owner, "/v1/payouts")).Ok().Items.Single();
        Assert.Equal("The bank account has been closed.", (string?)failed["failure"]);
        await Reconciled.Holds(server, clients[1].Practice.Id);
    }

    [Fact]
    public async Task A_disputed_deposit_leaves_its_retainer_and_the_books_agree()
    {
        await using var server = await ApiServer.Start(withStripe: true);
        var practice = await Practice.OpenEmpty(server);
        await practice.AddClient();
        var retainer = (await practice.Post("/v1/retainers", $$"""{"clientId":"{{practice.ClientId}}","name":"Care"}""")).Id;
        var deposit = (await practice.Post(
            $"/v1/retainers/{retainer}:request-deposit",
            $$$"""{"clientId":"{{{practice.ClientId}}}","amount":{"amount":"60.00","currency":"USD"}}""")).Id;
        await practice.Post($"/v1/invoices/{deposit}:finalize", """{"issuedOn":"2026-03-02"}""");
        var url = (await server.Post(practice.Owner, $"/v1/invoices/{deposit}:checkout", null)).Ok().Json["url"]!.GetValue<string>();
        var session = PayingClient.SessionOf(url);

        server.StandIn!.Checkout.Pay(session);
        Assert.Equal("60.00", await BalanceWhenSettled());
        var dispute = server.StandIn.Checkout.Dispute(session);
        Assert.Equal("0.00", await BalanceWhenSettled());
        server.StandIn.Checkout.CloseDispute(dispute, isWon: true);
        Assert.Equal("60.00", await BalanceWhenSettled());

        async Task<string> BalanceWhenSettled()
        {
            await server.StandIn.Webhooks.Delivered(TestContext.Current.CancellationToken);
            await server.InboxEmpty();
            await server.CatchUp();
            await Reconciled.Holds(server, practice.Id);
            return (await practice.Get($"/v1/retainers/{retainer}"))["balance"]!["amount"]!.GetValue<string>();
        }
    }
}
