using Billing.Api.Commands;
using Billing.Api.Payments;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Invoicing;
using Billing.Domain.Payments;
using Billing.EventStore.Port;
using Billing.StripeStandIn.Control;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;

namespace Billing.Api.Tests.Payments;

/// <summary>Practices with an account each at Stripe.</summary>
public sealed class ConnectTests : IAsyncLifetime
{
    private Platform _platform = null!;

    private ApiServer Server => _platform.Server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _platform = await Platform.Start();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task Nobody_can_pay_until_Stripe_lets_the_account_take_payments()
    {
        var client = await PayingClient.WithInvoice(Server);
        var practice = client.Practice;
        Assert.Equal("not-connected", (string?)(await _platform.Account(practice))["status"]);
        await AssertClosed(client, "stripe-account-not-connected");

        var begun = (await Server.Post(practice.Owner, "/v1/stripe-account:connect", "{}")).Ok().Json;
        var account = (string)begun["accountId"]!;
        Assert.Equal(practice.Id.ToString(), _platform.Stripe.Connect.MetadataOf(account, "business"));
        Assert.Contains(account, (string?)begun["url"], StringComparison.Ordinal);
        var onboarding = await _platform.Account(practice);
        Assert.Equal(("onboarding", account), ((string?)onboarding["status"], (string?)onboarding["accountId"]));
        Assert.Contains("external_account", onboarding["missing"]!.AsArray().Select(missing => (string?)missing));
        await AssertClosed(client, "stripe-account-not-ready");

        _platform.Stripe.Connect.Submit(account, charges: false, payouts: false, "individual.verification.document");
        await _platform.Settle();
        var restricted = await _platform.Account(practice);
        Assert.Equal(("restricted", false), ((string?)restricted["status"], (bool)restricted["chargesEnabled"]!));
        Assert.Equal(["individual.verification.document"], restricted["missing"]!.AsArray().Select(missing => (string?)missing));
        await AssertClosed(client, "stripe-account-not-ready");

        // What the webhook tells is enough: nobody looks at the account.
        _platform.Stripe.Connect.Submit(account);
        await _platform.Settle();
        Assert.Contains("/pay", await client.Page(), StringComparison.Ordinal);
        Assert.Equal("active", (string?)(await _platform.Account(practice))["status"]);
        Assert.Equal(account, await _platform.Begin(practice));
        Assert.Single(_platform.Stripe.Connect.Accounts);
    }

    [Fact]
    public async Task Each_practices_payments_fees_refunds_and_payouts_are_in_its_own_account()
    {
        var (one, ofOne) = await _platform.Open();
        var (other, ofOther) = await _platform.Open();
        foreach (var client in (PayingClient[])[one, other])
        {
            _platform.Stripe.Checkout.Pay(await client.OpenCheckout());
            await client.PaymentThatIs("succeeded");
        }
        await _platform.Settle();
        Assert.Equal((116_22, 116_22, 0), (Balance(ofOne), Balance(ofOther), Balance(null)));

        var payment = (await one.PaymentThatIs("succeeded"))["paymentId"]!.GetValue<Guid>();
        var refunded = (await Server.Post(
            one.Practice.Owner, $"/v1/payments/{payment}:refund", """{"amount":{"amount":"20.00","currency":"USD"}}""")).Ok();
        Assert.Equal("made", (string?)refunded.Json["status"]);
        Assert.Equal((96_22, 116_22), (Balance(ofOne), Balance(ofOther)));

        var payout = _platform.Stripe.Checkout.StartPayout("usd", ofOther);
        _platform.Stripe.Checkout.ArrivePayout(payout);
        await _platform.Settle();
        Assert.Empty((await Server.Get(one.Practice.Owner, "/v1/payouts")).Ok().Items);
        var listed = Assert.Single((await Server.Get(other.Practice.Owner, "/v1/payouts")).Ok().Items);
        Assert.Equal((payout, "116.22", "0.00"), (
            (string?)listed["stripePayoutId"], (string?)listed["amount"]!["amount"], (string?)listed["unexplained"]!["amount"]));
        Assert.Equal(("100.00", "20.00"), await one.Balance());
        Assert.Equal(("120.00", "0.00"), await other.Balance());
        foreach (var client in (PayingClient[])[one, other]) await Reconciled.Holds(Server, client.Practice.Id);
        Assert.Empty(await _platform.DeadLetters());
        Assert.Empty(Server.Errors);
    }

