using Billing.Api.Hosting;
using NodaTime;

namespace Billing.Api.Tests.Hosting;

public sealed class TimeOrderedIdsTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 25, 12, 0);

    [Fact]
    public void An_id_is_a_UUID_of_version_7_that_begins_with_its_millisecond()
    {
        var id = new TimeOrderedIds(new FixedClock(Now)).Next();

        Assert.Equal(7, id.Version);
        Assert.InRange(id.Variant, 8, 11);
        Assert.Equal(Now.ToUnixTimeMilliseconds().ToString("x12", System.Globalization.CultureInfo.InvariantCulture), id.ToString("N")[..12]);
    }

    [Fact]
    public void No_id_is_made_twice_on_any_thread()
    {
        var ids = new TimeOrderedIds(new FixedClock(Now));

        var made = Enumerable.Range(0, 20_000).AsParallel().Select(_ => ids.Next()).ToHashSet();

        Assert.Equal(20_000, made.Count);
    }

    [Fact]
    public void An_id_sorts_behind_those_of_the_milliseconds_before()
    {
        var earlier = new TimeOrderedIds(new FixedClock(Now)).Next();
        var later = new TimeOrderedIds(new FixedClock(Now + Duration.FromMilliseconds(1))).Next();

        Assert.True(string.CompareOrdinal(earlier.ToString(), later.ToString()) < 0);
    }

    private sealed class FixedClock(Instant now) : IClock
    {
        public Instant GetCurrentInstant() => now;
    }
}
