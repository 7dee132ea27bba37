using System.Collections.Concurrent;
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
    private readonly StripeOptions _options;
    private readonly int _maxNetworkRetries;
    private readonly Lazy<StripeClient> _client;
    private readonly string? _account;
    private readonly ConcurrentDictionary<string, StripeGateway> _connected = new(StringComparer.Ordinal);

    public StripeGateway(StripeOptions options) : this(options, new HttpClientHandler(), MaxNetworkRetries)
    {
    }

    /// <param name="handler">Takes the requests; disposed with the gateway.</param>
    /// <param name="maxNetworkRetries">How often a request is sent again that Stripe did not answer, each time after a pause.</param>
    internal StripeGateway(StripeOptions options, HttpMessageHandler handler, int maxNetworkRetries)
        : this(options, new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(20) }, maxNetworkRetries, account: null)
    {
    }

    private StripeGateway(StripeOptions options, HttpClient http, int maxNetworkRetries, string? account)
    {
        (_options, _http, _maxNetworkRetries, _account) = (options, http, maxNetworkRetries, account);
        // Made when it is first called: most servers start without anybody paying at once, and it takes its time.
        _client = new Lazy<StripeClient>(() => new StripeClient(new StripeClientOptions
        {
            ApiKey = options.ApiKey,
            ApiBase = options.ApiBase?.ToString().TrimEnd('/'),
            StripeAccount = account,
            HttpClient = new SystemNetHttpClient(_http, maxNetworkRetries, enableTelemetry: false),
        }));
    }

    private StripeClient Client => _client.Value;

    /// <summary>The same calls in a connected account: nothing of another account is found or changed by them.</summary>
    /// <param name="account">Such as <c>acct_…</c>; null for the key's own.</param>
    public StripeGateway In(string? account) => account is null
        ? this
        : _connected.GetOrAdd(account, id => new StripeGateway(_options, _http, _maxNetworkRetries, id));

    /// <summary>
    /// Opens a Checkout Session. The payment's id is the idempotency key: asking again, even after a crash, gives the same
    /// session.
    /// </summary>
    public async Task<StripePayment> OpenSession(SessionWish wish, CancellationToken cancellationToken)
    {
        var metadata = MetadataOf(wish.BusinessId, wish.InvoiceId, wish.PaymentId);
        var session = await Client.V1.Checkout.Sessions.CreateAsync(
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
                Customer = wish.CustomerId,
                CustomerEmail = wish.CustomerId is null ? wish.CustomerEmail : null,
                SuccessUrl = wish.SuccessUrl,
                CancelUrl = wish.CancelUrl,
                ExpiresAt = wish.ExpiresAt.ToDateTimeUtc(),
                AdaptivePricing = new SessionAdaptivePricingOptions { Enabled = false },
                Metadata = metadata,
                PaymentIntentData = KeepingMethod(wish, new SessionPaymentIntentDataOptions { Metadata = metadata }),
            },
            new RequestOptions { IdempotencyKey = $"checkout-{wish.PaymentId:D}" },
            cancellationToken);
        return Read(session);
    }

    /// <summary>Stripe.net sends an option that was set to null as one to be emptied, so it is not set at all.</summary>
    private static SessionPaymentIntentDataOptions KeepingMethod(SessionWish wish, SessionPaymentIntentDataOptions options)
    {
        if (wish.CustomerId is not null) options.SetupFutureUsage = "off_session";
        return options;
    }

    /// <summary>What Stripe says of a session now, with its payment and the fee once it is known.</summary>
    public async Task<StripePayment> GetSession(string sessionId, CancellationToken cancellationToken) =>
        Read(await Client.V1.Checkout.Sessions.GetAsync(
            sessionId,
            new SessionGetOptions { Expand = ["payment_intent.latest_charge.balance_transaction", "payment_intent.payment_method"] },
            cancellationToken: cancellationToken));

    /// <summary>Closes an open session. False where it was not open any more: the client may just have paid.</summary>
    public async Task<bool> ExpireSession(string sessionId, CancellationToken cancellationToken)
    {
        try
        {
            await Client.V1.Checkout.Sessions.ExpireAsync(sessionId, cancellationToken: cancellationToken);
            return true;
        }
        catch (StripeException e) when (e.StripeError?.Type == "invalid_request_error")
        {
            return false;
        }
    }

    /// <summary>The checkout that a payment intent belongs to, or the intent itself where it belongs to none.</summary>
    public async Task<StripePayment> PaymentOf(string paymentIntentId, CancellationToken cancellationToken)
    {
        var found = await Client.V1.Checkout.Sessions.ListAsync(
            new SessionListOptions { PaymentIntent = paymentIntentId, Limit = 1 }, cancellationToken: cancellationToken);
        return found.Data.Count == 0
            ? await GetIntent(paymentIntentId, cancellationToken)
            : await GetSession(found.Data[0].Id, cancellationToken);
    }

    /// <summary>What happened since an instant, of these types: twenty at most.</summary>
    public IAsyncEnumerable<Event> EventsSince(Instant since, IReadOnlyList<string> types, CancellationToken cancellationToken) =>
        Client.V1.Events.ListAutoPagingAsync(
            new EventListOptions
            {
                Created = new DateRangeOptions { GreaterThanOrEqual = since.ToDateTimeUtc() },
                Types = [.. types],
                Limit = 100,
            },
            cancellationToken: cancellationToken);

    public void Dispose() => _http.Dispose();

    private StripePayment Read(Session session)
    {
        var charge = session.PaymentIntent?.LatestCharge;
        return new StripePayment(
            session.Id, session.Url, session.Status, session.PaymentStatus, session.AmountTotal ?? 0, session.Currency ?? "",
            session.ExpiresAt.ToUniversalTime().ToInstant(),
            session.PaymentIntent?.Id ?? session.PaymentIntentId, session.PaymentIntent?.Status, charge?.FailureMessage,
            (charge?.Created ?? session.Created).ToUniversalTime().ToInstant(),
            FeeOf(charge),
            MetadataId(session.Metadata, "business"), MetadataId(session.Metadata, "invoice"), MetadataId(session.Metadata, "payment"),
            HasGoneBack(charge))
        {
            Account = _account,
            FailureCode = CodeOf(session.PaymentIntent?.LastPaymentError),
            Advice = session.PaymentIntent?.LastPaymentError?.AdviceCode,
            CustomerId = session.CustomerId,
            Method = MethodOf(session.PaymentIntent?.PaymentMethod),
        };
    }

    private static ProcessorFee? FeeOf(Charge? charge) =>
        charge?.BalanceTransaction is { } balance ? new ProcessorFee(balance.Id, balance.Fee, balance.Currency) : null;

    private static bool HasGoneBack(Charge? charge) => charge is { Disputed: true } or { AmountRefunded: > 0 };

    private static Dictionary<string, string> MetadataOf(Guid businessId, Guid invoiceId, Guid paymentId) => new()
    {
        ["business"] = businessId.ToString("D"),
        ["invoice"] = invoiceId.ToString("D"),
        ["payment"] = paymentId.ToString("D"),
    };

    private static Guid? MetadataId(Dictionary<string, string>? metadata, string key) =>
        metadata is not null && metadata.TryGetValue(key, out var text) && Guid.TryParse(text, out var id) ? id : null;
}