    [Fact]
    public async Task A_method_is_kept_and_charged_in_the_practices_account_and_in_no_later_one()
    {
        var (client, account) = await _platform.Open();
        _platform.Stripe.Checkout.Pay(await client.AgreeAndOpenCheckout());
        await client.PaymentThatIs("succeeded");
        await _platform.Settle();
        var next = await client.NextInvoice();
        (await next.Collect()).Ok();
        await next.PaymentThatIs("succeeded");
        Assert.Equal(account, Assert.Single(_platform.Stripe.SavedMethods.Charges).AccountId);

        (await Server.Post(client.Practice.Owner, "/v1/stripe-account:disconnect", "{}")).Ok();
        var later = await client.NextInvoice();
        Assert.Equal("stripe-account-not-connected", (await later.Collect()).ProblemCode);
        await _platform.Connect(client.Practice);
        Assert.Equal("collection-no-method", (await later.Collect()).ProblemCode);
        Assert.Equal("method-gone", (string?)(await later.Collection())["status"]);
        Assert.Contains("name=\"agree\"", await later.Page(), StringComparison.Ordinal);
        Assert.Single(_platform.Stripe.SavedMethods.Charges);

        // What is kept in the account of before is forgotten there.
        Assert.Equal(303, (await later.Withdraw()).Code);
        await Server.CatchUp();
        await Server.Services.GetServices<IHostedService>().OfType<CollectionRounds>().Single().Go(Cancellation);
        Assert.Empty(_platform.Stripe.SavedMethods.Kept);
    }

    [Fact]
    public async Task Giving_an_account_up_closes_its_checkouts_and_keeps_what_was_paid()
    {
        var (paid, account) = await _platform.Open();
        _platform.Stripe.Checkout.Pay(await paid.OpenCheckout());
        var payment = (await paid.PaymentThatIs("succeeded"))["paymentId"]!.GetValue<Guid>();
        await _platform.Settle();
        var open = await paid.NextInvoice();
        var session = await open.OpenCheckout();
        await Server.CatchUp();

        (await Server.Post(paid.Practice.Owner, "/v1/stripe-account:disconnect", "{}")).Ok();

        Assert.Throws<InvalidOperationException>(() => _platform.Stripe.Checkout.Pay(session));
        await open.PaymentThatIs("expired");
        await AssertClosed(open, "stripe-account-not-connected");
        var second = await _platform.Connect(paid.Practice);
        Assert.NotEqual(account, second);
        _platform.Stripe.Checkout.Pay(await open.OpenCheckout());
        await open.PaymentThatIs("succeeded");
        await _platform.Settle();
        Assert.Equal((116_22, 116_22), (Balance(account), Balance(second)));

        // The money of before is asked for where it is.
        (await Server.Post(paid.Practice.Owner, $"/v1/payments/{payment}:refund", "{}")).Ok();
        Assert.Equal((-3_78, 116_22), (Balance(account), Balance(second)));
        var taken = await Server.Post(paid.Practice.Owner, "/v1/stripe-account:connect", $$"""{"accountId":"{{account}}"}""");
        Assert.Equal("stripe-account-connected", taken.ProblemCode);
        Assert.Null(Refused.Fault(taken));
        (await Server.Post(paid.Practice.Owner, "/v1/stripe-account:disconnect", "{}")).Ok();
        Assert.Equal(account, await _platform.Begin(paid.Practice, $$"""{"accountId":"{{account}}"}"""));
        Assert.Equal("active", (string?)(await _platform.Account(paid.Practice))["status"]);
    }

    [Fact]
    public async Task When_the_owner_takes_the_access_away_at_Stripe_nobody_can_pay_and_nothing_is_lost()
    {
        var (client, account) = await _platform.Open();
        _platform.Stripe.Checkout.Pay(await client.OpenCheckout());
        var payment = (await client.PaymentThatIs("succeeded"))["paymentId"]!.GetValue<Guid>();
        var next = await client.NextInvoice();
        var session = await next.OpenCheckout();
        await _platform.Settle();

        _platform.Stripe.Connect.Revoke(account);
        await _platform.Settle();

        Assert.Equal("revoked", (string?)(await _platform.Account(client.Practice))["status"]);
        await AssertClosed(next, "stripe-account-revoked");
        var refund = await Server.Post(client.Practice.Owner, $"/v1/payments/{payment}:refund", "{}");
        Assert.Equal("stripe-account-revoked", refund.ProblemCode);
        Assert.Null(Refused.Fault(refund));
        var again = await Server.Post(client.Practice.Owner, "/v1/stripe-account:connect", $$"""{"accountId":"{{account}}"}""");
        Assert.Equal("stripe-account-revoked", again.ProblemCode);

        // The client pays where the page is open still, and another account takes the place of the one that is gone.
        _platform.Stripe.Checkout.Pay(session);
        var second = await _platform.Connect(client.Practice);
        _platform.Stripe.Checkout.Pay(await next.OpenCheckout());
        await next.PaymentThatIs("succeeded");
        Assert.Equal(116_22, Balance(second));

        // Once Stripe answers again, what was paid meanwhile is found, and is the client's credit.
        _platform.Stripe.Connect.GiveBack(account);
        await _platform.Worker.LookAtAccounts(Cancellation);
        await _platform.Settle();
        await next.Payment("found", p => (string?)p["sessionId"] == session && (string?)p["credit"]!["amount"] == "120.00");
        await Reconciled.Holds(Server, client.Practice.Id);
        Assert.Empty(Server.Errors);
    }

