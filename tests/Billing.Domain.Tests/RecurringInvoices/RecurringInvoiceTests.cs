using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Invoicing;
using Billing.Domain.RecurringInvoices;
using Billing.Domain.Retainers;
using Billing.Domain.Values;
using CsCheck;
using NodaTime;
using static Billing.Domain.RecurringInvoices.RecurringInvoiceEvent;

namespace Billing.Domain.Tests.RecurringInvoices;

public sealed class RecurringInvoiceTests
{
    private static readonly Guid Id = Number(1), Acme = Number(2), Inbox = Number(3), Elsewhere = Number(4), Hours = Number(5);
    private static readonly Instant Now = Instant.FromUtc(2026, 4, 10, 9, 0), Later = Now + Duration.FromDays(1);
    private static readonly LocalDate March1 = new(2026, 3, 1), April1 = new(2026, 4, 1), May1 = new(2026, 5, 1), June1 = new(2026, 6, 1);
    private static readonly LocalDate Today = new(2026, 4, 10);

    private static readonly BillingCycle Monthly = new(BillingCycle.Monthly, 1, [1], [], March1);

    private static readonly RecurringInvoiceSet Set = new(
        Id, Acme, null, "Acme monthly", Monthly, March1, null, null, false, true, true, null, "USD", [], [], "For {month}", "finalize", Now);

    private static readonly SetRecurringInvoice Wish = new(
        Id, Acme, null, "Acme monthly", new BillingCycle(BillingCycle.Monthly, 1, [], [], null), March1, null, null, false, true, true, null,
        [], "For {month}", "finalize", IsNew: true, Now);

    private static readonly PeriodInvoiced March = new(March1, April1, Number(20), null, Now);

    private static readonly RecurringSurroundings Around = new(
        (BusinessState.Open)Business.Stream.Fold([new BusinessEvent.BusinessOpened(Number(9), "P", "America/New_York", "USD", Now)]),
        Client.Stream.Fold([new ClientEvent.ClientAdded(Acme, "Acme", null, [], "USD", null, Now)]),
        Engagement.Stream.Initial, Retainer.Stream.Initial);

    [Fact]
    public void Is_set_once_with_what_the_cycle_leaves_open_filled_in()
    {
        IsSet(Decide([], Wish), Set);
        Decide([Set], Wish).ThenNothing();
        Decide([Set], Wish with { Name = "Other" }).ThenRefused("id-taken", "/id");
        Decide([], Wish with { IsNew = false }).ThenRefused("recurring-invoice-unknown");
    }

    [Fact]
    public void A_change_holds_from_the_next_period_on()
    {
        var weekly = new BillingCycle(BillingCycle.Weeks, 1, [], [], null);
        IsSet(Decide([Set, March], Wish with { IsNew = false, Cycle = weekly }), Set with { Cycle = weekly with { Anchor = April1 } });
        var state = Fold(Set, March, Set with { Cycle = weekly with { Anchor = April1 } });
        Assert.Equal((April1, new LocalDate(2026, 4, 8)), (state.Next!.From, state.Next.EndExclusive));
        Assert.Equal(2, state.Next.Number);
        // Its first day is behind it, and does not matter any more however long ago it was.
        var old = Set with { FirstDay = March1.PlusYears(-3) };
        IsSet(
            Decide([old, March], Wish with { IsNew = false, FirstDay = old.FirstDay }),
            old with { Cycle = Monthly with { Anchor = April1 } });
        Decide([Set], Wish with { IsNew = false, ClientId = Number(7) }, Around with
        {
            Client = Client.Stream.Fold([new ClientEvent.ClientAdded(Number(7), "B", null, [], "USD", null, Now)]),
        }).ThenRefused("client-fixed", "/clientId");
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Decide([], Wish with { Name = " " }).ThenRefused("text-missing", "/name");
        Decide([], Wish with { Mode = "print" }).ThenRefused("recurring-mode-unknown", "/mode");
        Decide([], Wish with { BillsTime = false, BillsExpenses = false }).ThenRefused("recurring-bills-nothing", "/fees");
        Decide([], Wish with { FirstDay = Today.PlusDays(-367) }).ThenRefused("first-day-implausible", "/firstDay");
        Decide([], Wish with { FirstDay = Today.PlusDays(1831) }).ThenRefused("first-day-implausible", "/firstDay");
        Decide([], Wish with { LastDay = March1.PlusDays(-1) }).ThenRefused("recurrence-ends-early", "/lastDay");
        Decide([], Wish with { Count = 0 }).ThenRefused("count-out-of-range", "/count");
        Decide([], Wish with { Note = "{weather}" }).ThenRefused("placeholder-unknown", "/note");
        Decide([], Wish with { Fees = [new FeeWish("{month", Usd(0), null)] }).ThenRefused("amount-not-positive", "/fees/0/amount");
        Decide([], Wish with { Fees = [new FeeWish(new string('a', 180) + "{month}", Usd(1), null)] })
            .ThenRefused("text-too-long", "/fees/0/description");
        Decide([], Wish, Around with { Client = Client.Stream.Initial }).ThenRefused("client-unknown", "/clientId");
        Decide([], Wish with { EngagementId = Inbox }).ThenRefused("engagement-unknown", "/engagementId");
        Decide([], Wish with { EngagementId = Elsewhere }, Around with
        {
            Engagement = Engagement.Stream.Fold([new EngagementEvent.EngagementAgreed(Elsewhere, Number(8), "USD", "Else", Now)]),
        }).ThenRefused("engagement-of-other-client", "/engagementId");
        Decide([], Wish with { FeeRetainerId = Hours }).ThenRefused("retainer-unknown", "/feeRetainerId");
        Decide([], Wish with { FeeRetainerId = Hours }, Around with
        {
            Retainer = Retainer.Stream.Fold([new RetainerEvent.RetainerAgreed(Hours, Acme, "USD", "Money", [], Now)]),
        }).ThenRefused("retainer-without-fee", "/feeRetainerId");
    }

