namespace Billing.StripeStandIn.Tests;

/// <summary>The real time, moved on by a test. Timers run in real time.</summary>
internal sealed class MovableClock : TimeProvider
{
    private readonly Lock _gate = new();
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return System.GetUtcNow() + _ahead;
    }

    public void Advance(TimeSpan by)
    {
        lock (_gate) _ahead += by;
    }
}
