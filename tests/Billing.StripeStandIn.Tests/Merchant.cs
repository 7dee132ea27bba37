using Stripe;
using Stripe.Checkout;

namespace Billing.StripeStandIn.Tests;

/// <summary>Our side of a test: a stand-in, the real Stripe.net against it, and an endpoint for its webhooks.</summary>
internal sealed class Merchant : IAsyncDisposable
{
    public const string ApiKey = "sk_test_merchant_0001";
    public const string Secret = "whsec_first";

    private readonly HttpClient _browser = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private Merchant(StripeStandInServer standIn, WebhookReceiver receiver, MovableClock clock)
    {
        StandIn = standIn;
        Receiver = receiver;
        Clock = clock;
        Stripe = Client(ApiKey);
    }

    public StripeStandInServer StandIn { get; }

    public WebhookReceiver Receiver { get; }

    public MovableClock Clock { get; }

    public StripeClient Stripe { get; }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Merchant> Open(Func<StripeStandInOptions, StripeStandInOptions>? change = null)
    {
        var clock = new MovableClock();
        var receiver = await WebhookReceiver.Start(Cancellation);
        var options = new StripeStandInOptions
        {
            ApiKey = ApiKey,
            WebhookUrl = receiver.Url,
            WebhookSecrets = [Secret],
            WebhookRetryDelays = [TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(40)],
            TimeProvider = clock,
        };
        var standIn = await StripeStandInServer.Start(change?.Invoke(options) ?? options, Cancellation);
        return new Merchant(standIn, receiver, clock);
    }

    /// <summary>Without retries unless asked, so that a test sees each answer.</summary>
    public StripeClient Client(string apiKey, int retries = 0, TimeSpan? timeout = null) => new(new StripeClientOptions
    {
        ApiKey = apiKey,
        ApiBase = StandIn.BaseAddress.GetLeftPart(UriPartial.Authority),
        HttpClient = new SystemNetHttpClient(
            new HttpClient { Timeout = timeout ?? TimeSpan.FromSeconds(20) }, retries, enableTelemetry: false),
    });

    /// <summary>An invoice's checkout as the product makes it.</summary>
    public SessionCreateOptions Invoice(long amountMinor = 125_000, string currency = "usd") => new()
    {
        Mode = "payment",
        SuccessUrl = "http://localhost/paid?session={CHECKOUT_SESSION_ID}",
        CancelUrl = "http://localhost/invoice",
        ClientReferenceId = "invoice-7",
        CustomerEmail = "client@example.com",
        ExpiresAt = Clock.GetUtcNow().UtcDateTime.AddHours(2),
        AdaptivePricing = new SessionAdaptivePricingOptions { Enabled = false },
        LineItems =
        [
            new SessionLineItemOptions
            {
                Quantity = 1,
                PriceData = new SessionLineItemPriceDataOptions
                {
                    Currency = currency,
                    UnitAmount = amountMinor,
                    ProductData = new SessionLineItemPriceDataProductDataOptions { Name = "Invoice 2026-007" },
                },
            },
        ],
        Metadata = new Dictionary<string, string> { ["invoice"] = "7" },
        PaymentIntentData = new SessionPaymentIntentDataOptions
        {
            Metadata = new Dictionary<string, string> { ["invoice"] = "7" },
        },
    };

    public Task<Session> Create(
        SessionCreateOptions? options = null, RequestOptions? request = null, StripeClient? client = null) =>
        (client ?? Stripe).V1.Checkout.Sessions.CreateAsync(options ?? Invoice(), request, Cancellation);

    public Task<Session> Get(string id, params List<string> expand) => Stripe.V1.Checkout.Sessions.GetAsync(
        id, new SessionGetOptions { Expand = expand }, cancellationToken: Cancellation);

    /// <summary>Presses a button of the checkout page.</summary>
    public Task<HttpResponseMessage> Press(string sessionId, string button) => Post(
        $"/pay/{sessionId}", new Dictionary<string, string> { ["action"] = button }, withKey: false);

    public Task<HttpResponseMessage> See(string sessionId) =>
        _browser.GetAsync(new Uri(StandIn.BaseAddress, $"/pay/{sessionId}"), Cancellation);

    /// <summary>A request that Stripe.net would not make.</summary>
    public async Task<HttpResponseMessage> Post(
        string path, IEnumerable<KeyValuePair<string, string>> form, bool withKey = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(StandIn.BaseAddress, path));
        if (withKey) request.Headers.Add("Authorization", $"Bearer {ApiKey}");
        request.Content = new FormUrlEncodedContent(form);
        return await _browser.SendAsync(request, Cancellation);
    }

    /// <summary>The webhooks taken so far, each with its signature checked by Stripe.net.</summary>
    public List<Event> Events(string secret = Secret) =>
    [
        .. Receiver.Received.Select(webhook => EventUtility.ConstructEvent(webhook.Body, webhook.Signature, secret)),
    ];

    public List<string> EventTypes() => [.. Events().Select(happened => happened.Type)];

    public async ValueTask DisposeAsync()
    {
        await StandIn.DisposeAsync();
        await Receiver.DisposeAsync();
        _browser.Dispose();
    }
}
