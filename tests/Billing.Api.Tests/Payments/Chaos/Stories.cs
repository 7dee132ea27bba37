using Billing.StripeStandIn.Control;
using NodaTime;

namespace Billing.Api.Tests.Payments.Chaos;

/// <summary>Something that a client, a bank or the practice does.</summary>
/// <param name="After">How long after the step before.</param>
internal sealed record StoryStep(Duration After, Func<StoryTeller, Task> Tell);

/// <param name="Name">As the failure message names it.</param>
/// <param name="Ends">What the books must say in the end, by hand: due on the invoice, the client's credit, and what the processor
/// holds.</param>
internal sealed record Story(string Name, (long OpenMinor, long CreditMinor, long ProcessorMinor) Ends, params StoryStep[] Steps)
{
    public Setting Setting { get; init; }
}

/// <summary>What the steps of a story share.</summary>
internal sealed class StoryTeller(ChaosWorld world)
{
    public ChaosWorld World => world;

    public CheckoutControl Stripe => world.Stripe.Checkout;

    public string First { get; set; } = "";

    public string Second { get; set; } = "";

    /// <summary>Of a refund, a dispute or a credit note.</summary>
    public string Third { get; set; } = "";
}

/// <summary>Every story of a payment. Fees are the stand-in's: 2.9 % and 0.30 by card, 0.8 % by bank debit, 15.00 a dispute.</summary>
internal static partial class Stories
{
    private static readonly Duration Soon = Duration.FromMinutes(20), Later = Duration.FromDays(3);

    private static readonly StoryStep Clicks = Told(Soon, async t => t.First = await t.World.Click());
    private static readonly StoryStep Pays = Done(Soon, t => t.Stripe.Pay(t.First));
    private static readonly StoryStep PaysByBank = Done(Soon, t => t.Stripe.PayByBank(t.First));
    private static readonly StoryStep DisputesIt = Done(Later, t => t.Third = t.Stripe.Dispute(t.First));

    public static IReadOnlyList<Story> All { get; } =
    [
        new("success", (0, 0, 116_22), Clicks, Pays),
        new("declined, then a good card", (0, 0, 116_22), Clicks, Done(Soon, t => t.Stripe.Decline(t.First)), Pays),
        new("delayed success", (0, 0, 119_04), Clicks, PaysByBank, Done(Later, t => t.Stripe.SettleBank(t.First))),
        new("failure", (120_00, 0, 0), Clicks, PaysByBank, Done(Later, t => t.Stripe.FailBank(t.First))),
        new("failure, then success", (0, 0, 116_22),
            Clicks, PaysByBank, Done(Later, t => t.Stripe.FailBank(t.First)), Told(Later, ClicksAnew),
            Done(Soon, t => t.Stripe.Pay(t.Second))),
        new("paid by card and by hand", (0, 100_00, 116_22), Clicks, Told(Soon, PaysByHandAndCardAtOnce)),
        new("two sessions paid at once", (0, 120_00, 183_89), Clicks, Told(Soon, OpensAnother), Done(Soon, PaysBoth)),
        new("two sessions paid at once, one refunded at Stripe", (0, 50_00, 113_89),
            Clicks, Told(Soon, OpensAnother), Done(Soon, PaysBoth), Done(Later, t => t.Stripe.Refund(t.Second))),
        new("two sessions paid at once, the overpayment refunded", (0, 20_00, 83_89),
            Clicks, Told(Soon, OpensAnother), Done(Soon, PaysBoth), Told(Later, t => t.World.Refund(t.First, 100_00, number: 3))),
        new("refund", (120_00, 0, -3_78), Clicks, Pays, Told(Later, t => t.World.Refund(t.First, null, number: 3))),
        new("partial refunds", (50_01, 0, 66_21),
            Clicks, Pays, Told(Later, t => t.World.Refund(t.First, 20_01, number: 3)),
            Told(Later, t => t.World.Refund(t.First, 30_00, number: 4))),
        new("refund at Stripe that fails, paid by hand meanwhile", (0, 40_00, 116_22),
            Clicks, Pays, Done(Later, t => t.Third = t.Stripe.Refund(t.First, 40_00)), Told(Later, PaysFortyByHand),
            Done(Later, t => t.Stripe.FailRefund(t.Third))),
        new("refund to a bank that fails", (0, 0, 119_04),
            Clicks, PaysByBank, Done(Later, t => t.Stripe.SettleBank(t.First)),
            Done(Later, t => t.Third = t.Stripe.Refund(t.First, 33_33)), Done(Later, t => t.Stripe.FailRefund(t.Third))),
        new("credit note settled by a refund", (0, 0, 76_22),
            Clicks, Pays, Told(Later, async t => t.Third = $"{await t.World.Credit(40_00)}"),
            Told(Soon, t => t.World.Refund(t.First, null, number: 3, creditNote: Guid.Parse(t.Third)))),
        new("dispute lost", (120_00, 0, -18_78), Clicks, Pays, DisputesIt, Done(Later, t => t.Stripe.CloseDispute(t.Third, isWon: false))),
        new("dispute answered and won", (0, 0, 101_22),
            Clicks, Pays, DisputesIt, Done(Later, t => t.Stripe.AnswerDispute(t.Third)),
            Done(Later, t => t.Stripe.CloseDispute(t.Third, isWon: true))),
        new("dispute won in part", (70_00, 0, 31_22),
            Clicks, Pays, DisputesIt, Done(Later, t => t.Stripe.AnswerDispute(t.Third)),
            Done(Later, t => t.Stripe.CloseDispute(t.Third, isWon: true, wonMinor: 50_00))),
        new("dispute won after the client paid again", (0, 120_00, 101_22),
            Clicks, Pays, DisputesIt, Told(Later, PaysAllByHand), Done(Later, t => t.Stripe.CloseDispute(t.Third, isWon: true))),
        new("partial refund, the rest disputed and lost", (120_00, 0, -18_78),
            Clicks, Pays, Told(Later, t => t.World.Refund(t.First, 45_00, number: 3)), DisputesIt,
            Done(Later, t => t.Stripe.CloseDispute(t.Third, isWon: false))),
        new("enquiry that comes to nothing", (0, 0, 116_22),
            Clicks, Pays, Done(Later, t => t.Third = t.Stripe.Dispute(t.First, isInquiry: true)),
            Done(Later, t => t.Stripe.CloseDispute(t.Third, isWon: true))),
        new("paid out, then refunded", (20_00, 0, -20_00),
            Clicks, Pays, Done(Later, t => t.Third = t.World.StartPayout()), Done(Later, t => t.Stripe.ArrivePayout(t.Third)),
            Told(Later, t => t.World.Refund(t.First, 20_00, number: 3))),
        new("payout that fails", (0, 0, 116_22),
            Clicks, Pays, Done(Later, t => t.Third = t.World.StartPayout()), Done(Later, t => t.Stripe.ArrivePayout(t.Third)),
            Done(Later, t => t.Stripe.FailPayout(t.Third))),
        new("session expired, then another paid", (0, 0, 116_22),
            Clicks, Done(Soon, t => t.Stripe.Expire(t.First)), Told(Later, ClicksAnew), Done(Soon, t => t.Stripe.Pay(t.Second))),
        new("session expired while paying", (0, 120_00, 116_22), Clicks, Told(Soon, PaysByHandAndExpiresWhilePaying)),
        .. Collected, .. Deposits,
    ];

