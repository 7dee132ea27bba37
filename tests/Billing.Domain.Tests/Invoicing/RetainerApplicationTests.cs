using Billing.Domain.Engagements;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Invoicing;
using Billing.Domain.Retainers;
using Billing.Domain.Tests.Retainers;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using CsCheck;
using NodaTime;
using static Billing.Domain.Tests.Invoicing.Practice;

namespace Billing.Domain.Tests.Invoicing;

/// <summary>What retainers make of an invoice, and what they are drawn on for.</summary>
public class RetainerApplicationTests
{
    private static readonly LocalDate January1 = new(2026, 1, 1);
    private static readonly Guid Hours = Id(60), Block = Id(61), Money = Id(62);

    /// <summary>FreshBooks: 10 h included, 17 h worked, 7 h excess; 8 h worked, nothing more is billed.</summary>
    [Theory]
    [InlineData(17, 7 * 60_00)]
    [InlineData(10, 0)]
    [InlineData(8, 0)]
    public void Included_hours_stand_at_no_charge_and_the_excess_is_billed(int hours, long totalMinor)
    {
        var computed = Compute(Priced().Works(101, hours * 60), Monthly(Hours, 10));
        Assert.Equal(totalMinor, computed.TotalMinor);
        var covered = computed.Lines[0];
        Assert.Equal(
            (Math.Min(hours, 10) * 3600L, 0, 0, Hours),
            (covered.QuantitySeconds, covered.PerHourMinor, covered.AmountMinor, covered.CoveredBy));
        Assert.Equal("Inbox (covered by Monthly)", computed.LineDescriptions[0]);
        if (totalMinor == 0) return;
        var beyond = computed.Lines[1];
        Assert.Equal((7 * 3600L, 60_00, Hours), (beyond.QuantitySeconds, beyond.PerHourMinor, beyond.BeyondOf));
        Assert.Equal("Inbox (beyond Monthly)", computed.LineDescriptions[1]);
    }

    [Fact]
    public void Excess_has_its_own_rate_where_one_was_agreed()
    {
        var terms = Terms.Monthly(10).Beyond(OverageRule.Bill, 75_00);
        Assert.Equal(7 * 75_00, Compute(Priced().Works(101, 17 * 60), Agreed(Hours, terms)).TotalMinor);
    }

    [Fact]
    public void The_first_tier_has_its_rate_and_the_rest_another()
    {
        var tiers = Terms.Monthly(10).Beyond(OverageRule.Bill, 50_00) with
        {
            Kind = RetainerKind.Tiers,
            FeeMinor = null,
            CoveredPerHourMinor = 70_00,
        };
        var computed = Compute(Priced().Works(101, 17 * 60), Agreed(Hours, tiers));
        Assert.Equal([10 * 70_00, 7 * 50_00], computed.Lines.Select(line => line.AmountMinor));
    }

    /// <summary>A part of the rate is one of the retainer's rate, an amount stays what it is, and hours that are paid for ahead have
    /// none; what a line says is what it costs.</summary>
    [Theory]
    [InlineData(50_00, null, null, 42_00L, 0L, 126_00, "Inbox (covered by Monthly)", "Inbox, holiday +50 % (beyond Monthly)")]
    [InlineData(null, 5_00L, null, 42_00L, 0L, 94_00, "Inbox (covered by Monthly)", "Inbox, holiday +5.00 USD an hour (beyond Monthly)")]
    [InlineData(50_00, null, null, null, 0L, 180_00, "Inbox (covered by Monthly)", "Inbox, holiday +50 % (beyond Monthly)")]
    [InlineData(
        50_00, null, 30_00L, 42_00L, 450_00L, 126_00, "Inbox, holiday +50 % (covered by Monthly)", "Inbox, holiday +50 % (beyond Monthly)")]
    public void Surcharges_come_upon_the_retainers_own_rates(
        int? points, long? amountMinor, long? coveredMinor, long? beyondMinor, long coveredTotal, long beyondTotal, string covered,
        string beyond)
    {
        var rule = SurchargeRule.OfKind(SurchargeRule.Holiday) with
        {
            BasisPoints = points,
            PerHourMinor = amountMinor,
            Currency = amountMinor is null ? null : "USD",
            Dates = [March2],
        };
        var terms = Terms.Monthly(10).Beyond(OverageRule.Bill, beyondMinor) with
        {
            Kind = coveredMinor is null ? RetainerKind.HoursPerPeriod : RetainerKind.Tiers,
            CoveredPerHourMinor = coveredMinor,
        };
        var practice = Priced().Works(101, 12 * 60)
            .Agrees(Inbox, new EngagementEvent.SurchargesSet([rule], SurchargeSet.Sum, January1, At));
        var retainer = Agreed(Hours, terms);
        var computed = Compute(practice, retainer);
        Assert.Equal([coveredTotal, beyondTotal], computed.Lines.Select(line => line.AmountMinor));
        Assert.Equal([covered, beyond], computed.LineDescriptions);
        Assert.All(computed.Lines, line => Assert.Equal(
            line.AmountMinor,
            new HourlyPrice(line.PerHourMinor!.Value, line.SurchargeTenThousandths ?? 0).For(line.QuantitySeconds!.Value).RoundedMinor));

        // The account says the same before the invoice and after it.
        var sources = Sources(practice, retainer);
        var draft = Invoice.Stream.Fold(
            Drafting.Decide(Invoice.Stream.Initial, practice.DraftOfAll() with { MoreRetainerIds = [Hours] }, sources).Events());
        var accepted = Assert.IsType<Finalization.Accepted>(
            Finalization.Decide(draft, new FinalizeInvoice(InvoiceId, April1, At), sources, Numbering.Stream.Initial));
        var drawn = Retainer.Stream.After(retainer.State, [accepted.Retainers.Single().Event]);
        var account = RetainerFacts.Account((RetainerState.Agreed)drawn, March2);
        Assert.Equal(coveredTotal + beyondTotal, account.Current!.CostMinor);
        // What is to be paid is paid from money like any other work.
        Assert.Equal(coveredTotal + beyondTotal, Compute(practice, retainer, Funded(Money, 5000_00)).RetainerAppliedMinor);
    }

