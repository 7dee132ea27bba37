namespace Billing.EventStore.Codec;

/// <summary>A stored event has a name that this version of the program does not know: a newer one has written it.</summary>
public sealed class UnknownEventException(string name)
    : Exception($"The event '{name}' is unknown to this version of the program. Upgrade before reading on.")
{
    public string EventName { get; } = name;
}
