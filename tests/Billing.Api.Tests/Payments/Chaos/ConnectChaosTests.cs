using System.Collections.Concurrent;
using NodaTime;

namespace Billing.Api.Tests.Payments.Chaos;

/// <summary>Two practices with an account each in one installation: whatever happens, each ends as if it were alone and in peace.</summary>
public sealed class ConnectChaosTests
{
    private const string AccountOne = "acct_chaos1", AccountTwo = "acct_chaos2";

    /// <summary>Told at once, by both practices. No fault that one of them makes is meant for the other.</summary>
    private static readonly (string One, string Other)[] Pairs =
    [
        ("success", "delayed success"),
        ("refund", "partial refunds"),
        ("dispute answered and won", "dispute lost"),
        ("paid out, then refunded", "payout that fails"),
        ("collected by bank debit, delayed", "bank debit bounces, then collected"),
        ("collection declined, then success", "authentication required, then paid at the checkout"),
        ("deposit, partly refunded", "credit note settled by a refund"),
        ("agreed at a checkout", "a checkout is open when it is collected"),
        ("session expired, then another paid", "collected, then disputed and lost: not collected again"),
    ];

    public static TheoryData<string, string> Names
    {
        get
        {
            var names = new TheoryData<string, string>();
            foreach (var (one, other) in Pairs) names.Add(one, other);
            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Two_practices_with_any_trouble_end_as_each_alone_without(string one, string other)
    {
        Story[] stories = [StoryOf(one), StoryOf(other)];
        string[] calm = [await AloneAndCalm(stories[0]), await AloneAndCalm(stories[1])];
        await Check(stories, calm, chance: null, reconcile: true);
        var wrong = new ConcurrentQueue<string>();
        int[] seeds = ChaosTests.OnlySeed is { } only ? [only] : [.. Enumerable.Range(1, ChaosTests.Seeds)];
        await Parallel.ForEachAsync(seeds, ChaosWorld.Cancellation, async (seed, _) =>
        {
            try
            {
                await Check(stories, calm, new Random(seed), reconcile: seed % 50 == 1);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                wrong.Enqueue($"seed {seed}: {e}");
            }
        });
        Assert.True(wrong.IsEmpty, $"{one} and {other}: {wrong.Count} of {seeds.Length} went wrong; the first with {wrong.FirstOrDefault()}");
    }

    /// <summary>No webhook comes at all, and one account is out of reach: the other heals without it.</summary>
    [Fact]
    public async Task An_account_that_is_out_of_reach_keeps_no_other_from_healing_and_heals_when_it_is_back()
    {
        Story[] stories = [StoryOf("refund"), StoryOf("success")];
        await using var installation = new ChaosInstallation(AccountOne, AccountTwo);
        var worlds = Worlds(installation);
        foreach (var world in worlds) await world.Open();
        string[] sessions = [await worlds[0].Click(), await worlds[1].Click()];
        foreach (var session in sessions) installation.Stripe.Checkout.Pay(session);
        installation.Now += Duration.FromDays(3);
        installation.Stripe.Connect.Revoke(AccountOne);
        installation.Stripe.Checkout.Refund(sessions[0]);

        await new ChaosRun(worlds, chance: null).Heal();
        var meanwhile = await Outcome.Of(worlds, reconcile: true);
        Assert.Equal((120_00, 0, 0), meanwhile[0].Ends);
        Assert.Equal(stories[1].Ends, meanwhile[1].Ends);
        Assert.Empty(meanwhile[0].Dead);

        installation.Stripe.Connect.GiveBack(AccountOne);
        await new ChaosRun(worlds, chance: null).Heal();
        var healed = await Outcome.Of(worlds, reconcile: true);
        Assert.Equal(stories.Select(story => story.Ends), healed.Select(outcome => outcome.Ends));
        Assert.Equal(stories.Select(story => story.Ends.ProcessorMinor), healed.Select(outcome => outcome.AtStripe));
        Assert.Empty(healed.SelectMany(outcome => outcome.Dead.Concat(outcome.Differences)));
    }

    private static async Task Check(Story[] stories, string[] calm, Random? chance, bool reconcile)
    {
        await using var installation = new ChaosInstallation(AccountOne, AccountTwo);
        var outcomes = await Outcome.Of(Worlds(installation), stories, chance, reconcile);
        Assert.Equal(calm, outcomes.Select(outcome => outcome.Text));
        Assert.Equal(stories.Select(story => story.Ends), outcomes.Select(outcome => outcome.Ends));
        Assert.Equal(stories.Select(story => story.Ends.ProcessorMinor), outcomes.Select(outcome => outcome.AtStripe));
        Assert.Equal(0, installation.Stripe.Checkout.BalanceMinor("usd"));
        Assert.Empty(outcomes.SelectMany(outcome => outcome.Differences.Concat(outcome.Dead)));
    }

    /// <summary>In an installation of its own, with no account but that one's.</summary>
    private static async Task<string> AloneAndCalm(Story story)
    {
        await using var world = new ChaosWorld();
        return (await Outcome.Of([world], [story], chance: null, reconcile: false)).Single().Text;
    }

    private static ChaosWorld[] Worlds(ChaosInstallation installation) =>
        [new ChaosWorld(installation, 1, AccountOne), new ChaosWorld(installation, 2, AccountTwo)];

    private static Story StoryOf(string name) => Stories.All.Single(story => story.Name == name);
}
