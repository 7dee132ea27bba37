using Billing.Domain.Engagements;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Engagements.EngagementEvent;

namespace Billing.Domain.Tests.Engagements;

public sealed class ChargingDecisionTests
{
    private static readonly Guid Id = Guid.Parse("0198c0de-0000-7000-8000-0000000000e1");
    private static readonly Guid Ana = Guid.Parse("0198c0de-0000-7000-8000-0000000000a1");
    private static readonly Guid CardId = Guid.Parse("0198c0de-0000-7000-8000-0000000000f1");
    private static readonly Guid Other = Guid.Parse("0198c0de-0000-7000-8000-0000000000f2");
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 5, 12, 0);
    private static readonly Instant Later = Instant.FromUtc(2026, 1, 6, 12, 0);
    private static readonly LocalDate January = new(2026, 1, 1);
    private static readonly LocalDate Year2029 = new(2029, 1, 1);
    private static readonly EngagementAgreed Agreed = new(Id, Id, "EUR", "Inbox care", Now);
    private static readonly RateCardSet CardSet = new(CardId, null, 40_00, January, null, Now);
    private static readonly Given<EngagementState, EngagementEvent> Given = Engagement.Stream.Given(Agreed, CardSet);
    private static readonly SetCostCard Cost = new(Other, Ana, new Money(15_00, Currency.Usd), January, null, Now);

    [Fact]
    public void A_card_may_be_for_one_task_and_have_a_tier()
    {
        var wish = new SetRateCard(
            Other, Ana, new Money(50_00, Currency.Eur), January, null, Now, "design", 36_000, new Money(45_00, Currency.Eur));
        Given.When(s => Engagement.Decide(s, wish))
            .Then(new RateCardSet(Other, Ana, 50_00, January, null, Now, "design", 36_000, 45_00));
        Refuses(wish with { Task = " " }, "text-missing", "/task");
        Refuses(wish with { Task = new string('x', 61) }, "text-too-long", "/task");
        Refuses(wish with { TierSeconds = null }, "tier-incomplete", "/tierSeconds");
        Refuses(wish with { AbovePerHour = null }, "tier-incomplete", "/abovePerHour");
        Refuses(wish with { TierSeconds = 0 }, "tier-out-of-range", "/tierSeconds");
        Refuses(wish with { TierSeconds = CardRules.TierMaxSeconds + 1 }, "tier-out-of-range", "/tierSeconds");
        Refuses(wish with { AbovePerHour = new Money(1, Currency.Usd) }, "currency-mismatch", "/abovePerHour/currency");
        Refuses(wish with { AbovePerHour = new Money(0, Currency.Eur) }, "rate-out-of-range", "/abovePerHour/amount");
    }

    [Fact]
    public void A_cost_is_set_once_in_whatever_currency()
    {
        Given.When(s => Engagement.Decide(s, Cost)).Then(new EngagementCostSet(Other, Ana, 15_00, "USD", January, null, Now));
        var set = Engagement.Stream.Given(Agreed, new EngagementCostSet(Other, Ana, 15_00, "USD", January, null, Now));
        set.When(s => Engagement.Decide(s, Cost with { At = Later })).ThenNothing();
        set.When(s => Engagement.Decide(s, Cost with { PerHour = new Money(16_00, Currency.Usd) })).ThenRefused("id-taken", "/id");
        Given.When(s => Engagement.Decide(s, Cost with { ValidUntilExclusive = January }))
            .ThenRefused("card-period-empty", "/validUntilExclusive");
    }

    [Theory]
    [InlineData("hourly", null, null, null, null)]
    [InlineData("hourly", 1L, null, "amount-superfluous", "/amount")]
    [InlineData("fixed-fee", 1L, null, null, null)]
    [InlineData("fixed-fee", 0L, null, "amount-not-positive", "/amount")]
    [InlineData("fixed-fee", null, null, "amount-not-positive", "/amount")]
    [InlineData("fixed-fee", 1L, "month", "billing-period-unknown", "/per")]
    [InlineData("capped", 1L, "month", null, null)]
    [InlineData("capped", 1_000_000_000L, "once", null, null)]
    [InlineData("capped", 1_000_000_001L, "once", "amount-too-large", "/amount")]
    [InlineData("capped", 1L, "week", "billing-period-unknown", "/per")]
    [InlineData("barter", 1L, null, "billing-mode-unknown", "/kind")]
    public void A_mode_is_by_the_hour_a_fee_or_a_cap(string kind, long? amountMinor, string? per, string? code, string? field)
    {
        var wish = new SetBillingMode(
            Other, kind, amountMinor is { } minor ? new Money(minor, Currency.Eur) : null, per, January, Now);
        var outcome = Given.When(s => Engagement.Decide(s, wish));
        if (code is not null) outcome.ThenRefused(code, field);
        else outcome.Then(new BillingModeSet(Other, kind, amountMinor, per ?? "once", January, Now));
    }

    [Fact]
    public void A_mode_is_set_once_and_in_the_engagements_currency()
    {
        var wish = new SetBillingMode(Other, BillingMode.Capped, new Money(100_00, Currency.Eur), null, January, Now);
        Given.When(s => Engagement.Decide(s, wish with { Amount = new Money(1, Currency.Usd) }))
            .ThenRefused("currency-mismatch", "/amount/currency");
        var set = Engagement.Stream.Given(Agreed, new BillingModeSet(Other, BillingMode.Capped, 100_00, "once", January, Now));
        set.When(s => Engagement.Decide(s, wish with { At = Later })).ThenNothing();
        set.When(s => Engagement.Decide(s, wish with { ValidFrom = Year2029 })).ThenRefused("id-taken", "/id");
    }

    [Fact]
    public void Surcharges_and_time_rules_that_hold_already_are_not_written_again()
    {
        SurchargeRule[] rules = [SurchargeRule.OfKind(SurchargeRule.Holiday) with { BasisPoints = 1, Dates = [January] }];
        var surcharges = new SetSurcharges(rules, SurchargeSet.Sum, January, Now);
        Given.When(s => Engagement.Decide(s, surcharges)).Then(new SurchargesSet(rules, SurchargeSet.Sum, January, Now));
        var set = Engagement.Stream.Given(Agreed, new SurchargesSet(rules, SurchargeSet.Sum, January, Now));
        set.When(s => Engagement.Decide(s, surcharges with { Rules = [rules[0] with { Dates = [January] }] })).ThenNothing();
        set.When(s => Engagement.Decide(s, surcharges with { Rules = [] })).Then(new SurchargesSet([], SurchargeSet.Sum, January, Now));

        var rule = new SetTimeRule(RoundingPolicy.Exact, 900, January, Now);
        Given.When(s => Engagement.Decide(s, rule)).Then(new TimeRuleSet(RoundingPolicy.Exact, 900, January, Now));
        Engagement.Stream.Given(Agreed, new TimeRuleSet(RoundingPolicy.Exact, 900, January, Now))
            .When(s => Engagement.Decide(s, rule with { At = Later })).ThenNothing();
        Given.When(s => Engagement.Decide(s, rule with { MinimumSeconds = Engagement.MinimumMaxSeconds + 1 }))
            .ThenRefused("minimum-out-of-range", "/minimumSeconds");
        Given.When(s => Engagement.Decide(s, rule with { Rounding = new RoundingPolicy(1, "up", "day") }))
            .ThenRefused("rounding-scope-unknown", "/rounding/scope");
    }

    [Fact]
    public void A_promise_needs_a_card_for_everyone_that_holds_throughout()
    {
        var wish = new LockRates(January, Year2029, Now);
        Given.When(s => Engagement.Decide(s, wish)).Then(new RatesLocked(January, Year2029, Now));
        Given.When(s => Engagement.Decide(s, wish with { UntilExclusive = January })).ThenRefused("lock-period-empty", "/untilExclusive");
        Engagement.Stream.Given(Agreed, CardSet, new RatesLocked(January, Year2029, Now))
            .When(s => Engagement.Decide(s, wish with { At = Later })).ThenNothing();
        foreach (var card in new[]
        {
            CardSet with { AssistantId = Ana }, CardSet with { Task = "design" }, CardSet with { ValidFrom = January.PlusDays(1) },
            CardSet with { ValidUntilExclusive = Year2029.PlusDays(-1) },
        })
        {
            Engagement.Stream.Given(Agreed, card).When(s => Engagement.Decide(s, wish)).ThenRefused("rate-lock-without-card");
        }
    }

    /// <summary>esqueoutsourcing.com, terms: the rate is locked for three years.</summary>
    [Theory]
    [InlineData(40_00, "2026-01-01", null, false)]
    [InlineData(40_01, "2029-01-01", null, false)]
    [InlineData(40_01, "2028-12-31", null, true)]
    [InlineData(40_01, "2025-01-01", "2026-01-01", false)]
    [InlineData(40_01, "2025-01-01", "2026-01-02", true)]
    [InlineData(41_00, "2027-01-01", null, false)]
    public void Within_a_promise_no_dearer_card_is_set(long perHourMinor, string from, string? until, bool isRefused)
    {
        var locked = Engagement.Stream.Given(
            Agreed, CardSet, new RateCardSet(Id, null, 41_00, new LocalDate(2027, 1, 1), new LocalDate(2028, 1, 1), Now),
            new RatesLocked(January, Year2029, Now));
        var wish = new SetRateCard(
            Other, null, new Money(perHourMinor, Currency.Eur), Day(from), until is null ? null : Day(until), Now);
        if (perHourMinor == 41_00) wish = wish with { ValidUntilExclusive = new LocalDate(2028, 1, 1) };
        var outcome = locked.When(s => Engagement.Decide(s, wish));
        if (isRefused) outcome.ThenRefused("rate-locked", "/perHour");
        else outcome.Then(new RateCardSet(Other, null, perHourMinor, wish.ValidFrom, wish.ValidUntilExclusive, Now));
    }

    [Fact]
    public void A_promise_holds_for_a_single_assistants_card_and_for_a_tiers_upper_rate_too()
    {
        var locked = Engagement.Stream.Given(Agreed, CardSet, new RatesLocked(January, Year2029, Now));
        var wish = new SetRateCard(Other, Ana, new Money(40_01, Currency.Eur), January, null, Now);
        locked.When(s => Engagement.Decide(s, wish)).ThenRefused("rate-locked", "/perHour");
        var tiered = wish with
        {
            PerHour = new Money(30_00, Currency.Eur),
            TierSeconds = 3600,
            AbovePerHour = new Money(40_01, Currency.Eur),
        };
        locked.When(s => Engagement.Decide(s, tiered)).ThenRefused("rate-locked", "/perHour");
    }

    [Fact]
    public void Within_a_promise_no_surcharge_is_set_that_adds_more()
    {
        var locked = Engagement.Stream.Given(Agreed, CardSet, new RatesLocked(January, Year2029, Now));
        var everyDay = SurchargeRule.OfKind(SurchargeRule.Weekend) with { BasisPoints = 90_000, DaysOfWeek = [1, 2, 3, 4, 5, 6, 7] };
        var wish = new SetSurcharges([everyDay], SurchargeSet.Highest, January, Now);
        locked.When(s => Engagement.Decide(s, wish)).ThenRefused("rate-locked", "/rules");
        locked.When(s => Engagement.Decide(s, wish with { ValidFrom = January.PlusYears(-1) })).ThenRefused("rate-locked", "/rules");
        locked.When(s => Engagement.Decide(s, wish with { ValidFrom = Year2029 }))
            .Then(new SurchargesSet(wish.Rules, wish.Combine, Year2029, Now));

        var held = Engagement.Stream.Given(
            Agreed, CardSet, new SurchargesSet([everyDay], SurchargeSet.Highest, January, Now), new RatesLocked(January, Year2029, Now));
        var less = wish with { Rules = [everyDay with { BasisPoints = 50_00, DaysOfWeek = [6, 7] }], ValidFrom = January.PlusDays(1) };
        held.When(s => Engagement.Decide(s, less)).Then(new SurchargesSet(less.Rules, less.Combine, less.ValidFrom, Now));
        held.When(s => Engagement.Decide(s, less with { Rules = [] }))
            .Then(new SurchargesSet([], less.Combine, less.ValidFrom, Now));
        held.When(s => Engagement.Decide(s, less with { Rules = [everyDay, everyDay], Combine = SurchargeSet.Sum }))
            .ThenRefused("rate-locked", "/rules");
        held.When(s => Engagement.Decide(s, less with { Rules = [everyDay with { BasisPoints = 90_001 }] }))
            .ThenRefused("rate-locked", "/rules");
    }

    [Theory]
    [InlineData(0, RoundingPolicy.Up, 36_000, true)]
    [InlineData(1800, RoundingPolicy.Up, 0, true)]
    [InlineData(900, RoundingPolicy.Nearest, 0, true)]
    [InlineData(300, RoundingPolicy.Up, 600, false)]
    [InlineData(900, RoundingPolicy.Down, 0, false)]
    public void Within_a_promise_no_rule_is_set_that_bills_more_time(int increment, string direction, int minimum, bool isRefused)
    {
        var held = new TimeRuleSet(new RoundingPolicy(900, RoundingPolicy.Up, RoundingPolicy.PerEntry), 600, January, Now);
        var locked = Engagement.Stream.Given(Agreed, CardSet, held, new RatesLocked(January, Year2029, Now));
        var wish = new SetTimeRule(
            new RoundingPolicy(increment, direction, RoundingPolicy.PerEntry), minimum, January.PlusDays(1), Now);
        var outcome = locked.When(s => Engagement.Decide(s, wish));
        if (isRefused) outcome.ThenRefused("rate-locked", "/minimumSeconds");
        else outcome.Then(new TimeRuleSet(wish.Rounding, minimum, wish.ValidFrom, Now));
    }

    [Fact]
    public void Within_a_promise_what_a_fee_or_a_cap_covers_is_not_billed_by_the_hour()
    {
        foreach (var kind in new[] { BillingMode.FixedFee, BillingMode.Capped })
        {
            var held = Engagement.Stream.Given(
                Agreed, CardSet, new BillingModeSet(Id, kind, 100_00, BillingMode.Once, January, Now),
                new RatesLocked(January, Year2029, Now));
            var wish = new SetBillingMode(Other, BillingMode.ByTheHour, null, null, January.PlusDays(1), Now);
            held.When(s => Engagement.Decide(s, wish)).ThenRefused("rate-locked", "/kind");
        }
    }

    [Fact]
    public void What_an_invoice_charged_is_recorded_and_released_once()
    {
        ModeCharge[] charges = [new(Other, BillingMode.Once, 60_00)];
        var charged = new EngagementCharged(Id, charges);
        Given.When(s => Engagement.Decide(s, new ChargeEngagement(Id, charges))).Then(charged);
        Engagement.Stream.Given(Agreed, charged).When(s => Engagement.Decide(s, new ChargeEngagement(Id, charges))).ThenNothing();
        Engagement.Stream.Given(Agreed, charged).When(s => Engagement.Decide(s, new ReleaseCharges(Id)))
            .Then(new EngagementChargeReleased(Id));
        Given.When(s => Engagement.Decide(s, new ReleaseCharges(Id))).ThenNothing();
        var terms = Engagement.Stream.Fold([Agreed, charged]).Terms!;
        Assert.Equal((60_00, 0, 0), (
            terms.ChargedMinor(Other, BillingMode.Once, Ana), terms.ChargedMinor(Other, BillingMode.Once, Id),
            terms.ChargedMinor(Other, "2026-01", Ana)));
    }

    [Fact]
    public void Nothing_can_be_charged_on_an_unknown_engagement()
    {
        var none = Engagement.Stream.Given();
        none.When(s => Engagement.Decide(s, Cost)).ThenRefused("engagement-unknown");
        none.When(s => Engagement.Decide(s, new SetBillingMode(Other, "hourly", null, null, January, Now))).ThenRefused("engagement-unknown");
        none.When(s => Engagement.Decide(s, new SetSurcharges([], "sum", January, Now))).ThenRefused("engagement-unknown");
        none.When(s => Engagement.Decide(s, new SetTimeRule(null, 0, January, Now))).ThenRefused("engagement-unknown");
        none.When(s => Engagement.Decide(s, new LockRates(January, Year2029, Now))).ThenRefused("engagement-unknown");
    }

    private static void Refuses(SetRateCard wish, string code, string field) =>
        Given.When(s => Engagement.Decide(s, wish)).ThenRefused(code, field);

    private static LocalDate Day(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;
}
