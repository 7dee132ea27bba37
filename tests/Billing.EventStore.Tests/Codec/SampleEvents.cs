using System.Reflection;
using NodaTime;

namespace Billing.EventStore.Tests.Codec;

/// <summary>
/// Makes an instance of any event with every field filled that its first shape had, the same one every time. Fields that were
/// added later are null unless said; their golden files stay as they were written.
/// </summary>
internal static class SampleEvents
{
    public static object Of(Type type) => Of(type, withAdded: false);

    /// <summary>With the fields that were added later, too.</summary>
    public static object WithAddedFields(Type type) => Of(type, withAdded: true);

    private static object Of(Type type, bool withAdded)
    {
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var arguments = constructor.GetParameters()
            .Select((p, i) => IsAdded(p) && !withAdded ? null : Value(p.ParameterType, p, i + 1)).ToArray();
        return constructor.Invoke(arguments);
    }

    private static bool IsAdded(ParameterInfo parameter) => parameter is { HasDefaultValue: true, DefaultValue: null };

    private static object Value(Type type, ParameterInfo parameter, int seed)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return $"{parameter.Name} é\"{seed}";
        if (type == typeof(Guid)) return new Guid(seed, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        if (type == typeof(int)) return seed * 11;
        if (type == typeof(long)) return seed * 1_000_000_007L;
        if (type == typeof(bool)) return true;
        if (type == typeof(Instant)) return Instant.FromUtc(2026, 3, 29, 1, 2, 3).PlusTicks(seed);
        if (type == typeof(LocalDate)) return new LocalDate(2026, 2, 28);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var element = type.GetGenericArguments()[0];
            var list = Array.CreateInstance(element, 2);
            for (var i = 0; i < 2; i++) list.SetValue(Value(element, parameter, seed + i), i);
            return list;
        }
        if (type == typeof(IReadOnlyDictionary<Guid, string>))
            return new Dictionary<Guid, string> { [new Guid(seed, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)] = "Ada" };
        return Of(type);
    }
}
