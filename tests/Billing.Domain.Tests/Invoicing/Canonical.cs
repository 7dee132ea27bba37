using System.Collections;
using System.Globalization;

namespace Billing.Domain.Tests.Invoicing;

/// <summary>
/// A value as text, by what it holds: records compare the lists in them by reference, and unordered collections have no
/// order.
/// </summary>
internal static class Canonical
{
    public static string Text(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        IFormattable plain => plain.ToString(null, CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        IDictionary map => $"{{{string.Join(", ", map.Keys.Cast<object>()
            .Select(key => $"{Text(key)}: {Text(map[key])}").Order(StringComparer.Ordinal))}}}",
        IEnumerable many when IsSet(many) =>
            $"{{{string.Join(", ", many.Cast<object>().Select(Text).Order(StringComparer.Ordinal))}}}",
        IEnumerable many => $"[{string.Join(", ", many.Cast<object>().Select(Text))}]",
        _ => $"{value.GetType().Name}({string.Join(", ", value.GetType().GetProperties()
            .Where(property => property.GetMethod is { IsStatic: false })
            .Select(property => $"{property.Name}={Text(property.GetValue(value))}"))})",
    };

    public static void Same(object? expected, object? actual) => Assert.Equal(Text(expected), Text(actual));

    private static bool IsSet(IEnumerable many) => many.GetType().GetInterfaces()
        .Any(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlySet<>));
}
