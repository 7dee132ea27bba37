namespace Billing.Api.Tests.Payments.Chaos;

/// <summary>How a practice's story ended.</summary>
/// <param name="Ends">Due on the invoice, the client's credit, and what the processor holds.</param>
/// <param name="Text">All that the books say.</param>
/// <param name="Differences">By every read model and document.</param>
/// <param name="Dead">What could not be worked off, of all practices of the installation.</param>
/// <param name="AtStripe">What the practice's account at Stripe holds.</param>
internal sealed record Outcome(
    (long OpenMinor, long CreditMinor, long ProcessorMinor) Ends, string Text, IReadOnlyList<string> Differences,
    IReadOnlyList<string> Dead, long AtStripe)
{
    /// <summary>Tells each practice of an installation its story, and then everything once more, which must change nothing.</summary>
    public static async Task<IReadOnlyList<Outcome>> Of(
        IReadOnlyList<ChaosWorld> worlds, IReadOnlyList<Story> stories, Random? chance, bool reconcile)
    {
        foreach (var (world, story) in worlds.Zip(stories)) await world.Open(story.Setting);
        var run = new ChaosRun(worlds, chance);
        await run.Tell(stories);
        var store = worlds[0].Store;
        var head = await store.HeadPosition(ChaosWorld.Cancellation);
        await run.RepeatAll();
        await run.Heal();
        Assert.Equal(head, await store.HeadPosition(ChaosWorld.Cancellation));
        return await Of(worlds, reconcile);
    }

    /// <summary>As the books stand now.</summary>
    public static async Task<IReadOnlyList<Outcome>> Of(IReadOnlyList<ChaosWorld> worlds, bool reconcile)
    {
        List<string> dead = [];
        await worlds[0].Try(server =>
        {
            dead.AddRange(server.Inbox.Dead.Select(letter => $"{letter.Type} is a dead letter: {letter.Why}"));
            return Task.CompletedTask;
        });
        var outcomes = new List<Outcome>();
        foreach (var world in worlds)
        {
            var book = await Books.Fold(world);
            outcomes.Add(new Outcome(
                Books.Ends(world, book), Books.Text(world, book, await world.CollectionNow()),
                reconcile ? await Books.Differences(world, book) : [], dead, world.Stripe.Checkout.BalanceMinor("usd", world.Account)));
        }
        return outcomes;
    }
}
