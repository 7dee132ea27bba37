using System.Net;

namespace Billing.StripeStandIn.Tests;

public sealed class ControlTests
{
    [Fact]
    public async Task A_script_can_play_a_payment_over_http()
    {
        await using var merchant = await Merchant.Open();
        var session = await merchant.Create();

        Assert.Equal(HttpStatusCode.OK, await Control("webhooks/drop", ("type", "charge.updated")));
        Assert.Equal(HttpStatusCode.OK, await Control("sessions/pay-by-bank", ("id", session.Id)));
        Assert.Equal(HttpStatusCode.OK, await Control("sessions/settle-bank", ("id", session.Id)));
        Assert.Equal(HttpStatusCode.Conflict, await Control("sessions/settle-bank", ("id", session.Id)));
        Assert.Equal(HttpStatusCode.OK, await Control("faults/next", ("kind", "RateLimited"), ("method", "GET")));
        Assert.Equal(HttpStatusCode.OK, await Control("faults/clear"));

        Assert.Equal("paid", (await merchant.Get(session.Id)).PaymentStatus);
        await merchant.StandIn.Webhooks.Delivered(Merchant.Cancellation);
        Assert.DoesNotContain("charge.updated", merchant.EventTypes());

        async Task<HttpStatusCode> Control(string name, params (string Key, string Value)[] form)
        {
            var pairs = form.ToDictionary(pair => pair.Key, pair => pair.Value);
            return (await merchant.Post($"/_control/{name}", pairs)).StatusCode;
        }
    }

    [Theory]
    [InlineData("sessions/pay", true, HttpStatusCode.Conflict)]
    [InlineData("sessions/teleport", true, HttpStatusCode.NotFound)]
    [InlineData("sessions/pay", false, HttpStatusCode.Unauthorized)]
    public async Task A_control_that_cannot_be_done_says_so(string name, bool withKey, HttpStatusCode status)
    {
        await using var merchant = await Merchant.Open();

        Assert.Equal(status, (await merchant.Post($"/_control/{name}", [], withKey)).StatusCode);
    }

    [Fact]
    public async Task Two_stand_ins_live_side_by_side_and_stop_on_their_own()
    {
        await using var first = await Merchant.Open();
        var second = await Merchant.Open();
        var ofFirst = await first.Create();
        var ofSecond = await second.Create();
        var address = second.StandIn.BaseAddress;

        await second.DisposeAsync();

        Assert.NotEqual(first.StandIn.BaseAddress, address);
        Assert.NotEqual(ofFirst.Id, ofSecond.Id);
        Assert.Equal("open", (await first.Get(ofFirst.Id)).Status);
        using var browser = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => browser.GetAsync(address, Merchant.Cancellation));
    }
}
