using System.Globalization;
using System.Text.Json;

namespace Billing.Benchmarks;

/// <summary>The two ways to print a run.</summary>
internal static class BenchPrint
{
    public static IEnumerable<string> Json(string name, IEnumerable<BenchCase> cases) => cases.Select(c =>
        JsonSerializer.Serialize(new
        {
            name,
            @case = $"{c.Case} / {c.LimitName}",
            value = Math.Round(c.Value, 1),
            unit = c.Unit,
            limit = Math.Round(c.Limit, 1),
            ratio = Math.Round(c.Ratio, 3),
            bar = c.Bar,
            goal = c.Goal,
            holds = c.Holds,
        }));

    public static IEnumerable<string> Table(IEnumerable<BenchCase> cases)
    {
        yield return Row("case", "value", "unit", "limit", "ratio", "bar", "goal", "");
        foreach (var c in cases)
            yield return Row(
                $"{c.Case} / {c.LimitName}", Figure(c.Value), c.Unit, Figure(c.Limit), Ratio(c.Ratio), Ratio(c.Bar), Ratio(c.Goal),
                !c.Holds ? "MISSED" : c.ReachesGoal ? "goal" : "holds");
    }

    private static string Row(params string[] cells) => string.Create(
        CultureInfo.InvariantCulture,
        $"{cells[0],-72} {cells[1],10} {cells[2],-10} {cells[3],10} {cells[4],7} {cells[5],6} {cells[6],6}  {cells[7]}");

    private static string Figure(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    private static string Ratio(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
