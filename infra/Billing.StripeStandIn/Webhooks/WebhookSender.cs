using System.Globalization;
using System.Text;
using System.Threading.Channels;

namespace Billing.StripeStandIn.Webhooks;

/// <summary>
/// Posts webhooks one after the other in the order queued, so that a test sees the order it asked for. One that
/// fails waits its turn again while the others go on, as at Stripe.
/// </summary>
internal sealed class WebhookSender : IAsyncDisposable
{
    private readonly Channel<Delivery> _queue = Channel.CreateUnbounded<Delivery>();
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private readonly IReadOnlyList<TimeSpan> _retryDelays;
    private readonly Action<Delivery, string, WebhookStatus> _onTried;
    private readonly Task _loop;

    /// <param name="handler">Null sends over the loopback network.</param>
    /// <param name="clock">Tells the send time and paces the retries.</param>
    /// <param name="retryDelays">One for each further try.</param>
    /// <param name="onTried">Told the answer and the new status after every try.</param>
    public WebhookSender(
        HttpMessageHandler? handler, TimeProvider clock, IReadOnlyList<TimeSpan> retryDelays,
        Action<Delivery, string, WebhookStatus> onTried)
    {
        _clock = clock;
        _retryDelays = retryDelays;
        _onTried = onTried;
        _http = new HttpClient(handler ?? Loopback(), disposeHandler: handler is null)
        {
            Timeout = TimeSpan.FromSeconds(20),
        };
        _loop = Task.Run(SendAll);
    }

    public void Queue(Delivery delivery, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero) _queue.Writer.TryWrite(delivery);
        else _ = QueueLater(delivery, delay);
    }

    /// <summary>The signature of a webhook that is sent now.</summary>
    public string Sign(Delivery delivery) => WebhookSignature.Header(
        delivery.Body, _clock.GetUtcNow().ToUnixTimeSeconds(), delivery.Endpoint.Secrets);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _http.Dispose();
        _stop.Dispose();
    }

    /// <summary>A redirect counts as a failure at Stripe, so none is followed.</summary>
    private static SocketsHttpHandler Loopback() =>
        new() { AllowAutoRedirect = false, UseProxy = false, UseCookies = false };

    private async Task QueueLater(Delivery delivery, TimeSpan delay)
    {
        try
        {
            await Task.Delay(delay, _clock, _stop.Token);
            _queue.Writer.TryWrite(delivery);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The server stops; what is queued in memory ends with it.
        }
    }

    private async Task SendAll()
    {
        try
        {
            await foreach (var delivery in _queue.Reader.ReadAllAsync(_stop.Token)) await SendOne(delivery);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // As above.
        }
    }

    private async Task SendOne(Delivery delivery)
    {
        var (delivered, answer) = await Post(delivery);
        var tries = ++delivery.Attempts;
        if (delivered)
        {
            _onTried(delivery, answer, WebhookStatus.Delivered);
            return;
        }
        var again = tries <= _retryDelays.Count;
        _onTried(delivery, answer, again ? WebhookStatus.Waiting : WebhookStatus.GivenUp);
        if (again) Queue(delivery, _retryDelays[tries - 1]);
    }

    private async Task<(bool Delivered, string Answer)> Post(Delivery delivery)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, delivery.Endpoint.Url);
        request.Content = new StringContent(delivery.Body, Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "Stripe/1.0 (stand-in)");
        request.Headers.TryAddWithoutValidation(
            "Stripe-Signature", Sign(delivery));
        try
        {
            using var response = await _http.SendAsync(request, _stop.Token);
            return (response.IsSuccessStatusCode, ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture));
        }
        catch (HttpRequestException failure)
        {
            return (false, failure.Message);
        }
        catch (TaskCanceledException) when (!_stop.IsCancellationRequested)
        {
            return (false, "no answer in 20 s");
        }
    }
}
