using System.Collections.Concurrent;
using System.Globalization;

namespace Billing.Api.Tests.Payments.Chaos;

/// <summary>Whatever happens to webhooks, to Stripe and to the server, the books end as if nothing had.</summary>
public sealed class ChaosTests
{
    /// <summary>So many interleavings of each story; BILLING_CHAOS_SEEDS takes more, or one by BILLING_CHAOS_SEED.</summary>
    internal static int Seeds => int.Parse(
        Environment.GetEnvironmentVariable("BILLING_CHAOS_SEEDS") ?? "90", CultureInfo.InvariantCulture);

    internal static int? OnlySeed =>
        Environment.GetEnvironmentVariable("BILLING_CHAOS_SEED") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    public static TheoryData<string> Names => [.. Stories.All.Select(story => story.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_story_without_trouble_ends_as_it_should(string name)
    {
        var story = Stories.All.Single(story => story.Name == name);
        var (ends, _, differences, dead, atStripe) = await Tell(story, chance: null, reconcile: true);

        Assert.Equal(story.Ends, ends);
        Assert.Equal(story.Ends.ProcessorMinor, atStripe);
        Assert.Equal([], differences);
        Assert.Equal([], dead);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_story_with_any_trouble_ends_as_without(string name)
    {
        var story = Stories.All.Single(story => story.Name == name);
        var calm = (await Tell(story, chance: null, reconcile: false)).Text;
        var wrong = new ConcurrentQueue<string>();
        int[] seeds = OnlySeed is { } only ? [only] : [.. Enumerable.Range(1, Seeds)];

        await Parallel.ForEachAsync(seeds, ChaosWorld.Cancellation, async (seed, _) =>
        {
            try
            {
                var (_, text, differences, dead, atStripe) = await Tell(story, new Random(seed), reconcile: seed % 50 == 1);
                if (text != calm) wrong.Enqueue($"seed {seed}:\n{text}\ninstead of\n{calm}");
                if (atStripe != story.Ends.ProcessorMinor) wrong.Enqueue($"seed {seed}: Stripe holds {atStripe}");
                foreach (var found in differences.Concat(dead)) wrong.Enqueue($"seed {seed}: {found}");
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                wrong.Enqueue($"seed {seed}: {e}");
            }
        });

        Assert.True(wrong.IsEmpty, $"{name}: {wrong.Count} of {seeds.Length} went wrong; the first with {wrong.FirstOrDefault()}");
    }

    private static async Task<Outcome> Tell(Story story, Random? chance, bool reconcile)
    {
        await using var world = new ChaosWorld();
        return (await Outcome.Of([world], [story], chance, reconcile)).Single();
    }
}
