using Billing.EventStore.KurrentDb;
using Billing.EventStore.Port;
using Billing.EventStore.Postgres;
using Billing.EventStore.Sqlite;
using NodaTime;

namespace Billing.Faults.Appending;

/// <param name="Engine"><c>sqlite</c>, <c>postgres</c> or <c>kurrentdb</c>.</param>
/// <param name="Place">The file, or the connection string.</param>
/// <param name="Space">The schema or stream prefix; empty for a file.</param>
internal sealed record StoreAddress(string Engine, string Place, string Space)
{
    public const string Sqlite = "sqlite", Postgres = "postgres", KurrentDb = "kurrentdb";

    /// <summary>Few pages, so that most commits meet a checkpoint sooner or later.</summary>
    private const int CheckpointPages = 100;

    private static readonly Duration Patience = Duration.FromSeconds(2);

    public static bool Knows(string engine) => engine is Sqlite or Postgres or KurrentDb;

    public async Task<IEventStore> Open(CancellationToken cancellationToken) => Engine switch
    {
        Sqlite => SqliteEventStore.Open(Place, new SqliteStoreOptions { CheckpointPages = CheckpointPages }),
        Postgres => await PostgresEventStore.Open(
            Place, new PostgresStoreOptions { Schema = Space, Patience = Patience }, cancellationToken),
        _ => await KurrentEventStore.Open(
            KurrentConnectionString.Parse(Place) with { StreamPrefix = Space, ReplyTimeout = Patience.ToTimeSpan() }, cancellationToken),
    };
}
