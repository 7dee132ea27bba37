using Billing.Domain.Retainers;
using Billing.Domain.Tests.Invoicing;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Retainers.RetainerEvent;
using static Billing.Domain.Tests.Retainers.Terms;

namespace Billing.Domain.Tests.Retainers;

/// <summary>Which terms are taken, and how they follow on each other.</summary>
public class RetainerTermsTests
{
    private static readonly Instant At = Instant.FromUtc(2026, 1, 20, 12, 0);
    private static readonly EvergreenTerms Filling = new(100, 500, EvergreenTerms.Threshold, null, null);

    private static readonly Dictionary<string, RetainerTerms> Odd = new()
    {
        ["terms-unknown-word /terms/kind"] = RetainerTerms.Plain("gift"),
        ["terms-unknown-word /terms/overage/rule"] = Monthly(10).Beyond("forget"),
        ["terms-unknown-word /terms/period/unit"] = Monthly(10) with { Period = new PeriodTerms("fortnight", 1, January1, false) },
        ["terms-incomplete /terms/period"] = Monthly(10) with { Period = null },
        ["terms-incomplete /terms/includedSeconds"] = Monthly(10) with { IncludedSeconds = null },
        ["terms-incomplete /terms/fee"] = Monthly(10) with { FeeMinor = null },
        ["terms-incomplete /terms/evergreen"] = RetainerTerms.Plain(RetainerKind.Evergreen),
        ["terms-incomplete /terms/coveredPerHour"] = Monthly(10) with { Kind = RetainerKind.Tiers, FeeMinor = null },
        ["terms-incomplete /terms/cycle/weeks"] = Monthly(10) with { Cycle = new CycleTerms(CycleRule.Weeks, null, [January1]) },
        ["terms-incomplete /terms/cycle/days"] = Monthly(10) with { Cycle = new CycleTerms(CycleRule.OwnDays, null, []) },
        ["terms-not-for-kind /terms/block"] = Monthly(10) with { Block = new BlockTerms(70, null, null) },
        ["terms-not-for-kind /terms/evergreen"] = Monthly(10) with { Evergreen = Filling },
        ["terms-not-for-kind /terms/caps"] = RetainerTerms.Plain(RetainerKind.PrepaidMoney).Capped(110, null),
        ["terms-out-of-range /terms/caps/hardPercent"] = Monthly(10).Capped(null, 99),
        ["terms-out-of-range /terms/caps/softPercent"] = Monthly(10).Capped(150, 120),
        ["terms-unknown-word /terms/block/hoursCount"] = Block(10, 1) with { Block = new BlockTerms(null, null, null, "later") },
        ["terms-unknown-word /terms/block/requestMode"] = Block(10, 1) with { Block = new BlockTerms(null, null, 80, null, "shout") },
        ["terms-unknown-word /terms/evergreen/requestMode"] =
            RetainerTerms.Plain(RetainerKind.Evergreen) with { Evergreen = Filling with { RequestMode = "charge" } },
        ["terms-out-of-range /terms/unused/periods"] = Monthly(10).RollingOver(61),
        ["terms-out-of-range /terms/evergreen/target"] =
            RetainerTerms.Plain(RetainerKind.Evergreen) with { Evergreen = Filling with { TargetMinor = 99 } },
        ["terms-out-of-range /terms/block/rebillAtPercent"] = Block(10, 1) with { Block = new BlockTerms(null, null, 0) },
    };

    private static readonly RetainerTerms[] Good =
    [
        RetainerTerms.Plain(RetainerKind.PrepaidMoney), Monthly(10), Block(10, 400_00, 70, 70),
        RetainerTerms.Plain(RetainerKind.Evergreen) with { Evergreen = Filling with { TargetMinor = 100 } },
        Monthly(10) with { Kind = RetainerKind.FlatFee, IncludedSeconds = null },
        Monthly(10) with { Kind = RetainerKind.Tiers, FeeMinor = null, CoveredPerHourMinor = 60_00 },
        Monthly(10).Capped(1, 100).RollingOver(60), Monthly(10).Capped(120, 120),
        Block(10, 1) with { Block = new BlockTerms(null, null, 100) },
        Monthly(10) with { Cycle = new CycleTerms(CycleRule.SemiMonthly, null, []) },
    ];

    public static TheoryData<string> Oddities => [.. Odd.Keys];

    [Theory]
    [MemberData(nameof(Oddities))]
    public void Terms_that_make_no_sense_are_refused_where_they_are_at_fault(string codeAndField)
    {
        var refusal = RetainerTermsCheck.Refuse(new AgreedTerms(January1, Odd[codeAndField], null), Currency.Usd)!;
        Assert.Equal(codeAndField, $"{refusal.Code} {refusal.Field}");
    }

    [Fact]
    public void Terms_of_all_six_kinds_are_taken() => Assert.All(
        Good, terms => Assert.Null(RetainerTermsCheck.Refuse(new AgreedTerms(January1, terms, Currency.Usd), Currency.Usd)));

    [Fact]
    public void Amounts_are_in_the_clients_currency() => Assert.Equal(
        "currency-mismatch",
        RetainerTermsCheck.Refuse(new AgreedTerms(January1, Monthly(10), Currency.Eur), Currency.Usd)!.Code);

