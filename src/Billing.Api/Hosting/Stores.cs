using System.Diagnostics;
using Billing.Api.Payments;
using Billing.EventStore.Port;
using Billing.EventStore.Postgres;
using Billing.EventStore.Sqlite;
using Billing.Projections.Postgres;
using Billing.Projections.Sqlite;
using Billing.Projections.Storage;

namespace Billing.Api.Hosting;

/// <summary>Opens what the settings name: where events, read models and Stripe's notices lie.</summary>
internal static class Stores
{
    public const string Sqlite = "sqlite", Postgres = "postgres", KurrentDb = "kurrentdb";

    public static IEventStore OpenEvents(BillingOptions options) => options.Store switch
    {
        Sqlite => SqliteEventStore.Open(Path.Combine(options.DataFolder, "events.db")),
        Postgres => PostgresEventStore.Open(options.Postgres!).GetAwaiter().GetResult(),
        _ => throw new UnreachableException(),
    };

    /// <summary>Wherever a PostgreSQL database is named, so that several processes can share them.</summary>
    public static ReadDatabase OpenReadModels(BillingOptions options) => options.Postgres is { } server
        ? PostgresReadDatabase.Open(server)
        : SqliteReadDatabase.Open(Path.Combine(options.DataFolder, "read.db"));

    public static StripeInbox OpenInbox(BillingOptions options) => new(options.Postgres is { } server
        ? new PostgresInbox(server)
        : new SqliteInbox(Path.Combine(options.DataFolder, "inbox.db")));

    /// <summary>Names what is wrong with the settings in one sentence; null where nothing is.</summary>
    public static string? Fault(BillingOptions options) => (options.Store, options.Postgres) switch
    {
        (Sqlite, null) => null,
        (Sqlite, _) => "Billing:Postgres is set, but Billing:Store is sqlite and makes no use of it: set Billing:Store to postgres.",
        (Postgres, null) => "Billing:Store is postgres, but Billing:Postgres, the connection string of the database, is not set.",
        (Postgres, var server) => PostgresInbox.Fault(server),
        (KurrentDb, _) => "Billing:Store is kurrentdb, which this program can't open yet: choose sqlite or postgres.",
        (var other, _) => $"Billing:Store '{other}' is none of {Sqlite}, {Postgres} and {KurrentDb}.",
    };
}
