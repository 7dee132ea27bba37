using System.Buffers;
using System.Collections.Frozen;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Billing.Domain.Values;
using Billing.EventStore.Port;

namespace Billing.EventStore.Codec;

/// <summary>
/// Turns events into stored bytes and back. Properties marked <see cref="ConfidentialAttribute"/> go into a part of
/// their own, so that they can be sealed and erased apart from the rest.
/// </summary>
public static class EventCodec
{
    private static readonly FrozenDictionary<Type, Contract> Contracts = BuildContracts();

    private static readonly FrozenDictionary<string, Contract> ByName =
        Contracts.Values.ToFrozenDictionary(c => c.Name, StringComparer.Ordinal);

    public static NewEvent Encode(Guid id, object @event)
    {
        var contract = Contracts[@event.GetType()];
        var data = JsonSerializer.SerializeToUtf8Bytes(@event, contract.Open);
        if (contract.Confidential is null) return new NewEvent(id, contract.Name, data);
        var confidential = JsonSerializer.SerializeToUtf8Bytes(@event, contract.Confidential);
        return new NewEvent(id, contract.Name, data, confidential.Length > 2 ? confidential : default);
    }

    /// <exception cref="UnknownEventException">The catalogue has no such name.</exception>
    public static object Decode(StoredEvent stored) =>
        Decode(stored.Type, stored.Data.Span, stored.ConfidentialKey is null ? stored.Confidential.Span : default);

    public static object Decode(string name, ReadOnlySpan<byte> data, ReadOnlySpan<byte> confidential)
    {
        if (!ByName.TryGetValue(name, out var contract)) throw new UnknownEventException(name);
        if (confidential.IsEmpty) return JsonSerializer.Deserialize(data, contract.Whole)!;

        // Both parts are objects: {a} and {b} are read as {a,b}.
        var length = data.Length + confidential.Length - 1;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            data[..^1].CopyTo(buffer);
            var needsComma = data.Length > 2;
            buffer[data.Length - 1] = needsComma ? (byte)',' : (byte)' ';
            confidential[1..].CopyTo(buffer.AsSpan(data.Length));
            return JsonSerializer.Deserialize(buffer.AsSpan(0, length), contract.Whole)!;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static FrozenDictionary<Type, Contract> BuildContracts()
    {
        var whole = OptionsFor(_ => true);
        var open = OptionsFor(property => !IsConfidential(property));
        var confidential = OptionsFor(IsConfidential);
        return EventCatalogue.All.ToFrozenDictionary(e => e.Type, e => new Contract(
            e.Name,
            whole.GetTypeInfo(e.Type),
            open.GetTypeInfo(e.Type),
            e.Type.GetProperties().Any(IsConfidential) ? confidential.GetTypeInfo(e.Type) : null));
    }

    /// <summary>Options whose contracts write only those properties of an event that pass the filter.</summary>
    private static JsonSerializerOptions OptionsFor(Func<PropertyInfo, bool> writes)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // The bytes are never put into a page as they are, so names need no escapes beyond JSON's own.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = EventJson.Default.WithAddedModifier(info =>
            {
                if (!EventCatalogue.IsEvent(info.Type)) return;
                foreach (var property in info.Properties)
                    if (!writes(Find(info.Type, property.Name)))
                        property.ShouldSerialize = static (_, _) => false;
            }),
        };
        options.Converters.Add(new FastInstant());
        options.Converters.Add(new FastDate());
        options.MakeReadOnly();
        return options;
    }

    private static PropertyInfo Find(Type type, string jsonName) => type.GetProperty(
        char.ToUpperInvariant(jsonName[0]) + jsonName[1..]) ?? throw new InvalidOperationException($"{type}: {jsonName}");

    private static bool IsConfidential(PropertyInfo property) => property.IsDefined(typeof(ConfidentialAttribute));

    private sealed record Contract(string Name, JsonTypeInfo Whole, JsonTypeInfo Open, JsonTypeInfo? Confidential);
}