    [Fact]
    public void A_period_is_done_once_and_only_when_its_day_has_come()
    {
        var note = new NotePeriod(March1, Number(20), null, Now);
        Given(Set).When(s => RecurringInvoice.Decide(s, note, Today)).Then(March);
        Given(Set, March).When(s => RecurringInvoice.Decide(s, note, Today)).ThenNothing();
        Given(Set, March).When(s => RecurringInvoice.Decide(s, note with { From = April1 }, Today)).ThenRefused("period-not-due", "/from");
        Given(Set, March).When(s => RecurringInvoice.Decide(s, note with { From = April1 }, May1))
            .Then(March with { From = April1, EndExclusive = May1 });
        Given(Set).When(s => RecurringInvoice.Decide(s, note with { From = April1 }, June1)).ThenRefused("period-not-next", "/from");
        Given().When(s => RecurringInvoice.Decide(s, note, Today)).ThenRefused("recurring-invoice-unknown");
        Given(Set, new RecurringInvoicePaused(Now)).When(s => RecurringInvoice.Decide(s, note, Today))
            .ThenRefused("recurring-invoice-paused");
    }

    [Fact]
    public void A_period_without_anything_to_bill_is_skipped_and_says_so() => Given(Set)
        .When(s => RecurringInvoice.Decide(s, new NotePeriod(March1, null, null, Now), Today))
        .Then(new PeriodSkipped(March1, April1, WhySkipped.Empty, Now));

    [Fact]
    public void The_next_period_can_be_skipped_and_no_other()
    {
        var skip = new SkipPeriod(March1, Now);
        Given(Set).When(s => RecurringInvoice.Decide(s, skip)).Then(new PeriodSkipped(March1, April1, WhySkipped.ByHand, Now));
        Given(Set, new PeriodSkipped(March1, April1, WhySkipped.ByHand, Now)).When(s => RecurringInvoice.Decide(s, skip)).ThenNothing();
        Given(Set, March).When(s => RecurringInvoice.Decide(s, skip)).ThenRefused("period-invoiced", "/from");
        Given(Set).When(s => RecurringInvoice.Decide(s, new SkipPeriod(April1, Now))).ThenRefused("period-not-next", "/from");
    }

