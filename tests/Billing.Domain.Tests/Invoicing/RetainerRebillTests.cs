using Billing.Domain.Engagements;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Invoicing;
using Billing.Domain.Retainers;
using Billing.Domain.Tests.Retainers;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using CsCheck;
using NodaTime;
using static Billing.Domain.Invoicing.InvoiceEvent;
using static Billing.Domain.Tests.Invoicing.Practice;

namespace Billing.Domain.Tests.Invoicing;

/// <summary>Work that was billed under a retainer of hours and corrected afterwards: the hours go back and are drawn again.</summary>
public class RetainerRebillTests
{
    private const long Hour = 3600;
    private static readonly LocalDate January1 = new(2026, 1, 1);
    private static readonly Guid NewInvoice = Id(78), Note = Id(79);
    private static readonly RebillNumbers Numbers = new("INV-2026", new NumberingState(1), "CN-2026", new NumberingState(0));

    /// <summary>10 h a month, 17 h worked and paid, then the hour costs 66.00 instead of 60.00 from January on.</summary>
    [Theory]
    [InlineData(RebillWay.Delta)]
    [InlineData(RebillWay.CreditAndRebill)]
    public void A_rate_corrected_for_the_past_of_paid_work_beyond_the_retainer_is_billed_by_both_ways(string way)
    {
        var practice = Retained(Terms.Monthly(10)).Works(101, 17 * 60);
        var invoice = Invoice.Stream.After(Finalized(practice), [new PaymentApplied(Id(50), 420_00, April1)]);
        var proposal = Proposed(invoice, practice.Charges(Inbox, 66_00, card: 21));
        Assert.Equal((420_00, 462_00, 42_00), (proposal.OriginalMinor, proposal.NowMinor, proposal.DifferenceMinor));
        Assert.Empty(proposal.Hours);
        var settlement = way == RebillWay.Delta
            ? CreditSettlement.None
            : new CreditSettlement(null, new Money(420_00, Currency.Usd), null);
        var accepted = Accept(invoice, practice, way, settlement);
        var original = After(invoice, practice, accepted);
        var issued = accepted.Invoice.OfType<InvoiceFinalized>().Single();
        Assert.Equal(462_00, original.Issued!.LeftMinor + issued.TotalMinor);
        Assert.Equal(7 * Hour, Drawn(practice).Where(use => use.How == UseOf.Billed).Sum(use => use.Seconds));
        Assert.Equal(10 * Hour, Drawn(practice).Where(use => use.How == UseOf.Lot).Sum(use => use.Seconds));
        Assert.IsType<Rebilling.Unchanged>(Rebilling.Of(original, practice.Sources));
        Assert.IsType<Rebilling.Unchanged>(Rebilling.Of(Invoice.Stream.Fold([.. accepted.Invoice]), practice.Sources));
    }

    [Fact]
    public void An_entry_that_is_covered_whole_gives_its_hours_back_though_no_money_moves()
    {
        var practice = Retained(Terms.Monthly(10)).Works(101, 5 * 60).Works(102, 60);
        var invoice = Finalized(practice);
        practice.Happens(SheetOf(), new TimesheetEvent.TimeEntryRemoved(Id(102), At));
        var proposal = Proposed(invoice, practice);
        Assert.Equal((0, 0), (proposal.OriginalMinor, proposal.NowMinor));
        Assert.Equal([new RebilledHours(RetainerId, March2, UseOf.Lot, 6 * Hour, 5 * Hour)], proposal.Hours);
        var accepted = Accept(invoice, practice, RebillWay.Delta);
        Assert.Empty(accepted.Invoice);
        Assert.Equal(
            ["RetainerHoursReversed", "RetainerHoursDrawn"], accepted.Retainers.Select(write => write.Event.GetType().Name));
        Assert.IsType<Rebilling.Unchanged>(Rebilling.Of(After(invoice, practice, accepted), practice.Sources));
        Assert.Equal(5 * Hour, Drawn(practice).Sum(use => use.Seconds));
    }

    [Fact]
    public void What_costs_nothing_under_a_flat_fee_costs_nothing_at_another_rate()
    {
        var practice = Retained(Terms.Monthly(0) with { Kind = RetainerKind.FlatFee, IncludedSeconds = null }).Works(101, 300);
        var invoice = Finalized(practice);
        Assert.Equal(0, invoice.Issued!.Facts.TotalMinor);
        Assert.IsType<Rebilling.Unchanged>(Rebilling.Of(invoice, practice.Charges(Inbox, 90_00, card: 21).Sources));
    }

