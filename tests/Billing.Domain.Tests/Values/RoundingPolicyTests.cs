using Billing.Domain.Values;
using CsCheck;

namespace Billing.Domain.Tests.Values;

public sealed class RoundingPolicyTests
{
    private static readonly Gen<RoundingPolicy> AnyPolicy = Gen.Select(
        Gen.Int[0, 3600], Gen.OneOfConst("up", "down", "nearest"), Gen.OneOfConst("entry", "line", "invoice"),
        (increment, direction, scope) => new RoundingPolicy(increment, direction, scope));

    private static readonly Gen<long> Seconds = Gen.Long[0, 86_400];

    // Invoice Ninja made 0 of exactly 900 s rounded down to 15 minutes.
    [Theory]
    [InlineData("down", 900, 900)]
    [InlineData("down", 899, 0)]
    [InlineData("down", 1799, 900)]
    [InlineData("up", 900, 900)]
    [InlineData("up", 901, 1800)]
    [InlineData("up", 1, 900)]
    [InlineData("up", 0, 0)]
    [InlineData("nearest", 449, 0)]
    [InlineData("nearest", 450, 900)]
    [InlineData("nearest", 1349, 900)]
    [InlineData("nearest", 1350, 1800)]
    public void Quarters_of_an_hour(string direction, long seconds, long expected) =>
        Assert.Equal(expected, new RoundingPolicy(900, direction, "entry").Apply(seconds));

    [Fact]
    public void Exact_multiples_stay_as_they_are() =>
        Gen.Select(AnyPolicy, Gen.Long[0, 1000]).Sample((policy, times) =>
            Assert.Equal(times * policy.IncrementSeconds, policy.Apply(times * policy.IncrementSeconds)));

    [Fact]
    public void Applied_twice_it_changes_nothing_more() =>
        Gen.Select(AnyPolicy, Seconds).Sample((policy, seconds) =>
            Assert.Equal(policy.Apply(seconds), policy.Apply(policy.Apply(seconds))));

    [Fact]
    public void The_result_is_a_multiple_on_the_named_side_and_less_than_an_increment_away() =>
        Gen.Select(AnyPolicy, Seconds).Sample((policy, seconds) =>
        {
            var change = policy.Apply(seconds) - seconds;
            if (policy.IncrementSeconds == 0)
            {
                Assert.Equal(0, change);
                return;
            }
            Assert.Equal(0, policy.Apply(seconds) % policy.IncrementSeconds);
            var (least, most) = policy.Direction switch
            {
                "up" => (0, policy.IncrementSeconds - 1),
                "down" => (1 - policy.IncrementSeconds, 0),
                _ => (-(policy.IncrementSeconds - 1) / 2, policy.IncrementSeconds / 2),
            };
            Assert.InRange(change, least, most);
        });
}
