namespace Billing.Benchmarks;

/// <summary>A figure beside the limit that was measured with it.</summary>
/// <param name="Ratio">Median over the rounds of value through limit.</param>
/// <param name="Bar">What the ratio must reach.</param>
/// <param name="Goal">What it should reach.</param>
/// <param name="LowerIsBetter">For times and sizes the ratio must stay at or below the bar.</param>
internal sealed record BenchCase(
    string Case, double Value, string Unit, string LimitName, double Limit, double Ratio, double Bar, double Goal,
    bool LowerIsBetter = false)
{
    public bool Holds => LowerIsBetter ? Ratio <= Bar : Ratio >= Bar;

    public bool ReachesGoal => LowerIsBetter ? Ratio <= Goal : Ratio >= Goal;

    /// <summary>From the samples of one run, round by round.</summary>
    public static BenchCase Of(
        string name, string unit, BenchSamples value, BenchSamples limit, double bar, double goal, bool lowerIsBetter = false)
    {
        var ratios = value.Rounds.Zip(limit.Rounds, (v, l) => v / l).ToList();
        return new BenchCase(
            name, value.Median, unit, limit.Name, limit.Median, BenchRounds.Median(ratios), bar, goal, lowerIsBetter);
    }
}

/// <summary>What one measurement gave in each round.</summary>
internal sealed record BenchSamples(string Name, IReadOnlyList<double> Rounds)
{
    public double Median => BenchRounds.Median(Rounds);
}
