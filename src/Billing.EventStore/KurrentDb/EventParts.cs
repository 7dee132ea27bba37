using System.Text.Json;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.EventStore.KurrentDb;

/// <summary>What the custom metadata of an event say; <see cref="EventForm"/> documents their form.</summary>
internal readonly record struct EventParts(
    Guid Id, long First, long Place, string Stream, long Version, EventMetadata Metadata, Guid? ConfidentialKey,
    byte[] Confidential, byte[] Link)
{
    /// <exception cref="JsonException">The bytes are no JSON object.</exception>
    /// <exception cref="FormatException">A property is missing or not known.</exception>
    public static EventParts Read(ReadOnlySpan<byte> metadata)
    {
        var json = new Utf8JsonReader(metadata);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject) throw new FormatException("its metadata are no JSON object");
        Guid id = default, correlation = default, causation = default;
        Guid? confidentialKey = null;
        long first = 0, place = 0, version = 0, ticks = 0;
        string? stream = null, actor = null, key = null, hash = null;
        byte[] confidential = [], link = [];
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var known = true;
            if (Is(ref json, "id"u8)) id = json.GetGuid();
            else if (Is(ref json, "first"u8)) first = json.GetInt64();
            else if (Is(ref json, "place"u8)) place = json.GetInt64();
            else if (Is(ref json, "stream"u8)) stream = json.GetString();
            else if (Is(ref json, "version"u8)) version = json.GetInt64();
            else if (Is(ref json, "actor"u8)) actor = json.GetString();
            else if (Is(ref json, "$correlationId"u8)) correlation = json.GetGuid();
            else if (Is(ref json, "$causationId"u8)) causation = json.GetGuid();
            else if (Is(ref json, "recordedAtTicks"u8)) ticks = json.GetInt64();
            else if (Is(ref json, "idempotencyKey"u8)) key = json.GetString();
            else if (Is(ref json, "bodyHash"u8)) hash = json.GetString();
            else if (Is(ref json, "confidentialKey"u8)) confidentialKey = json.GetGuid();
            else if (Is(ref json, "confidential"u8)) confidential = json.GetBytesFromBase64();
            else if (Is(ref json, "link"u8)) link = Convert.FromHexString(json.GetString() ?? "");
            else known = false;
            if (!known) throw new FormatException($"its metadata have the unknown property {json.GetString()}");
        }
        if (stream is null || actor is null || first < 1 || place < first || version < 1 || link.Length != Chain.LinkLength)
            throw new FormatException("its metadata lack a property");
        var context = new EventMetadata(actor, correlation, causation, Instant.FromUnixTimeTicks(ticks), key, hash);
        return new EventParts(id, first, place, stream, version, context, confidentialKey, confidential, link);
    }

    /// <summary>Steps to the value where the name is the one asked for.</summary>
    private static bool Is(ref Utf8JsonReader json, ReadOnlySpan<byte> name) => json.ValueTextEquals(name) && json.Read();
}
