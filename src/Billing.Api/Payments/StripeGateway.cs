using Billing.Api.Hosting;
using NodaTime;
using NodaTime.Extensions;
using Stripe;
using Stripe.Checkout;

namespace Billing.Api.Payments;

/// <summary>The calls that we make to Stripe, and nothing else of it.</summary>
public sealed partial class StripeGateway : IDisposable
{
    private const int MaxNetworkRetries = 2;
    private readonly HttpClient _http;
    private readonly StripeClient _client;

    public StripeGateway(StripeOptions options) : this(options, new HttpClientHandler(), MaxNetworkRetries)
    {
    }

    /// <param name="handler">Takes the requests; disposed with the gateway.</param>
    /// <param name="maxNetworkRetries">How often a request is sent again that Stripe did not answer, each time after a pause.</param>
    internal StripeGateway(StripeOptions options, HttpMessageHandler handler, int maxNetworkRetries)
    {
        _http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(20) };
        _client = new StripeClient(new StripeClientOptions
        {
            ApiKey = options.ApiKey,
            ApiBase = options.ApiBase?.ToString().TrimEnd('/'),
            HttpClient = new SystemNetHttpClient(_http, maxNetworkRetries, enableTelemetry: false),
        });
    }

    /// <summary>
    /// Opens a Checkout Session. The payment's id is the idempotency key: asking again, even after a crash, gives the same
    /// session.
    /// </summary>
    public async Task<CheckoutSession> OpenSession(SessionWish wish, CancellationToken cancellationToken)
    {
        var metadata = new Dictionary<string, string>
        {
            ["business"] = wish.BusinessId.ToString("D"),
            ["invoice"] = wish.InvoiceId.ToString("D"),
            ["payment"] = wish.PaymentId.ToString("D"),
        };
        var session = await _client.V1.Checkout.Sessions.CreateAsync(
            new SessionCreateOptions
            {
                Mode = "payment",
                ClientReferenceId = wish.PaymentId.ToString("D"),
                LineItems =
                [
                    new SessionLineItemOptions
                    {
                        Quantity = 1,
                        PriceData = new SessionLineItemPriceDataOptions
                        {
                            Currency = wish.StripeCurrency,
                            UnitAmount = wish.StripeAmount,
                            ProductData = new SessionLineItemPriceDataProductDataOptions { Name = wish.Title },
                        },
                    },
                ],
                CustomerEmail = wish.CustomerEmail,
                SuccessUrl = wish.SuccessUrl,
                CancelUrl = wish.CancelUrl,
                ExpiresAt = wish.ExpiresAt.ToDateTimeUtc(),
                AdaptivePricing = new SessionAdaptivePricingOptions { Enabled = false },
                Metadata = metadata,
                PaymentIntentData = new SessionPaymentIntentDataOptions { Metadata = metadata },
            },
            new RequestOptions { IdempotencyKey = $"checkout-{wish.PaymentId:D}" },
            cancellationToken);
        return Read(session);
    }

    /// <summary>What Stripe says of a session now, with its payment and the fee once it is known.</summary>
    public async Task<CheckoutSession> GetSession(string sessionId, CancellationToken cancellationToken) =>
        Read(await _client.V1.Checkout.Sessions.GetAsync(
            sessionId,
            new SessionGetOptions { Expand = ["payment_intent.latest_charge.balance_transaction"] },
            cancellationToken: cancellationToken));

    /// <summary>Closes an open session. False where it was not open any more: the client may just have paid.</summary>
    public async Task<bool> ExpireSession(string sessionId, CancellationToken cancellationToken)
    {
        try
        {
            await _client.V1.Checkout.Sessions.ExpireAsync(sessionId, cancellationToken: cancellationToken);
            return true;
        }
        catch (StripeException e) when (e.StripeError?.Type == "invalid_request_error")
        {
            return false;
        }
    }

    /// <summary>The checkout session that a payment intent belongs to; null for one that is none of ours.</summary>
    public async Task<CheckoutSession?> FindSessionOf(string paymentIntentId, CancellationToken cancellationToken)
    {
        var found = await _client.V1.Checkout.Sessions.ListAsync(
            new SessionListOptions { PaymentIntent = paymentIntentId, Limit = 1 }, cancellationToken: cancellationToken);
        return found.Data.Count == 0 ? null : await GetSession(found.Data[0].Id, cancellationToken);
    }

    /// <summary>What happened since an instant, of these types: twenty at most.</summary>
    public IAsyncEnumerable<Event> EventsSince(Instant since, IReadOnlyList<string> types, CancellationToken cancellationToken) =>
        _client.V1.Events.ListAutoPagingAsync(
            new EventListOptions
            {
                Created = new DateRangeOptions { GreaterThanOrEqual = since.ToDateTimeUtc() },
                Types = [.. types],
                Limit = 100,
            },
            cancellationToken: cancellationToken);

    public void Dispose() => _http.Dispose();

    private static CheckoutSession Read(Session session)
    {
        var charge = session.PaymentIntent?.LatestCharge;
        var balance = charge?.BalanceTransaction;
        return new CheckoutSession(
            session.Id, session.Url, session.Status, session.PaymentStatus, session.AmountTotal ?? 0, session.Currency ?? "",
            session.ExpiresAt.ToUniversalTime().ToInstant(),
            session.PaymentIntent?.Id ?? session.PaymentIntentId, session.PaymentIntent?.Status, charge?.FailureMessage,
            (charge?.Created ?? session.Created).ToUniversalTime().ToInstant(),
            balance is null ? null : new ProcessorFee(balance.Id, balance.Fee, balance.Currency),
            MetadataId(session.Metadata, "business"), MetadataId(session.Metadata, "invoice"), MetadataId(session.Metadata, "payment"),
            charge is { Disputed: true } or { AmountRefunded: > 0 });
    }

    private static Guid? MetadataId(Dictionary<string, string>? metadata, string key) =>
        metadata is not null && metadata.TryGetValue(key, out var text) && Guid.TryParse(text, out var id) ? id : null;
}

/// <param name="StripeAmount">In Stripe's own minor units.</param>
public sealed record SessionWish(
    Guid BusinessId, Guid InvoiceId, Guid PaymentId, string Title, string StripeCurrency, long StripeAmount,
    string? CustomerEmail, string SuccessUrl, string CancelUrl, Instant ExpiresAt);

/// <param name="Status">open, complete or expired.</param>
/// <param name="PaymentStatus">paid, unpaid or no_payment_required.</param>
/// <param name="StripeAmount">In Stripe's own minor units.</param>
/// <param name="IntentStatus">Status of the payment intent, such as succeeded or processing; null before there is one.</param>
/// <param name="Fee">Null until Stripe has booked it.</param>
/// <param name="HasMoneyGoneBack">Whether some of it was refunded or is, or was, disputed.</param>
public sealed record CheckoutSession(
    string SessionId, string? Url, string Status, string PaymentStatus, long StripeAmount, string StripeCurrency,
    Instant ExpiresAt, string? PaymentIntentId, string? IntentStatus, string? FailureMessage, Instant ChargedAt,
    ProcessorFee? Fee, Guid? BusinessId, Guid? InvoiceId, Guid? PaymentId, bool HasMoneyGoneBack);

public sealed record ProcessorFee(string BalanceTransactionId, long StripeAmount, string StripeCurrency);
