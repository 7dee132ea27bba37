using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Billing.Cli.Server;

/// <summary>A path with its parameters; those without a value are left out.</summary>
internal static class Query
{
    public static string Of(string path, params (string Name, object? Value)[] parameters)
    {
        var given = parameters.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(Text(p.Value!))}").ToList();
        return given.Count == 0 ? path : $"{path}?{string.Join('&', given)}";
    }

    private static string Text(object value) => value switch
    {
        LocalDate day => LocalDatePattern.Iso.Format(day),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