    private static async Task ClicksAnew(StoryTeller t) => t.Second = await t.World.Click();

    private static Task PaysAllByHand(StoryTeller t) => t.World.PayByHand(120_00);

    private static Task PaysFortyByHand(StoryTeller t) => t.World.PayByHand(40_00);

    /// <summary>The card before anybody knows of the transfer.</summary>
    private static async Task PaysByHandAndCardAtOnce(StoryTeller t)
    {
        t.Stripe.Pay(t.First);
        await t.World.PayByHand(100_00);
    }

    /// <summary>A part is paid by hand, so that the next click opens another session; Stripe fails to expire the first.</summary>
    private static async Task OpensAnother(StoryTeller t)
    {
        t.World.Stripe.Faults.Next(
            FaultKind.ServerErrorBeforeCommit, times: 1_000, "POST", $"/v1/checkout/sessions/{t.First}/expire");
        await t.World.PayByHand(50_00);
        t.Second = await t.World.Click();
    }

    private static void PaysBoth(StoryTeller t)
    {
        t.Stripe.Pay(t.First);
        t.Stripe.Pay(t.Second);
        t.World.Stripe.Faults.Clear();
    }

    /// <summary>The invoice is paid by hand, so that the session is to be expired; the client has just paid there.</summary>
    private static async Task PaysByHandAndExpiresWhilePaying(StoryTeller t)
    {
        t.World.Stripe.Faults.Next(
            FaultKind.ServerErrorBeforeCommit, times: 1_000, "POST", $"/v1/checkout/sessions/{t.First}/expire");
        await t.World.PayByHand(120_00);
        await t.World.Try(t.World.Sweep);
        t.Stripe.Pay(t.First);
        t.World.Stripe.Faults.Clear();
    }

    private static StoryStep Told(Duration after, Func<StoryTeller, Task> tell) => new(after, tell);

    private static StoryStep Done(Duration after, Action<StoryTeller> tell) => new(after, teller =>
    {
        tell(teller);
        return Task.CompletedTask;
    });
}