    [Fact]
    public void What_is_carried_costs_nothing_now_and_is_owed()
    {
        var computed = Compute(Priced().Works(101, 17 * 60), Agreed(Hours, Terms.Monthly(10).Beyond(OverageRule.Carry)));
        Assert.Equal((0, -7 * 3600), (computed.TotalMinor, computed.Retainers.Single().LeftAfter));
    }

    [Fact]
    public void What_goes_beyond_the_cap_is_not_billed_before_it_is_approved()
    {
        var practice = Priced().Works(101, 14 * 60);
        var capped = Agreed(Hours, Terms.Monthly(10).Capped(110, 130));
        Assert.Equal("overage-needs-approval", Assert.IsType<InvoiceComputation.Refused>(Preview(practice, capped)).Rejection.Code);
        var approved = Retainer.Stream.After(capped.State, [new RetainerEvent.RetainerOverageApproved(Id(70), March2, 3600, null, At)]);
        Assert.Equal(4 * 60_00, Compute(practice, (Hours, approved)).TotalMinor);
        Assert.Equal(3 * 60_00, Compute(Priced().Works(101, 13 * 60), capped).TotalMinor);
    }

    [Fact]
    public void An_entry_that_is_partly_covered_stands_on_both_lines_and_its_time_is_split()
    {
        var computed = Compute(Priced().Works(101, 9 * 60, note: "Mail").Works(102, 3 * 60, note: "Calls"), Monthly(Hours, 10));
        Assert.Equal([9 * 3600, 3600, 2 * 3600], computed.Lines.SelectMany(line => line.Hours).Select(hour => hour.WorkedSeconds));
        Assert.Equal(["Mail", "Calls", "Calls"], computed.HourNotes);
    }

    [Fact]
    public void Hours_come_before_money_and_money_pays_what_is_left()
    {
        var computed = Compute(
            Priced().Works(101, 17 * 60).Spends(201, 30_00), Funded(Money, 400_00), Monthly(Hours, 10));
        Assert.Equal((7 * 60_00 + 30_00, 400_00), (computed.TotalMinor, computed.RetainerAppliedMinor));
        Assert.Equal([Hours, Money], computed.Retainers.Select(part => part.RetainerId));
        Assert.Equal(0, computed.RetainerBalanceAfterMinor);
    }

    [Fact]
    public void Of_several_the_lowest_priority_number_is_used_first_and_the_last_takes_what_is_beyond()
    {
        var first = Agreed(
            Block, Terms.Block(5, 200_00) with { Priority = 0 },
            new RetainerEvent.RetainerHoursBought(Id(70), 5 * 3600, 200_00, January1));
        var second = Agreed(Hours, Terms.Monthly(10) with { Priority = 1 });
        var computed = Compute(Priced().Works(101, 17 * 60), second, first);
        Assert.Equal(
            [(Block, 5 * 3600L, 0L), (Hours, 10 * 3600L, 2 * 3600L)],
            computed.Retainers.Select(part => (part.RetainerId, part.CoveredSeconds, part.BeyondSeconds)));
        Assert.Equal(2 * 60_00, computed.TotalMinor);
    }

