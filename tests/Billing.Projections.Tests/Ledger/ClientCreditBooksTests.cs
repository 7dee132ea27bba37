using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;
using Billing.Projections.Ledger;
using Billing.Projections.Ledger.Journal;
using Billing.Projections.Reports;
using Billing.Projections.Running;
using Billing.Projections.Taxes;
using Billing.Projections.Tests.Given;
using CsCheck;
using NodaTime;

namespace Billing.Projections.Tests.Ledger;

/// <summary>Books in which credit moves to and fro between invoices.</summary>
public sealed class ClientCreditBooksTests
{
    private static readonly LocalDate Start = new(2026, 1, 1), End = new(2028, 1, 1);

    [Fact]
    public void Credit_is_never_used_twice_and_pays_no_more_than_is_due() => Gen.Int[0, int.MaxValue].Sample(
        seed =>
        {
            var invoices = CreditHistory.Of(seed, 80).Invoices.Values.Select(state => state.Issued!).ToList();
            foreach (var invoice in invoices)
            {
                Assert.True(invoice.OverpaidMinor >= 0, "More was used than was paid too much.");
                Assert.All(invoice.CreditNotes.Values, note => Assert.True(invoice.CreditLeftOf(note) >= 0));
            }
            Assert.All(
                CreditHistory.Of(seed, 80).Invoices.Values.OfType<InvoiceState.Finalized>().Where(f => f.Invoice.WrittenOff is null),
                state => Assert.True(state.Invoice.BalanceMinor >= 0));
            Assert.Equal(
                invoices.SelectMany(i => i.CreditUses).Select(use => (use.UseId, use.AmountMinor)).Order(),
                invoices.SelectMany(i => i.AppliedCredits).Select(credit => (credit.UseId, credit.AmountMinor)).Order());
        },
        iter: 60);

    /// <summary>Among them, of each month: cash + change in receivables + written off − change in unearned − tax not received =
    /// accrual.</summary>
    [Fact]
    public Task Every_total_is_the_journals() => Gen.Int[0, int.MaxValue].SampleAsync(
        async seed =>
        {
            await using var practice = new Practice(ReadModelsIn.Sqlite);
            await practice.Append(Practice.Book, CreditHistory.Of(seed, 60).Events);
            var folded = new PracticeBook();
            foreach (var stored in await practice.Store.ReadBook(Practice.Book, 0, int.MaxValue, CancellationToken.None))
                folded.Add(stored);
            using var models = await BookSnapshot.Fill(practice.Store, Practice.Book, long.MaxValue, CancellationToken.None);
            Assert.Equal(
                [],
                Reconciliation.Of(folded, models.Database, Practice.Book).Where(total => !total.Holds)
                    .Select(total => $"{total.What}: {total.Journal} and {total.Elsewhere}"));

            Assert.True(TaxParameterLibrary.TryForYear(2026, out var parameters, out _));
            var expected = InformationReturns.TryExpect(parameters, new TaxQueries(models.Database).Received(Practice.Book, 2026), out _);
            Assert.True(expected!.Bridge.Single(row => row.Code == BridgeRow.Unexplained).Amount.IsZero);
        },
        iter: 40, threads: 1);

    /// <summary>The rows of both sides come to nothing but what turns out to be sales tax.</summary>
    [Fact]
    public async Task Applying_credit_receives_nothing_but_turns_the_tax_part_into_tax()
    {
        await using var practice = new Practice(ReadModelsIn.Sqlite);
        var (older, newer) = (Ids.Of(7, 1), Ids.Of(7, 2));
        var day = new LocalDate(2026, 7, 1);
        List<InvoiceLine> taxed =
        [
            new(1, LineKind.Time, Ids.Inbox, 3600, 100_00, 100_00, [], null) { TaxCategory = "S", TaxHundredThousandths = 19_000 },
            new(2, LineKind.Tax, null, null, null, 19_00, [], null) { TaxCategory = "S", TaxHundredThousandths = 19_000 },
        ];
        await practice.Happened(
        [
            .. Invoices.Finalized(1, Ids.Acme, 50_00, dueOn: day), .. Invoices.Finalized(2, Ids.Acme, 119_00, dueOn: day, lines: taxed),
            ($"payment-{Ids.Of(8, 1):D}", new Domain.Payments.PaymentEvent.PaymentRecorded(
                Ids.Of(8, 1), older, Ids.Acme, 169_00, "USD", 50_00, 119_00, "transfer", day, null, Practice.Now)),
            ($"invoice-{older:D}", new InvoiceEvent.PaymentApplied(Ids.Of(8, 1), 50_00, day)),
            ($"invoice-{older:D}", new InvoiceEvent.OverpaymentKept(Ids.Of(8, 1), 119_00)),
            ($"invoice-{newer:D}", new InvoiceEvent.ClientCreditApplied(
                Ids.Of(9, 1), Ids.Of(9, 2), older, null, 119_00, "USD", day.PlusMonths(1), Practice.Now)),
            ($"invoice-{older:D}", new InvoiceEvent.ClientCreditUsed(Ids.Of(9, 1), null, newer, 119_00, day.PlusMonths(1))),
        ]);
        var ledger = new LedgerQueries(practice.Database);
        Assert.Equal(
            [(7, 169_00L), (8, -19_00L)], ledger.CashByMonth(Practice.Book, Start, End).Select(m => (m.Month.Month, m.Received.Minor)));
        Assert.Equal(19_00, ledger.SalesTaxReceived(Practice.Book, Start, End).Single().Minor);
        Assert.Equal(
            [(0, CashKind.Credit, -119_00L), (1, IncomeKind.Services, 100_00L), (2, IncomeKind.SalesTax, 19_00L)],
            ledger.Receipts(Practice.Book, day.PlusDays(1), End).Select(r => (r.LineNumber, r.Kind, r.Amount.Minor)));
        var left = new Projections.Invoicing.ClientCreditQueries(practice.Database);
        Assert.Empty(left.OfClient(Practice.Book, Ids.Acme));
        await practice.Happened(
            ($"invoice-{newer:D}", new InvoiceEvent.ClientCreditTakenOff(Ids.Of(9, 1), Ids.Of(9, 3), 19_00, day.PlusMonths(2))),
            ($"invoice-{older:D}", new InvoiceEvent.ClientCreditReturned(Ids.Of(9, 1), Ids.Of(9, 3), null, 19_00, day.PlusMonths(2))));
        Assert.Equal((older, 19_00L), left.OfClient(Practice.Book, Ids.Acme).Select(c => (c.InvoiceId, c.Left.Minor)).Single());
        Assert.Equal([older], left.HoldersFor(Practice.Book, newer));
        var invoice = new Projections.Invoicing.InvoiceQueries(practice.Database).Invoice(Practice.Book, newer)!;
        Assert.Equal(("partly-paid", 100_00L, 19_00L), (invoice.Status, invoice.CreditApplied.Minor, invoice.Open.Minor));
    }
}