/// <param name="StripeAmount">In Stripe's own minor units.</param>
public sealed record SessionWish(
    Guid BusinessId, Guid InvoiceId, Guid PaymentId, string Title, string StripeCurrency, long StripeAmount,
    string? CustomerEmail, string SuccessUrl, string CancelUrl, Instant ExpiresAt)
{
    /// <summary>For whom the method is kept; null where it is not.</summary>
    public string? CustomerId { get; init; }
}

/// <summary>What Stripe says of an online payment: a checkout, or a charge without one.</summary>
/// <param name="SessionId">Null where there is no checkout.</param>
/// <param name="Status">open, complete or expired; without a checkout always complete.</param>
/// <param name="PaymentStatus">paid, unpaid or no_payment_required.</param>
/// <param name="StripeAmount">In Stripe's own minor units.</param>
/// <param name="IntentStatus">Status of the payment intent, such as succeeded or processing; null before there is one.</param>
/// <param name="Fee">Null until Stripe has booked it.</param>
/// <param name="HasMoneyGoneBack">Whether some of it was refunded or is, or was, disputed.</param>
public sealed record StripePayment(
    string? SessionId, string? Url, string Status, string PaymentStatus, long StripeAmount, string StripeCurrency,
    Instant? ExpiresAt, string? PaymentIntentId, string? IntentStatus, string? FailureMessage, Instant ChargedAt,
    ProcessorFee? Fee, Guid? BusinessId, Guid? InvoiceId, Guid? PaymentId, bool HasMoneyGoneBack)
{
    /// <summary>In which it was found; null for the key's own.</summary>
    public string? Account { get; init; }

    /// <summary>Stripe's code of the last failure; null for none.</summary>
    public string? FailureCode { get; init; }

    /// <summary>Stripe's advice on the last failure; null for none.</summary>
    public string? Advice { get; init; }

    /// <summary>Null where the payer is no customer at Stripe.</summary>
    public string? CustomerId { get; init; }

    /// <summary>What was paid with, where it was asked for.</summary>
    public KeptMethod? Method { get; init; }
}

public sealed record ProcessorFee(string BalanceTransactionId, long StripeAmount, string StripeCurrency);
