using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Billing.Api.Payments;
using Billing.Api.Tests.Http;
using Billing.StripeStandIn;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Billing.Api.Tests.Payments;

/// <summary>A server on which each practice has an account of its own at Stripe.</summary>
internal sealed class Platform(ApiServer server) : IAsyncDisposable
{
    public const string Secret = "whsec_of_connected_accounts", RolledSecret = "whsec_of_connected_accounts_rolled";
    public const string ConnectPath = "/v1/stripe/connect-webhook";

    public ApiServer Server => server;

    public StripeStandInServer Stripe => server.StandIn!;

    public StripeInboxWorker Worker => server.Services.GetServices<IHostedService>().OfType<StripeInboxWorker>().Single();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Platform> Start()
    {
        var server = await ApiServer.Start(withStripe: true, settings: new Dictionary<string, string?>
        {
            ["Billing:Stripe:Platform"] = "true",
            ["Billing:Stripe:ConnectWebhookSecrets:0"] = Secret,
            ["Billing:Stripe:ConnectWebhookSecrets:1"] = RolledSecret,
        });
        server.StandIn!.Webhooks.AddEndpoint(new Uri(server.Address, ConnectPath), [Secret], connect: true);
        return new Platform(server);
    }

    /// <summary>Sends the owner to Stripe; the account.</summary>
    public async Task<string> Begin(Practice practice, string body = "{}")
    {
        var begun = (await server.Post(practice.Owner, "/v1/stripe-account:connect", body)).Ok().Json;
        return begun["accountId"]!.GetValue<string>();
    }

    /// <summary>The owner goes through all of it; the account.</summary>
    public async Task<string> Connect(Practice practice)
    {
        var account = await Begin(practice);
        Stripe.Connect.Submit(account);
        await Settle();
        return account;
    }

    /// <summary>A practice with an account and one open invoice of 120.00.</summary>
    public async Task<(PayingClient Client, string Account)> Open()
    {
        var client = await PayingClient.WithInvoice(server);
        return (client, await Connect(client.Practice));
    }

    public async Task<JsonObject> Account(Practice practice) =>
        (await server.Get(practice.Owner, "/v1/stripe-account")).Ok().Json;

    /// <summary>Waits until every webhook has come and been worked off, but for those that wait for their next try.</summary>
    public async Task Settle()
    {
        await Stripe.Webhooks.Delivered(Cancellation);
        await server.InboxEmpty();
        await server.CatchUp();
    }

    public async Task<ApiAnswer> Ask(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path) { Content = new StringContent("", Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ApiServer.OperatorToken);
        return await server.Send(request);
    }

    public async Task<IReadOnlyList<JsonObject>> DeadLetters() => (await Ask(HttpMethod.Get, "/v1/stripe/dead-letters")).Ok().Items;

    /// <summary>Sends a notice that is signed by one of the endpoint's secrets, or by another.</summary>
    public Task<ApiAnswer> Send(string body, string secret = Secret, string path = ConnectPath)
    {
        var (bytes, at) = (Encoding.UTF8.GetBytes(body), DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        var text = Encoding.UTF8.GetBytes(FormattableString.Invariant($"{at}.{body}"));
        var signed = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), text);
        var header = FormattableString.Invariant($"t={at},v1={Convert.ToHexStringLower(signed)}");
        return server.PostBytes(null, path, bytes, "application/json", ("Stripe-Signature", header));
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
