using Billing.Domain.Values;
using Microsoft.OpenApi;

namespace Billing.Api.Description;

/// <summary>Amounts that may be missing are described in full at each place; a client would get a type of its own for each.</summary>
internal static class DescribedMoney
{
    /// <summary>Makes each of them null or what is described as money, once.</summary>
    public static void Refer(OpenApiDocument document)
    {
        foreach (var (name, schema) in document.Components!.Schemas!)
        {
            if (name == nameof(Money) || schema is not OpenApiSchema { Properties: { } fields }) continue;
            foreach (var (field, described) in fields.ToList())
                if (described is OpenApiSchema inline && IsMoney(inline)) fields[field] = NullOrMoney(inline, document);
        }
    }

    private static bool IsMoney(OpenApiSchema schema) =>
        schema.Properties is { Count: 2 } parts && parts.ContainsKey("amount") && parts.ContainsKey("currency");

    private static OpenApiSchema NullOrMoney(OpenApiSchema inline, OpenApiDocument document) => new()
    {
        OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, new OpenApiSchemaReference(nameof(Money), document)],
        Description = inline.Description,
    };
}
