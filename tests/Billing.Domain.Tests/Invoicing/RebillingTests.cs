using Billing.Domain.Engagements;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Invoicing;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using CsCheck;
using NodaTime;
using static Billing.Domain.Tests.Invoicing.Practice;

namespace Billing.Domain.Tests.Invoicing;

public class RebillingTests
{
    private static readonly LocalDate January = new(2026, 1, 1);

    [Fact]
    public void An_invoice_whose_work_costs_the_same_has_no_proposal()
    {
        var practice = new Practice().Charges(Inbox, 60_00).Works(101, 60).Spends(201, 5_00);
        var invoice = Finalized(practice);
        Assert.IsType<Rebilling.Unchanged>(Rebilling.Of(invoice, practice.Sources));
        practice.Charges(Inbox, 90_00, from: March2.PlusDays(1), card: 21);
        Assert.IsType<Rebilling.Unchanged>(Rebilling.Of(invoice, practice.Sources));
        Assert.IsType<Rebilling.Unchanged>(Rebilling.Of(Invoice.Stream.Initial, practice.Sources));
    }

    [Fact]
    public void A_rate_corrected_for_the_past_is_proposed_and_the_practices_new_rounding_is_not()
    {
        var practice = new Practice().Charges(Inbox, 60_00).Works(101, 50).Spends(201, 5_00);
        var invoice = Finalized(practice);
        practice.Rounds(900, RoundingPolicy.Up, RoundingPolicy.PerEntry);
        Assert.IsType<Rebilling.Unchanged>(Rebilling.Of(invoice, practice.Sources));
        var proposal = Proposed(invoice, practice.Charges(Inbox, 66_00, card: 21));
        Assert.Equal((55_00L, 60_00L, 5_00L), (proposal.OriginalMinor, proposal.NowMinor, proposal.DifferenceMinor));
        Assert.Equal([-50_00, -5_00], proposal.CreditNote.Select(line => line.AmountMinor));
        Assert.Equal([55_00, 5_00], proposal.Rebill.Select(line => line.AmountMinor));
        Assert.Equal([-50_00, 55_00], proposal.Delta.Select(line => line.AmountMinor).Order());
        Assert.Contains(proposal.Delta, line => line.Description == "Inbox: 0:50:00 h at 66.00 = 55.00 USD instead of 0:00:00 h at 66.00 = 0.00 USD");
    }

    [Fact]
    public void An_entry_corrected_or_removed_after_it_was_billed_is_proposed()
    {
        var practice = new Practice().Charges(Inbox, 60_00).Works(101, 60).Works(102, 60);
        var invoice = Finalized(practice);
        practice.Happens(SheetOf(), new TimesheetEvent.TimeEntryCorrected(
            Id(101), Inbox, Acme, null, true, March2, null, null, 1800, "America/New_York", At));
        Assert.Equal(-30_00, Proposed(invoice, practice).DifferenceMinor);
        practice.Happens(SheetOf(), new TimesheetEvent.TimeEntryRemoved(Id(102), At));
        Assert.Equal(-90_00, Proposed(invoice, practice).DifferenceMinor);
    }

    [Fact]
    public void Work_that_has_no_rate_any_more_is_said_to_be_unclear()
    {
        var practice = new Practice().Charges(Inbox, 60_00, from: March2).Works(101, 60);
        var invoice = Finalized(practice);
        practice.Happens(SheetOf(), new TimesheetEvent.TimeEntryCorrected(
            Id(101), Books, Acme, null, true, March2, null, null, 3600, "America/New_York", At));
        Assert.Equal("rate-missing", Assert.IsType<Rebilling.Unclear>(Rebilling.Of(invoice, practice.Sources)).Why.Code);
    }

    [Fact]
    public void A_dropped_difference_stays_dropped_until_it_is_another_one()
    {
        var practice = new Practice().Charges(Inbox, 60_00).Works(101, 60);
        var invoice = Finalized(practice);
        var none = new DropRebill(InvoiceId, new string('a', 64), At);
        Invoice.Decide(invoice, none, Rebilling.Of(invoice, practice.Sources)).IsRefused("nothing-proposed");
        var rebilling = Rebilling.Of(invoice, practice.Charges(Inbox, 66_00, card: 21).Sources);
        Invoice.Decide(invoice, none, rebilling).IsRefused("proposal-changed");
        var drop = none with { Fingerprint = Assert.IsType<Rebilling.Proposed>(rebilling).Proposal.Fingerprint };
        var dropped = Invoice.Stream.After(invoice, Invoice.Decide(invoice, drop, rebilling).Events());
        Invoice.Decide(dropped, drop, rebilling).IsAlreadyDone();
        Assert.True(Proposed(dropped, practice).IsDropped);
        Assert.False(Proposed(dropped, practice.Charges(Inbox, 67_00, card: 22)).IsDropped);
        Invoice.Decide(Invoice.Stream.Initial, drop, rebilling).IsRefused("invoice-unknown");
    }

