using Billing.Domain.Invoicing;
using Billing.Domain.SalesTax;
using Billing.Domain.Tests.Invoicing;
using Billing.Domain.TimeTracking;
using CsCheck;
using static Billing.Domain.Invoicing.InvoiceEvent;
using static Billing.Domain.Tests.Invoicing.Practice;
using static Billing.Domain.Tests.SalesTax.Taxed;

namespace Billing.Domain.Tests.SalesTax;

/// <summary>Proposals of invoices with tax: net and tax are compared, and billed, together.</summary>
public class TaxRebillTests
{
    private static readonly RebillNumbers Numbers = new("INV-2026", new NumberingState(1), "CN-2026", new NumberingState(0));

    [Fact]
    public void A_dearer_rate_is_proposed_with_its_tax_and_billed_as_a_line_of_tax()
    {
        var practice = new Practice().Charges(Inbox, 60_00).Works(101, 60).Charging(Nineteen);
        var invoice = Invoice.Stream.Fold([practice.Finalized()]);
        practice.Charges(Inbox, 66_00, card: 21);
        var proposal = Assert.IsType<Rebilling.Proposed>(Rebilling.Of(invoice, practice.Sources)).Proposal;
        Assert.Equal((71_40L, 78_54L), (proposal.OriginalMinor, proposal.NowMinor));
        var final = Accepted(invoice, practice, RebillWay.Delta).Invoice.OfType<InvoiceFinalized>().Single();
        Assert.Equal(
            [(LineKind.Correction, 66_00L), (LineKind.Correction, -60_00L), (LineKind.Tax, 1_14L)],
            final.Amounts().OrderByDescending(line => line.Item2 == 1_14 ? long.MinValue : line.Item2));
        Assert.Equal([new TaxPart("S", 19_000, 6_00, 1_14, null)], final.Tax!.Parts);
    }

    [Fact]
    public void A_cheaper_rate_is_credited_with_the_tax_that_is_on_it()
    {
        var practice = new Practice().Charges(Inbox, 66_00).Works(101, 60).Spends(201, 10_00).Charging(Nineteen, ForExpenses("software", Exempt));
        var invoice = Invoice.Stream.Fold([practice.Finalized()]);
        practice.Charges(Inbox, 60_00, card: 21);
        var note = Accepted(invoice, practice, RebillWay.Delta).Original.OfType<CreditNoteIssued>().Single();
        Assert.Equal((7_14L, 1_14L), (note.TotalMinor, note.TaxMinor));
        Assert.Equal([new TaxPart("S", 19_000, 6_00, 1_14, null)], CreditedTax.PartsOf(invoice.Issued!.Facts, note.Lines));
    }

    [Fact]
    public void What_is_billed_anew_is_taxed_by_the_rules_that_it_was_billed_by()
    {
        var practice = new Practice().Charges(Inbox, 60_00).Works(101, 60).Charging(Nineteen);
        var invoice = Invoice.Stream.Fold([practice.Finalized(Percent(10))]);
        practice.Charges(Inbox, 66_00, card: 21).Charging(Seven);
        var final = Accepted(invoice, practice, RebillWay.CreditAndRebill).Invoice.OfType<InvoiceFinalized>().Single();
        Assert.Equal([new TaxPart("S", 19_000, 59_40, 11_29, null)], final.Tax!.Parts);
        Assert.Equal(invoice.Issued!.Facts.Discounts, final.Discounts);
    }

    /// <summary>Whatever was billed at whichever rates and corrected afterwards: in the end net and tax are those of the invoice made
    /// from scratch.</summary>
    [Fact]
    public void Afterwards_all_documents_together_come_to_the_invoice_made_from_scratch()
    {
        var entry = Gen.Select(Gen.Long[1, 40_000], Gen.Bool);
        Gen.Select(
            entry.Array[1, 5], Gen.Long[1, 90_00], Gen.Long[1, 90_00], Gen.Long[1, 40_000], Gen.Bool, Gen.Bool, Gen.Int[0, 30],
            Gen.Int[1, 30_000]).Sample((entries, perHour, corrected, seconds, isDelta, isIncluded, percent, rate) =>
        {
            var practice = new Practice().Charges(Inbox, perHour).Charges(Books, perHour + 7, card: 21).Spends(201, 12_34);
            TaxException[] own = [For(Books, Seven), ForExpenses("software", Exempt)];
            _ = isIncluded ? practice.Including(new TaxTreatment("S", rate), own) : practice.Charging(new TaxTreatment("S", rate), own);
            for (var i = 0; i < entries.Length; i++) practice.WorksSeconds(101 + i, entries[i].Item1, entries[i].Item2 ? Books : Inbox);
            var invoice = Invoice.Stream.Fold([practice.Finalized(percent == 0 ? [] : [Percent(percent)])]);
            practice.Charges(Inbox, corrected, card: 22);
            var first = invoice.Issued!.Facts.Time[0];
            var before = practice.Sources.Timesheets[first.Timesheet].Entries[first.EntryIds[0]];
            practice.Happens(first.Timesheet, new TimesheetEvent.TimeEntryCorrected(
                before.EntryId, before.EngagementId, Acme, null, true, before.WorkedOn, null, null, seconds, "America/New_York", At));
            if (Rebilling.Of(invoice, practice.Sources) is not Rebilling.Proposed { Proposal: var proposal }) return;
            if (Decide(invoice, practice, isDelta ? RebillWay.Delta : RebillWay.CreditAndRebill) is not RebillAcceptance.Accepted accepted)
                return;
            practice.Appends(accepted.Timesheets, accepted.Expenses, [], accepted.Engagements);
            var original = Invoice.Stream.After(invoice, accepted.Original);
            var issued = accepted.Invoice.OfType<InvoiceFinalized>().SingleOrDefault();
            Assert.Equal(proposal.NowMinor, original.Issued!.LeftMinor + (issued?.TotalMinor ?? 0));
            if (issued is not null)
            {
                Assert.Equal(issued.TotalMinor, issued.Tax!.Parts.Sum(part => part.TaxableMinor + part.TaxMinor));
                Assert.All(NetAmounts.Of(issued.Lines), net => Assert.True(net >= 0));
            }
            Assert.IsType<Rebilling.Unchanged>(Rebilling.Of(original, practice.Sources));
        }, iter: 500);
    }

    private static RebillAcceptance.Accepted Accepted(InvoiceState invoice, Practice practice, string way) =>
        Assert.IsType<RebillAcceptance.Accepted>(Decide(invoice, practice, way));

    private static RebillAcceptance Decide(InvoiceState invoice, Practice practice, string way)
    {
        var proposal = Assert.IsType<Rebilling.Proposed>(Rebilling.Of(invoice, practice.Sources)).Proposal;
        var command = new AcceptRebill(InvoiceId, proposal.Fingerprint, way, Id(78), Id(79), CreditSettlement.None, April1, At);
        return RebillAcceptance.Decide(invoice, Invoice.Stream.Initial, command, practice.Sources, Numbers);
    }
}
