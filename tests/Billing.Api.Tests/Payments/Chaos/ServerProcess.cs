using System.Text;
using Billing.Api.Commands;
using Billing.Api.Hosting;
using Billing.Api.Invoicing;
using Billing.Api.Payments;
using Billing.EventStore.Port;
using Billing.Projections.Payments;
using Billing.StripeStandIn.Webhooks;
using MediatR;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace Billing.Api.Tests.Payments.Chaos;

/// <summary>All that a server has in memory of payments, made of the real parts; what it writes to outlives it.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly StripeGateway _gateway;
    private readonly StripeInbox _inbox;
    private readonly StripeOptions _stripe;
    private readonly IClock _clock;

    public ServerProcess(
        IEventStore store, InboxDatabase inbox, HttpMessageHandler stripe, BillingOptions options, IStripeAccounts accounts, IClock clock,
        Func<Guid> newId)
    {
        (_stripe, _clock) = (options.Stripe, clock);
        var cache = new StateCache();
        var runner = new CommandRunner(store, cache, newId);
        object[] handlers =
        [
            new PaymentCommandHandlers(runner), new CreditNoteCommandHandlers(runner), new CollectionCommandHandlers(runner),
            new StripeAccountCommandHandlers(runner),
        ];
        Bus = new CommandBus(new Mediator(type => Handler(handlers, type)!), runner, new RequestsInFlight());
        _gateway = new StripeGateway(options.Stripe, stripe, maxNetworkRetries: 0);
        _inbox = new StripeInbox(inbox);
        var news = new PaymentNews(Bus, store, cache, _gateway, clock, newId);
        Refunds = new RefundDesk(Bus, store, cache, _gateway, news, clock, newId);
        var practices = new PracticeAccounts(options);
        var customers = new CustomerDesk(Bus, store, cache, _gateway, clock, newId);
        Checkout = new CheckoutDesk(Bus, store, cache, _gateway, news, customers, practices, clock, newId);
        Collections = new CollectionDesk(Bus, store, cache, _gateway, news, customers, practices, clock, newId);
        Events = new StripeEvents(_inbox, _gateway, clock);
        var payouts = new PayoutNews(Bus, store, cache, _gateway, clock, newId);
        var desk = new StripeAccountDesk(
            Bus, store, cache, _gateway, news, null!, clock, newId, NullLogger<StripeAccountDesk>.Instance);
        Worker = new StripeInboxWorker(
            _inbox, _gateway, news, Refunds, payouts, Collections, customers, desk, Events, null!, null!, accounts, options, clock,
            NullLogger<StripeInboxWorker>.Instance);
    }

    public CommandBus Bus { get; }

    public RefundDesk Refunds { get; }

    public CheckoutDesk Checkout { get; }

    public CollectionDesk Collections { get; }

    public StripeEvents Events { get; }

    public StripeInboxWorker Worker { get; }

    /// <summary>What is not worked off, and what could not be.</summary>
    public (int Due, IReadOnlyList<DeadLetter> Dead) Inbox =>
        (_inbox.Due(Instant.FromUtc(2100, 1, 1, 0, 0), 1_000).Count, _inbox.DeadLetters(1_000));

    public void TakeWebhook(SignedWebhook webhook)
    {
        var isConnect = webhook.Url.AbsolutePath.EndsWith("/connect-webhook", StringComparison.Ordinal);
        var (notice, refusal) = StripeWebhook.Open(
            Encoding.UTF8.GetBytes(webhook.Body), webhook.Signature, isConnect ? _stripe.ConnectWebhookSecrets : _stripe.WebhookSecrets,
            _clock.GetCurrentInstant());
        Assert.True(refusal is null, refusal?.Detail);
        _inbox.Take(notice!, _clock.GetCurrentInstant());
    }

    public void Dispose()
    {
        Worker.Dispose();
        _gateway.Dispose();
        _inbox.Dispose();
    }

    private static object? Handler(object[] handlers, Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>)
            ? Array.CreateInstance(type.GetGenericArguments()[0], 0)
            : Array.Find(handlers, type.IsInstanceOfType);
}
