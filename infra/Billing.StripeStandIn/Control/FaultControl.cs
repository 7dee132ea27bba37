namespace Billing.StripeStandIn.Control;

/// <summary>Faults in store for the next API requests; each is used up by the requests it matches.</summary>
public sealed class FaultControl
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _faults = [];

    /// <summary>Lets the next requests fail.</summary>
    /// <param name="kind">How.</param>
    /// <param name="times">How many.</param>
    /// <param name="method">Only GET or only POST; null for both.</param>
    /// <param name="path">Only paths that begin so; null for all.</param>
    /// <param name="delay">How long <see cref="FaultKind.Slow"/> waits; a second unless given.</param>
    public void Next(FaultKind kind, int times = 1, string? method = null, string? path = null, TimeSpan? delay = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        lock (_gate) _faults.Add(new(kind, method, path, delay ?? TimeSpan.FromSeconds(1)) { Left = times });
    }

    /// <summary>Forgets what has not happened yet.</summary>
    public void Clear()
    {
        lock (_gate) _faults.Clear();
    }

    internal Fault? Take(string method, string path)
    {
        lock (_gate)
        {
            var fault = _faults.FirstOrDefault(fault => fault.Matches(method, path));
            if (fault is not null && --fault.Left == 0) _faults.Remove(fault);
            return fault;
        }
    }
}

/// <summary>One planned fault.</summary>
internal sealed record Fault(FaultKind Kind, string? Method, string? Path, TimeSpan Delay)
{
    public int Left { get; set; }

    public bool Matches(string method, string path) =>
        (Method is null || Method == method) && (Path is null || path.StartsWith(Path, StringComparison.Ordinal));
}
