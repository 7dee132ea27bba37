using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Billing.Api.Tests.Fuzz;

/// <summary>
/// JSON as a schema has it, with values that good requests have under the same names, and with an oddity now and then. It is
/// written as text, because much of it could not be said as a document.
/// </summary>
internal sealed class BodyMaker
{
    private const int Deepest = 6;
    private readonly JsonObject _schemas;
    private readonly Dictionary<string, List<string>> _goodValues = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<string> _ids;
    private readonly Known _known;

    /// <param name="ids">Of things in the practice, and in another.</param>
    public BodyMaker(JsonObject description, IEnumerable<Operation> operations, IReadOnlyList<string> ids, Known known)
    {
        (_schemas, _ids, _known) = (description["components"]!["schemas"]!.AsObject(), ids, known);
        foreach (var body in operations.Select(o => o.Good?.Body).OfType<string>()) Learn(JsonNode.Parse(body)!);
    }

    /// <param name="oddness">The share of values that are odd.</param>
    public string Make(Operation operation, Random random, double oddness)
    {
        var writing = new Writing(this, random, oddness);
        if (operation.Good?.Body is { } good && random.Next(5) < 3) writing.Like(JsonNode.Parse(good), "");
        else writing.Of(operation.Body!, "", 0);
        return writing.Text.ToString();
    }

