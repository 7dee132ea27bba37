using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;
using Billing.StripeStandIn;

namespace Billing.Api.Tests.Payments;

/// <summary>A practice with one open invoice of 120.00, its client with the share link, and what can be seen of both.</summary>
internal sealed class PayingClient
{
    private readonly ApiServer _server;
    private readonly string _sharePath;

    private PayingClient(ApiServer server, Practice practice, Guid invoiceId, string sharePath) =>
        (_server, Practice, InvoiceId, _sharePath) = (server, practice, invoiceId, sharePath);

    public Practice Practice { get; }

    public Guid InvoiceId { get; }

    private StripeStandInServer StandIn => _server.StandIn!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<PayingClient> WithInvoice(ApiServer server)
    {
        var practice = await Practice.OpenEmpty(server);
        await practice.AddClient();
        return await Of(server, practice, await practice.Invoice("2026-03-02", hours: 3));
    }

    /// <summary>The client of an open invoice, which is shared now.</summary>
    public static async Task<PayingClient> Of(ApiServer server, Practice practice, Guid invoice)
    {
        var shared = await practice.Post($"/v1/invoices/{invoice}:share", "{}");
        return new PayingClient(server, practice, invoice, new Uri(shared.Json["url"]!.GetValue<string>()).AbsolutePath);
    }

    /// <summary>Clicks on Pay; where the browser is sent.</summary>
    public async Task<string> Click()
    {
        var answer = await _server.Post(null, _sharePath + "/pay", null);
        Assert.Equal(303, answer.Code);
        return answer.Header("Location")!;
    }

    /// <summary>Ticks the box and clicks on Pay; the session of the checkout page.</summary>
    public async Task<string> AgreeAndOpenCheckout() => SessionOf(await AgreeAndOpenCheckoutRaw("2026-11/due"));

    /// <summary>Sends the form with this text agreed to; where the browser is sent.</summary>
    public async Task<string> AgreeAndOpenCheckoutRaw(string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _sharePath + "/pay");
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["agree"] = value });
        var answer = await _server.Send(request);
        Assert.Equal(303, answer.Code);
        return answer.Header("Location")!;
    }

    public Task<ApiAnswer> Withdraw() => _server.Post(null, _sharePath + "/collection/withdraw", null);

    /// <summary>The same client with another invoice, which is finalised now.</summary>
    /// <param name="more">Of the body that finalises it.</param>
    public async Task<PayingClient> NextInvoice(string more = "") =>
        await Of(_server, Practice, await Practice.Invoice("2026-03-03", hours: 3, more: more));

    public Task<ApiAnswer> Collect() => _server.Post(Practice.Owner, $"/v1/invoices/{InvoiceId}:collect", "{}");

    public Task<JsonObject> Collection() => Practice.Get($"/v1/clients/{Practice.ClientId}/collection");

    /// <summary>Clicks on Pay and comes to a checkout page; its session.</summary>
    public async Task<string> OpenCheckout()
    {
        var location = await Click();
        Assert.StartsWith(StandIn.BaseAddress.ToString(), location, StringComparison.Ordinal);
        return SessionOf(location);
    }

    public static string SessionOf(string url) => new Uri(url).Segments[^1];

    public async Task<string> Page() => (await _server.Get(null, _sharePath)).Ok().Text;

    public Task<ApiAnswer> PayByHand(string amount) => _server.Post(Practice.Owner, "/v1/payments", $$$"""
        {"invoiceId":"{{{InvoiceId}}}","amount":{"amount":"{{{amount}}}","currency":"USD"},"method":"transfer","receivedOn":"2026-04-10"}
        """);

    public async Task<IReadOnlyList<JsonObject>> Payments() =>
        (await _server.Get(Practice.Owner, $"/v1/invoices/{InvoiceId}/payments")).Ok().Items;

    /// <summary>The invoice's paid and open amounts.</summary>
    public async Task<(string Paid, string Open)> Balance()
    {
        await _server.CatchUp();
        var invoice = (await Practice.Get($"/v1/invoices/{InvoiceId}"))["invoice"]!;
        return (invoice["paid"]!["amount"]!.GetValue<string>(), invoice["open"]!["amount"]!.GetValue<string>());
    }

    /// <summary>Waits until one of the invoice's payments is as wished, and answers it.</summary>
    public async Task<JsonObject> Payment(string what, Func<JsonObject, bool> isAsWished)
    {
        for (var until = DateTime.UtcNow.AddSeconds(20); ;)
        {
            var payments = await Payments();
            if (payments.FirstOrDefault(isAsWished) is { } found) return found;
            Assert.True(DateTime.UtcNow < until, $"No payment became {what}: {string.Join(", ", payments.Select(p => p.ToJsonString()))}");
            await Task.Delay(50, Cancellation);
        }
    }

    public Task<JsonObject> PaymentThatIs(string status) => Payment(status, p => (string?)p["status"] == status);

    /// <summary>Waits until every webhook has come and been worked off.</summary>
    public async Task Settle()
    {
        await StandIn.Webhooks.Delivered(Cancellation);
        await _server.InboxEmpty();
        await _server.CatchUp();
    }

    /// <summary>Ids of the checkout sessions that Stripe has of this invoice.</summary>
    public async Task<IReadOnlyList<string>> Sessions()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(StandIn.BaseAddress, "/v1/checkout/sessions?limit=100"));
        request.Headers.Add("Authorization", $"Bearer {ApiServer.StripeKey}");
        using var response = await _server.Http.SendAsync(request, Cancellation);
        var listed = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!;
        return [.. listed["data"]!.AsArray()
            .Where(s => (string?)s!["metadata"]!["invoice"] == InvoiceId.ToString())
            .Select(s => s!["id"]!.GetValue<string>())];
    }
}
