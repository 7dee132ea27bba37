using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Billing.Api.Http;

/// <summary>
/// Reads a JSON body into a record. What cannot be read or is out of bounds is named field by field, all of it at once.
/// </summary>
public static class BodyBinder
{
    public static (T? Body, IReadOnlyList<FieldProblem> Errors) Bind<T>(ReadOnlyMemory<byte> json) where T : class
    {
        T? body;
        try
        {
            body = JsonSerializer.Deserialize<T>(json.Span, ApiJson.Options);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return (null, Explain<T>(json, e));
        }
        if (body is null) return (null, [new FieldProblem("", "not-an-object", "The body must be a JSON object.")]);
        var errors = Bounds.Check(body, "");
        return (errors.Count == 0 ? body : null, errors);
    }

    /// <summary>What is out of bounds in a body that came another way than as JSON.</summary>
    internal static IReadOnlyList<FieldProblem> OutOfBounds(object body) => Bounds.Check(body, "");

    private static bool IsUnreadable(Exception e) =>
        e is JsonException or InvalidOperationException or NotSupportedException or FormatException or OverflowException;

    /// <summary>Tries each member on its own, since the serializer stops at the first that it cannot read.</summary>
    private static List<FieldProblem> Explain<T>(ReadOnlyMemory<byte> json, Exception first)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return [new FieldProblem("", "not-an-object", "The body must be a JSON object.")];
            var errors = Members(document.RootElement, ApiJson.Options.GetTypeInfo(typeof(T)), "");
            return errors.Count > 0 ? errors : [Unreadable("", first)];
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            // Names of fields that are no Unicode come out here too: a document can hold them, a string cannot.
            return [new FieldProblem("", "not-json", $"The body is no JSON that can be read: {Sentence(e.Message)}")];
        }
    }

    private static List<FieldProblem> Members(JsonElement body, JsonTypeInfo contract, string parent)
    {
        var errors = new List<FieldProblem>();
        var known = contract.Properties.ToDictionary(p => p.Name, StringComparer.Ordinal);
        foreach (var member in body.EnumerateObject())
        {
            var pointer = $"{parent}/{Escape(member.Name)}";
            if (!known.Remove(member.Name, out var property))
            {
                errors.Add(new FieldProblem(pointer, "unknown-field", $"There is no field of this name. Known: {Names(contract)}."));
                continue;
            }
            errors.AddRange(Value(member.Value, property, pointer));
        }
        foreach (var missing in known.Values.Where(p => p.IsRequired || p.AssociatedParameter is { HasDefaultValue: false }))
            errors.Add(new FieldProblem($"{parent}/{missing.Name}", "required", "The field is missing."));
        return errors;
    }

    private static List<FieldProblem> Value(JsonElement value, JsonPropertyInfo property, string pointer)
    {
        if (value.ValueKind == JsonValueKind.Null && !property.IsSetNullable)
            return [new FieldProblem(pointer, "required", "The field must not be null.")];
        var type = ApiJson.Options.GetTypeInfo(property.PropertyType);
        if (value.ValueKind == JsonValueKind.Object && Properties.IsOurs(property.PropertyType)) return Members(value, type, pointer);
        try
        {
            value.Deserialize(type);
            return [];
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return [Unreadable(pointer, e)];
        }
    }

    private static string Names(JsonTypeInfo contract) => string.Join(", ", contract.Properties.Select(p => p.Name));

    private static FieldProblem Unreadable(string pointer, Exception e)
    {
        // The serializer's path is $.lines[0].amount; a JSON pointer to the same is /lines/0/amount.
        var inner = e is JsonException { Path: { Length: > 1 } path }
            ? path[1..].Replace('.', '/').Replace('[', '/').Replace("]", "", StringComparison.Ordinal)
            : "";
        return new FieldProblem(pointer + inner, "wrong-type", Sentence(e.Message));
    }

    /// <summary>The serializer's message without its trail of paths, byte positions and type names.</summary>
    private static string Sentence(string message)
    {
        var end = message.IndexOf(" Path: ", StringComparison.Ordinal);
        if (end > 0) message = message[..end];
        return message.Contains("could not be converted to", StringComparison.Ordinal) ||
            message.StartsWith("JSON deserialization for type", StringComparison.Ordinal)
            ? "The value has the wrong type or form."
            : message;
    }

    private static string Escape(string name) =>
        (name.Length > 100 ? name[..100] : name).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>Checks the annotations of a record's properties, nested records and lists included.</summary>
    private static class Bounds
    {
        public static List<FieldProblem> Check(object value, string pointer)
        {
            var errors = new List<FieldProblem>();
            foreach (var property in Properties.Of(value.GetType()))
            {
                var member = property.Info.GetValue(value);
                var at = $"{pointer}/{property.Name}";
                foreach (var rule in property.Rules)
                    if (!rule.IsValid(member))
                        errors.Add(new FieldProblem(at, "out-of-bounds", rule.FormatErrorMessage(property.Name)));
                if (member is IReadOnlyList<string> or null or string) continue;
                if (member is System.Collections.IEnumerable list)
                {
                    var i = 0;
                    foreach (var item in list)
                    {
                        if (item is null) errors.Add(new FieldProblem($"{at}/{i}", "required", "The item must not be null."));
                        else if (Properties.IsOurs(item.GetType())) errors.AddRange(Check(item, $"{at}/{i}"));
                        i++;
                    }
                }
                else if (Properties.IsOurs(member.GetType()))
                {
                    errors.AddRange(Check(member, at));
                }
            }
            return errors;
        }
    }

    private sealed record Properties(PropertyInfo Info, string Name, ValidationAttribute[] Rules)
    {
        private static readonly System.Collections.Concurrent.ConcurrentDictionary<Type, Properties[]> Cache = new();

        public static bool IsOurs(Type type) => type.Namespace?.StartsWith("Billing.Api", StringComparison.Ordinal) == true;

        /// <summary>Those that have rules, or could hold something that has.</summary>
        public static Properties[] Of(Type type) => Cache.GetOrAdd(type, static t =>
        [
            .. t.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0).Select(
                p => new Properties(p, JsonNamingPolicy.CamelCase.ConvertName(p.Name), [.. p.GetCustomAttributes<ValidationAttribute>()]))
                .Where(p => p.Rules.Length > 0 || MayHoldOurs(p.Info.PropertyType)),
        ]);

        private static bool MayHoldOurs(Type type) =>
            IsOurs(type) || (type != typeof(string) && typeof(System.Collections.IEnumerable).IsAssignableFrom(type));
    }
}
