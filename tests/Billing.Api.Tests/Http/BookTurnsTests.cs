using Billing.Api.Http;
using Billing.EventStore.Port;

namespace Billing.Api.Tests.Http;

public sealed class BookTurnsTests
{
    private static readonly BookId One = new(Guid.Parse("0199d2c4-0000-7000-8000-00000000000a"));
    private static readonly BookId Other = new(Guid.Parse("0199d2c4-0000-7000-8000-00000000000b"));
    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_book_has_one_turn_at_a_time_and_waits_for_no_other_book()
    {
        var turns = new BookTurns(TimeSpan.FromMinutes(1));
        var first = await turns.Take(One, Ended);
        var second = turns.Take(One, Ended).AsTask();
        using (var others = await turns.Take(Other, Ended))
        {
            Assert.NotNull(others);
            Assert.False(second.IsCompleted);
        }
        first!.Dispose();
        (await second)!.Dispose();
        Assert.Equal(0, turns.Books);
    }

    [Fact]
    public async Task Many_at_once_never_meet_and_leave_nothing_behind()
    {
        var turns = new BookTurns(TimeSpan.FromMinutes(1));
        var (inside, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(async () =>
        {
            using var turn = await turns.Take(One, Ended);
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Delay(1, Ended);
            Interlocked.Decrement(ref inside);
        })));
        Assert.Equal((1, 0), (most, turns.Books));
    }

    [Fact]
    public async Task Who_waits_too_long_or_gives_up_has_no_turn_and_stands_in_nobodys_way()
    {
        var turns = new BookTurns(TimeSpan.FromMilliseconds(20));
        var first = await turns.Take(One, Ended);
        Assert.Null(await turns.Take(One, Ended));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await turns.Take(One, new CancellationToken(canceled: true)));
        first!.Dispose();
        Assert.Equal(0, turns.Books);
        using var next = await turns.Take(One, Ended);
        Assert.NotNull(next);
    }
}
