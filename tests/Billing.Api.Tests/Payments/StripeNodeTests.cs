using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Billing.Api.Hosting;
using Billing.Api.Payments;
using Billing.Api.Tests.Hosting;
using Billing.Api.Tests.Payments.Chaos;

namespace Billing.Api.Tests.Payments;

/// <summary>
/// Stripe's own Node library judges what we send, what the stand-in answers, and what either signs. It is another reading of the same
/// API version than ours and Stripe.net's.
/// </summary>
public sealed class StripeNodeTests
{
    [Fact]
    public async Task What_we_send_and_the_stand_in_answers_is_of_the_types_that_Stripe_declares()
    {
        var exchanges = new ConcurrentQueue<JsonObject>();
        foreach (var story in Stories.All)
        {
            await using var world = Recorded(exchanges);
            await world.Open(story.Setting);
            await new ChaosRun(world, chance: null).Tell(story);
        }
        Assert.NotEmpty(exchanges);
        await ConnectAnAccount(exchanges);

        var (code, output) = Node("check-types.mjs", new JsonArray([.. exchanges]));

        Assert.True(code == 0, output);
    }

    /// <summary>A check that finds nothing wrong with anything would pass the other one too.</summary>
    [Theory]
    [InlineData("payment_method_types", "a parameter that is gone")]
    [InlineData("status", "a value that Stripe does not know")]
    [InlineData("amount_total", "a field that is missing")]
    public async Task A_wrong_parameter_value_or_field_is_found(string what, string why)
    {
        var exchanges = new ConcurrentQueue<JsonObject>();
        await using var world = Recorded(exchanges);
        await world.Open();
        await world.Click();
        var opened = exchanges.First(exchange => (string?)exchange["method"] == "POST").DeepClone().AsObject();
        if (what == "payment_method_types") opened["form"] = $"{opened["form"]}&payment_method_types[0]=card";
        else if (what == "status") opened["answer"]!["status"] = "paid";
        else opened["answer"]!.AsObject().Remove(what);

        var (code, output) = Node("check-types.mjs", new JsonArray(opened));

        Assert.True(code == 1 && output.Contains(what, StringComparison.OrdinalIgnoreCase), $"{why} was not found: {output}");
    }

    [Fact]
    public async Task Webhooks_are_signed_and_verified_across_both_libraries_in_both_directions()
    {
        await using var world = new ChaosWorld();
        await world.Open();
        var session = await world.Click();
        world.Stripe.Checkout.Pay(session, "späte.Zahlung@acme.example");
        var at = world.Now.ToUnixTimeSeconds();
        var ours = world.Stripe.Webhooks.Deliveries.Select(delivery => world.Stripe.Webhooks.Signed(delivery.EventId)).ToList();
        Assert.NotEmpty(ours);

        var (code, output) = Node("check-signatures.mjs", new JsonObject
        {
            ["signed"] = new JsonArray([.. ours.Select(webhook => new JsonObject
            {
                ["body"] = webhook.Body, ["header"] = webhook.Signature, ["secret"] = "whsec_new", ["at"] = at,
            })]),
            ["toSign"] = new JsonArray([.. ours.Select(webhook => new JsonObject
            {
                ["body"] = webhook.Body, ["secret"] = "whsec_node", ["at"] = at,
            })]),
        });

        Assert.True(code == 0, output);
        var headers = JsonNode.Parse(output)!.AsArray();
        var options = new StripeOptions { ApiKey = "sk_test_node" };
        options.WebhookSecrets.Add("whsec_other");
        options.WebhookSecrets.Add("whsec_node");
        foreach (var (webhook, header) in ours.Zip(headers))
        {
            var body = Encoding.UTF8.GetBytes(webhook.Body);
            Assert.NotNull(StripeWebhook.Open(body, (string)header!, options.WebhookSecrets, world.Now).Notice);
            Assert.Null(StripeWebhook.Open([.. body, (byte)' '], (string)header!, options.WebhookSecrets, world.Now).Notice);
        }
    }

    private static async Task ConnectAnAccount(ConcurrentQueue<JsonObject> exchanges)
    {
        await using var installation = new ChaosInstallation("acct_chaos1");
        using var gateway = new StripeGateway(
            installation.Options.Stripe, new Recorder(installation.Stripe.InProcess(), exchanges), maxNetworkRetries: 0);
        var wish = new AccountWish(new Guid("01990000-0000-7000-8000-0000000000b1"), 1, installation.Now);
        var account = await gateway.MakeAccount(wish, ChaosWorld.Cancellation);
        await gateway.Review(account, ChaosWorld.Cancellation);
        var page = new Uri("https://billing.example/stripe-account");
        await gateway.LinkOnboarding(account, page, page, ChaosWorld.Cancellation);
        installation.Stripe.Connect.Submit(account, due: "individual.verification.document");
        await gateway.Review(account, ChaosWorld.Cancellation);
        installation.Stripe.Connect.Restrict(account, "company.tax_id");
        await gateway.Review(account, ChaosWorld.Cancellation);
        var since = installation.Now - NodaTime.Duration.FromDays(1);
        var told = gateway.In(account).EventsSince(since, ["account.updated"], ChaosWorld.Cancellation);
        Assert.True(await told.AnyAsync(ChaosWorld.Cancellation));
    }

    private static ChaosWorld Recorded(ConcurrentQueue<JsonObject> exchanges) =>
        new(new ChaosInstallation { Watch = handler => new Recorder(handler, exchanges) }, number: 0, account: null);

    private static (int Code, string Output) Node(string script, JsonNode input) => NodeScript.Run("stripe-node", "stripe", script, input);

    /// <summary>Keeps what Stripe answered with success.</summary>
    private sealed class Recorder(HttpMessageHandler inner, ConcurrentQueue<JsonObject> exchanges) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var form = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : "";
            var response = await base.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode) return response;
            var answer = await response.Content.ReadAsStringAsync(cancellationToken);
            exchanges.Enqueue(new JsonObject
            {
                ["method"] = request.Method.Method,
                ["path"] = request.RequestUri!.AbsolutePath,
                ["form"] = form.Length > 0 ? form : request.RequestUri.Query.TrimStart('?'),
                ["answer"] = JsonNode.Parse(answer),
            });
            return response;
        }
    }
}
