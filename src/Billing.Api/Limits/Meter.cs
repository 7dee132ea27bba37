using System.Globalization;
using System.Threading.RateLimiting;

namespace Billing.Api.Limits;

/// <summary>
/// One allowance, kept apart for each key. What is full again is forgotten, so that memory is held for those alone who asked of late.
/// </summary>
internal sealed class Meter<TKey> : IDisposable where TKey : notnull
{
    private const int MostFillingsPerMinute = 600;
    private readonly PartitionedRateLimiter<TKey> _limiter;
    private readonly string _name;
    private readonly Allowance _allowance;

    public Meter(string name, Allowance allowance)
    {
        (_name, _allowance) = (name, allowance);
        var atOnce = (allowance.PerMinute + MostFillingsPerMinute - 1) / MostFillingsPerMinute;
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = allowance.Burst,
            TokensPerPeriod = atOnce,
            ReplenishmentPeriod = TimeSpan.FromMinutes((double)atOnce / allowance.PerMinute),
            QueueLimit = 0,
        };
        _limiter = PartitionedRateLimiter.Create<TKey, TKey>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => bucket));
        Policy = FormattableString.Invariant($"\"{name}\";q={allowance.Burst};w={SecondsFor(allowance.Burst)}");
    }

    /// <summary>As the header <c>RateLimit-Policy</c> has it: how many at most, and the seconds in which all come back.</summary>
    public string Policy { get; }

    /// <summary>After so many seconds there is another one.</summary>
    public long SecondsToNext => SecondsFor(1);

    public bool TryTake(TKey key)
    {
        using var lease = _limiter.AttemptAcquire(key);
        return lease.IsAcquired;
    }

    public bool IsSpent(TKey key) => Left(key) == 0;

    /// <summary>As the header <c>RateLimit</c> has it: what is left, and the seconds until all is back.</summary>
    public string Standing(TKey key)
    {
        var left = Left(key);
        return string.Create(CultureInfo.InvariantCulture, $"\"{_name}\";r={left};t={SecondsFor(_allowance.Burst - left)}");
    }

    public void Dispose() => _limiter.Dispose();

    private long Left(TKey key) => _limiter.GetStatistics(key)!.CurrentAvailablePermits;

    private long SecondsFor(long permits) => (permits * 60 + _allowance.PerMinute - 1) / _allowance.PerMinute;
}
