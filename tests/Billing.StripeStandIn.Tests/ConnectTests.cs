using Stripe;

namespace Billing.StripeStandIn.Tests;

/// <summary>Accounts that are connected to the platform's.</summary>
public sealed class ConnectTests
{
    [Fact]
    public async Task An_account_takes_payments_once_its_owner_told_all_that_was_asked()
    {
        await using var merchant = await Merchant.Open();
        var made = await Make(merchant);
        Assert.Equal((false, false, false), (made.ChargesEnabled, made.PayoutsEnabled, made.DetailsSubmitted));
        Assert.NotEmpty(made.Requirements.CurrentlyDue);
        var inIt = new RequestOptions { StripeAccount = made.Id };
        await Assert.ThrowsAsync<StripeException>(() => merchant.Create(request: inIt));

        var link = await merchant.Stripe.V1.AccountLinks.CreateAsync(Onboarding(made.Id), cancellationToken: Merchant.Cancellation);
        Assert.Contains(made.Id, link.Url, StringComparison.Ordinal);
        merchant.StandIn.Connect.Submit(made.Id);

        var ready = await merchant.Stripe.V1.Accounts.GetAsync(made.Id, cancellationToken: Merchant.Cancellation);
        Assert.Equal((true, true, true), (ready.ChargesEnabled, ready.PayoutsEnabled, ready.DetailsSubmitted));
        Assert.Empty(ready.Requirements.CurrentlyDue);
        Assert.Equal("business-7", ready.Metadata["business"]);
        var session = await merchant.Create(request: inIt);
        merchant.StandIn.Checkout.Pay(session.Id);
        Assert.True(merchant.StandIn.Checkout.BalanceMinor("usd", made.Id) > 0);
        Assert.Equal(0, merchant.StandIn.Checkout.BalanceMinor("usd"));
    }

    [Fact]
    public async Task What_is_made_in_one_account_is_found_in_no_other()
    {
        await using var merchant = await Merchant.Open();
        var (one, other) = ((await Make(merchant)).Id, (await Make(merchant)).Id);
        foreach (var account in (string[])[one, other]) merchant.StandIn.Connect.Submit(account);
        var session = await merchant.Create(request: new RequestOptions { StripeAccount = one });
        merchant.StandIn.Checkout.Pay(session.Id);
        var paid = await merchant.Stripe.V1.Checkout.Sessions.GetAsync(
            session.Id, requestOptions: new RequestOptions { StripeAccount = one }, cancellationToken: Merchant.Cancellation);
        foreach (var elsewhere in (string?[])[other, null])
        {
            var options = new RequestOptions { StripeAccount = elsewhere };
            await Missing(() => merchant.Stripe.V1.Checkout.Sessions.GetAsync(session.Id, null, options, Merchant.Cancellation));
            await Missing(() => merchant.Stripe.V1.PaymentIntents.GetAsync(paid.PaymentIntentId, null, options, Merchant.Cancellation));
            await Missing(() => merchant.Stripe.V1.Refunds.CreateAsync(
                new RefundCreateOptions { PaymentIntent = paid.PaymentIntentId }, options, Merchant.Cancellation));
            Assert.Empty(await merchant.Stripe.V1.Checkout.Sessions.ListAsync(null, options, Merchant.Cancellation));
            Assert.Empty(await merchant.Stripe.V1.Events.ListAsync(
                new EventListOptions { Type = "checkout.session.*" }, options, Merchant.Cancellation));
        }
    }

    [Fact]
    public async Task Whose_owner_took_the_access_away_is_out_of_reach_and_sends_nothing_more()
    {
        await using var merchant = await Merchant.Open();
        merchant.StandIn.Webhooks.AddEndpoint(merchant.Receiver.Url, [Merchant.Secret], connect: true);
        var account = (await Make(merchant)).Id;
        merchant.StandIn.Connect.Submit(account);
        var session = await merchant.Create(request: new RequestOptions { StripeAccount = account });

        merchant.StandIn.Connect.Revoke(account);
        merchant.StandIn.Checkout.Pay(session.Id);

        await merchant.StandIn.Webhooks.Delivered(Merchant.Cancellation);
        Assert.Equal(["account.updated", "account.application.deauthorized"], merchant.EventTypes());
        await NoAccess(() => merchant.Stripe.V1.Accounts.GetAsync(account, cancellationToken: Merchant.Cancellation));
        await NoAccess(() => merchant.Stripe.V1.AccountLinks.CreateAsync(Onboarding(account), cancellationToken: Merchant.Cancellation));
        await NoAccess(() => merchant.Create(request: new RequestOptions { StripeAccount = account }));
        Assert.Throws<InvalidOperationException>(() => merchant.StandIn.Connect.Revoke(account));
        merchant.StandIn.Connect.GiveBack(account);
        var found = await merchant.Stripe.V1.Checkout.Sessions.GetAsync(
            session.Id, requestOptions: new RequestOptions { StripeAccount = account }, cancellationToken: Merchant.Cancellation);
        Assert.Equal("paid", found.PaymentStatus);
    }

    [Theory]
    [InlineData("controller[fees][payer]=application", "not_simulated")]
    [InlineData("type=express", "not_simulated")]
    [InlineData("nickname=Juniper", "parameter_unknown")]
    [InlineData("controller[losses][payments]=nobody", null)]
    public async Task Other_accounts_and_unknown_parameters_are_refused(string more, string? code)
    {
        await using var merchant = await Merchant.Open();
        var form = new Dictionary<string, string>
        {
            ["controller[fees][payer]"] = "account",
            ["controller[losses][payments]"] = "stripe",
            ["controller[requirement_collection]"] = "stripe",
            ["controller[stripe_dashboard][type]"] = "full",
        };
        var (name, value) = (more.Split('=')[0], more.Split('=')[1]);
        form[name] = value;
        using var answer = await merchant.Post("/v1/accounts", form);
        var error = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync(Merchant.Cancellation))!["error"]!;
        Assert.Equal((400, code), ((int)answer.StatusCode, (string?)error["code"]));
    }

    private static async Task<Account> Make(Merchant merchant) => await merchant.Stripe.V1.Accounts.CreateAsync(
        new AccountCreateOptions
        {
            Controller = new AccountControllerOptions
            {
                Fees = new AccountControllerFeesOptions { Payer = "account" },
                Losses = new AccountControllerLossesOptions { Payments = "stripe" },
                RequirementCollection = "stripe",
                StripeDashboard = new AccountControllerStripeDashboardOptions { Type = "full" },
            },
            Metadata = new Dictionary<string, string> { ["business"] = "business-7" },
        },
        cancellationToken: Merchant.Cancellation);

    private static AccountLinkCreateOptions Onboarding(string account) => new()
    {
        Account = account,
        RefreshUrl = "http://localhost/again",
        ReturnUrl = "http://localhost/back",
        Type = "account_onboarding",
    };

    private static async Task Missing<T>(Func<Task<T>> ask) =>
        Assert.Equal("resource_missing", (await Assert.ThrowsAsync<StripeException>(ask)).StripeError.Code);

    private static async Task NoAccess<T>(Func<Task<T>> ask) =>
        Assert.Equal("account_invalid", (await Assert.ThrowsAsync<StripeException>(ask)).StripeError.Code);
}
