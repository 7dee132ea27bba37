using Billing.StripeStandIn;

namespace Billing.Api.Tests.Hosting;

/// <summary>The program as a process of its own, and Stripe's stand-in in this one, which outlives the other's kills.</summary>
public sealed class ServerWithStripe : IAsyncDisposable
{
    private const string ApiKey = "sk_test_journeys";
    private const string WebhookSecret = "whsec_journeys";

    private ServerWithStripe(StripeStandInServer stripe, ServerProcess process) => (Stripe, Process) = (stripe, process);

    public StripeStandInServer Stripe { get; }

    public ServerProcess Process { get; }

    public Uri Address => Process.Address;

    /// <summary>The settings are those that the README names.</summary>
    public static async Task<ServerWithStripe> Start()
    {
        var options = new StripeStandInOptions { ApiKey = ApiKey, WebhookSecrets = [WebhookSecret] };
        var stripe = await StripeStandInServer.Start(options, TestContext.Current.CancellationToken);
        try
        {
            var process = await ServerProcess.Start(
                $"--Billing:Stripe:ApiKey={ApiKey}",
                $"--Billing:Stripe:ApiBase={stripe.BaseAddress.GetLeftPart(UriPartial.Authority)}",
                $"--Billing:Stripe:WebhookSecrets:0={WebhookSecret}");
            stripe.Webhooks.AddEndpoint(new Uri(process.Address, "/v1/stripe/webhook"), [WebhookSecret]);
            return new ServerWithStripe(stripe, process);
        }
        catch
        {
            await stripe.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await Stripe.DisposeAsync();
    }
}
