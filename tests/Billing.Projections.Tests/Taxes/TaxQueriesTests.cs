using Billing.Domain.Expenses;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Taxes;
using Billing.Domain.Values;
using Billing.Projections.Taxes;
using Billing.Projections.Tests.Given;
using NodaTime;

namespace Billing.Projections.Tests.Taxes;

public abstract class TaxQueriesTests(ReadModelsIn where)
{
    private static readonly FiledProfile Profile = new(
        "mfj", false, false, true, false, 1, 2, 3, 4, 5, 6, 7, 8, true, 9, 10, null, 12, false, 13);

    private static readonly string Stream2026 = TaxYear.Stream.Name(TaxYear.Id(2026, TaxYear.UsFederal));
    private static readonly string Stream2025 = TaxYear.Stream.Name(TaxYear.Id(2025, TaxYear.UsFederal));

    [Fact]
    public async Task The_facts_of_a_year_are_the_cash_of_its_days_and_the_payments_for_it_whenever_made()
    {
        await using var practice = new Practice(where);
        var payment = $"payment-{Ids.Of(8, 9):D}";
        await practice.Happened(
        [
            (Stream2026, new TaxYearEvent.FilingProfileSet(2026, TaxYear.UsFederal, Profile, Practice.Now)),
            .. Invoices.Finalized(1, Ids.Acme, 100_000, new LocalDate(2026, 6, 1)),
            Received(1, 100, new LocalDate(2025, 12, 31)), Received(2, 200, new LocalDate(2026, 1, 1)),
            Received(3, 300, new LocalDate(2026, 12, 31)), Received(4, 400, new LocalDate(2027, 1, 1)),
            Spent(1, 10, new LocalDate(2026, 1, 1)), Spent(2, 20, new LocalDate(2027, 1, 1)),
            (payment, new PaymentEvent.ProcessorFeeCharged("txn_1", 5, "USD", new LocalDate(2026, 12, 31))),
            (Stream2026, new TaxYearEvent.EstimatedTaxPaid(Ids.Of(13, 1), 4, 700, new LocalDate(2027, 1, 15), "ok", Practice.Now)),
            (Stream2026, new TaxYearEvent.EstimatedTaxPaid(Ids.Of(13, 2), 1, 800, new LocalDate(2026, 4, 15), null, Practice.Now)),
            (Stream2026, new TaxYearEvent.EstimatedTaxPaymentRemoved(Ids.Of(13, 2), Practice.Now)),
            (Stream2025, new TaxYearEvent.EstimatedTaxPaid(Ids.Of(13, 3), 4, 900, new LocalDate(2026, 1, 15), null, Practice.Now)),
        ]);
        var queries = new TaxQueries(practice.Database);
        var facts = queries.Facts(Practice.Book, 2026, TaxYear.UsFederal);
        Assert.Equal(Profile, facts.Profile);
        Assert.Equal([200L, 300], facts.Receipts.Select(r => r.Amount.Minor));
        Assert.Equal([("software", 10L), ("commissions-and-fees", 5)], facts.Expenses.Select(e => (e.Category, e.Amount.Minor)));
        Assert.Equal([new EstimatedPaymentView(Ids.Of(13, 1), 4, 700, new LocalDate(2027, 1, 15), "ok")], facts.EstimatedPayments);
        Assert.Equal(4, facts.Version);
        var before = queries.Facts(Practice.Book, 2025, TaxYear.UsFederal);
        Assert.Null(before.Profile);
        Assert.Equal(900, Assert.Single(before.EstimatedPayments).AmountMinor);
    }

    [Fact]
    public async Task An_estimate_that_was_given_keeps_what_it_takes_to_give_it_again()
    {
        await using var practice = new Practice(where);
        var day = new LocalDate(2026, 6, 1);
        await practice.Happened((Stream2026, new TaxYearEvent.EstimateGiven(
            Ids.Of(14, 1), "us-federal-2026.1", day, 17, "own", 9, 8, 7, null, Practice.Now)
        {
            ProjectionCode = "own-number",
            OwnNetProfitMinor = 5,
        }));
        Assert.Equal(
            [
                new EstimateView(Ids.Of(14, 1), "us-federal-2026.1", day, 17, "own", 9, 8, 7, null, Practice.Now)
                {
                    ProjectionCode = "own-number",
                    OwnNetProfitMinor = 5,
                },
            ],
            new TaxQueries(practice.Database).Estimates(Practice.Book, 2026, TaxYear.UsFederal));
    }

    /// <summary>What comes back after a dispute was paid by nobody anew: Form 1099-K has it already, and 1099-NEC never.</summary>
    [Fact]
    public async Task What_comes_again_is_less_given_back_and_no_payment_of_the_client()
    {
        await using var practice = new Practice(where);
        var (card, cheque, invoice) = (Ids.Of(8, 1), Ids.Of(8, 2), Ids.Of(7, 1));
        var day = new LocalDate(2026, 6, 1);
        await practice.Happened(
        [
            .. Invoices.Finalized(1, Ids.Acme, 900_000, day),
            ($"payment-{card:D}", new PaymentEvent.PaymentAttempted(card, invoice, Ids.Acme, 400_000, "USD", Practice.Now)),
            ($"payment-{card:D}", new PaymentEvent.PaymentSucceeded("pi_1", 400_000, "USD", 400_000, 0, day, Practice.Now)),
            ($"invoice-{invoice:D}", new InvoiceEvent.PaymentApplied(card, 400_000, day)),
            Received(2, 250_000, day), ($"invoice-{invoice:D}", new InvoiceEvent.PaymentApplied(cheque, 250_000, day)),
            ($"invoice-{invoice:D}", new InvoiceEvent.PaymentTakenBack(card, Ids.Of(26, 1), 400_000, 0, day)),
            ($"invoice-{invoice:D}", new InvoiceEvent.PaymentTakenBack(cheque, Ids.Of(26, 2), 50_000, 0, day)),
        ]);
        var lost = new TaxQueries(practice.Database).Received(Practice.Book, 2026);
        await practice.Happened(($"invoice-{invoice:D}", new InvoiceEvent.PaymentGivenAgain(card, Ids.Of(26, 3), 400_000, 0, day)));
        var won = new TaxQueries(practice.Database).Received(Practice.Book, 2026);

        Assert.Equal(Usd(450_000), lost.GivenBack);
        Assert.Equal(Usd(50_000), won.GivenBack);
        foreach (var received in new[] { lost, won })
        {
            var client = Assert.Single(received.Clients);
            Assert.Equal((Usd(250_000), Usd(400_000)), (client.ByHand, client.ThroughProcessor));
            Assert.Equal((Usd(400_000), 1), (received.ProcessorGross, received.ProcessorPayments));
        }
    }

    private static Money Usd(long minor) => new(minor, Currency.Usd);

    private static (string, object) Received(int payment, long amount, LocalDate on) => (
        $"payment-{Ids.Of(8, payment):D}",
        new PaymentEvent.PaymentRecorded(
            Ids.Of(8, payment), Ids.Of(7, 1), Ids.Acme, amount, "USD", amount, 0, "cash", on, null, Practice.Now));

    private static (string, object) Spent(int expense, long amount, LocalDate on) => (
        $"expense-{Ids.Of(6, expense):D}",
        new ExpenseEvent.ExpenseRecorded(
            Ids.Of(6, expense), amount, "USD", "software", on, null, null, false, null, null, Practice.Now));
}

public sealed class TaxQueriesOnSqlite() : TaxQueriesTests(ReadModelsIn.Sqlite);

public sealed class TaxQueriesOnPostgres() : TaxQueriesTests(ReadModelsIn.Postgres);
