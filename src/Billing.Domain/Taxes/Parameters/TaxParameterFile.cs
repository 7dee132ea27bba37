using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace Billing.Domain.Taxes.Parameters;

/// <summary>
/// Reads one parameter file, strictly: an unknown, missing or doubled member, a null where a value belongs, a gap
/// between brackets is an error, because a figure that is silently wrong costs somebody money.
/// </summary>
public static class TaxParameterFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new IsoDateConverter(),
        },
    };

    /// <summary>The parameters that the text holds.</summary>
    /// <exception cref="InvalidDataException">It is no parameter file, or its figures disagree.</exception>
    public static TaxParameters Parse(string json)
    {
        TaxParameters parameters;
        try
        {
            var strict = new JsonDocumentOptions { AllowDuplicateProperties = false };
            var root = JsonNode.Parse(json, documentOptions: strict);
            if (root is not null) WritePaths(root, "");
            parameters = root.Deserialize<TaxParameters>(Options)
                ?? throw new InvalidDataException("A tax parameter file is null.");
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"A tax parameter file cannot be read: {problem.Message}", problem);
        }

        var problems = TaxParameterCheck.Problems(parameters).ToList();
        return problems.Count == 0
            ? parameters
            : throw new InvalidDataException($"{parameters.Version}: {string.Join("; ", problems)}");
    }

    /// <summary>
    /// Every figure learns its own address, so that each line of the working can name what it took. It must say where
    /// it comes from, and no figure of the law is negative.
    /// </summary>
    private static void WritePaths(JsonNode node, string path)
    {
        if (node is not JsonObject members) return;
        if (members.TryGetPropertyValue("value", out var value))
        {
            if (members.ContainsKey("path")) throw new JsonException($"{path} writes its own path.");
            if (string.IsNullOrWhiteSpace(members["source"]?.ToString()))
                throw new JsonException($"{path} has no source.");
            if (value is not null && AnyNegative(value)) throw new JsonException($"{path} is negative.");
            members.Add("path", path);
            return;
        }
        foreach (var (name, child) in members.ToList())
            if (child is not null) WritePaths(child, path.Length == 0 ? name : $"{path}.{name}");
    }

    private static bool AnyNegative(JsonNode? node) => node switch
    {
        JsonObject members => members.Any(member => AnyNegative(member.Value)),
        JsonArray items => items.Any(AnyNegative),
        JsonValue value => value.TryGetValue<decimal>(out var number) && number < 0,
        _ => false,
    };

    private sealed class IsoDateConverter : JsonConverter<LocalDate>
    {
        public override LocalDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var parsed = LocalDatePattern.Iso.Parse(reader.GetString() ?? "");
            return parsed.Success ? parsed.Value : throw new JsonException("A date is not written as yyyy-MM-dd.");
        }

        public override void Write(Utf8JsonWriter writer, LocalDate value, JsonSerializerOptions options) =>
            writer.WriteStringValue(LocalDatePattern.Iso.Format(value));
    }
}