    [Fact]
    public void Hours_that_another_invoice_drew_stay_its_own()
    {
        var practice = Retained(Terms.Monthly(10)).Works(101, 6 * 60);
        practice.Retains(new RetainerEvent.RetainerHoursDrawn(
            Id(70), [new HoursUse(March2, PeriodLots.IdOf(RetainerId, new LocalDate(2026, 3, 1)), 4 * Hour, UseOf.Lot, 240_00)], April1));
        var invoice = Finalized(practice);
        practice.Happens(SheetOf(), new TimesheetEvent.TimeEntryCorrected(
            Id(101), Inbox, Acme, null, true, March2, null, null, 8 * Hour, "America/New_York", At));
        Assert.Equal(2 * 60_00, Proposed(invoice, practice).DifferenceMinor);
    }

    [Fact]
    public void Of_a_proposal_that_cannot_be_made_dropping_says_why()
    {
        var practice = Retained(Terms.Monthly(10).Beyond(OverageRule.Refuse)).Works(101, 600);
        var invoice = Finalized(practice);
        practice.Happens(SheetOf(), new TimesheetEvent.TimeEntryCorrected(
            Id(101), Inbox, Acme, null, true, March2, null, null, 11 * Hour, "America/New_York", At));
        var unclear = Assert.IsType<Rebilling.Unclear>(Rebilling.Of(invoice, practice.Sources));
        Assert.Equal("overage-needs-approval", unclear.Why.Code);
        Invoice.Decide(invoice, new DropRebill(InvoiceId, new string('a', 64), At), unclear).IsRefused("overage-needs-approval");
        practice.Retains(new RetainerEvent.RetainerOverageApproved(Id(71), March2, null, null, At));
        Assert.Equal(60_00, Proposed(invoice, practice).DifferenceMinor);
    }

    /// <summary>Whatever retainer there is, of all six kinds, with an invoice of another month that draws on it too: by both ways, what
    /// stands in the end is the invoice made from scratch, and the retainer's hours are those that it uses.</summary>
    [Fact]
    public void All_documents_together_come_to_the_invoice_made_from_scratch_under_every_kind_of_retainer()
    {
        var entry = Gen.Select(Gen.Long[1, 40_000], Gen.Int[0, 50], Gen.Bool, Gen.Bool);
        Gen.Select(
            entry.Array[1, 6], Gen.OneOfConst([.. RetainerKind.All]), Gen.Long[1, 12], Gen.Int[0, 2], Gen.Bool, Gen.Long[1, 90_00],
            Gen.Long[1, 90_00], Gen.Select(Gen.Long[1, 60_000], Gen.Bool, Gen.Int[0, 3]))
            .Sample((entries, kind, hours, mode, isDelta, perHour, corrected, change) =>
            {
                var practice = new Practice().Rounds(900, RoundingPolicy.Up, RoundingPolicy.PerEntry)
                    .Charges(Inbox, perHour, card: 20).Charges(Books, perHour + 7, card: 21).Spends(201, 12_34);
                Retain(practice, kind, hours, change.Item3);
                if (mode == 1) practice.Agrees(Inbox, Mode(BillingMode.Capped, 300_00, BillingMode.PerMonth));
                if (mode == 2) practice.Agrees(Books, Mode(BillingMode.FixedFee, 300_00, BillingMode.Once));
                for (var i = 0; i < entries.Length; i++)
                {
                    practice.WorksSeconds(
                        101 + i, entries[i].Item1, entries[i].Item3 ? Books : Inbox, March2.PlusDays(entries[i].Item2),
                        entries[i].Item4 ? Ben : Ana);
                }
                var invoice = Finalized(practice);
                Assert.IsType<Rebilling.Unchanged>(Rebilling.Of(invoice, practice.Sources));

                practice.Charges(Inbox, corrected, card: 22);
                Correct(practice, invoice.Issued!.Facts, change.Item1, change.Item2);
                if (Rebilling.Of(invoice, practice.Sources) is not Rebilling.Proposed { Proposal: var proposal }) return;
                Assert.Equal(proposal.NowMinor, practice.FromScratch(invoice, RetainerId));
                Assert.Equal(proposal.DifferenceMinor, proposal.Delta.Sum(line => line.AmountMinor));

                var drawn = Drawn(practice).Sum(use => use.Seconds);
                var paidByMoney = invoice.Issued.Facts.RetainerAppliedMinor;
                var mustBeDelta = isDelta || paidByMoney > 0;
                if (Try(invoice, practice, mustBeDelta ? RebillWay.Delta : RebillWay.CreditAndRebill) is not { } accepted)
                {
                    Assert.True(paidByMoney > 0 || proposal.Rebill.Count == 0);
                    return;
                }
                var original = After(invoice, practice, accepted);
                var issued = accepted.Invoice.OfType<InvoiceFinalized>().SingleOrDefault();
                Assert.Equal(proposal.NowMinor, original.Issued!.LeftMinor + (issued?.TotalMinor ?? 0));
                Assert.IsType<Rebilling.Unchanged>(Rebilling.Of(original, practice.Sources));
                if (issued is not null)
                    Assert.IsType<Rebilling.Unchanged>(Rebilling.Of(Invoice.Stream.Fold([.. accepted.Invoice]), practice.Sources));
                Assert.Equal(
                    drawn + proposal.Hours.Sum(use => use.NowSeconds - use.BeforeSeconds), Drawn(practice).Sum(use => use.Seconds));
            }, iter: 600);
    }

