using System.Diagnostics;

namespace Billing.Domain.Values;

/// <summary>
/// How worked time becomes billed time. Raw time is always kept; this is applied when an invoice is computed and frozen on it.
/// </summary>
/// <param name="IncrementSeconds">Billed time is a multiple of it; 0 bills to the second.</param>
/// <param name="Direction">up, down or nearest; nearest sends exactly half an increment up.</param>
/// <param name="Scope">entry, line or invoice: what is rounded, each entry, the sum of a line, or of all its lines, over
/// which the rounded sum is then shared out by the largest remainder.</param>
public sealed record RoundingPolicy(int IncrementSeconds, string Direction, string Scope)
{
    public const string Up = "up";
    public const string Down = "down";
    public const string Nearest = "nearest";
    public const string PerEntry = "entry";
    public const string PerLine = "line";
    public const string PerInvoice = "invoice";
    public const int IncrementMaxSeconds = 3600;

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

    /// <summary>Null where time can be rounded by it.</summary>
    /// <param name="field">JSON pointer to the policy.</param>
    public static Rejection? Refuse(RoundingPolicy policy, string field)
    {
        if (policy.IncrementSeconds is < 0 or > IncrementMaxSeconds)
        {
            return Invalid(
                "increment-out-of-range", $"An increment is 0 to {IncrementMaxSeconds} seconds; 0 bills to the second.",
                $"{field}/incrementSeconds");
        }
        if (policy.Direction is not (Up or Down or Nearest))
            return Invalid("rounding-direction-unknown", "Time is rounded up, down or nearest.", $"{field}/direction");
        return policy.Scope is PerEntry or PerLine or PerInvoice
            ? null
            : Invalid("rounding-scope-unknown", "Time is rounded per entry, per line or per invoice.", $"{field}/scope");
    }

    private static Rejection Invalid(string code, string detail, string field) =>
        new(code, detail, field, RejectionKind.Invalid);
}
