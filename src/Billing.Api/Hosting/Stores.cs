using System.Diagnostics;
using Billing.Api.Access;
using Billing.Api.Payments;
using Billing.Api.Webhooks;
using Billing.EventStore;
using Billing.EventStore.Port;
using Billing.EventStore.Sealing;
using Billing.Projections.Postgres;
using Billing.Projections.Sqlite;
using Billing.Projections.Storage;

namespace Billing.Api.Hosting;

/// <summary>Opens what the settings name: where events, read models, Stripe's notices, webhooks and the uses of tokens lie.</summary>
internal static class Stores
{
    public const string Sqlite = "sqlite", Postgres = "postgres", KurrentDb = "kurrentdb";

    /// <summary>The event store as the verbs name it too.</summary>
    public static StoreAddress Events(BillingOptions options) => new(options.Store, options.Store switch
    {
        Sqlite => options.EventFile,
        Postgres => options.Postgres!,
        KurrentDb => options.KurrentDb!,
        _ => throw new UnreachableException(),
    });

    /// <summary>At the start, when there is nothing else for the thread to do.</summary>
    public static IEventStore OpenEvents(BillingOptions options) =>
        Events(options).Open(CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <summary>Of the same place as the read models.</summary>
    public static KeyRing OpenKeys(BillingOptions options, Func<Guid> newId) =>
        new(OpenKeyHome(options), options.Sealing.Master, newId);

    public static IKeyHome OpenKeyHome(BillingOptions options) => options.Postgres is { } server
        ? PostgresKeyHome.Open(server)
        : SqliteKeyHome.Open(options.KeyFile);

    /// <summary>Wherever a PostgreSQL database is named, so that several processes can share them.</summary>
    public static ReadDatabase OpenReadModels(BillingOptions options) => options.Postgres is { } server
        ? PostgresReadDatabase.Open(server)
        : SqliteReadDatabase.Open(options.ReadModelFile);

    public static StripeInbox OpenInbox(BillingOptions options) => new(options.Postgres is { } server
        ? new PostgresInbox(server)
        : new SqliteInbox(Path.Combine(options.DataFolder, "inbox.db")));

    public static WebhookTables OpenWebhooks(BillingOptions options) => new(options.Postgres is { } server
        ? new PostgresInbox(server)
        : WebhookTables.InFile(Path.Combine(options.DataFolder, "webhooks.db")));

    public static TokenUses OpenTokenUses(BillingOptions options) => new(options.Postgres is { } server
        ? new PostgresInbox(server)
        : new SqliteInbox(Path.Combine(options.DataFolder, "tokens.db")));

    /// <summary>Names what is wrong with the settings in one sentence; null where nothing is.</summary>
    public static string? Fault(BillingOptions options) => options.Store switch
    {
        Sqlite when options.Postgres is not null =>
            "Billing:Postgres is set, but Billing:Store is sqlite and makes no use of it: set Billing:Store to postgres.",
        not KurrentDb when options.KurrentDb is not null =>
            $"Billing:KurrentDb is set, but Billing:Store is {options.Store} and makes no use of it: set Billing:Store to kurrentdb.",
        Sqlite => null,
        Postgres when options.Postgres is null =>
            "Billing:Store is postgres, but Billing:Postgres, the connection string of the database, is not set.",
        KurrentDb when options.KurrentDb is null =>
            "Billing:Store is kurrentdb, but Billing:KurrentDb, the connection string of the server, is not set.",
        Postgres or KurrentDb => options.Postgres is { } server ? PostgresInbox.Fault(server) : null,
        var other => $"Billing:Store '{other}' is none of {Sqlite}, {Postgres} and {KurrentDb}.",
    };
}
