namespace Billing.EventStore.Port;

/// <summary>
/// The store could not do its work: a full disk, a broken file, a lost server. Whether an append that failed with it
/// was stored is unknown; a retry with the same event ids finds out.
/// </summary>
public sealed class EventStoreException : Exception
{
    public EventStoreException(string message) : base(message) { }

    public EventStoreException(string message, Exception innerException) : base(message, innerException) { }
}