    [Fact]
    public void While_it_is_paused_periods_pass_unless_they_are_caught_up_with()
    {
        RecurringInvoiceEvent[] paused = [Set, new RecurringInvoicePaused(Now)];
        Given(paused).When(s => RecurringInvoice.Decide(s, new PauseRecurringInvoice(Later))).ThenNothing();
        Given(paused).When(s => RecurringInvoice.Decide(s, new ResumeRecurringInvoice(CatchUp: false, Later), new LocalDate(2026, 5, 2)))
            .Then(
                new PeriodSkipped(March1, April1, WhySkipped.Paused, Later), new PeriodSkipped(April1, May1, WhySkipped.Paused, Later),
                new RecurringInvoiceResumed(Later));
        // A period whose day is today is still to be invoiced.
        Given(paused).When(s => RecurringInvoice.Decide(s, new ResumeRecurringInvoice(CatchUp: false, Later), May1))
            .Then(new PeriodSkipped(March1, April1, WhySkipped.Paused, Later), new RecurringInvoiceResumed(Later));
        Given(paused).When(s => RecurringInvoice.Decide(s, new ResumeRecurringInvoice(CatchUp: true, Later), new LocalDate(2026, 5, 2)))
            .Then(new RecurringInvoiceResumed(Later));
        Given(Set).When(s => RecurringInvoice.Decide(s, new ResumeRecurringInvoice(CatchUp: false, Later), June1)).ThenNothing();
    }

    [Fact]
    public void Ended_it_has_no_further_period()
    {
        Given(Set).When(s => RecurringInvoice.Decide(s, new EndRecurringInvoice(Later))).Then(new RecurringInvoiceEnded(Later));
        RecurringInvoiceEvent[] ended = [Set, new RecurringInvoiceEnded(Now)];
        Assert.Null(Fold(ended).Next);
        Given(ended).When(s => RecurringInvoice.Decide(s, new EndRecurringInvoice(Later))).ThenNothing();
        Given(ended).When(s => RecurringInvoice.Decide(s, new PauseRecurringInvoice(Later))).ThenRefused("recurring-invoice-ended");
        Decide(ended, Wish with { IsNew = false, Name = "Other" }).ThenRefused("recurring-invoice-ended");
        Given(ended).When(s => RecurringInvoice.Decide(s, new NotePeriod(March1, Number(20), null, Now), Today))
            .ThenRefused("period-not-next", "/from");
    }

    /// <summary>Whatever is changed, skipped, paused and resumed in between, and however often a day's run is repeated.</summary>
    [Fact]
    public void The_periods_of_a_life_follow_each_other_without_gap_or_overlap_and_each_is_done_once() => Gen.Select(
        Gen.Int[0, 6], Gen.Int[0, 60], Gen.Int[0, 3]).List[1, 40].Sample(steps =>
        {
            var (state, today) = (Fold(Set), March1);
            foreach (var (what, days, which) in steps)
            {
                today = today.PlusDays(days);
                Decision<RecurringInvoiceEvent> decision = what switch
                {
                    0 => RecurringInvoice.Decide(state, new SkipPeriod(state.NextFrom, Now)),
                    1 => RecurringInvoice.Decide(state, new PauseRecurringInvoice(Now)),
                    2 => RecurringInvoice.Decide(state, new ResumeRecurringInvoice(which == 0, Now), today),
                    3 => RecurringInvoice.Decide(
                        state, Wish with { IsNew = false, Cycle = Others[which], InAdvance = days % 2 == 0 }, Around),
                    _ => Run(state, today),
                };
                if (decision is Decision<RecurringInvoiceEvent>.Accepted accepted)
                    state = accepted.Events.Aggregate(state, RecurringInvoice.Evolve);
                if (what < 4) continue;
                // The same run again finds that period done.
                if (state.Done.IsEmpty) continue;
                var again = RecurringInvoice.Decide(state, new NotePeriod(state.Done[^1].From, Number(21), null, Now), today);
                Assert.Empty(Assert.IsType<Decision<RecurringInvoiceEvent>.Accepted>(again).Events);
            }
            var from = March1;
            foreach (var done in state.Done)
            {
                Assert.Equal(from, done.From);
                Assert.True(done.EndExclusive > done.From);
                from = done.EndExclusive;
            }
            Assert.Equal(from, state.NextFrom);
        }, iter: 500);

    private static readonly BillingCycle[] Others =
    [
        Monthly with { Anchor = null, DaysOfMonth = [31] }, new(BillingCycle.Weeks, 2, [], [], null),
        new(BillingCycle.SemiMonthly, 1, [], [], null), new(BillingCycle.Days, 10, [], [], null),
    ];

