using Billing.EventStore.Port;

namespace Billing.EventStore.Codec;

/// <summary>Turns events of the product's catalogue into stored bytes and back.</summary>
public static class EventCodec
{
    private static readonly JsonForms Forms = new(EventCatalogue.All, EventJson.Default);

    /// <exception cref="ArgumentException">This is not the newest shape of an event.</exception>
    public static NewEvent Encode(Guid id, object @event) => Forms.Encode(id, @event);

    /// <summary>The event in its newest shape, whatever version it was stored in.</summary>
    /// <exception cref="UnknownEventException">The catalogue has no such name.</exception>
    public static object Decode(StoredEvent stored) => stored.Event ?? Decode(
        stored.Type, stored.Data.Span, stored.ConfidentialKey is null ? stored.Confidential.Span : default, stored.Position);

    /// <param name="position">Where it lies, for the refusal; null for bytes that come from no store.</param>
    /// <exception cref="UnknownEventException">The catalogue has no such name.</exception>
    public static object Decode(
        string name, ReadOnlySpan<byte> data, ReadOnlySpan<byte> confidential, long? position = null) =>
        Forms.Decode(name, data, confidential, position);
}
