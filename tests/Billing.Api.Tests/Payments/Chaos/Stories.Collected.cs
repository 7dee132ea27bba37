using Billing.StripeStandIn.Control;
using NodaTime;

namespace Billing.Api.Tests.Payments.Chaos;

/// <content>Charges to what a client agreed to keep, and money ahead of work.</content>
internal static partial class Stories
{
    private static Duration Week => Duration.FromDays(8);

    private static Story[] Collected =>
    [
        new("agreed at a checkout", (0, 0, 116_22), Told(Soon, async t => t.First = await t.World.Click(agrees: true)), Pays),
        new("agreed at a second checkout", (0, 0, 116_22),
            Clicks, Told(Soon, async t => t.First = await t.World.Click(agrees: true)), Pays),
        new("collected", (0, 0, 116_22), Collects(1)) { Setting = Setting.Collects },
        new("collected, killed between", (0, 0, 116_22), Told(Soon, t => t.World.BeginToCollect())) { Setting = Setting.Collects },
        new("collection declined, then success", (0, 0, 116_22),
            Told(Soon, t => CollectsWith(t, OffSessionOutcome.Declined)), Collects(2, Later)) { Setting = Setting.Collects },
        new("collection declined for good", (120_00, 0, 0),
            Told(Soon, t => CollectsWith(t, OffSessionOutcome.DeclinedForGood)), InVain("collection-given-up", Later))
        {
            Setting = Setting.Collects,
        },
        new("collected by bank debit, delayed", (0, 0, 119_04), Collects(1), Done(Later, SettlesCharge))
        {
            Setting = Setting.CollectsByBank,
        },
        new("bank debit bounces, then collected", (0, 0, 119_04),
            Collects(1), Done(Later, t => t.World.Stripe.SavedMethods.Bounce(t.World.LastCharge)),
            Told(Soon, t => t.World.UntilFailed(1)), Collects(2, Later), Done(Later, SettlesCharge))
        {
            Setting = Setting.CollectsByBank,
        },
        new("authentication required, then paid at the checkout", (0, 0, 116_22),
            Told(Soon, t => CollectsWith(t, OffSessionOutcome.AuthenticationRequired)), InVain("collection-given-up", Later), Clicks, Pays)
        {
            Setting = Setting.Collects,
        },
        new("a checkout is open when it is collected", (0, 0, 116_22), Clicks, Collects(1, Later)) { Setting = Setting.Collects },
        new("paid at the checkout before it is collected", (0, 0, 116_22), Clicks, Pays, InVain("invoice-already-paid", Soon))
        {
            Setting = Setting.Collects,
        },
        new("collected in instalments", (0, 0, 115_92),
            InVain("collection-not-due", Soon), Collects(1, Week), InVain("collection-not-due", Soon), Collects(2, Week))
        {
            Setting = Setting.CollectsInstalments,
        },
        new("an instalment declined, then collected with the next", (0, 0, 116_22),
            Told(Week, t => CollectsWith(t, OffSessionOutcome.Declined)), Collects(2, Week))
        {
            Setting = Setting.CollectsInstalments,
        },
        new("an instalment paid by hand when it is to be collected", (0, 0, 67_67),
            Told(Week, t => t.World.PayByHand(50_00)), InVain("collection-not-due", Soon), Collects(1, Week))
        {
            Setting = Setting.CollectsInstalments,
        },
        new("collected, then disputed and lost: not collected again", (120_00, 0, -18_78),
            Clicks, Pays, DisputesIt, Done(Later, t => t.Stripe.CloseDispute(t.Third, isWon: false)), InVain("collection-given-up", Later))
        {
            Setting = Setting.Collects,
        },
    ];

    private static Story[] Deposits =>
    [
        new("deposit", (0, 0, 116_22), Clicks, Pays) { Setting = Setting.Deposit },
        new("deposit, partly refunded", (50_00, 0, 66_22), Clicks, Pays, Told(Later, t => t.World.Refund(t.First, 50_00, number: 3)))
        {
            Setting = Setting.Deposit,
        },
        new("deposit disputed, answered and won", (0, 0, 101_22),
            Clicks, Pays, DisputesIt, Done(Later, t => t.Stripe.AnswerDispute(t.Third)),
            Done(Later, t => t.Stripe.CloseDispute(t.Third, isWon: true)))
        {
            Setting = Setting.Deposit,
        },
        new("retainer topped up by itself", (0, 0, 116_22), Collects(1)) { Setting = Setting.CollectsDeposits },
    ];

    private static StoryStep Collects(int number, Duration? after = null) => Told(after ?? Soon, t => t.World.Collect(number));

    private static StoryStep InVain(string why, Duration after) => Told(after, t => t.World.CollectInVain(why));

    private static Task CollectsWith(StoryTeller t, OffSessionOutcome outcome)
    {
        t.World.Stripe.SavedMethods.Next(outcome, accountId: t.World.Account);
        return t.World.Collect(1);
    }

    private static void SettlesCharge(StoryTeller t) =>
        t.World.Stripe.SavedMethods.Settle(t.World.LastCharge);
}
