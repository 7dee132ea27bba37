using System.Diagnostics;
using Billing.EventStore.KurrentDb;
using Billing.EventStore.Port;
using Billing.EventStore.Postgres;
using Billing.EventStore.Sqlite;

namespace Billing.EventStore;

/// <summary>
/// Names a store in one text: <c>sqlite:PATH</c>, <c>postgres:CONNECTION STRING</c> or <c>kurrentdb:CONNECTION STRING</c>.
/// </summary>
public sealed record StoreAddress(string Engine, string Place)
{
    private static readonly string[] Engines = ["sqlite", "postgres", "kurrentdb"];

    /// <exception cref="EventStoreException">The text names no store; the message says how one is named.</exception>
    public static StoreAddress Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && Engines.Contains(text[..colon]) && !string.IsNullOrWhiteSpace(text[(colon + 1)..]))
            return new StoreAddress(text[..colon], text[(colon + 1)..]);
        throw new EventStoreException(
            $"'{text}' names no store: write sqlite:PATH, postgres:CONNECTION STRING or kurrentdb:CONNECTION STRING.");
    }

    /// <summary>For reading only, so that another process may be writing.</summary>
    /// <exception cref="EventStoreException">The store is not there, or can't be read.</exception>
    public async ValueTask<IEventReader> OpenReader(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // The servers take any number of writers, so that a whole store is in nobody's way.
        return Engine == "sqlite" ? SqliteEventReader.Open(Place) : await Open(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>For writing too; an event file is made where there is none.</summary>
    /// <exception cref="EventStoreException">The store can't be opened, or another process writes it.</exception>
    public async ValueTask<IEventStore> Open(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Engine switch
            {
                "sqlite" => SqliteEventStore.Open(Place),
                "postgres" => await PostgresEventStore.Open(Place, options: null, cancellationToken).ConfigureAwait(false),
                "kurrentdb" => await KurrentEventStore.Open(KurrentConnectionString.Parse(Place), cancellationToken).ConfigureAwait(false),
                _ => throw new UnreachableException(),
            };
        }
        catch (ArgumentException malformed)
        {
            throw new EventStoreException($"{this} can't be opened: {malformed.Message}", malformed);
        }
    }

    /// <summary>Without what follows the colon, which may hold a password.</summary>
    public override string ToString() => Engine == "sqlite" ? $"sqlite:{Place}" : $"{Engine}:…";
}
