using System.Net;
using Billing.StripeStandIn.Control;
using Stripe;

namespace Billing.StripeStandIn.Tests;

public sealed class IdempotencyTests
{
    private static readonly RequestOptions Key = new() { IdempotencyKey = "invoice-7-attempt-1" };

    [Fact]
    public async Task The_same_request_under_a_key_gets_the_first_answer_again()
    {
        await using var merchant = await Merchant.Open();
        var options = merchant.Invoice();

        var first = await merchant.Create(options, Key);
        merchant.StandIn.Checkout.Pay(first.Id);
        var second = await merchant.Create(options, Key);

        Assert.Equal(first.StripeResponse.Content, second.StripeResponse.Content);
        Assert.False(first.StripeResponse.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal("true", second.StripeResponse.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Single(await merchant.Stripe.V1.Checkout.Sessions.ListAsync(cancellationToken: Merchant.Cancellation));
    }

    [Fact]
    public async Task Another_request_under_the_key_is_refused()
    {
        await using var merchant = await Merchant.Open();
        var options = merchant.Invoice();
        await merchant.Create(options, Key);
        options.ClientReferenceId = "invoice-8";

        var parameters = await Assert.ThrowsAsync<StripeException>(() => merchant.Create(options, Key));
        var endpoint = await Assert.ThrowsAsync<StripeException>(() => merchant.Stripe.V1.Customers.CreateAsync(
            new CustomerCreateOptions { Name = "Ada" }, Key, Merchant.Cancellation));

        foreach (var refusal in (StripeException[])[parameters, endpoint])
        {
            Assert.Equal(HttpStatusCode.BadRequest, refusal.HttpStatusCode);
            Assert.Equal("idempotency_error", refusal.StripeError.Type);
        }
    }

    [Fact]
    public async Task A_key_means_nothing_to_another_account()
    {
        await using var merchant = await Merchant.Open(options => options with { ConnectedAccountIds = ["acct_a"] });
        var options = merchant.Invoice();

        var own = await merchant.Create(options, Key);
        var connected = await merchant.Create(
            options, new RequestOptions { IdempotencyKey = Key.IdempotencyKey, StripeAccount = "acct_a" });

        Assert.NotEqual(own.Id, connected.Id);
    }

    [Fact]
    public async Task A_key_is_forgotten_after_a_day()
    {
        await using var merchant = await Merchant.Open();
        var options = merchant.Invoice();
        options.ExpiresAt = null;

        var first = await merchant.Create(options, Key);
        merchant.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(first.Id, (await merchant.Create(options, Key)).Id);
        merchant.Clock.Advance(TimeSpan.FromHours(1));
        Assert.NotEqual(first.Id, (await merchant.Create(options, Key)).Id);
    }

    [Fact]
    public async Task A_request_while_the_first_is_in_flight_gets_a_conflict()
    {
        await using var merchant = await Merchant.Open();
        var options = merchant.Invoice();
        merchant.StandIn.Faults.Next(FaultKind.Slow, delay: TimeSpan.FromSeconds(2));

        var slow = merchant.Create(options, Key);
        await Task.Delay(300, Merchant.Cancellation);
        var conflict = await Assert.ThrowsAsync<StripeException>(() => merchant.Create(options, Key));
        var first = await slow;

        Assert.Equal(HttpStatusCode.Conflict, conflict.HttpStatusCode);
        Assert.Equal("idempotency_key_in_use", conflict.StripeError.Code);
        Assert.Equal(first.Id, (await merchant.Create(options, Key)).Id);
    }

    [Fact]
    public async Task A_request_turned_away_by_its_parameters_leaves_the_key_free()
    {
        await using var merchant = await Merchant.Open();
        var options = merchant.Invoice();
        options.Mode = null;
        await Assert.ThrowsAsync<StripeException>(() => merchant.Create(options, Key));

        options.Mode = "payment";
        Assert.Equal("open", (await merchant.Create(options, Key)).Status);
    }

    [Fact]
    public async Task A_refusal_by_the_endpoint_itself_is_saved()
    {
        await using var merchant = await Merchant.Open();
        var options = merchant.Invoice(49);

        var first = await Assert.ThrowsAsync<StripeException>(() => merchant.Create(options, Key));
        var second = await Assert.ThrowsAsync<StripeException>(() => merchant.Create(options, Key));

        Assert.Equal("amount_too_small", second.StripeError.Code);
        Assert.False(first.StripeResponse.Headers.Contains("Idempotent-Replayed"));
        Assert.True(second.StripeResponse.Headers.Contains("Idempotent-Replayed"));
    }
}
