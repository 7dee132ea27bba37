using Billing.StripeStandIn.Control;
using Billing.StripeStandIn.Webhooks;
using NodaTime;

namespace Billing.Api.Tests.Payments.Chaos;

/// <summary>
/// Tells one story once. Between its steps webhooks arrive twice, late, in any order or never, Stripe is not to be reached, and the
/// server dies in the middle of whatever it does. In the end all that is needed to heal comes to pass: time, and the list of what
/// happened at Stripe.
/// </summary>
/// <param name="chance">Null for no trouble at all: every webhook comes once and at once.</param>
internal sealed class ChaosRun(ChaosWorld world, Random? chance)
{
    private const int MostRounds = 40;
    private static readonly Duration LongerThanAnyBackoff = Duration.FromHours(9);
    private readonly List<string> _lost = [];
    private Instant _scheduled = world.Now;
    private int _heard;

    public async Task Tell(Story story)
    {
        var teller = new StoryTeller(world);
        foreach (var step in story.Steps)
        {
            if (chance is not null) await MakeTrouble(chance, step.After / 8);
            world.Now = _scheduled += step.After;
            if (chance?.Next(3) == 0) world.Fuse.Light(chance.Next(1, 25));
            await step.Tell(teller);
            if (chance is null) await HearAll();
        }
        if (chance is not null) await MakeTrouble(chance, Duration.FromMinutes(5));
        world.Fuse.Renew();
        world.Stripe.Faults.Clear();
        await Heal();
    }

    /// <summary>Lets time pass and everything be done until nothing changes any more.</summary>
    public async Task Heal()
    {
        for (var round = 0; ; round++)
        {
            Assert.True(round < MostRounds, "The books find no rest.");
            var before = await world.Store.HeadPosition(ChaosWorld.Cancellation);
            world.Now += LongerThanAnyBackoff;
            await world.Try(server => server.Events.CatchUp(ChaosWorld.Cancellation));
            await world.Try(server => server.Worker.WorkOff(ChaosWorld.Cancellation));
            await world.Try(world.Sweep);
            var due = 0;
            await world.Try(server =>
            {
                due = server.Inbox.Due;
                return Task.CompletedTask;
            });
            if (due == 0 && await world.Store.HeadPosition(ChaosWorld.Cancellation) == before) return;
        }
    }

    /// <summary>Sends everything once more, as Stripe's dashboard can.</summary>
    public async Task RepeatAll()
    {
        foreach (var id in world.Stripe.Webhooks.Deliveries.Select(delivery => delivery.EventId)) await Deliver(id);
    }

    private async Task HearAll()
    {
        var sent = world.Stripe.Webhooks.Deliveries.Select(delivery => delivery.EventId).ToList();
        foreach (var id in sent.Skip(_heard)) await Deliver(id);
        _heard = sent.Count;
        await world.Try(server => server.Worker.WorkOff(ChaosWorld.Cancellation));
        await world.Try(world.Sweep);
    }

    private async Task MakeTrouble(Random chance, Duration atMostEach)
    {
        for (var times = chance.Next(7); times > 0; times--)
        {
            if (chance.Next(4) == 0) world.Fuse.Light(chance.Next(12));
            await (chance.Next(10) switch
            {
                0 or 1 or 2 => DeliverSome(chance),
                3 or 4 or 5 => world.Try(server => server.Worker.WorkOff(ChaosWorld.Cancellation)),
                6 => world.Try(world.Sweep),
                7 => ListEvents(),
                8 => LoseOneOrFail(chance),
                _ => Pass(atMostEach * chance.NextDouble()),
            });
        }
    }

    private async Task DeliverSome(Random chance)
    {
        var sent = world.Stripe.Webhooks.Deliveries.Select(delivery => delivery.EventId).Except(_lost).ToArray();
        if (sent.Length == 0) return;
        foreach (var id in chance.GetItems(sent, chance.Next(1, 6))) await Deliver(id);
    }

    private Task<bool> Deliver(string eventId) => world.Try(server =>
    {
        SignedWebhook webhook = world.Stripe.Webhooks.Signed(eventId);
        server.TakeWebhook(webhook.Body, webhook.Signature);
        return Task.CompletedTask;
    });

    private Task<bool> ListEvents() => world.Try(async server =>
    {
        try
        {
            await server.Events.CatchUp(ChaosWorld.Cancellation);
        }
        catch (global::Stripe.StripeException)
        {
            // The next time lists them too.
        }
    });

    private Task LoseOneOrFail(Random chance)
    {
        switch (chance.Next(6))
        {
            case 0:
                world.Kill();
                break;
            case 1:
                world.Stripe.Faults.Next(FaultKind.RateLimited, chance.Next(1, 4), "GET");
                break;
            case 2:
                world.Stripe.Faults.Next(FaultKind.ConnectionLostAfterCommit, 1, "POST", "/v1/refunds");
                break;
            case 3:
                world.Stripe.Faults.Next(FaultKind.ConnectionLostAfterCommit, 1, "POST", "/v1/payment_intents");
                break;
            case 4:
                world.Stripe.Faults.Next(FaultKind.ServerErrorAfterCommit, 1, "POST", "/v1/payment_intents");
                break;
            default:
                var sent = world.Stripe.Webhooks.Deliveries.Select(delivery => delivery.EventId).Except(_lost).ToArray();
                if (sent.Length > 0) _lost.Add(sent[chance.Next(sent.Length)]);
                break;
        }
        return Task.CompletedTask;
    }

    private Task Pass(Duration time)
    {
        world.Now += time;
        return Task.CompletedTask;
    }
}
