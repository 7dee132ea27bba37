using Billing.Api.Demo;
using Billing.Api.Tests.Clients;
using Billing.Api.Tests.Http;
using Billing.EventStore.Port;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Api.Tests.Exchange;

/// <summary>The demo practice on SQLite, with one client more who was erased; its export, and whatever it answers.</summary>
[CollectionDefinition(Collection)]
public sealed class DemoExport : IAsyncLifetime, ICollectionFixture<DemoExport>
{
    /// <summary>Tests that share it run one after the other.</summary>
    public const string Collection = "demo export";

    /// <summary>The address that links carry, and the same Stripe as after a move to another machine.</summary>
    private readonly Dictionary<string, string?> _settings = new()
    {
        ["Billing:Stripe:Platform"] = "true",
        ["Billing:Stripe:ConnectWebhookSecrets:0"] = "whsec_of_accounts",
        ["Billing:PublicUrl"] = "https://billing.example",
    };

    private ApiServer? _server;

    public PracticeFile File { get; } = new();

    public ApiServer Server => _server!;

    /// <summary>The owner's token, which opens every installation that the export is taken into.</summary>
    public string Owner { get; private set; } = "";

    public BookId Book { get; private set; }

    /// <summary>Has an invoice that is kept, and nothing else.</summary>
    public Guid ErasedClientId { get; private set; }

    public IReadOnlyDictionary<string, string> Answers { get; private set; } = new Dictionary<string, string>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start(withStripe: true, settings: _settings);
        var accounts = new Uri(Server.Address, "/v1/stripe/connect-webhook");
        Server.StandIn!.Webhooks.AddEndpoint(accounts, ["whsec_of_accounts"], connect: true);
        Owner = (await new DemoPractice(Server.Services, Server.StandIn, Server.Address).Make(Stop)).Owner;
        Book = (await Server.Services.GetRequiredService<IEventStore>().ReadBooks(null, 1, Stop))[0];
        var client = await MarkedClient.Add(Server, Owner);
        await client.Bill(Server);
        await client.Erase();
        ErasedClientId = client.Id;
        await Settle();
        await File.Download(Server, Owner);
        Answers = await new EveryAnswer(Server, Owner).Collect(Book);
    }

    public async ValueTask DisposeAsync()
    {
        File.Dispose();
        if (_server is not null) await _server.DisposeAsync();
    }

    /// <summary>An installation without events that knows the same Stripe.</summary>
    /// <param name="store">Settings that say where events lie; none for SQLite.</param>
    public Task<ApiServer> Empty(params IEnumerable<KeyValuePair<string, string?>> store) => ApiServer.Start(
        settings: new Dictionary<string, string?>(_settings.Concat(store))
        {
            ["Billing:Stripe:ApiKey"] = ApiServer.StripeKey,
            ["Billing:Stripe:ApiBase"] = Server.StandIn!.BaseAddress.GetLeftPart(UriPartial.Authority),
            ["Billing:Stripe:WebhookSecrets:0"] = ApiServer.WebhookSecret,
            ["Billing:Stripe:Collects"] = "false",
        });

    /// <summary>Until nobody writes any more: budgets are looked at a moment after the work.</summary>
    private async Task Settle()
    {
        for (var head = -1L; head != await Server.Head();)
        {
            head = await Server.Head();
            await Task.Delay(TimeSpan.FromSeconds(2), Stop);
        }
        await Server.CatchUp();
    }
}
