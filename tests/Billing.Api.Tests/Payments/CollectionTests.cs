using Billing.Api.Payments;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Refusals;
using Billing.Domain.Payments;
using Billing.StripeStandIn.Control;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Billing.Api.Tests.Payments;

/// <summary>A client agrees once, and later invoices are charged without them.</summary>
public sealed class CollectionTests(StripeServer stripe) : IClassFixture<StripeServer>
{
    private ApiServer Server => stripe.Server;

    private SavedMethodControl Bank => Server.StandIn!.SavedMethods;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_agrees_while_paying_is_charged_for_the_next_invoice_by_itself()
    {
        var client = await PayingClient.WithInvoice(Server);
        Assert.Contains("value=\"2026-11/due\"", await client.Page(), StringComparison.Ordinal);
        await AgreeAndPay(client);

        var collection = await client.Collection();
        Assert.Equal("active", (string?)collection["status"]);
        Assert.Equal(
            ("2026-11", "en", "share-page", "due"),
            ((string?)collection["agreement"]!["textVersion"], (string?)collection["agreement"]!["language"],
                (string?)collection["agreement"]!["how"], (string?)collection["agreement"]!["collectsOn"]));
        Assert.Equal(
            ("card", "visa", "4242", 12, 2034),
            ((string?)collection["method"]!["kind"], (string?)collection["method"]!["brand"], (string?)collection["method"]!["lastFour"],
                (int)collection["method"]!["expiresMonth"]!, (int)collection["method"]!["expiresYear"]!));

        var next = await client.NextInvoice();
        Assert.Contains("visa ending in 4242", await next.Page(), StringComparison.Ordinal);
        await Server.CatchUp();
        await Rounds.Go(Cancellation);
        await Rounds.Go(Cancellation);

        var payment = await next.PaymentThatIs("succeeded");
        Assert.Equal(1, (int)payment["collectionNumber"]!);
        Assert.Single(await next.Payments());
        Assert.Equal(("120.00", "0.00"), await next.Balance());
        await next.Settle();
        Assert.NotNull((await next.Payments()).Single()["fee"]);
    }

    [Fact]
    public async Task Whoever_does_not_tick_the_box_is_never_charged()
    {
        var client = await PayingClient.WithInvoice(Server);
        Server.StandIn!.Checkout.Pay(await client.OpenCheckout());
        await client.Settle();
        var next = await client.NextInvoice();
        Assert.Equal("not-agreed", (string?)(await next.Collection())["status"]);
        Assert.Equal("collection-not-agreed", (await next.Collect()).ProblemCode);
    }

    [Fact]
    public async Task A_decline_is_shown_to_both_and_the_client_can_pay_at_the_checkout()
    {
        var client = await PayingClient.WithInvoice(Server);
        await AgreeAndPay(client);
        var next = await client.NextInvoice();
        Bank.Next(OffSessionOutcome.AuthenticationRequired);
        (await next.Collect()).Ok();

        var failed = await next.PaymentThatIs("failed");
        Assert.Equal("authentication_required", (string?)failed["failureCode"]);
        Assert.Contains("Your bank wants you to confirm this payment yourself", await next.Page(), StringComparison.Ordinal);
        Assert.Equal("collection-given-up", (await next.Collect()).ProblemCode);
        Server.StandIn!.Checkout.Pay(await next.OpenCheckout());
        await next.PaymentThatIs("succeeded");
        Assert.Equal(("120.00", "0.00"), await next.Balance());
    }

    [Fact]
    public async Task Who_takes_the_agreement_back_is_not_charged_and_Stripe_forgets_the_method()
    {
        var client = await PayingClient.WithInvoice(Server);
        await AgreeAndPay(client);
        var next = await client.NextInvoice();
        Assert.Equal(303, (await next.Withdraw()).Code);
        await Server.CatchUp();
        var kept = Bank.Kept.Count;
        await Rounds.Go(Cancellation);

        var collection = await next.Collection();
        Assert.Equal("withdrawn", (string?)collection["status"]);
        Assert.Equal("forgotten", (string?)collection["method"]!["gone"]);
        Assert.Equal(kept - 1, Bank.Kept.Count);
        Assert.Empty(await next.Payments());
        Assert.Equal("collection-not-agreed", (await next.Collect()).ProblemCode);
    }

    [Fact]
    public async Task What_the_owner_turned_off_is_neither_charged_nor_offered()
    {
        var client = await PayingClient.WithInvoice(Server);
        await AgreeAndPay(client);
        var next = await client.NextInvoice();
        await client.Practice.Post($"/v1/clients/{client.Practice.ClientId}/collection:turn-off", "{}");
        Assert.Equal("collection-turned-off", (await next.Collect()).ProblemCode);
        Assert.DoesNotContain("name=\"agree\"", await next.Page(), StringComparison.Ordinal);
        await client.Practice.Post($"/v1/clients/{client.Practice.ClientId}/collection:offer", """{"collectsOn":"due"}""");
        (await next.Collect()).Ok();
        await next.PaymentThatIs("succeeded");
    }

