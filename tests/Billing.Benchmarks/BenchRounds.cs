namespace Billing.Benchmarks;

/// <param name="Name">What is measured, in a few words.</param>
/// <param name="Measure">One sample, in the unit of the case.</param>
internal sealed record BenchMeasurement(string Name, Func<Task<double>> Measure);

/// <summary>
/// Disks and neighbours change speed from minute to minute, so whatever is compared is measured in turns: every round
/// takes one sample of each, every other round backwards. The round before the first one warms up and is not counted.
/// </summary>
internal static class BenchRounds
{
    public static async Task<IReadOnlyList<BenchSamples>> Interleave(
        int rounds, Func<Task> beforeRound, params BenchMeasurement[] measurements)
    {
        var samples = measurements.Select(_ => new List<double>()).ToList();
        for (var round = 0; round <= rounds; round++)
        {
            await beforeRound();
            var order = Enumerable.Range(0, measurements.Length);
            foreach (var i in round % 2 == 0 ? order : order.Reverse())
            {
                var sample = await measurements[i].Measure();
                if (round > 0) samples[i].Add(sample);
            }
        }
        return [.. measurements.Select((m, i) => new BenchSamples(m.Name, samples[i]))];
    }

    public static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