    /// <summary>Whoever decided a moment ago that it may does not get it into the books.</summary>
    [Fact]
    public async Task Nothing_is_begun_in_an_account_that_was_given_up_meanwhile()
    {
        var (client, account) = await _platform.Open();
        (await Server.Post(client.Practice.Owner, "/v1/stripe-account:disconnect", "{}")).Ok();
        var context = new CommandContext(
            new BookId(client.Practice.Id), "test", SystemClock.Instance.GetCurrentInstant(), Guid.CreateVersion7());
        var attempt = new AttemptPayment(Guid.CreateVersion7(), client.InvoiceId, context.Now) { Account = account };
        var charge = new CollectInvoice(Guid.CreateVersion7(), client.InvoiceId, context.Now.InUtc().Date, account, context.Now);
        foreach (var command in (ICommand[])[new AttemptPaymentCommand(context, attempt), new CollectInvoiceCommand(context, charge)])
        {
            var result = await Server.Services.GetRequiredService<CommandBus>().Send(context, () => command, Cancellation);
            Assert.Equal("stripe-account-not-connected", Assert.IsType<CommandResult.Refused>(result).Rejection.Code);
        }
        Assert.Empty(await client.Payments());
    }

    [Fact]
    public async Task An_installation_with_one_account_connects_none()
    {
        await using var server = await ApiServer.Start(withStripe: true);
        var client = await PayingClient.WithInvoice(server);
        foreach (var answer in (ApiAnswer[])
        [
            await server.Get(client.Practice.Owner, "/v1/stripe-account"),
            await server.Post(client.Practice.Owner, "/v1/stripe-account:connect", "{}"),
            await server.Post(client.Practice.Owner, "/v1/stripe-account:disconnect", "{}"),
        ])
        {
            Assert.Equal((409, "stripe-platform-off"), (answer.Code, answer.ProblemCode));
            Assert.Null(Refused.Fault(answer));
        }
        var notice = await server.PostBytes(null, Platform.ConnectPath, "{}"u8.ToArray(), "application/json");
        Assert.Equal((404, "stripe-not-configured"), (notice.Code, notice.ProblemCode));
        server.StandIn!.Checkout.Pay(await client.OpenCheckout());
        await client.PaymentThatIs("succeeded");
        Assert.Equal(116_22, server.StandIn.Checkout.BalanceMinor("usd"));
    }

    [Fact]
    public async Task What_cannot_be_connected_is_refused_with_its_reason()
    {
        var practice = await Practice.OpenEmpty(Server);
        var unknown = await Server.Post(practice.Owner, "/v1/stripe-account:connect", """{"accountId":"acct_of_another"}""");
        Assert.Equal((404, "stripe-account-unknown"), (unknown.Code, unknown.ProblemCode));
        Assert.Null(Refused.Fault(unknown));
        var page = await Server.Post(practice.Owner, "/v1/stripe-account:connect", """{"returnUrl":"javascript:alert(1)"}""");
        Assert.Equal((400, "invalid-request"), (page.Code, page.ProblemCode));
        foreach (var bad in (string[])["""{"accountId":7}""", """{"account":"acct_1"}""", "[]", "{"])
        {
            var answer = await Server.Post(practice.Owner, "/v1/stripe-account:connect", bad);
            Assert.Equal(400, answer.Code);
            Assert.Null(Refused.Fault(answer));
        }
        _platform.Stripe.Faults.Next(FaultKind.ServerErrorBeforeCommit, times: 3, "POST", "/v1/accounts");
        var failing = await Server.Post(practice.Owner, "/v1/stripe-account:connect", "{}");
        Assert.Equal((409, "stripe-unreachable"), (failing.Code, failing.ProblemCode));
        Assert.Null(Refused.Fault(failing));
        Assert.Equal("not-connected", (string?)(await _platform.Account(practice))["status"]);
        Assert.Contains("used up", (await Server.Get(null, "/stripe-account/again")).Ok().Text, StringComparison.Ordinal);
        Assert.Contains("Back from Stripe", (await Server.Get(null, "/stripe-account/back")).Ok().Text, StringComparison.Ordinal);
    }

    private async Task AssertClosed(PayingClient client, string code)
    {
        var answer = await Server.Post(client.Practice.Owner, $"/v1/invoices/{client.InvoiceId}:checkout", null);
        Assert.Equal((409, code), (answer.Code, answer.ProblemCode));
        Assert.Null(Refused.Fault(answer));
        Assert.DoesNotContain("/pay\"", await client.Page(), StringComparison.Ordinal);
    }

    private long Balance(string? account) => _platform.Stripe.Checkout.BalanceMinor("usd", account);
}
