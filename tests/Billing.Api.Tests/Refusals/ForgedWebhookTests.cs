using System.Text;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Payments;

namespace Billing.Api.Tests.Refusals;

public sealed class StripeServer : IAsyncLifetime
{
    public ApiServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await ApiServer.Start(withStripe: true);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

/// <summary>Whoever is not Stripe tells us nothing: a forged notice is refused and not kept.</summary>
public sealed class ForgedWebhookTests(StripeServer stripe) : IClassFixture<StripeServer>
{
    private const string Path = "/v1/stripe/webhook";
    private static readonly byte[] Good =
        """{"id":"evt_forged","object":"event","type":"checkout.session.completed","data":{"object":{"object":"checkout.session","id":"cs_forged"}}}"""u8.ToArray();

    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    public static TheoryData<string> BadHeaders() =>
    [
        "", " ", "x", "t", "t=", "v1=", "t=,v1=", "=", ",", "t=1", "t=x,v1=y", "v1=abc", $"t={Now}", $"t={Now},v1=", $"t={Now},v0={StripeSignature.Sign(Good, Now)}",
        $"t={Now},v1={new string('0', 64)}", $"t={Now},v1={StripeSignature.Sign(Good, Now, "whsec_of_somebody_else")}",
        // Older than Stripe's tolerance of five minutes.
        $"t={Now - 301},v1={StripeSignature.Sign(Good, Now - 301)}", $"t={Now - 86_400},v1={StripeSignature.Sign(Good, Now - 86_400)}",
        // The signature of another moment.
        $"t={Now},v1={StripeSignature.Sign(Good, Now - 10)}",
        "t=99999999999999999999,v1=00", $"t=-1,v1={StripeSignature.Sign(Good, -1)}", $"t=2147483648,v1={new string('a', 64)}", new string('x', 5_000),
    ];

    [Theory]
    [MemberData(nameof(BadHeaders))]
    public async Task Refuses_a_signature_that_does_not_fit(string header)
    {
        await AssertRefused(Good, header, 400, "signature-invalid");
    }

    [Fact]
    public async Task Refuses_a_notice_without_a_signature()
    {
        await AssertRefused(Good, null, 400, "signature-invalid");
        await AssertRefused("{}"u8.ToArray(), null, 400, "signature-invalid");
        await AssertRefused([], null, 400, "signature-invalid");
    }

    [Fact]
    public async Task Refuses_a_body_that_was_changed_after_signing()
    {
        var changed = Encoding.UTF8.GetString(Good).Replace("cs_forged", "cs_better", StringComparison.Ordinal);

        await AssertRefused(Encoding.UTF8.GetBytes(changed), StripeSignature.Header(Good), 400, "signature-invalid");
        await AssertRefused([.. Good, (byte)' '], StripeSignature.Header(Good), 400, "signature-invalid");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("not json")]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("""{"id":"evt_1"}""")]
    [InlineData("""{"type":"x"}""")]
    [InlineData("""{"id":1,"type":"x"}""")]
    [InlineData("""{"id":"","type":"x"}""")]
    [InlineData("""{"id":"\ud800","type":"x"}""")]
    [InlineData("""{"id":"evt_1","type":"\udc00"}""")]
    public async Task Refuses_what_is_signed_and_no_event(string body)
    {
        await AssertRefused(Encoding.UTF8.GetBytes(body), StripeSignature.Header(Encoding.UTF8.GetBytes(body)), 400, "event-malformed");
    }

    [Fact]
    public async Task Refuses_bytes_that_are_no_text()
    {
        byte[] invalid = [.. Good[..^2], 0xC3, 0x28, (byte)'}', (byte)'}'];

        await AssertRefused(invalid, StripeSignature.Header(invalid), 400, "signature-invalid");
    }

    [Fact]
    public async Task Refuses_a_notice_of_more_than_a_megabyte()
    {
        byte[] large = [.. Good, .. Enumerable.Repeat((byte)' ', 1024 * 1024)];

        await AssertRefused(large, StripeSignature.Header(large), 413, "body-too-large");
    }

    [Theory]
    [InlineData("""{"id":"evt_a","type":"x"}""")]
    [InlineData("""{"id":"evt_b","type":"x","data":null}""")]
    [InlineData("""{"id":"evt_c","type":"x","data":{"object":[]}}""")]
    [InlineData("""{"id":"evt_d","type":"checkout.session.completed","data":{"object":{"object":"checkout.session","id":"cs_nobody_knows"}}}""")]
    [InlineData("""{"id":"evt_e","type":"checkout.session.completed","data":{"object":{"object":"checkout.session","id":"../../v1/customers"}}}""")]
    [InlineData("""{"id":"evt_f","type":"payment_intent.succeeded","data":{"object":{"object":"payment_intent","id":"\ud800"}}}""")]
    [InlineData("""{"id":"evt_g","type":"account.updated","data":{"object":{"object":"account","id":"acct_1"}},"livemode":true}""")]
    public async Task Keeps_a_signed_notice_of_something_else_and_changes_no_books(string body)
    {
        var head = await stripe.Server.Head();
        var bytes = Encoding.UTF8.GetBytes(body);

        var answer = await stripe.Server.PostBytes(null, Path, bytes, "application/json", ("Stripe-Signature", StripeSignature.Header(bytes)));

        Assert.True(answer.Code is 200 || Refused.Fault(answer) is null, answer.ToString());
        Assert.Equal(head, await stripe.Server.Head());
        Assert.Empty(stripe.Server.Errors);
    }

    [Fact]
    public async Task A_server_without_Stripe_takes_no_notices()
    {
        await using var server = await ApiServer.Start();

        var answer = await server.PostBytes(null, Path, Good, "application/json", ("Stripe-Signature", StripeSignature.Header(Good)));

        Assert.Equal((404, "stripe-not-configured"), (answer.Code, answer.ProblemCode));
        Assert.Null(Refused.Fault(answer));
    }

    private async Task AssertRefused(byte[] body, string? header, int status, string code)
    {
        var (head, kept) = (await stripe.Server.Head(), stripe.Server.NoticesKept());
        (string, string)[] headers = header is null ? [] : [("Stripe-Signature", header)];

        var answer = await stripe.Server.PostBytes(null, Path, body, "application/json", headers);

        Assert.Equal((status, code), (answer.Code, answer.ProblemCode));
        Assert.Null(Refused.Fault(answer));
        Assert.Equal((head, kept), (await stripe.Server.Head(), stripe.Server.NoticesKept()));
        Assert.Empty(stripe.Server.Errors);
    }
}
