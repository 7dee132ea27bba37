using Billing.Domain.Engagements;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Invoicing;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using CsCheck;
using NodaTime;
using static Billing.Domain.Invoicing.InvoiceEvent;
using static Billing.Domain.Tests.Invoicing.Practice;

namespace Billing.Domain.Tests.Invoicing;

public class RebillAcceptanceTests
{
    private static readonly Guid NewInvoice = Id(78), Note = Id(79);
    private static readonly RebillNumbers Numbers = new("INV-2026", new NumberingState(1), "CN-2026", new NumberingState(0));

    [Fact]
    public void Credit_and_rebill_takes_all_of_it_back_and_bills_the_work_on_a_new_invoice()
    {
        var (practice, invoice) = Dearer();
        var accepted = Accept(invoice, practice, RebillWay.CreditAndRebill);
        var (note, final) = (accepted.Original.OfType<CreditNoteIssued>().Single(), accepted.Invoice.OfType<InvoiceFinalized>().Single());
        Assert.Equal(("CN-2026-0001", 60_00L, 60_00L), (note.Number, note.TotalMinor, note.ReducedMinor));
        Assert.Equal(("INV-2026-0002", 66_00L, InvoiceId), (final.Number, final.TotalMinor, final.CorrectsInvoiceId));
        Assert.Equal(["TimeReleased", "TimeBilled"], accepted.Timesheets.Select(write => write.Event.GetType().Name));
        var original = After(invoice, practice, accepted);
        Assert.Equal(InvoiceStatus.Credited, original.Status);
        Assert.Equal(NewInvoice, practice.Sources.Timesheets[SheetOf()].Entries[Id(101)].InvoiceId);
        Assert.IsType<Rebilling.Unchanged>(Rebilling.Of(original, practice.Sources));
        Assert.IsType<Rebilling.Unchanged>(Rebilling.Of(Invoice.Stream.Fold([.. accepted.Invoice]), practice.Sources));
    }

    [Fact]
    public void A_delta_is_an_invoice_where_it_is_more_and_a_credit_note_where_it_is_less()
    {
        var (practice, invoice) = Dearer();
        var more = Accept(invoice, practice, RebillWay.Delta);
        var final = more.Invoice.OfType<InvoiceFinalized>().Single();
        Assert.Equal((6_00L, 2, 0), (final.TotalMinor, final.Lines.Count, final.Time.Count));
        Assert.Empty(more.Timesheets);
        var original = After(invoice, practice, more);
        Assert.Equal((InvoiceStatus.Finalized, 60_00L), (original.Status, original.OpenMinor));
        Assert.IsType<Rebilling.Unchanged>(Rebilling.Of(original, practice.Sources));

        practice.Charges(Inbox, 55_00, card: 22);
        var less = Accept(original, practice, RebillWay.Delta);
        Assert.Equal(11_00, less.Original.OfType<CreditNoteIssued>().Single().TotalMinor);
        var twice = After(original, practice, less);
        Assert.IsType<Rebilling.Unchanged>(Rebilling.Of(twice, practice.Sources));
        Assert.Equal(55_00, twice.Issued!.LeftMinor + final.TotalMinor);
    }

    [Fact]
    public void A_stale_fingerprint_is_refused_and_the_new_one_named_and_a_retry_changes_nothing()
    {
        var (practice, invoice) = Dearer();
        var stale = Command(Fingerprint(invoice, practice), RebillWay.Delta);
        practice.Charges(Inbox, 67_00, card: 22);
        var refused = Assert.IsType<RebillAcceptance.Refused>(Decide(invoice, practice, stale)).Rejection;
        Assert.Equal("proposal-changed", refused.Code);
        Assert.Contains(Fingerprint(invoice, practice), refused.Detail, StringComparison.Ordinal);
        var command = stale with { Fingerprint = Fingerprint(invoice, practice) };
        var accepted = Assert.IsType<RebillAcceptance.Accepted>(Decide(invoice, practice, command));
        Assert.IsType<RebillAcceptance.AlreadyDone>(Decide(After(invoice, practice, accepted), practice, command));
    }

