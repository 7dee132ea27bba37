using Billing.Domain.Access;
using Billing.Domain.Expenses;
using Billing.Domain.Invoicing;
using Billing.Domain.Retainers;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Tests.Invoicing.Practice;

namespace Billing.Domain.Tests.Invoicing;

public class FinalizationTests
{
    [Fact]
    public void Writes_to_every_stream_that_it_touches()
    {
        var april2 = April1.PlusDays(1);
        var practice = Priced()
            .Works(101, 60, note: "Mail").Works(102, 30, on: april2, assistant: Ben).Spends(201, 5_00).Holds(20_00);
        var accepted = practice.Finalized(practice.Drafted(drawsOnRetainer: true));

        Assert.Equal(new NumberingEvent.NumberGiven(1, "INV-2026-0001", InvoiceId), accepted.Numbering);
        Canonical.Same(
            new[]
            {
                new TimesheetWrite(SheetOf(), new TimesheetEvent.TimeBilled([Id(101)], InvoiceId)),
                new TimesheetWrite(SheetOf(april2, Ben), new TimesheetEvent.TimeBilled([Id(102)], InvoiceId)),
            }.OrderBy(write => write.Timesheet),
            accepted.Timesheets.OrderBy(write => write.Timesheet));
        Assert.Equal([new ExpenseWrite(Id(201), new ExpenseEvent.ExpenseBilled(InvoiceId))], accepted.Expenses);
        Canonical.Same(new RetainerEvent.RetainerDrawn(InvoiceId, 20_00, [new LotDraw(Id(30), 20_00)], April1),
            Assert.Single(accepted.Retainers).Event);

        var invoice = accepted.Invoice;
        Assert.Equal(
            (InvoiceKind.Work, "INV-2026-0001", "USD", April1, April1.PlusDays(14)),
            (invoice.Kind, invoice.Number, invoice.Currency, invoice.IssuedOn, invoice.DueOn));
        Assert.Equal((95_00, 20_00, 0), (invoice.TotalMinor, invoice.RetainerAppliedMinor, invoice.RetainerBalanceAfterMinor));
        Assert.Equal(75_00, Invoice.Stream.Fold([invoice]).OpenMinor);
    }

    /// <summary>An append names each stream once.</summary>
    [Fact]
    public void Writes_once_to_a_timesheet_that_was_selected_in_two_parts()
    {
        var practice = Priced().Works(101, 60).Works(102, 60);
        var draft = practice.DraftOfAll() with
        {
            Time = [new SelectedTime(SheetOf(), [Id(101)]), new SelectedTime(SheetOf(), [Id(102)])],
        };
        var drafted = Invoice.Stream.Fold(Drafting.Decide(Invoice.Stream.Initial, draft, practice.Sources).Events());
        Canonical.Same(
            new TimesheetEvent.TimeBilled([Id(101), Id(102)], InvoiceId),
            Assert.Single(practice.Finalized(drafted).Timesheets).Event);
    }

    [Fact]
    public void Freezes_names_notes_and_descriptions_as_they_are()
    {
        var practice = Priced().Works(101, 60, note: "Mail").Works(102, 30, assistant: Ben).Spends(201, 5_00).Holds(20_00);
        var texts = practice.Finalized(practice.Drafted(drawsOnRetainer: true)).Invoice.Texts;
        Canonical.Same(
            new InvoiceTexts(
                new PartyTexts("Ana Practice", [], null, null), new PartyTexts("Acme", ["1 Road"], "pay@acme.example", null),
                ["Inbox", "Vendor"], ["Mail", ""], new Dictionary<Guid, string> { [Ana] = "Ana", [Ben] = "Ben" }, null, "Care"),
            texts);
    }

    [Fact]
    public void Is_due_by_the_clients_terms_or_else_the_practices()
    {
        var practice = Priced().Works(101, 60).Sets(new InvoicingPolicy("INV", 30, RoundingPolicy.Exact));
        Assert.Equal(April1.PlusDays(30), practice.Finalized(practice.Drafted()).Invoice.DueOn);
        practice.AgreesOnTerms(0);
        Assert.Equal(April1, practice.Finalized(practice.Drafted()).Invoice.DueOn);
    }