    private static void Retain(Practice practice, string kind, long hours, int unused)
    {
        var terms = kind switch
        {
            RetainerKind.HourBlock => Terms.Block(hours, 500_00),
            RetainerKind.Tiers => Terms.Monthly(hours).Beyond(OverageRule.Bill, 30_00) with { Kind = kind, CoveredPerHourMinor = 40_00 },
            RetainerKind.FlatFee => Terms.Monthly(0) with { Kind = kind, IncludedSeconds = null },
            RetainerKind.HoursPerPeriod => unused switch
            {
                0 => Terms.Monthly(hours),
                1 => Terms.Monthly(hours).RollingOver(2),
                2 => Terms.Monthly(hours).Beyond(OverageRule.Carry),
                _ => Terms.Monthly(hours).RollingOver(null).BaseFirst().Beyond(OverageRule.Bill, 55_00),
            },
            RetainerKind.Evergreen => RetainerTerms.Plain(kind) with
            {
                Evergreen = new EvergreenTerms(100_00, 500_00, EvergreenTerms.Threshold, null, null),
            },
            _ => RetainerTerms.Plain(kind),
        };
        practice.Holds(terms.CountsHours() ? 0 : hours * 20_00).Retains(new RetainerEvent.RetainerTermsSet(January1, terms, At));
        if (kind == RetainerKind.HourBlock) practice.Retains(new RetainerEvent.RetainerHoursBought(Id(72), hours * Hour, 500_00, January1));
    }

    private static void Correct(Practice practice, InvoiceFinalized facts, long seconds, bool isMoved)
    {
        var first = facts.Time[0];
        var before = practice.Sources.Timesheets[first.Timesheet].Entries[first.EntryIds[0]];
        var day = isMoved && before.WorkedOn.DayOfWeek < IsoDayOfWeek.Sunday ? before.WorkedOn.PlusDays(1) : before.WorkedOn;
        practice.Happens(first.Timesheet, new TimesheetEvent.TimeEntryCorrected(
            before.EntryId, before.EngagementId, Acme, null, true, day, null, null, seconds, "America/New_York", At));
    }

    private static Practice Retained(RetainerTerms terms) => new Practice().Charges(Inbox, 60_00).Holds(0)
        .Retains(new RetainerEvent.RetainerTermsSet(January1, terms, At));

    private static InvoiceState Finalized(Practice practice)
    {
        var draft = practice.Drafted(drawsOnRetainer: true);
        var accepted = practice.Finalized(draft);
        practice.Appends(accepted);
        return Invoice.Stream.After(draft, [accepted.Invoice]);
    }

    private static InvoiceState After(InvoiceState invoice, Practice practice, RebillAcceptance.Accepted accepted)
    {
        practice.Appends(accepted.Timesheets, accepted.Expenses, accepted.Retainers, accepted.Engagements);
        return Invoice.Stream.After(invoice, accepted.Original);
    }

    private static List<HoursUse> Drawn(Practice practice) =>
        [.. ((RetainerState.Agreed)practice.Sources.Retainers[RetainerId]).HoursDraws.Values.SelectMany(draw => draw.Uses)];

    private static RebillProposal Proposed(InvoiceState invoice, Practice practice) =>
        Assert.IsType<Rebilling.Proposed>(Rebilling.Of(invoice, practice.Sources)).Proposal;

    private static RebillAcceptance.Accepted Accept(
        InvoiceState invoice, Practice practice, string way, CreditSettlement? settlement = null) =>
        Assert.IsType<RebillAcceptance.Accepted>(Decide(invoice, practice, way, settlement ?? CreditSettlement.None));

    private static RebillAcceptance.Accepted? Try(InvoiceState invoice, Practice practice, string way) =>
        Decide(invoice, practice, way, CreditSettlement.None) as RebillAcceptance.Accepted;

    private static RebillAcceptance Decide(InvoiceState invoice, Practice practice, string way, CreditSettlement settlement) =>
        RebillAcceptance.Decide(
            invoice, Invoice.Stream.Initial,
            new AcceptRebill(InvoiceId, Proposed(invoice, practice).Fingerprint, way, NewInvoice, Note, settlement, April1, At),
            practice.Sources, Numbers);

    private static EngagementEvent.BillingModeSet Mode(string kind, long amountMinor, string per) =>
        new(Id(50), kind, amountMinor, per, January1, At);
}
