using Billing.StripeStandIn.Control;
using NodaTime;

namespace Billing.Api.Tests.Payments.Chaos;

/// <summary>
/// Tells the stories of an installation's practices once, each by its own times. Between their steps webhooks arrive twice, late, in
/// any order or never, Stripe is not to be reached, and the server dies in the middle of whatever it does. In the end all that is
/// needed to heal comes to pass: time, and the list of what happened at Stripe.
/// </summary>
/// <param name="chance">Null for no trouble at all: every webhook comes once and at once.</param>
internal sealed class ChaosRun(IReadOnlyList<ChaosWorld> worlds, Random? chance)
{
    private const int MostRounds = 40;
    private static readonly Duration LongerThanAnyBackoff = Duration.FromHours(9);
    private readonly ChaosInstallation _installation = worlds[0].Installation;
    private readonly List<string> _lost = [];
    private int _heard;

    public ChaosRun(ChaosWorld world, Random? chance) : this([world], chance)
    {
    }

    /// <param name="stories">One for each practice.</param>
    public async Task Tell(params IReadOnlyList<Story> stories)
    {
        var tellers = worlds.Select(world => new StoryTeller(world)).ToList();
        foreach (var (due, step, of) in InTheirOrder(stories))
        {
            if (chance is not null) await MakeTrouble(chance, (due - _installation.Now) / 8);
            _installation.Now = due;
            if (chance?.Next(3) == 0) _installation.Fuse.Light(chance.Next(1, 25));
            await step.Tell(tellers[of]);
            if (chance is null) await HearAll();
        }
        if (chance is not null) await MakeTrouble(chance, Duration.FromMinutes(5));
        _installation.Fuse.Renew();
        _installation.Stripe.Faults.Clear();
        await Heal();
    }

    /// <summary>Lets time pass and everything be done until nothing changes any more.</summary>
    public async Task Heal()
    {
        for (var round = 0; ; round++)
        {
            Assert.True(round < MostRounds, "The books find no rest.");
            var before = await _installation.Store.HeadPosition(ChaosWorld.Cancellation);
            _installation.Now += LongerThanAnyBackoff;
            await _installation.Try(server => server.Worker.LookAtAccounts(ChaosWorld.Cancellation));
            await _installation.Try(server => server.Worker.WorkOff(ChaosWorld.Cancellation));
            await Sweep();
            var due = 0;
            await _installation.Try(server =>
            {
                due = server.Inbox.Due;
                return Task.CompletedTask;
            });
            if (due == 0 && await _installation.Store.HeadPosition(ChaosWorld.Cancellation) == before) return;
        }
    }

    /// <summary>Sends everything once more, as Stripe's dashboard can.</summary>
    public async Task RepeatAll()
    {
        foreach (var id in _installation.Stripe.Webhooks.Deliveries.Select(delivery => delivery.EventId)) await Deliver(id);
    }

    private IEnumerable<(Instant Due, StoryStep Step, int Of)> InTheirOrder(IReadOnlyList<Story> stories)
    {
        var steps = new List<(Instant Due, StoryStep Step, int Of)>();
        for (var of = 0; of < stories.Count; of++)
        {
            var due = _installation.Now;
            foreach (var step in stories[of].Steps) steps.Add((due += step.After, step, of));
        }
        return steps.OrderBy(step => step.Due);
    }

    private async Task Sweep()
    {
        foreach (var world in worlds) await _installation.Try(world.Sweep);
    }

    private async Task HearAll()
    {
        var sent = _installation.Stripe.Webhooks.Deliveries.Select(delivery => delivery.EventId).ToList();
        foreach (var id in sent.Skip(_heard)) await Deliver(id);
        _heard = sent.Count;
        await _installation.Try(server => server.Worker.WorkOff(ChaosWorld.Cancellation));
        await Sweep();
    }

    private async Task MakeTrouble(Random chance, Duration atMostEach)
    {
        for (var times = chance.Next(7); times > 0; times--)
        {
            if (chance.Next(4) == 0) _installation.Fuse.Light(chance.Next(12));
            await (chance.Next(10) switch
            {
                0 or 1 or 2 => DeliverSome(chance),
                3 or 4 or 5 => _installation.Try(server => server.Worker.WorkOff(ChaosWorld.Cancellation)),
                6 => Sweep(),
                7 => _installation.Try(server => server.Worker.LookAtAccounts(ChaosWorld.Cancellation)),
                8 => LoseOneOrFail(chance),
                _ => Pass(atMostEach * chance.NextDouble()),
            });
        }
    }

    private async Task DeliverSome(Random chance)
    {
        var sent = _installation.Stripe.Webhooks.Deliveries.Select(delivery => delivery.EventId).Except(_lost).ToArray();
        if (sent.Length == 0) return;
        foreach (var id in chance.GetItems(sent, chance.Next(1, 6))) await Deliver(id);
    }

    private Task<bool> Deliver(string eventId) => _installation.Try(server =>
    {
        server.TakeWebhook(_installation.Stripe.Webhooks.Signed(eventId));
        return Task.CompletedTask;
    });

    private Task LoseOneOrFail(Random chance)
    {
        var faults = _installation.Stripe.Faults;
        switch (chance.Next(6))
        {
            case 0:
                _installation.Kill();
                break;
            case 1:
                faults.Next(FaultKind.RateLimited, chance.Next(1, 4), "GET");
                break;
            case 2:
                faults.Next(FaultKind.ConnectionLostAfterCommit, 1, "POST", "/v1/refunds");
                break;
            case 3:
                faults.Next(FaultKind.ConnectionLostAfterCommit, 1, "POST", "/v1/payment_intents");
                break;
            case 4:
                faults.Next(FaultKind.ServerErrorAfterCommit, 1, "POST", "/v1/payment_intents");
                break;
            default:
                var sent = _installation.Stripe.Webhooks.Deliveries.Select(delivery => delivery.EventId).Except(_lost).ToArray();
                if (sent.Length > 0) _lost.Add(sent[chance.Next(sent.Length)]);
                break;
        }
        return Task.CompletedTask;
    }

    private Task Pass(Duration time)
    {
        _installation.Now += time;
        return Task.CompletedTask;
    }
}
