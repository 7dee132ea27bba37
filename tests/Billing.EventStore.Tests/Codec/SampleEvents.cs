using System.Reflection;
using NodaTime;

namespace Billing.EventStore.Tests.Codec;

/// <summary>Makes an instance of any event, the same one every time.</summary>
internal static class SampleEvents
{
    /// <summary>As it was first released, with every field filled: what came later is null unless it is said.</summary>
    public static object Of(Type type) => Of(type, withAdditions: false);

    /// <summary>With every field filled that there is by now.</summary>
    public static object WithAdditions(Type type) => Of(type, withAdditions: true);

    private static object Of(Type type, bool withAdditions)
    {
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var arguments = constructor.GetParameters()
            .Select((p, i) => !withAdditions && IsAddition(p) ? null : Value(p.ParameterType, p, i + 1, withAdditions)).ToArray();
        return constructor.Invoke(arguments);
    }

    private static bool IsAddition(ParameterInfo parameter) => parameter is { HasDefaultValue: true, DefaultValue: null };

    private static object Value(Type type, ParameterInfo parameter, int seed, bool withAdditions)
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
            for (var i = 0; i < 2; i++) list.SetValue(Value(element, parameter, seed + i, withAdditions), i);
            return list;
        }
        if (type == typeof(IReadOnlyDictionary<Guid, string>))
            return new Dictionary<Guid, string> { [new Guid(seed, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)] = "Ada" };
        return Of(type, withAdditions);
    }
}