    [Fact]
    public void Only_work_of_its_engagements_and_days_is_covered()
    {
        var practice = Priced().Works(101, 60).Works(102, 60, engagement: Books).Works(103, 60, on: new LocalDate(2026, 1, 1));
        var scoped = Agreed(Hours, Terms.Monthly(10), [Inbox], from: new LocalDate(2026, 2, 1));
        var computed = Compute(practice, scoped);
        Assert.Equal(3600, computed.Retainers.Single().CoveredSeconds);
        Assert.Equal(60_00 + 40_00, computed.TotalMinor);
    }

    [Fact]
    public void A_line_that_was_rounded_as_a_whole_is_covered_as_a_whole()
    {
        var practice = Priced().Rounds(900, RoundingPolicy.Up, RoundingPolicy.PerLine).WorksSeconds(101, 1000).WorksSeconds(102, 1000);
        var computed = Compute(practice, Monthly(Hours, 10));
        Assert.Equal((2700, 2700), (computed.Lines.Single().QuantitySeconds, computed.Retainers.Single().CoveredSeconds));
        Assert.Equal(2000, computed.Lines.Single().Hours.Sum(hour => hour.WorkedSeconds));
    }

    [Fact]
    public void Finalising_freezes_the_draws_and_voiding_puts_them_back()
    {
        var practice = Priced().Works(101, 17 * 60);
        var (_, state) = Monthly(Hours, 10);
        var sources = Sources(practice, (Hours, state), Funded(Money, 100_00));
        var draft = practice.DraftOfAll() with { MoreRetainerIds = [Hours, Money] };
        var drafted = Invoice.Stream.Fold(Drafting.Decide(Invoice.Stream.Initial, draft, sources).Events());
        var accepted = Assert.IsType<Finalization.Accepted>(
            Finalization.Decide(drafted, new FinalizeInvoice(InvoiceId, April1, At), sources, Numbering.Stream.Initial));

        var lot = PeriodLots.IdOf(Hours, new LocalDate(2026, 3, 1));
        var drawn = accepted.Retainers[0].Event;
        Canonical.Same(
            new RetainerEvent.RetainerHoursDrawn(
                InvoiceId,
                [new HoursUse(March2, null, 7 * 3600, UseOf.Billed, 420_00), new HoursUse(March2, lot, 10 * 3600, UseOf.Lot, 600_00)],
                April1),
            drawn);
        Assert.Equal([Hours, Money], accepted.Retainers.Select(write => write.RetainerId));
        Assert.Equal([Hours, Money], RetainerDraws.Of(accepted.Invoice));
        Assert.Equal((420_00, 100_00), (accepted.Invoice.TotalMinor, accepted.Invoice.RetainerAppliedMinor));

        var after = new Dictionary<Guid, RetainerState>
        {
            [Hours] = Retainer.Stream.After(state, [drawn]),
            [Money] = Retainer.Stream.After(sources.Retainers[Money], [accepted.Retainers[1].Event]),
        };
        Assert.Equal(0, RetainerFacts.Account((RetainerState.Agreed)after[Hours], April1.PlusDays(-1)).Balance);
        var voided = Assert.IsType<Voiding.Accepted>(Voiding.Decide(
            Invoice.Stream.Fold([accepted.Invoice]), new VoidInvoice(InvoiceId, "Wrong", April1, At),
            new Dictionary<string, TimesheetState>
            {
                [SheetOf()] = Timesheet.Stream.After(sources.Timesheets[SheetOf()], accepted.Timesheets.Select(write => write.Event)),
            },
            sources.Expenses, after, sources.Engagements));
        Assert.Equal(
            [new RetainerEvent.RetainerHoursReversed(InvoiceId, 17 * 3600, April1)],
            voided.Retainers.Where(write => write.RetainerId == Hours).Select(write => write.Event));
        Assert.IsType<RetainerEvent.RetainerDrawReversed>(voided.Retainers[1].Event);
    }

    /// <summary>January's rest covers February's work, and March's work finds none of it.</summary>
    [Fact]
    public void Work_draws_on_the_lots_of_its_own_days_whenever_it_is_invoiced()
    {
        var rolling = Agreed(Hours, Terms.Monthly(80).RollingOver(1).BaseFirst());
        var practice = Priced().Works(101, 70 * 60, on: January1).Works(102, 90 * 60, on: new LocalDate(2026, 2, 2))
            .Works(103, 81 * 60, on: March2);
        Assert.Equal(60_00, Compute(practice, rolling).TotalMinor);
    }