    /// <summary>For whatever was billed by whichever rules, and corrected afterwards.</summary>
    [Fact]
    public void Original_credit_and_rebill_come_to_the_invoice_made_from_scratch_and_so_do_original_and_delta()
    {
        var entry = Gen.Select(Gen.Long[1, 40_000], Gen.Int[0, 12], Gen.Bool, Gen.Bool);
        var policy = Gen.Select(
            Gen.OneOfConst(0, 60, 900), Gen.OneOfConst(RoundingPolicy.Up, RoundingPolicy.Down, RoundingPolicy.Nearest),
            Gen.OneOfConst(RoundingPolicy.PerEntry, RoundingPolicy.PerLine, RoundingPolicy.PerInvoice),
            (increment, direction, scope) => new RoundingPolicy(increment, direction, scope));
        var rules = Gen.Select(Gen.Int[0, 2], Gen.Long[10_00, 900_00], Gen.Bool, Gen.Bool);
        Gen.Select(entry.Array[1, 8], policy, rules, Gen.Long[1, 90_00], Gen.Long[1, 90_00], Gen.Int[0, 12], Gen.Long[1, 40_000])
            .Sample((entries, rounding, agreed, perHour, corrected, correctedFrom, seconds) =>
            {
                var (mode, amount, isSum, hasMinimum) = agreed;
                var practice = new Practice().Rounds(rounding.IncrementSeconds, rounding.Direction, rounding.Scope)
                    .Agrees(Inbox, Tiered(20, perHour)).Charges(Books, perHour + 7, card: 21).Spends(201, 12_34)
                    .Agrees(Inbox, Surcharges(isSum)).Agrees(Books, Surcharges(!isSum));
                if (mode == 1) practice.Agrees(Inbox, Mode(BillingMode.Capped, amount, BillingMode.PerMonth));
                if (mode == 2) practice.Agrees(Books, Mode(BillingMode.FixedFee, amount, BillingMode.Once));
                if (hasMinimum) practice.Agrees(Books, new EngagementEvent.TimeRuleSet(null, 1800, January, At));
                for (var i = 0; i < entries.Length; i++)
                {
                    practice.WorksSeconds(
                        101 + i, entries[i].Item1, entries[i].Item3 ? Books : Inbox, March2.PlusDays(entries[i].Item2),
                        entries[i].Item4 ? Ben : Ana);
                }
                var invoice = Finalized(practice);
                Assert.IsType<Rebilling.Unchanged>(Rebilling.Of(invoice, practice.Sources));

                practice.Agrees(Inbox, Tiered(22, corrected) with { ValidFrom = March2.PlusDays(correctedFrom) });
                var first = invoice.Issued!.Facts.Time[0];
                var before = practice.Sources.Timesheets[first.Timesheet].Entries[first.EntryIds[0]];
                practice.Happens(first.Timesheet, new TimesheetEvent.TimeEntryCorrected(
                    before.EntryId, before.EngagementId, Acme, null, true, before.WorkedOn, null, null, seconds,
                    "America/New_York", At));
                var scratch = practice.FromScratch(invoice);
                if (Rebilling.Of(invoice, practice.Sources) is not Rebilling.Proposed { Proposal: var proposal })
                {
                    Assert.Equal(scratch, invoice.Issued.Facts.TotalMinor);
                    return;
                }
                Assert.Equal(scratch, proposal.NowMinor);
                Assert.Equal(scratch, proposal.OriginalMinor + Sum(proposal.CreditNote) + Sum(proposal.Rebill));
                Assert.Equal(scratch, proposal.OriginalMinor + Sum(proposal.Delta));
                Assert.Equal(0, proposal.OriginalMinor + Sum(proposal.CreditNote));
            }, iter: 300);
    }

    private static InvoiceState Finalized(Practice practice)
    {
        var accepted = practice.Finalized(practice.Drafted());
        practice.Appends(accepted);
        return Invoice.Stream.Fold([accepted.Invoice]);
    }

    private static RebillProposal Proposed(InvoiceState invoice, Practice practice) =>
        Assert.IsType<Rebilling.Proposed>(Rebilling.Of(invoice, practice.Sources)).Proposal;

    private static long Sum(IReadOnlyList<ProposedLine> lines) => lines.Sum(line => line.AmountMinor);

    private static EngagementEvent.RateCardSet Tiered(int id, long perHour) =>
        new(Id(id), null, perHour, January, null, At, TierSeconds: 30_000, AbovePerHourMinor: (perHour / 2) + 1);

    private static EngagementEvent.BillingModeSet Mode(string kind, long amountMinor, string per) =>
        new(Id(50), kind, amountMinor, per, January, At);

    private static EngagementEvent.SurchargesSet Surcharges(bool isSum) => new(
        [
            SurchargeRule.OfKind(SurchargeRule.Weekend) with { BasisPoints = 33_33, DaysOfWeek = [6, 7] },
            SurchargeRule.OfKind(SurchargeRule.Overtime) with
            {
                PerHourMinor = 3_33,
                Currency = "USD",
                OverSeconds = 10_000,
                Per = SurchargeRule.PerWeek,
                Of = SurchargeRule.OfAll,
            },
        ],
        isSum ? SurchargeSet.Sum : SurchargeSet.Highest, January, At);
}
