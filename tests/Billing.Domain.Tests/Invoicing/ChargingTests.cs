using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Domain.Values;
using CsCheck;
using NodaTime;
using static Billing.Domain.Tests.Invoicing.Practice;

namespace Billing.Domain.Tests.Invoicing;

public class ChargingTests
{
    private static readonly LocalDate January = new(2026, 1, 1);
    private static readonly LocalDate Saturday = new(2026, 3, 7);

    private static readonly EngagementEvent Weekends = new EngagementEvent.SurchargesSet(
        [SurchargeRule.OfKind(SurchargeRule.Weekend) with { BasisPoints = 25_00, DaysOfWeek = [6, 7] }], SurchargeSet.Highest,
        January, At);

    [Fact]
    public void Surcharged_time_is_a_line_of_its_own_at_its_exact_price()
    {
        var computed = new Practice().Charges(Inbox, 27_50).Agrees(Inbox, Weekends).Works(101, 60).Works(102, 60, on: Saturday).Computed();
        Assert.Equal([(27_50L, null, 27_50L), (27_50, 6_87_5000L, 34_38)],
            computed.Lines.Select(line => (line.PerHourMinor!.Value, line.SurchargeTenThousandths, line.AmountMinor)));
        Assert.Equal(["Inbox", "Inbox, weekend +25 %"], computed.LineDescriptions);
    }

    [Fact]
    public void Cards_of_the_client_and_the_practice_price_what_the_engagement_does_not()
    {
        var practice = new Practice()
            .Sets(new BusinessEvent.BusinessRateCardSet(Id(60), null, "USD", 30_00, January, null, null, null, null, At))
            .Charges(Inbox, 60_00).Works(101, 60).Works(102, 60, Books);
        Assert.Equal([30_00, 60_00], practice.Computed().Lines.Select(line => line.AmountMinor));
        practice.Sets(new ClientEvent.ClientRateCardSet(Id(61), "USD", 45_00, January, null, null, null, null, At));
        Assert.Equal([45_00, 60_00], practice.Computed().Lines.Select(line => line.AmountMinor));
        Assert.Equal(Id(61), practice.Computed().Lines[0].Hours[0].RateCardId);
    }

    [Fact]
    public void A_fixed_fee_is_charged_once_with_its_time_at_no_charge_and_again_after_a_void()
    {
        var practice = new Practice().Agrees(Inbox, Mode(BillingMode.FixedFee, 500_00)).Works(101, 60);
        var draft = practice.Drafted();
        var accepted = practice.Finalized(draft);
        Assert.Equal(
            [(LineKind.Time, 0L), (LineKind.FixedFee, 500_00)], accepted.Invoice.Lines.Select(line => (line.Kind, line.AmountMinor)));
        practice.Appends(accepted);
        var further = practice.Works(102, 60).DraftOfAll() with { InvoiceId = Id(77), Time = [new SelectedTime(SheetOf(), [Id(102)])] };
        Assert.Equal(0, Assert.IsType<InvoiceComputation.Computed>(practice.Preview(further)).TotalMinor);

        var sources = practice.Sources;
        var voided = Assert.IsType<Voiding.Accepted>(Voiding.Decide(
            Invoice.Stream.Fold([accepted.Invoice]), new VoidInvoice(InvoiceId, "Wrong", April1, At), sources.Timesheets,
            sources.Expenses, sources.Retainers, sources.Engagements));
        practice.Appends(voided.Timesheets, voided.Expenses, voided.Retainers, voided.Engagements);
        Assert.Equal(500_00, Assert.IsType<InvoiceComputation.Computed>(practice.Preview(further)).TotalMinor);
    }

    [Theory]
    [InlineData(100_00, 0)]
    [InlineData(60_00, 0)]
    [InlineData(59_99, -1)]
    [InlineData(25_00, -35_00)]
    public void A_cap_takes_off_what_the_time_comes_to_beyond_it(long capMinor, long offMinor)
    {
        var computed = new Practice().Charges(Inbox, 60_00).Agrees(Inbox, Mode(BillingMode.Capped, capMinor)).Works(101, 60).Computed();
        Assert.Equal(60_00 + offMinor, computed.TotalMinor);
        Assert.Equal(offMinor, computed.Lines.Where(line => line.Kind == LineKind.Cap).Sum(line => line.AmountMinor));
    }

    [Fact]
    public void What_other_invoices_charged_of_a_cap_is_used_up_and_each_month_has_its_own()
    {
        var practice = new Practice().Charges(Inbox, 60_00)
            .Agrees(Inbox, Mode(BillingMode.Capped, 100_00, BillingMode.PerMonth)).Works(101, 60);
        practice.Appends(practice.Finalized(practice.Drafted()));
        practice.Works(102, 60).Works(103, 60, on: new LocalDate(2026, 4, 1));
        var further = practice.DraftOfAll() with
        {
            InvoiceId = Id(77),
            Time = [new SelectedTime(SheetOf(), [Id(102)]), new SelectedTime(SheetOf(new LocalDate(2026, 4, 1)), [Id(103)])],
        };
        var computed = Assert.IsType<InvoiceComputation.Computed>(practice.Preview(further));
        Assert.Equal(100_00, computed.TotalMinor);
        Assert.Equal(-20_00, Assert.Single(computed.Lines, line => line.Kind == LineKind.Cap).AmountMinor);
        Assert.Contains("Inbox: over the cap of 2026-03 of 100.00 USD", computed.LineDescriptions);
    }