    [Fact]
    public void The_retainers_of_a_draft_are_chosen_anew_until_it_is_finalised()
    {
        var practice = Priced().Works(101, 17 * 60);
        var sources = Sources(practice, Monthly(Hours, 10), Funded(Money, 100_00));
        var draft = practice.Drafted();
        var use = new UseRetainers(InvoiceId, [Hours], At);
        var chosen = Invoice.Stream.After(draft, Drafting.Decide(draft, use, sources).Events());
        Drafting.Decide(chosen, use, sources).IsAlreadyDone();
        Assert.Equal(7 * 60_00, Assert.IsType<InvoiceComputation.Computed>(InvoiceComputation.Compute(chosen, sources)).TotalMinor);
        var none = Invoice.Stream.After(chosen, Drafting.Decide(chosen, use with { RetainerIds = [] }, sources).Events());
        Assert.Equal(17 * 60_00, Assert.IsType<InvoiceComputation.Computed>(InvoiceComputation.Compute(none, sources)).TotalMinor);

        Drafting.Decide(draft, use with { RetainerIds = [Id(99)] }, sources).IsRefused("retainer-unknown");
        Drafting.Decide(Invoice.Stream.Initial, use, sources).IsRefused("invoice-unknown");
        Drafting.Decide(new InvoiceState.Discarded(InvoiceId), use, sources).IsRefused("invoice-not-draft");
        var deposit = Invoice.Stream.Fold([new InvoiceEvent.DepositDrafted(InvoiceId, Acme, "USD", Money, 1, null, At)]);
        Drafting.Decide(deposit, use, sources).IsRefused("deposit-uses-none");
    }

    /// <summary>Whatever is covered: no second of time is lost or billed twice, and lines sum to the total.</summary>
    [Fact]
    public void Time_is_conserved_over_covered_and_other_lines() => Gen.Select(
        Gen.Select(Gen.Int[1, 600], Gen.Int[0, 4], Gen.Bool).Array[1, 12], Gen.Int[0, 3], Gen.Int[0, 3]).Sample((entries, included, rule) =>
        {
            var practice = Priced().Rounds(
                900, rule % 2 == 0 ? RoundingPolicy.Up : RoundingPolicy.Down,
                rule < 2 ? RoundingPolicy.PerLine : RoundingPolicy.PerEntry);
            for (var i = 0; i < entries.Length; i++)
            {
                var (minutes, day, isBooks) = entries[i];
                practice.Works(101 + i, minutes, engagement: isBooks ? Books : Inbox, on: March2.PlusDays(day));
            }
            var plain = Compute(practice);
            var covered = Compute(practice, Monthly(Hours, included + 1));
            Assert.Equal(plain.Lines.Sum(line => line.QuantitySeconds), covered.Lines.Sum(line => line.QuantitySeconds));
            Assert.Equal(
                plain.Lines.SelectMany(line => line.Hours).Sum(hour => hour.WorkedSeconds),
                covered.Lines.SelectMany(line => line.Hours).Sum(hour => hour.WorkedSeconds));
            Assert.Equal(
                plain.Lines.Sum(line => line.QuantitySeconds),
                covered.Retainers.Sum(part => part.CoveredSeconds + part.BeyondSeconds));
            Assert.Equal(covered.TotalMinor, covered.Lines.Sum(line => line.AmountMinor));
        }, iter: 100);

    private static Practice Priced() => new Practice().Charges(Inbox, 60_00).Charges(Books, 40_00, card: 21);

    private static (Guid Id, RetainerState State) Monthly(Guid id, long hours) => Agreed(id, Terms.Monthly(hours));

    private static (Guid Id, RetainerState State) Agreed(Guid id, RetainerTerms terms, params RetainerEvent[] more) =>
        Agreed(id, terms, [], January1, more);

    private static (Guid Id, RetainerState State) Agreed(
        Guid id, RetainerTerms terms, Guid[] engagements, LocalDate from, params RetainerEvent[] more) => (id, Retainer.Stream.Fold(
        [
            new RetainerEvent.RetainerAgreed(id, Acme, "USD", "Monthly", engagements, At),
            new RetainerEvent.RetainerTermsSet(from, terms, At), .. more,
        ]));

    private static (Guid Id, RetainerState State) Funded(Guid id, long amountMinor) => (id, Retainer.Stream.Fold(
    [
        new RetainerEvent.RetainerAgreed(id, Acme, "USD", "Money", [], At),
        new RetainerEvent.RetainerFunded(Id(80), Id(81), Id(80), amountMinor, March2),
    ]));

    private static BillingSources Sources(Practice practice, params (Guid Id, RetainerState State)[] retainers) =>
        practice.Sources with { Retainers = retainers.ToDictionary(retainer => retainer.Id, retainer => retainer.State) };

    private static InvoiceComputation Preview(Practice practice, params (Guid Id, RetainerState State)[] retainers)
    {
        var draft = practice.DraftOfAll();
        return InvoiceComputation.Compute(
            new Selection(draft.InvoiceId, draft.ClientId, draft.Time, draft.ExpenseIds, [.. retainers.Select(retainer => retainer.Id)]),
            Sources(practice, retainers));
    }

    private static InvoiceComputation.Computed Compute(Practice practice, params (Guid Id, RetainerState State)[] retainers) =>
        Assert.IsType<InvoiceComputation.Computed>(Preview(practice, retainers));
}