    [Fact]
    public async Task A_method_that_is_taken_away_at_Stripe_is_heard_of()
    {
        var client = await PayingClient.WithInvoice(Server);
        await AgreeAndPay(client);
        Bank.Detach(Bank.Kept[^1]);
        await client.Settle();
        var collection = await client.Collection();
        Assert.Equal(("method-gone", "detached"), ((string?)collection["status"], (string?)collection["method"]!["gone"]));
        var next = await client.NextInvoice();
        Assert.Equal("collection-no-method", (await next.Collect()).ProblemCode);
    }

    /// <summary>The notice is lost: the charge itself tells, and nothing is tried again.</summary>
    [Fact]
    public async Task A_customer_that_was_deleted_at_Stripe_ends_the_attempt()
    {
        var client = await PayingClient.WithInvoice(Server);
        await AgreeAndPay(client);
        var next = await client.NextInvoice();
        Server.StandIn!.Webhooks.Drop("payment_method.detached");
        Server.StandIn.Webhooks.Drop("customer.deleted");
        Bank.DeleteCustomer(CustomerOf(Bank.Kept[^1]));
        (await next.Collect()).Ok();

        var failed = await next.PaymentThatIs("failed");
        Assert.Equal("payment_method_gone", (string?)failed["failureCode"]);
        var collection = await next.Collection();
        Assert.Equal(("method-gone", "customer-deleted"), ((string?)collection["status"], (string?)collection["method"]!["gone"]));
        // The next agreement makes another customer.
        await AgreeAndPay(next);
        Assert.Equal("active", (string?)(await next.Collection())["status"]);
    }

    [Fact]
    public async Task Of_instalments_those_that_are_due_are_charged_and_the_others_wait_for_their_day()
    {
        var client = await PayingClient.WithInvoice(Server);
        await AgreeAndPay(client);
        var next = await client.NextInvoice("""
            ,"instalments":[{"dueOn":"2026-04-15","amount":{"amount":"50.00","currency":"USD"}},{"dueOn":"2099-01-01","amount":{"amount":"70.00","currency":"USD"}}]
            """);
        await Server.CatchUp();
        Bank.Next(OffSessionOutcome.Declined);
        (await next.Collect()).Ok();
        await next.PaymentThatIs("failed");
        Assert.Contains("Your card was declined.", await next.Page(), StringComparison.Ordinal);
        Server.StandIn!.Checkout.Pay(PayingClient.SessionOf(
            (await Server.Post(client.Practice.Owner, $"/v1/invoices/{next.InvoiceId}:checkout?part=due", null)).Ok().Json["url"]!.GetValue<string>()));
        await next.PaymentThatIs("succeeded");

        // What failed was for an instalment that is paid by now.
        Assert.Equal(("50.00", "70.00"), await next.Balance());
        Assert.DoesNotContain("Your card was declined.", await next.Page(), StringComparison.Ordinal);
        Assert.Equal("collection-not-due", (await next.Collect()).ProblemCode);
        var last = await client.NextInvoice("""
            ,"instalments":[{"dueOn":"2026-04-15","amount":{"amount":"50.00","currency":"USD"}},{"dueOn":"2099-01-01","amount":{"amount":"70.00","currency":"USD"}}]
            """);
        await Server.CatchUp();
        await Rounds.Go(Cancellation);
        await last.PaymentThatIs("succeeded");
        Assert.Equal(("50.00", "70.00"), await last.Balance());
        await Rounds.Go(Cancellation);
        Assert.Single(await last.Payments());
    }

    [Fact]
    public async Task An_old_text_is_not_agreed_to()
    {
        var client = await PayingClient.WithInvoice(Server);
        Assert.Equal("?back=unavailable", "?" + (await client.AgreeAndOpenCheckoutRaw("2025-01/due")).Split('?')[1]);
        Assert.Equal("not-agreed", (string?)(await client.Collection())["status"]);
    }

    /// <summary>Who agreed to a text agreed to these words: others are another version.</summary>
    [Theory]
    [InlineData("en", "page-collect-due", "each on the day it is due, without asking me again. I can take this back at any time")]
    [InlineData("en", "page-collect-finalized", "each on the day it is issued, without asking me again. I can take this back at any time")]
    [InlineData("de", "page-collect-due", "jeweils am Fälligkeitstag ohne weitere Rückfrage")]
    [InlineData("de", "page-collect-finalized", "jeweils am Tag ihrer Ausstellung ohne weitere Rückfrage")]
    public void The_text_of_this_version_is_this(string language, string word, string said)
    {
        Assert.Equal("2026-11", Collection.TextVersion);
        Assert.Contains(
            said, Projections.Documents.DocumentLanguage.Of(language).Word(word, ("seller", "Juniper")), StringComparison.Ordinal);
    }

    private CollectionRounds Rounds => Server.Services.GetServices<IHostedService>().OfType<CollectionRounds>().Single();

    private string CustomerOf(string paymentMethodId) => Bank.CustomerOf(paymentMethodId);

    private async Task AgreeAndPay(PayingClient client)
    {
        Server.StandIn!.Checkout.Pay(await client.AgreeAndOpenCheckout());
        await client.Settle();
    }
}
