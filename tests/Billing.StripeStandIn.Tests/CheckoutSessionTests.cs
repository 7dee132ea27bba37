using System.Net;
using Stripe;
using Stripe.Checkout;

namespace Billing.StripeStandIn.Tests;

public sealed class CheckoutSessionTests
{
    [Fact]
    public async Task A_new_session_is_open_and_unpaid_and_has_a_page()
    {
        await using var merchant = await Merchant.Open();

        var created = await merchant.Create();
        var session = await merchant.Get(created.Id);

        Assert.StartsWith("cs_test_", session.Id);
        Assert.Equal("open", session.Status);
        Assert.Equal("unpaid", session.PaymentStatus);
        Assert.Equal(125_000, session.AmountTotal);
        Assert.Equal("usd", session.Currency);
        Assert.Equal("invoice-7", session.ClientReferenceId);
        Assert.Equal("7", session.Metadata["invoice"]);
        Assert.Equal("client@example.com", session.CustomerDetails.Email);
        Assert.False(session.AdaptivePricing.Enabled);
        Assert.Null(session.PaymentIntentId);
        Assert.Equal(["card", "us_bank_account"], session.PaymentMethodTypes);
        Assert.Equal($"{merchant.StandIn.BaseAddress}pay/{session.Id}", session.Url);
        Assert.StartsWith("req_", session.StripeResponse.RequestId);
    }

    [Fact]
    public async Task Line_items_come_by_their_own_call_or_by_expand()
    {
        await using var merchant = await Merchant.Open();
        var options = merchant.Invoice(1000);
        options.LineItems[0].Quantity = 3;
        var session = await merchant.Create(options);

        var items = await merchant.Stripe.V1.Checkout.Sessions.LineItems.ListAsync(
            session.Id, cancellationToken: Merchant.Cancellation);
        var expanded = await merchant.Get(session.Id, "line_items");

        var item = Assert.Single(items);
        Assert.Equal(("Invoice 2026-007", 3L, 3000L), (item.Description, item.Quantity, item.AmountTotal));
        Assert.Equal(1000, item.Price.UnitAmount);
        Assert.Equal(item.Id, Assert.Single(expanded.LineItems).Id);
        Assert.Null((await merchant.Get(session.Id)).LineItems);
    }

    [Fact]
    public async Task An_expired_session_is_announced_and_cannot_be_paid()
    {
        await using var merchant = await Merchant.Open();
        var session = await merchant.Create();

        var expired = await merchant.Stripe.V1.Checkout.Sessions.ExpireAsync(
            session.Id, cancellationToken: Merchant.Cancellation);

        Assert.Equal("expired", expired.Status);
        Assert.Null(expired.Url);
        Assert.Equal(HttpStatusCode.Gone, (await merchant.See(session.Id)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await merchant.Press(session.Id, "pay")).StatusCode);
        Assert.Throws<InvalidOperationException>(() => merchant.StandIn.Checkout.Pay(session.Id));
        await merchant.StandIn.Webhooks.Delivered(Merchant.Cancellation);
        Assert.Equal(["checkout.session.expired"], merchant.EventTypes());
    }

    [Fact]
    public async Task A_session_expires_when_its_time_has_come()
    {
        await using var merchant = await Merchant.Open();
        var session = await merchant.Create();

        merchant.Clock.Advance(TimeSpan.FromHours(2) - TimeSpan.FromMinutes(1));
        Assert.Equal("open", (await merchant.Get(session.Id)).Status);
        merchant.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("expired", (await merchant.Get(session.Id)).Status);
    }

    [Fact]
    public async Task A_paid_session_cannot_be_expired()
    {
        await using var merchant = await Merchant.Open();
        var session = await merchant.Create();
        merchant.StandIn.Checkout.Pay(session.Id);

        var refusal = await Assert.ThrowsAsync<StripeException>(() =>
            merchant.Stripe.V1.Checkout.Sessions.ExpireAsync(session.Id, cancellationToken: Merchant.Cancellation));

        Assert.Equal(HttpStatusCode.BadRequest, refusal.HttpStatusCode);
        Assert.Contains("status of `complete`", refusal.Message, StringComparison.Ordinal);
        merchant.Clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal("complete", (await merchant.Get(session.Id)).Status);
    }

    [Fact]
    public async Task Lists_newest_first_and_pages_by_cursor_both_ways()
    {
        await using var merchant = await Merchant.Open();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++) ids.Add((await merchant.Create()).Id);
        var sessions = merchant.Stripe.V1.Checkout.Sessions;

        var first = await List(new SessionListOptions { Limit = 2 });
        var older = await List(new SessionListOptions { Limit = 2, StartingAfter = first.Data[1].Id });
        var newer = await List(new SessionListOptions { Limit = 2, EndingBefore = ids[0] });

        Assert.Equal([ids[4], ids[3]], first.Select(session => session.Id));
        Assert.True(first.HasMore);
        Assert.Equal([ids[2], ids[1]], older.Select(session => session.Id));
        Assert.Equal([ids[2], ids[1]], newer.Select(session => session.Id));
        Assert.True(newer.HasMore);
        merchant.StandIn.Checkout.Pay(ids[1]);
        Assert.Equal(ids[1], Assert.Single(await List(new SessionListOptions { Status = "complete" })).Id);

        Task<StripeList<Session>> List(SessionListOptions options) =>
            sessions.ListAsync(options, cancellationToken: Merchant.Cancellation);
    }

    [Fact]
    public async Task A_session_of_one_account_is_not_found_from_another()
    {
        await using var merchant = await Merchant.Open(options =>
            options with { ConnectedAccountIds = ["acct_a", "acct_b"] });
        var ofA = await merchant.Create(request: new RequestOptions { StripeAccount = "acct_a" });

        foreach (var account in (string?[])["acct_b", null])
        {
            var refusal = await Assert.ThrowsAsync<StripeException>(() => merchant.Stripe.V1.Checkout.Sessions.GetAsync(
                ofA.Id, requestOptions: new RequestOptions { StripeAccount = account },
                cancellationToken: Merchant.Cancellation));
            Assert.Equal("resource_missing", refusal.StripeError.Code);
        }
        var unknown = await Assert.ThrowsAsync<StripeException>(() =>
            merchant.Create(request: new RequestOptions { StripeAccount = "acct_c" }));
        Assert.Equal(HttpStatusCode.Forbidden, unknown.HttpStatusCode);
        Assert.Equal("account_invalid", unknown.StripeError.Code);
    }

    [Fact]
    public async Task A_customer_can_be_made_and_pays_under_its_own_email()
    {
        await using var merchant = await Merchant.Open();
        var customer = await merchant.Stripe.V1.Customers.CreateAsync(
            new CustomerCreateOptions { Name = "Ada & Sons", Email = "ada@example.com" },
            cancellationToken: Merchant.Cancellation);
        var options = merchant.Invoice();
        options.CustomerEmail = null;
        options.Customer = customer.Id;

        var session = await merchant.Create(options);

        Assert.Equal("ada@example.com", session.CustomerDetails.Email);
        Assert.Equal("Ada & Sons", (await merchant.Get(session.Id, "customer")).Customer.Name);
        Assert.Equal(
            customer.Id,
            (await merchant.Stripe.V1.Customers.GetAsync(customer.Id, cancellationToken: Merchant.Cancellation)).Id);
    }
}
