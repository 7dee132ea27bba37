using System.Diagnostics;

namespace Billing.Domain.Values;

/// <summary>
/// How worked time becomes billed time. Raw time is always kept; this is applied when an invoice is computed and frozen on it.
/// </summary>
/// <param name="IncrementSeconds">Billed time is a multiple of it; 0 bills to the second.</param>
/// <param name="Direction">up, down or nearest; nearest sends exactly half an increment up.</param>
/// <param name="Scope">entry or line: what is rounded, each entry or the sum of a line.</param>
public sealed record RoundingPolicy(int IncrementSeconds, string Direction, string Scope)
{
    public const string Up = "up";
    public const string Down = "down";
    public const string Nearest = "nearest";
    public const string PerEntry = "entry";
    public const string PerLine = "line";

    /// <summary>To the second, which rounds nothing.</summary>
    public static RoundingPolicy Exact { get; } = new(0, Nearest, PerLine);

    /// <summary>Exact multiples stay as they are, so applying it twice changes nothing more.</summary>
    public long Apply(long durationSeconds)
    {
        if (IncrementSeconds == 0) return durationSeconds;
        var remainder = durationSeconds % IncrementSeconds;
        if (remainder == 0) return durationSeconds;
        var below = durationSeconds - remainder;
        var roundsUp = Direction switch
        {
            Up => true,
            Down => false,
            Nearest => remainder * 2 >= IncrementSeconds,
            _ => throw new UnreachableException(),
        };
        return roundsUp ? below + IncrementSeconds : below;
    }
}