    private void Learn(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array) Learn(item);
        }
        else if (node is JsonObject members)
        {
            foreach (var (name, value) in members)
            {
                if (!_goodValues.TryGetValue(name, out var values)) _goodValues[name] = values = [];
                values.Add(value?.ToJsonString() ?? "null");
                Learn(value);
            }
        }
    }

    private sealed class Writing(BodyMaker maker, Random random, double oddness)
    {
        public StringBuilder Text { get; } = new();

        private bool IsOdd => random.NextDouble() < oddness;

        /// <summary>What a good request has there, with few changes.</summary>
        public void Like(JsonNode? node, string name)
        {
            if (IsOdd) Text.Append(Odd.Token(random));
            else if (node is JsonObject members) Members([.. members], (member, value) => Like(value, member));
            else if (node is JsonArray items) List(items.Count, n => Like(items[n], name));
            else if (IsNewId(name) && random.Next(10) > 0) Quoted(NewId());
            else if (node?.GetValueKind() == JsonValueKind.String && random.Next(16) < ShareKnown(name) && Told(name) is { } told)
                Quoted(told);
            else if (random.Next(12) == 0 && maker._goodValues.TryGetValue(name, out var others)) Text.Append(Odd.Pick(random, others));
            else Text.Append(node?.ToJsonString() ?? "null");
        }

        /// <summary>What a schema allows there.</summary>
        public void Of(JsonNode schema, string name, int depth)
        {
            if (IsOdd || depth > Deepest)
            {
                Text.Append(Odd.Token(random));
                return;
            }
            if (IsId(name) && !IsNewId(name) && random.Next(2) == 0 && Told(name) is { } told)
            {
                Quoted(told);
                return;
            }
            if (depth > 0 && !IsNewId(name) && random.Next(4) > 0 && maker._goodValues.TryGetValue(name, out var good))
            {
                Text.Append(Odd.Pick(random, good));
                return;
            }
            while (schema["$ref"] is { } reference) schema = maker._schemas[((string)reference!).Split('/')[^1]]!;
            if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray { Count: > 0 } choices)
                Of(random.Next(8) == 0 ? Odd.Pick<JsonNode?>(random, [.. choices])! : choices[^1]!, name, depth + 1);
            else if (schema["enum"] is JsonArray { Count: > 0 } words) Text.Append(Odd.Pick<JsonNode?>(random, [.. words])?.ToJsonString() ?? "null");
            else OfType(schema, TypeOf(schema), name, depth);
        }

        private string? TypeOf(JsonNode schema) => schema["type"] switch
        {
            JsonArray types => random.Next(6) == 0 ? "null" : types.Select(t => (string)t!).FirstOrDefault(t => t != "null"),
            { } type => (string?)type,
            null => null,
        };

        private void OfType(JsonNode schema, string? type, string name, int depth)
        {
            switch (type)
            {
                case "object":
                    var required = schema["required"]?.AsArray().Select(r => (string)r!).ToHashSet() ?? [];
                    var taken = (schema["properties"]?.AsObject() ?? []).Where(p => required.Contains(p.Key) || random.Next(3) > 0);
                    Members([.. taken], (member, value) => Of(value!, member, depth + 1));
                    break;
                case "array":
                    List(random.Next(random.Next(10) == 0 ? 40 : 4), _ => Of(schema["items"] ?? new JsonObject(), name, depth + 1));
                    break;
                case "string":
                    Quoted(Word(schema));
                    break;
                case "integer" or "number":
                    Text.Append(Number(schema));
                    break;
                case "boolean":
                    Text.Append(random.Next(2) == 0 ? "true" : "false");
                    break;
                default:
                    Text.Append(type is "null" ? "null" : Odd.Token(random));
                    break;
            }
        }

        private string? Told(string name) => maker._known.Pick(name, random);

        private void Quoted(string word) => Text.Append(CultureInfo.InvariantCulture, $"\"{word}\"");

        private void Members(List<KeyValuePair<string, JsonNode?>> members, Action<string, JsonNode?> write)
        {
            Text.Append('{');
            var isFirst = true;
            foreach (var (name, value) in members)
            {
                if (IsOdd && random.Next(2) == 0) continue;
                if (!isFirst) Text.Append(',');
                isFirst = false;
                Text.Append(CultureInfo.InvariantCulture, $"\"{(IsOdd ? name.ToUpperInvariant() : name)}\":");
                write(name, value);
                if (IsOdd) Text.Append(CultureInfo.InvariantCulture, $",\"{name}\":{Odd.Token(random)}");
            }
            if (IsOdd) Text.Append(CultureInfo.InvariantCulture, $"{(isFirst ? "" : ",")}{Odd.Token(random)}:1");
            Text.Append('}');
        }

        private void List(int count, Action<int> write)
        {
            Text.Append('[');
            for (var n = 0; n < count; n++)
            {
                if (n > 0) Text.Append(',');
                write(n);
            }
            Text.Append(']');
        }

        private string Word(JsonNode schema) => (string?)schema["format"] switch
        {
            "uuid" => random.Next(6) == 0 ? NewId() : Odd.Pick(random, maker._ids),
            "date" => FormattableString.Invariant($"202{5 + random.Next(2)}-{1 + random.Next(12):00}-{1 + random.Next(28):00}"),
            "date-time" => FormattableString.Invariant($"2026-{1 + random.Next(10):00}-{1 + random.Next(28):00}T{random.Next(24):00}:30:00Z"),
            "uri" => "https://example.com/",
            _ when schema["examples"] is JsonArray { Count: > 0 } examples =>
                Odd.Pick<JsonNode?>(random, [.. examples])!.ToString().Replace("\"", "", StringComparison.Ordinal),
            _ => new string((char)('a' + random.Next(26)), Math.Min(60, (int?)schema["maxLength"] ?? random.Next(1, 20))),
        };

        private string Number(JsonNode schema)
        {
            var (least, most) = ((long?)(double?)schema["minimum"] ?? 0, (long?)(double?)schema["maximum"] ?? 100_000);
            return (random.Next(10) switch { 0 => least, 1 => most, _ => random.NextInt64(least, Math.Max(least, most) + 1) })
                .ToString(CultureInfo.InvariantCulture);
        }

        /// <summary>Of the request's own random numbers, so that it is the same again.</summary>
        private string NewId()
        {
            var bytes = new byte[16];
            random.NextBytes(bytes);
            return new Guid(bytes).ToString();
        }

        /// <summary>In sixteenths. No good request can know a fingerprint, and other words are mostly right as they are.</summary>
        private static int ShareKnown(string name) => name == "fingerprint" ? 13 : IsId(name) ? 4 : 1;

        private static bool IsId(string name) =>
            name.EndsWith("Id", StringComparison.Ordinal) || name.EndsWith("Ids", StringComparison.Ordinal);

        private static bool IsNewId(string name) =>
            name is "id" or "cardId" or "mailId" || (name.StartsWith("new", StringComparison.Ordinal) && name.EndsWith("Id", StringComparison.Ordinal));
    }
}
