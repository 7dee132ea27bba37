using System.Globalization;

namespace Billing.EventStore.Codec;

/// <summary>A stored event has a name that this version of the program does not know: a newer one has written it.</summary>
/// <param name="position">Where it lies; null for bytes that come from no store.</param>
public sealed class UnknownEventException(string name, long? position = null) : Exception(
    $"The event '{name}'{(position is { } at ? string.Create(CultureInfo.InvariantCulture, $" at position {at}") : "")} is unknown "
    + "to this version of the program: a newer one has written it. Nothing is lost; start that version, or a later one, on "
    + "these books.")
{
    public string EventName { get; } = name;
}