    [Fact]
    public void What_cannot_be_accepted_says_why()
    {
        var (practice, invoice) = Dearer();
        var good = Command(Fingerprint(invoice, practice), RebillWay.CreditAndRebill);
        Assert.Equal("invoice-unknown", Refusal(Invoice.Stream.Initial, practice, good));
        Assert.Equal("rebill-way-unknown", Refusal(invoice, practice, good with { Way = "both" }));
        var taken = RebillAcceptance.Decide(invoice, invoice, good, practice.Sources, Numbers);
        Assert.Equal("id-taken", Assert.IsType<RebillAcceptance.Refused>(taken).Rejection.Code);
        var paid = Invoice.Stream.After(invoice, [new PaymentApplied(Id(50), 60_00, April1)]);
        Assert.Equal("settlement-differs", Refusal(paid, practice, good));
        Assert.IsType<RebillAcceptance.Accepted>(Decide(
            paid, practice, good with { Settlement = new CreditSettlement(null, new Money(60_00, Currency.Usd), null) }));
        var corrected = After(invoice, practice, Accept(invoice, practice, RebillWay.Delta));
        practice.Charges(Inbox, 70_00, card: 23);
        Assert.Equal(
            "rebill-after-credit", Refusal(corrected, practice, good with { Fingerprint = Fingerprint(corrected, practice) }));
        var same = new Practice().Charges(Inbox, 60_00).Works(101, 60);
        Assert.Equal("nothing-proposed", Refusal(Finalized(same), same, good));
    }

    [Fact]
    public void Of_an_invoice_that_a_retainer_paid_only_the_difference_is_billed()
    {
        var practice = new Practice().Charges(Inbox, 60_00).Works(101, 60).Holds(20_00);
        var accepted = practice.Finalized(practice.Drafted(drawsOnRetainer: true));
        practice.Appends(accepted);
        var invoice = Invoice.Stream.Fold([accepted.Invoice]);
        practice.Charges(Inbox, 66_00, card: 21);
        var command = Command(Fingerprint(invoice, practice), RebillWay.CreditAndRebill);
        Assert.Equal("rebill-draws-on-retainer", Refusal(invoice, practice, command));
        Assert.IsType<RebillAcceptance.Accepted>(Decide(invoice, practice, command with { Way = RebillWay.Delta }));
    }

