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
/// The JSON of a catalogue's events. Properties marked <see cref="ConfidentialAttribute"/> go into a part of their own, so
/// that they can be sealed and erased apart from the rest.
/// </summary>
internal sealed class JsonForms
{
    private readonly FrozenDictionary<Type, Lazy<WrittenForm>> written;
    private readonly FrozenDictionary<string, Lazy<ReadForm>> read;

    /// <param name="contracts">Has the shape of every entry, retired ones too.</param>
    public JsonForms(Catalogue catalogue, IJsonTypeInfoResolver contracts)
    {
        var whole = Options(contracts, catalogue, _ => true);
        var open = Options(contracts, catalogue, property => !IsConfidential(property));
        var confidential = Options(contracts, catalogue, IsConfidential);
        // A server that starts would wait for the contracts of hundreds of events, most of which it sees much later or never.
        written = catalogue.Newest.ToFrozenDictionary(entry => entry.Type, entry => new Lazy<WrittenForm>(() => new WrittenForm(
            entry.Name,
            open.GetTypeInfo(entry.Type),
            entry.Type.GetProperties().Any(IsConfidential) ? confidential.GetTypeInfo(entry.Type) : null)));
        read = catalogue.Entries.ToFrozenDictionary(
            entry => entry.Name,
            entry => new Lazy<ReadForm>(() => new ReadForm(whole.GetTypeInfo(entry.Type), catalogue.Upcast(entry.Name))),
            StringComparer.Ordinal);
    }

    public NewEvent Encode(Guid id, object @event)
    {
        if (!written.TryGetValue(@event.GetType(), out var known))
            throw new ArgumentException($"{@event.GetType()} is not the newest shape of an event in the catalogue.", nameof(@event));
        var form = known.Value;
        var data = JsonSerializer.SerializeToUtf8Bytes(@event, form.Open);
        if (form.Confidential is null) return new NewEvent(id, form.Name, data) { Event = @event };
        var confidential = JsonSerializer.SerializeToUtf8Bytes(@event, form.Confidential);
        return new NewEvent(id, form.Name, data, confidential.Length > 2 ? confidential : default) { Event = @event };
    }

    /// <summary>The event in its newest shape, whatever version it was stored in.</summary>
    /// <exception cref="UnknownEventException">The catalogue has no such name.</exception>
    public object Decode(string name, ReadOnlySpan<byte> data, ReadOnlySpan<byte> confidential, long? position = null)
    {
        if (!read.TryGetValue(name, out var known)) throw new UnknownEventException(name, position);
        var form = known.Value;
        var @event = confidential.IsEmpty ? JsonSerializer.Deserialize(data, form.Whole)! : Decode(form.Whole, data, confidential);
        return form.Upcast is null ? @event : form.Upcast(@event);
    }

    /// <summary>Both parts are objects: {a} and {b} are read as {a,b}.</summary>
    private static object Decode(JsonTypeInfo whole, ReadOnlySpan<byte> data, ReadOnlySpan<byte> confidential)
    {
        var length = data.Length + confidential.Length - 1;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            data[..^1].CopyTo(buffer);
            var needsComma = data.Length > 2;
            buffer[data.Length - 1] = needsComma ? (byte)',' : (byte)' ';
            confidential[1..].CopyTo(buffer.AsSpan(data.Length));
            return JsonSerializer.Deserialize(buffer.AsSpan(0, length), whole)!;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Options whose contracts write only those properties of an event that pass the filter.</summary>
    private static JsonSerializerOptions Options(
        IJsonTypeInfoResolver contracts, Catalogue catalogue, Func<PropertyInfo, bool> writes)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // The bytes are never put into a page as they are, so names need no escapes beyond JSON's own.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = contracts.WithAddedModifier(info =>
            {
                if (!catalogue.IsStored(info.Type)) return;
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

    private sealed record WrittenForm(string Name, JsonTypeInfo Open, JsonTypeInfo? Confidential);

    private sealed record ReadForm(JsonTypeInfo Whole, Func<object, object>? Upcast);
}
