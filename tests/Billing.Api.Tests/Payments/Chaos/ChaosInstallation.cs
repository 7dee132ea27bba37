using Billing.Api.Hosting;
using Billing.Api.Payments;
using Billing.EventStore.Memory;
using Billing.EventStore.Port;
using Billing.Projections.Payments;
using Billing.StripeStandIn;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Billing.Api.Tests.Payments.Chaos;

/// <summary>
/// Stripe's stand-in, the practices' books, and the server between them. The event store, the inbox's database and Stripe outlive
/// the server, which dies whenever its fuse blows.
/// </summary>
internal sealed class ChaosInstallation : IAsyncDisposable
{
    private readonly MemoryEventStore _store = new();
    private readonly WorldClock _clock = new();
    private readonly SqliteConnection _inboxKeeper;
    private readonly string _inbox;
    private ServerProcess? _process;

    /// <param name="accounts">Connected accounts of practices; none where all payments go into the installation's own.</param>
    public ChaosInstallation(params IReadOnlyList<string> accounts)
    {
        (Options.Stripe.ApiKey, Options.Stripe.ApiBase) = ("sk_test_chaos", new Uri("http://stripe.example"));
        Options.Stripe.WebhookSecrets.Add("whsec_old");
        Options.Stripe.WebhookSecrets.Add("whsec_new");
        Options.Stripe.Platform = accounts.Count > 0;
        Options.Stripe.ConnectWebhookSecrets.Add("whsec_connect");
        _inbox = $"file:chaos-{Guid.NewGuid():N}?mode=memory&cache=shared";
        _inboxKeeper = new SqliteConnection($"Data Source={_inbox}");
        _inboxKeeper.Open();
        Stripe = StripeStandInServer.WithoutPort(new StripeStandInOptions
        {
            ApiKey = "sk_test_chaos",
            TimeProvider = _clock,
            ConnectedAccountIds = accounts,
        });
        Stripe.Webhooks.AddEndpoint(new Uri("http://127.0.0.1/v1/stripe/webhook"), ["whsec_new"]);
        Stripe.Webhooks.AddEndpoint(new Uri("http://127.0.0.1/v1/stripe/connect-webhook"), ["whsec_connect"], connect: true);
        Stripe.Webhooks.Hold();
    }

    public BillingOptions Options { get; } = new();

    public StripeStandInServer Stripe { get; }

    public Fuse Fuse { get; } = new();

    /// <summary>Looks at what goes to Stripe and comes back; nobody does unless a test says so.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler> Watch { get; init; } = handler => handler;

    public Instant Now
    {
        get => _clock.GetCurrentInstant();
        set => _clock.Now = value;
    }

    public IEventStore Store => _store;

    /// <summary>Whose the connected accounts are.</summary>
    public Directory Accounts { get; } = new();

    /// <summary>Lets the server do something; if it dies of it, another is started.</summary>
    /// <returns>False where it died.</returns>
    public async Task<bool> Try(Func<ServerProcess, Task> work)
    {
        try
        {
            await work(_process ??= Start());
            return true;
        }
        catch (KilledException)
        {
            Kill();
            return false;
        }
    }

    /// <summary>All that was in memory is gone.</summary>
    public void Kill()
    {
        Fuse.Renew();
        _process?.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        _process?.Dispose();
        await Stripe.DisposeAsync();
        await _store.DisposeAsync();
        await _inboxKeeper.DisposeAsync();
    }

    private ServerProcess Start() => new(
        new FusedStore(Fuse, _store), new FusedInbox(Fuse, new SqliteInbox(_inbox)), new FusedHandler(Fuse, Watch(Stripe.InProcess())),
        Options, Accounts, _clock, () => Guid.CreateVersion7());

    /// <summary>There are no read models here.</summary>
    internal sealed class Directory : IStripeAccounts
    {
        private readonly List<BookedAccount> _accounts = [];

        public void Add(BookId book, string account) => _accounts.Add(new BookedAccount(book, account, IsRevoked: false));

        public BookedAccount? Find(string accountId) => _accounts.Find(account => account.AccountId == accountId);

        public IReadOnlyList<BookedAccount> All() => _accounts;
    }

    private sealed class WorldClock : TimeProvider, IClock
    {
        public Instant Now { get; set; } = Instant.FromUtc(2026, 5, 4, 9, 0);

        public Instant GetCurrentInstant() => Now;

        public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();
    }
}
