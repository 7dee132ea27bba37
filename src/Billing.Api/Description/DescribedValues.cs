using System.Text.Json.Nodes;
using Billing.Api.Http;
using Billing.Domain.Values;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using NodaTime;

namespace Billing.Api.Description;

/// <summary>How values with a form of their own are written, and what bounds the texts of a body have.</summary>
internal sealed class DescribedValues : IOpenApiSchemaTransformer
{
    public async Task TransformAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var declared = context.JsonTypeInfo.Type;
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type == typeof(Money)) Money(schema);
        else if (type == typeof(Currency)) Text(schema, null, "ISO 4217 code.", "USD");
        else if (type == typeof(LocalDate)) Text(schema, "date", null, "2026-04-15");
        else if (type == typeof(Instant)) Text(schema, "date-time", null, "2026-04-15T09:30:00Z");
        else if (type == typeof(LocalTime)) Text(schema, "time", "Time of day on the clock on the wall.", "18:00:00");
        else if (type == typeof(YearMonth)) Text(schema, null, "A month.", "2026-04");
        schema.Description = SpelledWords.In(schema.Description);
        if (declared != type && schema.Type is { } known) schema.Type = known | JsonSchemaType.Null;

        if (context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(TextAttribute), inherit: true)
            is [TextAttribute bounds] && schema.Type is { } kind && kind.HasFlag(JsonSchemaType.String))
        {
            schema.MinLength = bounds.MayBeEmpty ? null : 1;
            schema.MaxLength = bounds.MaxLength;
        }
        if (context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(OneOfAttribute), inherit: true)
            is [OneOfAttribute choice])
        {
            schema.Enum = [.. choice.Words.Select(word => (JsonNode)JsonValue.Create(word))];
            if (schema.Type is { } form && form.HasFlag(JsonSchemaType.Null)) schema.Enum.Add(JsonNullSentinel.JsonNull);
        }
        // Of a value that occurs twice in a type, the second list comes without a word on what is in it.
        if (schema is { Items: null, Type: { } list } && list.HasFlag(JsonSchemaType.Array) && context.JsonTypeInfo.ElementType is { } item)
            schema.Items = await context.GetOrCreateSchemaAsync(item, null, cancellationToken);
    }

    private static void Text(OpenApiSchema schema, string? format, string? meaning, string example)
    {
        (schema.Type, schema.Format, schema.Description) = (JsonSchemaType.String, format, meaning);
        schema.Examples = [JsonValue.Create(example)];
    }

    private static void Money(OpenApiSchema schema)
    {
        schema.Type = JsonSchemaType.Object;
        schema.Description = "An amount as decimal text, with as many places as its currency has.";
        schema.Required = new HashSet<string>(StringComparer.Ordinal) { "amount", "currency" };
        schema.Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["amount"] = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = @"^-?\d+(\.\d{1,3})?$" },
            ["currency"] = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[A-Z]{3}$" },
        };
        schema.Examples = [new JsonObject { ["amount"] = "123.45", ["currency"] = "USD" }];
    }
}
