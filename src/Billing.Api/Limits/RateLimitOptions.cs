namespace Billing.Api.Limits;

/// <summary>How much a node takes from whom, by <c>Billing:RateLimit:…</c>. Each node counts for itself.</summary>
public sealed class RateLimitOptions
{
    private const int Most = 1_000_000_000;

    /// <summary>Requests of each token.</summary>
    public Allowance Token { get; set; } = new() { Burst = 1_000, PerMinute = 3_000 };

    /// <summary>Requests without a token of each address: links, pages, the sign-in.</summary>
    public Allowance Address { get; set; } = new() { Burst = 1_000, PerMinute = 3_000 };

    /// <summary>Wrong tokens and links that each address may try.</summary>
    public Allowance Failures { get; set; } = new() { Burst = 20, PerMinute = 2 };

    internal string? Fault() => Fault("Token", Token) ?? Fault("Address", Address) ?? Fault("Failures", Failures);

    private static string? Fault(string name, Allowance allowance) =>
        allowance is { Burst: >= 1 and <= Most, PerMinute: >= 1 and <= Most }
            ? null
            : FormattableString.Invariant($"Billing:RateLimit:{name}: Burst and PerMinute are 1 to {Most}.");
}

/// <summary>A bucket that starts full and is filled evenly.</summary>
public sealed class Allowance
{
    /// <summary>How many at once.</summary>
    public int Burst { get; set; }

    /// <summary>How many are given back in a minute.</summary>
    public int PerMinute { get; set; }
}
