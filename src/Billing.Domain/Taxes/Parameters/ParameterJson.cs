using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace Billing.Domain.Taxes.Parameters;

/// <summary>
/// Reads figures of the law out of JSON, strictly: an unknown, missing or doubled member, or a null where a value belongs, is an error,
/// because a figure that is silently wrong costs somebody money.
/// </summary>
internal static class ParameterJson
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
    /// <param name="problems">What the shape alone cannot promise: sentences about what is wrong.</param>
    /// <param name="nameOf">What to call the file then.</param>
    /// <exception cref="InvalidDataException">It is no parameter file, or its figures disagree.</exception>
    public static T Read<T>(string json, Func<T, IEnumerable<string>> problems, Func<T, string> nameOf)
        where T : class
    {
        T parameters;
        try
        {
            var strict = new JsonDocumentOptions { AllowDuplicateProperties = false };
            var root = JsonNode.Parse(json, documentOptions: strict);
            if (root is not null) WritePaths(root, "");
            parameters = root.Deserialize<T>(Options)
                ?? throw new InvalidDataException("A tax parameter file is null.");
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"A tax parameter file cannot be read: {problem.Message}", problem);
        }

        var found = problems(parameters).ToList();
        return found.Count == 0
            ? parameters
            : throw new InvalidDataException($"{nameOf(parameters)}: {string.Join("; ", found)}");
    }

    /// <summary>Reads all embedded files whose names begin so; two of the same version are a mistake of the build.</summary>
    public static IReadOnlyList<T> ReadAll<T>(string prefix, Func<string, T> parse, Func<T, string> versionOf)
    {
        var assembly = typeof(ParameterJson).Assembly;
        var files = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Text)
            .Select(parse)
            .ToList();
        return files.DistinctBy(versionOf).Count() == files.Count
            ? files
            : throw new InvalidDataException("Two tax parameter files have the same version.");

        string Text(string name)
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }

    /// <summary>The number behind the last point of a version.</summary>
    public static int Revision(string version) =>
        int.Parse(version[(version.LastIndexOf('.') + 1)..], System.Globalization.CultureInfo.InvariantCulture);

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
