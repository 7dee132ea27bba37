using Billing.Projections.Running;

namespace Billing.Projections.Tests.Running;

public class BreatherTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 20)]
    [InlineData(9, 180)]
    [InlineData(10, 200)]
    [InlineData(11, 200)]
    [InlineData(60_000, 200)]
    public void The_pause_is_twenty_times_what_a_commit_took_and_a_fifth_of_a_second_at_most(int work, int pause) =>
        Assert.Equal(TimeSpan.FromMilliseconds(pause), Breather.PauseAfter(TimeSpan.FromMilliseconds(work)));

    [Fact]
    public void There_is_no_pause_before_the_first_commit_and_none_for_whoever_waits()
    {
        var breather = new Breather();
        Assert.True(breather.Take(CancellationToken.None).IsCompleted);

        breather.Time(() => Thread.Sleep(30));
        Assert.False(breather.Take(CancellationToken.None).IsCompleted);
        using (breather.Hurry()) Assert.True(breather.Take(CancellationToken.None).IsCompleted);
        Assert.False(breather.Take(CancellationToken.None).IsCompleted);
    }
}
