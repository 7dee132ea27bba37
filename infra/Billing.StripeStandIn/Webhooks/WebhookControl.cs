using System.Text.Json.Nodes;
using Billing.StripeStandIn.Objects;
using Billing.StripeStandIn.Payments;

namespace Billing.StripeStandIn.Webhooks;

/// <summary>
/// Sends events to the endpoints and lets a test play every way they can arrive: twice, late, out of order,
/// never, signed with rolled secrets, in another API version.
/// </summary>
public sealed class WebhookControl : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<WebhookEndpoint> _endpoints = [];
    private readonly List<Delivery> _deliveries = [];
    private readonly WebhookRules _rules = new();
    private readonly WebhookSender _sender;
    private TaskCompletionSource _changed = NewSignal();
    private bool _holding;

    internal WebhookControl(StripeStandInOptions options, Func<WebhookControl, Sandbox> sandbox)
    {
        _sender = new WebhookSender(options.WebhookHandler, options.TimeProvider, options.WebhookRetryDelays, Tried);
        Sandbox = sandbox(this);
        if (options.WebhookUrl is { } url) AddEndpoint(url, options.WebhookSecrets);
    }

    internal Sandbox Sandbox { get; }

    /// <summary>Every delivery so far, oldest first; a duplicate counts as a delivery of its own.</summary>
    public IReadOnlyList<WebhookDelivery> Deliveries
    {
        get
        {
            lock (_gate) return [.. _deliveries.Select(delivery => delivery.Snapshot())];
        }
    }

    /// <summary>The API version that new events name; 2026-10-28.endive unless changed.</summary>
    public string ApiVersion
    {
        get => Sandbox.EventApiVersion;
        set => Sandbox.EventApiVersion = value;
    }

    /// <summary>Sends the events from now on to this address as well.</summary>
    /// <param name="url">On this machine; a stand-in sends nothing anywhere else.</param>
    /// <param name="secrets">Those its signature is made with, one <c>v1</c> each.</param>
    /// <param name="connect">True for the events of connected accounts, false for the platform's own.</param>
    public void AddEndpoint(Uri url, IReadOnlyList<string> secrets, bool connect = false)
    {
        if (!url.IsLoopback) throw new ArgumentException($"{url} is not on this machine.", nameof(url));
        if (secrets.Count == 0) throw new ArgumentException("An endpoint has a secret.", nameof(secrets));
        lock (_gate) _endpoints.Add(new WebhookEndpoint(url, secrets, connect));
    }

    /// <summary>Signs the platform's own events with these from now on: the new secret and, until it lapses, the old one.</summary>
    public void RollSecrets(params IReadOnlyList<string> secrets) => RollSecrets(connect: false, secrets);

    /// <summary>The same, for the events of connected accounts where <paramref name="connect"/> says so.</summary>
    public void RollSecrets(bool connect, IReadOnlyList<string> secrets)
    {
        if (secrets.Count == 0) throw new ArgumentException("An endpoint has a secret.", nameof(secrets));
        lock (_gate)
        {
            foreach (var endpoint in _endpoints.FindAll(endpoint => endpoint.Connect == connect)) endpoint.Secrets = secrets;
        }
    }

    /// <summary>Loses the next webhooks; the events can still be listed.</summary>
    public void Drop(string? eventType = null, int times = 1) => Rule(eventType, times, new(0, TimeSpan.Zero));

    /// <summary>Sends the next webhooks twice, or more often.</summary>
    public void Duplicate(string? eventType = null, int times = 1, int copies = 2) =>
        Rule(eventType, times, new(copies, TimeSpan.Zero));

    /// <summary>Sends the next webhooks late, and later ones before them.</summary>
    public void Delay(TimeSpan delay, string? eventType = null, int times = 1) => Rule(eventType, times, new(1, delay));

    /// <summary>Keeps everything back until it is released.</summary>
    public void Hold()
    {
        lock (_gate) _holding = true;
    }

    /// <summary>Sends what was held, oldest first or newest first, and holds no more.</summary>
    public void Release(bool newestFirst = false)
    {
        lock (_gate)
        {
            _holding = false;
            var held = Held();
            if (newestFirst) held.Reverse();
            held.ForEach(Send);
        }
    }

    /// <summary>Sends these held events in this order and goes on holding the others.</summary>
    public void Release(IReadOnlyList<string> eventIds)
    {
        lock (_gate)
        {
            foreach (var id in eventIds)
            {
                var found = Held().FindAll(delivery => delivery.EventId == id);
                if (found.Count == 0) throw new InvalidOperationException($"No webhook of {id} is held.");
                found.ForEach(Send);
            }
        }
    }

    /// <summary>Sends an old event again, as Stripe's dashboard can.</summary>
    public void Resend(string eventId)
    {
        JsonObject happened;
        StripeAccount account;
        lock (Sandbox.Gate)
        {
            account = Sandbox.Holder("event", eventId)
                ?? throw new InvalidOperationException($"There is no event {eventId}.");
            happened = account.Find(eventId)!.Copy();
        }
        lock (_gate)
        {
            foreach (var endpoint in For(account)) Add(new Delivery(happened, endpoint), WebhookFate.Normal);
        }
    }

    /// <summary>An event as its first endpoint would get it now, for a test that carries it over itself.</summary>
    public SignedWebhook Signed(string eventId)
    {
        lock (_gate)
        {
            var delivery = _deliveries.Find(delivery => delivery.EventId == eventId)
                ?? throw new InvalidOperationException($"There is no webhook of {eventId}.");
            return new SignedWebhook(delivery.Body, _sender.Sign(delivery), delivery.Endpoint.Url);
        }
    }

    /// <summary>
    /// Waits until nothing is on its way any more: all is delivered, dropped or held.
    /// </summary>
    /// <exception cref="InvalidOperationException">An endpoint refused one to the end.</exception>
    public async Task Delivered(CancellationToken cancellation = default)
    {
        await Until(() => _deliveries.TrueForAll(delivery => delivery.Status != WebhookStatus.Waiting), cancellation);
        if (Deliveries.FirstOrDefault(delivery => delivery.Status == WebhookStatus.GivenUp) is { } failed)
            throw new InvalidOperationException($"A webhook was never taken: {failed}");
    }

    /// <summary>Waits until so many webhooks of a type have been taken.</summary>
    public Task Delivered(string eventType, int count = 1, CancellationToken cancellation = default) => Until(
        () => _deliveries.Count(delivery =>
            delivery.EventType == eventType && delivery.Status == WebhookStatus.Delivered) >= count,
        cancellation);

    public ValueTask DisposeAsync() => _sender.DisposeAsync();

    /// <summary>Called under the sandbox's gate, so that events are queued in the order they happened.</summary>
    internal void Enqueue(StripeAccount account, JsonObject happened)
    {
        lock (_gate)
        {
            var endpoints = For(account);
            happened["pending_webhooks"] = (long)endpoints.Count;
            foreach (var endpoint in endpoints)
            {
                var fate = _rules.Next(happened.Text("type"));
                Add(new Delivery(happened, endpoint), fate);
                for (var copy = 1; copy < fate.Copies; copy++) Add(new Delivery(happened, endpoint), fate);
            }
        }
    }

    private List<WebhookEndpoint> For(StripeAccount account) =>
        _endpoints.FindAll(endpoint => endpoint.Connect != account.IsPlatform);

    private List<Delivery> Held() => _deliveries.FindAll(delivery => delivery.Status == WebhookStatus.Held);

    private void Add(Delivery delivery, WebhookFate fate)
    {
        _deliveries.Add(delivery);
        if (fate.Copies == 0) delivery.Status = WebhookStatus.Dropped;
        else if (_holding) delivery.Status = WebhookStatus.Held;
        else _sender.Queue(delivery, fate.Delay);
    }

    private void Send(Delivery delivery)
    {
        delivery.Status = WebhookStatus.Waiting;
        _sender.Queue(delivery, TimeSpan.Zero);
    }

    private void Rule(string? eventType, int times, WebhookFate fate)
    {
        lock (_gate) _rules.Add(eventType, times, fate);
    }

    private void Tried(Delivery delivery, string answer, WebhookStatus status)
    {
        if (status == WebhookStatus.Delivered) Sandbox.MarkDelivered(delivery.EventId);
        lock (_gate)
        {
            delivery.LastAnswer = answer;
            delivery.Status = status;
            _changed.SetResult();
            _changed = NewSignal();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task Until(Func<bool> reached, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (reached()) return;
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancellation);
        }
    }
}
