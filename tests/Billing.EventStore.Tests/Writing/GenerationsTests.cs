using System.Globalization;
using Billing.EventStore.Writing;

namespace Billing.EventStore.Tests.Writing;

public sealed class GenerationsTests
{
    [Fact]
    public void What_is_used_stays_and_what_is_not_goes()
    {
        var cache = new Generations<int, string>(10);
        for (var n = 0; n < 1_000; n++)
        {
            cache.Add(n, n.ToString(CultureInfo.InvariantCulture));
            Assert.Equal("0", cache.Find(0));
            Assert.Equal(n.ToString(CultureInfo.InvariantCulture), cache.Find(n));
        }

        Assert.InRange(Enumerable.Range(0, 1_000).Count(n => cache.Find(n) is not null), 10, 20);
    }
}