    [Fact]
    public void Takes_the_next_number_of_the_series_of_its_year()
    {
        var practice = Priced().Works(101, 60).Sets(new InvoicingPolicy("VA", 14, RoundingPolicy.Exact));
        var draft = practice.Drafted();
        Assert.Equal("VA-2026-0042", Number(practice.Finalize(draft, lastSequence: 41)));
        Assert.Equal("VA-2025-0001", Number(practice.Finalize(draft, new LocalDate(2025, 12, 31))));
        Assert.Equal("VA-2026-10000", Number(practice.Finalize(draft, lastSequence: 9999)));
        Assert.Equal(
            "VA-2025", Finalization.SeriesOf(new FinalizeInvoice(InvoiceId, new LocalDate(2025, 1, 1), At), practice.Sources));
    }

    [Fact]
    public void Bills_an_entry_as_it_stands_now()
    {
        var practice = Priced().Works(101, 60);
        var draft = practice.Drafted();
        practice.Happens(SheetOf(), new TimesheetEvent.TimeEntryCorrected(
            Id(101), Inbox, Acme, null, true, March2, null, null, 1800, "America/New_York", At));
        Assert.Equal(30_00, practice.Finalized(draft).Invoice.TotalMinor);
    }

    [Fact]
    public void Refuses_what_was_removed_or_billed_since_the_draft_and_names_it()
    {
        var removed = Priced().Works(101, 60).Works(102, 60);
        var draft = removed.Drafted();
        var billed = Priced().Works(101, 60).Works(102, 60);
        removed.Happens(SheetOf(), new TimesheetEvent.TimeEntryRemoved(Id(102), At));
        billed.Happens(SheetOf(), new TimesheetEvent.TimeBilled([Id(102)], Id(77)));
        foreach (var (practice, code) in new[] { (removed, "entry-removed"), (billed, "entry-billed") })
        {
            var rejection = Assert.IsType<Finalization.Refused>(practice.Finalize(draft)).Rejection;
            Assert.Equal(code, rejection.Code);
            Assert.Contains(Id(102).ToString("D"), rejection.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Bills_each_entry_at_most_once()
    {
        var practice = Priced().Works(101, 60);
        var (first, second) = (practice.Drafted(), practice.Drafted(invoiceId: Id(10)));
        practice.Appends(practice.Finalized(first));
        Assert.Equal("entry-billed", RefusalOf(practice.Finalize(second)));
    }

    [Fact]
    public void Is_done_once()
    {
        var practice = Priced().Works(101, 60);
        var finalized = Invoice.Stream.Fold([practice.Finalized(practice.Drafted()).Invoice]);
        Assert.IsType<Finalization.AlreadyDone>(practice.Finalize(finalized));
        Assert.Equal("invoice-unknown", RefusalOf(practice.Finalize(Invoice.Stream.Initial)));
        Assert.Equal("invoice-discarded", RefusalOf(practice.Finalize(new InvoiceState.Discarded(InvoiceId))));
        Assert.Equal("invoice-voided", RefusalOf(practice.Finalize(
            Invoice.Stream.After(finalized, [new InvoiceEvent.InvoiceVoided("Wrong", April1, At)]))));
    }

    [Theory]
    [InlineData(2000, 1, 1, true)]
    [InlineData(1999, 12, 31, false)]
    [InlineData(2027, 4, 2, true)]
    [InlineData(2027, 4, 3, false)]
    public void Is_dated_plausibly(int year, int month, int day, bool isTaken)
    {
        var practice = Priced().Works(101, 60);
        var finalization = practice.Finalize(practice.Drafted(), new LocalDate(year, month, day));
        if (isTaken) Assert.IsType<Finalization.Accepted>(finalization);
        else Assert.Equal("issued-on-implausible", RefusalOf(finalization));
    }

    /// <summary>Time that rounds down to nothing is billed all the same; the invoice is paid at once.</summary>
    [Fact]
    public void A_total_of_zero_is_allowed()
    {
        var practice = Priced().Rounds(900, RoundingPolicy.Down, RoundingPolicy.PerEntry).Works(101, 5).Holds(20_00);
        var accepted = practice.Finalized(practice.Drafted(drawsOnRetainer: true));
        Assert.Equal(0, accepted.Invoice.TotalMinor);
        Assert.Empty(accepted.Retainers);
        Assert.Single(accepted.Timesheets);
        Assert.Equal(InvoiceStatus.Paid, Invoice.Stream.Fold([accepted.Invoice]).Status);
    }

    [Fact]
    public void An_invoice_that_the_retainer_covers_is_paid_at_once()
    {
        var practice = Priced().Works(101, 60).Holds(60_00);
        var invoice = Invoice.Stream.Fold([practice.Finalized(practice.Drafted(drawsOnRetainer: true)).Invoice]);
        Assert.Equal((InvoiceStatus.Paid, 0), (invoice.Status, invoice.OpenMinor));
    }

    [Fact]
    public void A_deposit_has_one_line_and_draws_on_nothing()
    {
        var practice = new Practice().Holds(500_00);
        var sources = practice.Sources;
        var drafted = Drafting.Decide(
            Invoice.Stream.Initial,
            new DraftDeposit(InvoiceId, Acme, RetainerId, new Money(5000_00, Currency.Usd), "First deposit", At), sources.Business,
            sources.Client,
            sources.RetainerOf(RetainerId)).Events();
        var accepted = practice.Finalized(Invoice.Stream.Fold(drafted));
        var line = Assert.Single(accepted.Invoice.Lines);
        Assert.Equal((LineKind.Deposit, 5000_00, null), (line.Kind, line.AmountMinor, line.QuantitySeconds));
        Assert.Equal((InvoiceKind.Deposit, RetainerId), (accepted.Invoice.Kind, accepted.Invoice.RetainerId));
        Assert.Equal(0, accepted.Invoice.RetainerAppliedMinor);
        Assert.Empty(accepted.Retainers);
        Assert.Equal(["Care"], accepted.Invoice.Texts!.LineDescriptions);
        Assert.Equal("First deposit", accepted.Invoice.Texts.Note);
    }

    /// <summary>However many are finalised, refused and voided in between.</summary>
    [Fact]
    public void Numbers_have_no_gap_and_no_double() => CsCheck.Check.Sample(CsCheck.Gen.Bool.Array[0, 60], finalises =>
    {
        var practice = Priced().Works(101, 60);
        var draft = practice.Drafted();
        var numbering = Numbering.Stream.Initial;
        var given = new List<int>();
        foreach (var isFine in finalises)
        {
            var state = isFine ? draft : new InvoiceState.Discarded(InvoiceId);
            if (practice.Finalize(state, lastSequence: numbering.LastSequence) is not Finalization.Accepted accepted) continue;
            given.Add(accepted.Numbering.Sequence);
            numbering = Numbering.Stream.After(numbering, [accepted.Numbering]);
        }
        Assert.Equal(Enumerable.Range(1, finalises.Count(isFine => isFine)), given);
    }, iter: 20);

    private static Practice Priced() => new Practice().Charges(Inbox, 60_00);

    private static string Number(Finalization finalization) => Assert.IsType<Finalization.Accepted>(finalization).Invoice.Number;

    private static string RefusalOf(Finalization finalization) => Assert.IsType<Finalization.Refused>(finalization).Rejection.Code;

    [Fact]
    public void Is_not_dated_into_a_closed_period()
    {
        var practice = Priced().Works(101, 60).Sets(new BusinessEvent.PeriodLocked(April1, "Filed", At));

        var refused = Assert.IsType<Finalization.Refused>(practice.Finalize(practice.Drafted()));

        Assert.Equal(("period-locked", "/issuedOn"), (refused.Rejection.Code, refused.Rejection.Field));
        Assert.IsType<Finalization.Accepted>(practice.Finalize(practice.Drafted(), April1.PlusDays(1)));
    }
}
