using Billing.Api.Commands;

namespace Billing.Api.Tests.Commands;

public sealed class ReadStreamsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(200)]
    public void Each_of_few_or_many_is_found_by_its_name_and_told_in_the_order_of_reading(int count)
    {
        var streams = new ReadStreams();
        for (var n = 0; n < count; n++) streams.Add(new ReadStream($"week-{n}", $"state {n}", n));

        for (var n = 0; n < count; n++)
        {
            Assert.True(streams.TryFind($"week-{n}", out var read));
            Assert.Equal(new ReadStream($"week-{n}", $"state {n}", n), read);
        }
        Assert.False(streams.TryFind($"week-{count}", out _));
        Assert.Equal(Enumerable.Range(0, count).Select(n => (long)n), streams.Select(read => read.Version));
        Assert.Equal(count, streams.Count);
    }
}