    /// <summary>For whatever was billed by whichever rules, and corrected afterwards: by both ways, what stands in the end is the
    /// invoice made from scratch, and nothing is proposed any more.</summary>
    [Fact]
    public void Afterwards_all_documents_together_come_to_the_invoice_made_from_scratch()
    {
        var entry = Gen.Select(Gen.Long[1, 40_000], Gen.Int[0, 12], Gen.Bool, Gen.Bool);
        Gen.Select(
            entry.Array[1, 6], Gen.OneOfConst(0, 900), Gen.Int[0, 2], Gen.Long[10_00, 900_00], Gen.Long[1, 90_00], Gen.Long[1, 90_00],
            Gen.Long[1, 40_000], Gen.Bool).Sample((entries, increment, mode, amount, perHour, corrected, seconds, isDelta) =>
        {
            var practice = new Practice().Rounds(increment, RoundingPolicy.Up, RoundingPolicy.PerEntry)
                .Charges(Inbox, perHour, card: 20).Charges(Books, perHour + 7, card: 21).Spends(201, 12_34);
            if (mode == 1) practice.Agrees(Inbox, Mode(BillingMode.Capped, amount, BillingMode.PerMonth));
            if (mode == 2) practice.Agrees(Books, Mode(BillingMode.FixedFee, amount, BillingMode.Once));
            for (var i = 0; i < entries.Length; i++)
            {
                practice.WorksSeconds(
                    101 + i, entries[i].Item1, entries[i].Item3 ? Books : Inbox, March2.PlusDays(entries[i].Item2),
                    entries[i].Item4 ? Ben : Ana);
            }
            var invoice = Finalized(practice);
            practice.Charges(Inbox, corrected, card: 22);
            var first = invoice.Issued!.Facts.Time[0];
            var before = practice.Sources.Timesheets[first.Timesheet].Entries[first.EntryIds[0]];
            practice.Happens(first.Timesheet, new TimesheetEvent.TimeEntryCorrected(
                before.EntryId, before.EngagementId, Acme, null, true, before.WorkedOn, null, null, seconds, "America/New_York", At));
            if (Rebilling.Of(invoice, practice.Sources) is not Rebilling.Proposed { Proposal: var proposal }) return;

            var accepted = Accept(invoice, practice, isDelta ? RebillWay.Delta : RebillWay.CreditAndRebill);
            var original = After(invoice, practice, accepted);
            var issued = accepted.Invoice.OfType<InvoiceFinalized>().SingleOrDefault();
            Assert.Equal(proposal.NowMinor, original.Issued!.LeftMinor + (issued?.TotalMinor ?? 0));
            if (issued is not null)
            {
                Assert.Equal(issued.TotalMinor, issued.Lines.Sum(line => line.AmountMinor));
                Assert.All(NetAmounts.Of(issued.Lines), net => Assert.True(net >= 0));
                Assert.IsType<Rebilling.Unchanged>(Rebilling.Of(Invoice.Stream.Fold([.. accepted.Invoice]), practice.Sources));
            }
            Assert.IsType<Rebilling.Unchanged>(Rebilling.Of(original, practice.Sources));
        }, iter: 300);
    }

    private static (Practice, InvoiceState) Dearer()
    {
        var practice = new Practice().Charges(Inbox, 60_00).Works(101, 60);
        var invoice = Finalized(practice);
        return (practice.Charges(Inbox, 66_00, card: 21), invoice);
    }

    private static InvoiceState Finalized(Practice practice)
    {
        var accepted = practice.Finalized(practice.Drafted());
        practice.Appends(accepted);
        return Invoice.Stream.Fold([accepted.Invoice]);
    }

    private static InvoiceState After(InvoiceState invoice, Practice practice, RebillAcceptance.Accepted accepted)
    {
        practice.Appends(accepted.Timesheets, accepted.Expenses, [], accepted.Engagements);
        return Invoice.Stream.After(invoice, accepted.Original);
    }

    private static string Fingerprint(InvoiceState invoice, Practice practice) =>
        Assert.IsType<Rebilling.Proposed>(Rebilling.Of(invoice, practice.Sources)).Proposal.Fingerprint;

    private static AcceptRebill Command(string fingerprint, string way) => new(
        InvoiceId, fingerprint, way, NewInvoice, Note, CreditSettlement.None, April1, At);

    private static RebillAcceptance Decide(InvoiceState invoice, Practice practice, AcceptRebill command) =>
        RebillAcceptance.Decide(invoice, Invoice.Stream.Initial, command, practice.Sources, Numbers);

    private static RebillAcceptance.Accepted Accept(InvoiceState invoice, Practice practice, string way) =>
        Assert.IsType<RebillAcceptance.Accepted>(Decide(invoice, practice, Command(Fingerprint(invoice, practice), way)));

    private static string Refusal(InvoiceState invoice, Practice practice, AcceptRebill command) =>
        Assert.IsType<RebillAcceptance.Refused>(Decide(invoice, practice, command)).Rejection.Code;

    private static EngagementEvent.BillingModeSet Mode(string kind, long amountMinor, string per) =>
        new(Id(50), kind, amountMinor, per, new LocalDate(2026, 1, 1), At);
}