    [Fact]
    public void Other_terms_follow_from_where_a_period_begins()
    {
        var state = Agreed(Monthly(10));
        Set(state, new LocalDate(2026, 2, 1), Monthly(20)).Events();
        Set(state, new LocalDate(2026, 2, 2), Monthly(20)).IsRefused("terms-mid-period");
        Set(Agreed(Monthly(10) with { Period = new PeriodTerms(PeriodTerms.Month, 1, January1, Prorated: true) }),
            new LocalDate(2026, 2, 2), Monthly(20)).Events();
        Set(state, January1, Monthly(20)).IsRefused("terms-in-the-past");
        Set(state, January1, Monthly(10)).IsAlreadyDone();
        Set(state, new LocalDate(2026, 2, 1), RetainerTerms.Plain(RetainerKind.PrepaidMoney)).IsRefused("terms-other-unit");
        Set(Retainer.Stream.Initial, January1, Monthly(20)).IsRefused("retainer-unknown");
    }

    [Fact]
    public void Other_terms_follow_on_what_invoices_have_drawn()
    {
        var state = Retainer.Stream.After(Agreed(Monthly(10)), [new RetainerHoursDrawn(
            Id(9), [new HoursUse(new LocalDate(2026, 2, 1), PeriodLots.IdOf(Id(1), January1), 60, UseOf.Lot, 0)], January1)]);
        Set(state, new LocalDate(2026, 2, 1), Monthly(20)).IsRefused("terms-in-the-past");
        Set(state, new LocalDate(2026, 3, 1), Monthly(20)).Events();
    }

    [Fact]
    public void A_change_holds_from_its_day_on_and_each_part_has_its_share()
    {
        var prorated = Monthly(31) with { FeeMinor = 310_00, Period = new PeriodTerms(PeriodTerms.Month, 1, January1, true) };
        var account = RetainerAccount.Reckon(
            Id(1),
            [
                new DatedTerms(new LocalDate(2026, 1, 22), prorated),
                new DatedTerms(new LocalDate(2026, 3, 11), prorated with { IncludedSeconds = 62 * Hour }),
            ],
            lastDay: new LocalDate(2026, 3, 20), [], new LocalDate(2026, 4, 1));
        Assert.Equal([10, 31, 10, 20], account.Ended.Select(period => period.Granted / Hour));
        Assert.Equal([100_00, 310_00, 100_00, 100_00], account.Ended.Select(period => period.FeeMinor));
        Assert.Null(account.Current);
    }

    [Theory]
    [InlineData(2026, 1, 31, "2026-01-31 2026-02-28 2026-03-31 2026-04-30")]
    [InlineData(2024, 1, 15, "2026-01-15 2026-02-15 2026-03-15 2026-04-15")]
    [InlineData(2027, 5, 1, "2026-01-01 2026-02-01 2026-03-01 2026-04-01 2026-05-01")]
    public void Periods_begin_on_the_anchors_day_or_the_months_last(int year, int month, int day, string starts)
    {
        var terms = Monthly(10) with { Period = new PeriodTerms(PeriodTerms.Month, 1, new LocalDate(year, month, day), false) };
        var periods = terms.Reckon(new LocalDate(2026, 5, 1)).Periods.Select(period => period.Period.From)
            .Where(from => RetainerPeriods.BeginsOn(terms.Period!, from));
        Assert.Equal(starts, string.Join(' ', periods.Select(NodaTime.Text.LocalDatePattern.Iso.Format)));
    }

    [Fact]
    public void Is_closed_once_and_not_with_money_in_it_or_before_what_was_drawn()
    {
        var day = new LocalDate(2026, 2, 28);
        var state = Agreed(Monthly(10));
        Retainer.Decide(state, new CloseRetainer(Id(1), January1.PlusDays(-1), At)).IsRefused("last-day-implausible");
        var closed = Retainer.Stream.After(state, Retainer.Decide(state, new CloseRetainer(Id(1), day, At)).Events());
        Retainer.Decide(closed, new CloseRetainer(Id(1), day, At)).IsAlreadyDone();
        Retainer.Decide(closed, new CloseRetainer(Id(1), day.PlusDays(1), At)).IsRefused("retainer-closed");
        Set(closed, new LocalDate(2026, 3, 1), Monthly(20)).IsRefused("retainer-closed");

        var money = Retainer.Stream.After(
            Agreed(RetainerTerms.Plain(RetainerKind.PrepaidMoney)), [new RetainerFunded(Id(5), Id(6), Id(5), 1, January1)]);
        Retainer.Decide(money, new CloseRetainer(Id(1), day, At)).IsRefused("retainer-not-empty");
        var used = Retainer.Stream.After(money, [new RetainerDrawn(Id(9), 1, [new LotDraw(Id(5), 1)], day)]);
        Retainer.Decide(used, new CloseRetainer(Id(1), day.PlusDays(-1), At)).IsRefused("last-day-implausible");
        Retainer.Decide(used, new CloseRetainer(Id(1), day, At)).Events();
    }

    internal static RetainerState Agreed(RetainerTerms terms, LocalDate? from = null) => Retainer.Stream.Fold(
    [
        new RetainerAgreed(Id(1), Id(2), "USD", "Care", [], At), new RetainerTermsSet(from ?? January1, terms, At),
    ]);

    private static Decision<RetainerEvent> Set(RetainerState state, LocalDate from, RetainerTerms terms) =>
        Retainer.Decide(state, new SetRetainerTerms(Id(1), new AgreedTerms(from, terms, Currency.Usd), At));
}
