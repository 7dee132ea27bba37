using System.Text.Json;
using Billing.Domain.Taxes;
using Billing.Domain.Taxes.Parameters;

namespace Billing.Domain.Tests.Taxes.UsFederal;

/// <summary>
/// Follows every input of a working to where it says it comes from: an earlier line, or the parameter file as it
/// stands.
/// </summary>
internal static class WorkingCheck
{
    private static readonly Dictionary<int, JsonElement> Files = new()
    {
        [2024] = ParameterFile.Root(2024),
        [2025] = ParameterFile.Root(2025),
        [2026] = ParameterFile.Root(2026),
    };

    public static void Holds(int year, IReadOnlyList<TaxLine> lines) => Holds(_ => Files[year], lines);

    /// <param name="fileOf">The parameter file that a line takes its figures from.</param>
    public static void Holds(Func<TaxLine, JsonElement> fileOf, IReadOnlyList<TaxLine> lines)
    {
        var earlier = new Dictionary<string, decimal>();
        foreach (var line in lines)
        {
            foreach (var input in line.Inputs)
            {
                if (input.Kind == TaxInputKind.Line) Assert.Equal(earlier[input.Name], input.Value);
                if (input.Kind == TaxInputKind.Parameter) Attested(fileOf(line), input);
            }
            Assert.True(earlier.TryAdd(line.Code, line.Exact), $"{line.Code} stands twice.");
            Assert.NotEmpty(line.Formula);
        }
    }

    private static void Attested(JsonElement element, TaxInput input)
    {
        JsonElement figure = default;
        foreach (var step in input.Name.Split('.'))
        {
            element = element.ValueKind == JsonValueKind.Array
                ? element[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]
                : element.GetProperty(step);
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("value", out var value)) continue;
            (figure, element) = (element, value);
        }
        Assert.Equal(element.GetDecimal(), input.Value);
        Assert.Equal(figure.GetProperty("source").GetString(), input.Source);
        var confidence = figure.GetProperty("confidence").GetString();
        Assert.Equal(confidence, input.Confidence?.ToString(), StringComparer.OrdinalIgnoreCase);
    }
}

/// <summary>The parameter files as texts, as this build carries them.</summary>
internal static class ParameterFile
{
    public static string Text(int year) => Text($"tax-parameters/us-federal-{year}.json");

    public static string Text(string resource)
    {
        var assembly = typeof(TaxParameters).Assembly;
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    public static JsonElement Root(int year) => JsonDocument.Parse(Text(year)).RootElement;
}