    [Fact]
    public void A_retainer_and_a_receipt_share_out_over_what_a_cap_leaves_of_the_lines()
    {
        var practice = new Practice().Charges(Inbox, 60_00).Charges(Inbox, 30_00, Ben, card: 21)
            .Agrees(Inbox, Mode(BillingMode.Capped, 45_00)).Works(101, 60).Works(102, 60, assistant: Ben).Holds(40_00);
        var computed = practice.Computed(drawsOnRetainer: true);
        Assert.Equal([13_33, 26_67, 0], computed.Lines.Select(line => line.RetainerAppliedMinor));
        var income = CashRecognition.Recognise(computed.Lines, 5_00, 0);
        Assert.Equal(5_00, income.Sum(part => part.AmountMinor));
        Assert.All(income, part => Assert.Equal((IncomeKind.Services, true), (part.Kind, part.AmountMinor > 0)));

        var whole = CashRecognition.Recognise(practice.Computed().Lines, 45_00, 0);
        Assert.Equal([15_00, 30_00], whole.Select(part => part.AmountMinor));
        Assert.Equal(45_00, practice.Holds(100_00).Computed(drawsOnRetainer: true).RetainerAppliedMinor);
    }

    [Fact]
    public void The_engagements_own_rule_is_frozen_on_its_lines_beside_the_invoices()
    {
        var quarters = new RoundingPolicy(900, RoundingPolicy.Up, RoundingPolicy.PerEntry);
        var computed = new Practice().Charges(Inbox, 60_00).Charges(Books, 60_00, card: 21)
            .Agrees(Inbox, new EngagementEvent.TimeRuleSet(quarters, 3 * 3600, January, At))
            .Works(101, 10).Works(102, 10, Books).Computed();
        Assert.Equal([(600L, null, null), (10_800, quarters, 10_800)],
            computed.Lines.Select(line => (line.QuantitySeconds!.Value, line.Rounding, line.MinimumSeconds)));
        Assert.Equal(RoundingPolicy.Exact, computed.Rounding);
    }

    /// <summary>Whatever the times: the invoice's time is rounded as a whole, and shared out again without loss.</summary>
    [Fact]
    public void Rounding_per_invoice_rounds_the_sum_and_conserves_it_over_the_lines()
    {
        var direction = Gen.OneOfConst(RoundingPolicy.Up, RoundingPolicy.Down, RoundingPolicy.Nearest);
        Gen.Select(Gen.Long[1, 20_000].Array[1, 6], Gen.OneOfConst(60, 900, 3600), direction).Sample((seconds, increment, way) =>
        {
            var policy = new RoundingPolicy(increment, way, RoundingPolicy.PerInvoice);
            var practice = new Practice().Rounds(increment, way, RoundingPolicy.PerInvoice).Charges(Inbox, 60_00)
                .Charges(Books, 45_00, card: 21);
            for (var i = 0; i < seconds.Length; i++) practice.WorksSeconds(101 + i, seconds[i], i % 2 == 0 ? Inbox : Books);
            var lines = practice.Computed().Lines;
            Assert.Equal(policy.Apply(seconds.Sum()), lines.Sum(line => line.QuantitySeconds));
            Assert.Equal(seconds.Sum(), lines.Sum(line => line.Hours.Sum(hour => hour.WorkedSeconds)));
            if (seconds.Sum() % increment != 0) return;
            Assert.All(lines, line => Assert.Equal(line.Hours.Sum(hour => hour.WorkedSeconds), line.QuantitySeconds));
        }, iter: 200);
    }

    /// <summary>The first ten hours of a month are dear, and what was billed already counts.</summary>
    [Fact]
    public void A_tier_counts_the_month_of_all_assistants_billed_or_not()
    {
        var practice = new Practice().Agrees(Inbox, new EngagementEvent.RateCardSet(
                Id(20), null, 40_00, January, null, At, TierSeconds: 10 * 3600, AbovePerHourMinor: 30_00))
            .Works(101, 8 * 60, assistant: Ben).Works(102, 5 * 60, on: March2.PlusDays(1));
        var draft = practice.DraftOfAll() with { Time = [new SelectedTime(SheetOf(), [Id(102)])] };
        Assert.Equal(2 * 40_00 + (3 * 30_00), Assert.IsType<InvoiceComputation.Computed>(practice.Preview(draft)).TotalMinor);
        var own = practice.Sources with
        {
            Timesheets = practice.Sources.Timesheets.Where(pair => pair.Key == SheetOf()).ToDictionary(),
        };
        Assert.Contains(SheetOf(assistant: Ben), PriceNeighbours.Of(draft.Time, own));
        Assert.Empty(PriceNeighbours.Of(draft.Time, new Practice().Charges(Inbox, 1).Works(102, 1).Sources));
    }

    /// <summary>The week from March 30 on holds days of both months.</summary>
    [Fact]
    public void A_week_of_two_months_is_one_neighbour()
    {
        var practice = new Practice().Agrees(Inbox, new EngagementEvent.RateCardSet(
                Id(20), null, 40_00, January, null, At, TierSeconds: 10 * 3600, AbovePerHourMinor: 30_00))
            .Works(101, 60, on: new LocalDate(2026, 3, 9)).Works(102, 60, on: new LocalDate(2026, 4, 8));
        var weeks = PriceNeighbours.Of(practice.DraftOfAll().Time, practice.Sources);
        Assert.Equal(weeks.Distinct(), weeks);
        Assert.Single(weeks, week => week == SheetOf(new LocalDate(2026, 3, 30)));
    }

    private static EngagementEvent.BillingModeSet Mode(string kind, long amountMinor, string per = BillingMode.Once) =>
        new(Id(50), kind, amountMinor, per, January, At);
}