    /// <summary>Clocks change within the night before, at midnight itself, or not at all.</summary>
    [Theory]
    [InlineData("America/New_York", "2026-03-08T04:59:59Z", 8, 3)]
    [InlineData("America/New_York", "2026-03-09T03:59:59Z", 9, 3)]
    [InlineData("America/New_York", "2026-11-01T03:59:59Z", 1, 11)]
    [InlineData("America/New_York", "2026-11-02T04:59:59Z", 2, 11)]
    [InlineData("Africa/Cairo", "2026-04-23T21:59:59Z", 24, 4)]
    [InlineData("Asia/Manila", "2026-03-07T15:59:59Z", 8, 3)]
    public void A_period_is_due_from_the_first_second_of_its_day_where_the_practice_is(string zone, string before, int day, int month)
    {
        var runsOn = new LocalDate(2026, month, day);
        var daily = new BillingCycle(BillingCycle.Days, 1, [], [], runsOn.PlusDays(-1));
        var practice = Around.Practice with { TimeZone = zone };
        var instant = NodaTime.Text.InstantPattern.ExtendedIso.Parse(before).Value;
        var given = Given(Set with { Cycle = daily, FirstDay = runsOn.PlusDays(-1) });
        var note = new NotePeriod(runsOn.PlusDays(-1), Number(20), null, Now);

        given.When(s => RecurringInvoice.Decide(s, note, practice.DayOf(instant))).ThenRefused("period-not-due", "/from");
        given.When(s => RecurringInvoice.Decide(s, note, practice.DayOf(instant + Duration.FromSeconds(1))))
            .Then(new PeriodInvoiced(runsOn.PlusDays(-1), runsOn, Number(20), null, Now));
    }

    [Fact]
    public void Folds_every_kind_of_event() => RecurringInvoice.Stream.Takes_every_kind_of_event(
    [
        Set, March, new PeriodSkipped(April1, May1, WhySkipped.ByHand, Now), new RecurringInvoicePaused(Now),
        new RecurringInvoiceResumed(Now), new RecurringInvoiceEnded(Now),
    ]);

    [Fact]
    public void Placeholders_are_filled_in_one_pass_and_others_stay_as_they_are()
    {
        Assert.Equal("For {year} and 2026", PeriodText.Fill("For {month} and {year}", name => name == "month" ? "{year}" : "2026"));
        Assert.Null(PeriodText.Refuse("A {B} {} {1} {period-start}", "/note", Wording.RefuseNote));
        Assert.Null(PeriodText.Refuse(null, "/note", Wording.RefuseNote));
        Assert.Equal("placeholder-unknown", PeriodText.Refuse("{period-}{day}", "/note", Wording.RefuseNote)!.Code);
    }

    /// <summary>Cycles are compared by what they say.</summary>
    private static void IsSet(Outcome<RecurringInvoiceEvent> outcome, RecurringInvoiceSet expected)
    {
        var events = Assert.IsType<Decision<RecurringInvoiceEvent>.Accepted>(outcome.Decision).Events;
        var set = Assert.IsType<RecurringInvoiceSet>(Assert.Single(events));
        Assert.True(set.Cycle.Says(expected.Cycle), $"{set.Cycle}");
        new Outcome<RecurringInvoiceEvent>(set with { Cycle = expected.Cycle }).Then(expected);
    }

    private static Decision<RecurringInvoiceEvent> Run(RecurringInvoiceState state, LocalDate today) => RecurringInvoice.Decide(
        state, new NotePeriod(state.NextFrom, today.Day % 3 == 0 ? null : Number(20), null, Now), today);

    private static Outcome<RecurringInvoiceEvent> Decide(
        RecurringInvoiceEvent[] before, SetRecurringInvoice wish, RecurringSurroundings? around = null) =>
        Given(before).When(s => RecurringInvoice.Decide(s, wish, around ?? Around));

    private static Given<RecurringInvoiceState, RecurringInvoiceEvent> Given(params RecurringInvoiceEvent[] before) =>
        RecurringInvoice.Stream.Given(before);

    private static RecurringInvoiceState Fold(params RecurringInvoiceEvent[] events) => RecurringInvoice.Stream.Fold(events);

    private static Money Usd(long minor) => new(minor, Currency.Usd);

    private static Guid Number(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}
