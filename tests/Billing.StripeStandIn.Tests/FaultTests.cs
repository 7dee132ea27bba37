using System.Net;
using Billing.StripeStandIn.Control;
using Stripe;
using Stripe.Checkout;

namespace Billing.StripeStandIn.Tests;

public sealed class FaultTests
{
    private static readonly RequestOptions Key = new() { IdempotencyKey = "attempt-1" };

    [Fact]
    public async Task A_429_reaches_the_caller_even_where_retries_are_on()
    {
        await using var merchant = await Merchant.Open();
        merchant.StandIn.Faults.Next(FaultKind.RateLimited);

        var refusal = await Assert.ThrowsAsync<StripeException>(() =>
            merchant.Create(client: merchant.Client(Merchant.ApiKey, retries: 2)));

        Assert.Equal(HttpStatusCode.TooManyRequests, refusal.HttpStatusCode);
        Assert.Equal("rate_limit", refusal.StripeError.Code);
        Assert.Empty(await Sessions(merchant));
    }

    [Fact]
    public async Task A_500_before_commit_leaves_nothing_and_is_replayed()
    {
        await using var merchant = await Merchant.Open();
        merchant.StandIn.Faults.Next(FaultKind.ServerErrorBeforeCommit);
        var options = merchant.Invoice();

        for (var i = 0; i < 2; i++)
        {
            var refusal = await Assert.ThrowsAsync<StripeException>(() => merchant.Create(options, Key));
            Assert.Equal(HttpStatusCode.InternalServerError, refusal.HttpStatusCode);
            Assert.Equal("api_error", refusal.StripeError.Type);
        }
        Assert.Empty(await Sessions(merchant));
        var nextAttempt = new RequestOptions { IdempotencyKey = "attempt-2" };
        Assert.Equal("open", (await merchant.Create(options, nextAttempt)).Status);
    }

    [Fact]
    public async Task A_500_after_commit_hides_a_session_that_exists()
    {
        await using var merchant = await Merchant.Open();
        merchant.StandIn.Faults.Next(FaultKind.ServerErrorAfterCommit);
        var options = merchant.Invoice();

        // Stripe.net tries again under the same key and gets the saved 500.
        await Assert.ThrowsAsync<StripeException>(() =>
            merchant.Create(options, Key, merchant.Client(Merchant.ApiKey, retries: 1)));

        Assert.Single(await Sessions(merchant));
    }

    [Fact]
    public async Task A_connection_lost_after_commit_is_mended_by_a_retry_under_the_same_key()
    {
        await using var merchant = await Merchant.Open();
        merchant.StandIn.Faults.Next(FaultKind.ConnectionLostAfterCommit);
        var options = merchant.Invoice();

        var session = await merchant.Create(options, Key, merchant.Client(Merchant.ApiKey, retries: 1));

        Assert.True(session.StripeResponse.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal(session.Id, Assert.Single(await Sessions(merchant)).Id);
    }

    [Fact]
    public async Task A_time_out_after_commit_leaves_a_session_that_the_key_finds()
    {
        await using var merchant = await Merchant.Open();
        merchant.StandIn.Faults.Next(FaultKind.TimeOutAfterCommit);
        var options = merchant.Invoice();
        var hasty = merchant.Client(Merchant.ApiKey, timeout: TimeSpan.FromMilliseconds(500));

        var failure = await Record.ExceptionAsync(() => merchant.Create(options, Key, hasty));
        var session = await merchant.Create(options, Key);

        Assert.IsAssignableFrom<OperationCanceledException>(failure);
        Assert.Equal(session.Id, Assert.Single(await Sessions(merchant)).Id);
    }

    [Fact]
    public async Task A_fault_waits_for_the_call_it_is_meant_for()
    {
        await using var merchant = await Merchant.Open();
        merchant.StandIn.Faults.Next(FaultKind.RateLimited, method: "GET", path: "/v1/checkout");

        await merchant.Create();
        await merchant.Stripe.V1.Events.ListAsync(cancellationToken: Merchant.Cancellation);

        await Assert.ThrowsAsync<StripeException>(() => Sessions(merchant));
        Assert.Single(await Sessions(merchant));
    }

    private static Task<StripeList<Session>> Sessions(Merchant merchant) =>
        merchant.Stripe.V1.Checkout.Sessions.ListAsync(cancellationToken: Merchant.Cancellation);
}
