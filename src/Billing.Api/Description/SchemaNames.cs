using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace Billing.Api.Description;

/// <summary>A shape is described under its type's name. Of two types with one name one would be described as the other.</summary>
internal sealed class SchemaNames
{
    private readonly ConcurrentDictionary<string, Type> _types = new(StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">Another type is described under this name already.</exception>
    public string? Of(JsonTypeInfo info)
    {
        if (OpenApiOptions.CreateDefaultSchemaReferenceId(info) is not { } name) return null;
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        var first = _types.GetOrAdd(name, type);
        return first == type
            ? name
            : throw new InvalidOperationException($"{first} and {type} would both be described as {name}; give one another name.");
    }
}
