using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Values;
using Billing.Projections.Payments;
using Billing.Projections.Tests.Given;
using NodaTime;

namespace Billing.Projections.Tests.Payments;

public abstract class PaymentQueriesTests(ReadModelsIn where)
{
    private static readonly Guid First = Ids.Of(8, 1);
    private static readonly LocalDate Day = new(2026, 6, 30);
    private static readonly Instant Later = Practice.Now.Plus(Duration.FromHours(1));

    [Fact]
    public async Task An_online_payment_is_found_by_its_session_with_what_it_came_to()
    {
        await using var practice = new Practice(where);
        var queries = new PaymentQueries(practice.Database);
        await practice.Happened(Attempted(1), Opened(1), To(1, new PaymentEvent.PaymentPending(Later)));
        Assert.Equal(PaymentStatus.Pending, queries.FindBySession("cs_1")?.Payment.Status);
        await practice.Happened(
            To(1, new PaymentEvent.PaymentSucceeded("pi_1", 1_000, "USD", 900, 100, Day, Later)),
            To(1, new PaymentEvent.ProcessorFeeCharged("txn_1", 59, "EUR", Day)),
            To(1, new PaymentEvent.ProcessorFeeCharged("txn_2", 6, "EUR", Day)));
        var payment = new PaymentView(
            First, Ids.Of(7, 1), Ids.Acme, "stripe", PaymentStatus.Succeeded, Usd(1_000), Usd(900), Usd(100), Day, "cs_1",
            "https://pay.example/1", Later, "pi_1", null, null, new Money(65, Currency.Eur), Practice.Now, Version: 6,
            Refunded: Usd(0), Disputed: Usd(0), RefundOffered: null);
        Assert.Equal(new BookedPayment(Practice.Book, payment), queries.FindBySession("cs_1"));
        Assert.Equal(payment, queries.Payment(Practice.Book, First));
        Assert.Equal([payment], queries.OfInvoice(Practice.Book, Ids.Of(7, 1)));
        Assert.Null(queries.FindBySession("cs_2"));
    }

    [Fact]
    public async Task Money_that_came_by_hand_is_a_payment_too()
    {
        await using var practice = new Practice(where);
        await practice.Happened(To(1, new PaymentEvent.PaymentRecorded(
            First, Ids.Of(7, 1), Ids.Acme, 500, "USD", 500, 0, "cheque", Day, "no. 12", Later)));
        Assert.Equal(
            new PaymentView(
                First, Ids.Of(7, 1), Ids.Acme, "cheque", PaymentStatus.Succeeded, Usd(500), Usd(500), Usd(0), Day, null, null,
                null, null, null, "no. 12", null, Later, Version: 1, Refunded: Usd(0), Disputed: Usd(0), RefundOffered: null),
            new PaymentQueries(practice.Database).Payment(Practice.Book, First));
    }

    [Fact]
    public async Task A_session_that_is_told_of_late_does_not_bring_the_status_back()
    {
        await using var practice = new Practice(where);
        await practice.Happened(Attempted(1), To(1, new PaymentEvent.PaymentFailed("card_declined", Later)), Opened(1));
        var payment = new PaymentQueries(practice.Database).Payment(Practice.Book, First)!;
        Assert.Equal((PaymentStatus.Failed, "card_declined", "cs_1"), (payment.Status, payment.Failure, payment.SessionId));
    }

    [Fact]
    public async Task Unfinished_are_the_payments_of_all_businesses_that_wait_for_news_and_are_old_enough()
    {
        await using var practice = new Practice(where);
        await practice.Append(new(Ids.Of(1, 2)), [Attempted(9), Opened(9)]);
        await practice.Happened(
            Attempted(1), Attempted(2), Opened(2), Attempted(3), To(3, new PaymentEvent.PaymentPending(Later)),
            Attempted(4), To(4, new PaymentEvent.PaymentFailed("no", Later)), Attempted(5), To(5, new PaymentEvent.CheckoutExpired(Later)),
            Attempted(6), To(6, new PaymentEvent.PaymentSucceeded("pi", 1_000, "USD", 1_000, 0, Day, Later)),
            To(6, new PaymentEvent.ProcessorFeeCharged("txn_1", 6, "USD", Day)),
            Attempted(7), To(7, new PaymentEvent.PaymentSucceeded("pi", 1_000, "USD", 1_000, 0, Day, Later)));
        var queries = new PaymentQueries(practice.Database);
        Assert.Equal(
            [Ids.Of(8, 1), Ids.Of(8, 2), Ids.Of(8, 3), Ids.Of(8, 7), Ids.Of(8, 9)],
            queries.Unfinished(Later, 10).Select(p => p.Payment.PaymentId).Order());
        Assert.Equal(2, queries.Unfinished(Later, 2).Count);
        Assert.Empty(queries.Unfinished(Practice.Now, 10));

        // Whose fee never comes is not asked about for ever; whose refund is asked for is, until it is made or refused.
        var muchLater = Later + Duration.FromDays(15);
        Assert.DoesNotContain(Ids.Of(8, 7), queries.Unfinished(muchLater, 10).Select(p => p.Payment.PaymentId));
        await practice.Happened(To(6, new PaymentEvent.RefundAttempted(Ids.Of(15, 1), 300, null, null, Later)));
        Assert.Contains(Ids.Of(8, 6), queries.Unfinished(muchLater, 10).Select(p => p.Payment.PaymentId));
        await practice.Happened(To(6, new PaymentEvent.RefundMade("re_1", Ids.Of(15, 1), 300, 300, 0, null, Day, Later)));
        Assert.DoesNotContain(Ids.Of(8, 6), queries.Unfinished(muchLater, 10).Select(p => p.Payment.PaymentId));
    }

    [Fact]
    public async Task A_refund_is_offered_of_what_was_paid_too_much()
    {
        await using var practice = new Practice(where);
        var queries = new PaymentQueries(practice.Database);
        var invoice = $"invoice-{Ids.Of(7, 1):D}";
        await practice.Happened(
        [
            .. Invoices.Finalized(1, Ids.Acme, 400, dueOn: Day), Attempted(1),
            To(1, new PaymentEvent.PaymentSucceeded("pi_1", 1_000, "USD", 400, 600, Day, Later)),
            (invoice, new InvoiceEvent.PaymentApplied(First, 400, Day)), (invoice, new InvoiceEvent.OverpaymentKept(First, 600)),
        ]);
        Assert.Equal(Usd(600), queries.Payment(Practice.Book, First)?.RefundOffered);

        await practice.Happened(To(1, new PaymentEvent.RefundAttempted(Ids.Of(15, 1), 250, null, "Too much", Later)));
        Assert.Equal(Usd(350), queries.Payment(Practice.Book, First)?.RefundOffered);
        await practice.Happened(
            To(1, new PaymentEvent.RefundMade("re_1", Ids.Of(15, 1), 250, 0, 250, null, Day, Later)),
            (invoice, new InvoiceEvent.PaymentTakenBack(First, Ids.Of(15, 2), 0, 250, Day)),
            To(1, new PaymentEvent.RefundMade("re_2", null, 350, 0, 350, null, Day, Later)),
            (invoice, new InvoiceEvent.PaymentTakenBack(First, Ids.Of(15, 3), 0, 350, Day)));
        Assert.Null(queries.Payment(Practice.Book, First)?.RefundOffered);
        Assert.Equal(
            [
                new RefundView(First, Ids.Of(15, 1), "re_1", RefundStatus.Made, Usd(250), null, Day, null, "Too much"),
                new RefundView(First, null, "re_2", RefundStatus.Made, Usd(350), null, Day, null, null),
            ],
            queries.Refunds(Practice.Book, First).OrderBy(refund => refund.StripeRefundId, StringComparer.Ordinal));

        await practice.Happened(
            To(1, new PaymentEvent.RefundFailed("re_2", null, "declined", 0, 350, Day, Later)),
            (invoice, new InvoiceEvent.PaymentGivenAgain(First, Ids.Of(15, 4), 0, 350, Day)));
        Assert.Equal((Usd(350), Usd(250)), (
            queries.Payment(Practice.Book, First)!.RefundOffered, queries.Payment(Practice.Book, First)!.Refunded));
        Assert.Contains(queries.Refunds(Practice.Book, First), refund => (refund.Status, refund.Why) == (RefundStatus.Failed, "declined"));
    }

    [Fact]
    public async Task A_dispute_is_listed_with_how_it_stands()
    {
        await using var practice = new Practice(where);
        var queries = new PaymentQueries(practice.Database);
        await practice.Happened(
            Attempted(1), To(1, new PaymentEvent.PaymentSucceeded("pi_1", 1_000, "USD", 1_000, 0, Day, Later)),
            To(1, new PaymentEvent.DisputeOpened("du_1", 1_000, "fraudulent", Day, Later, Later)),
            To(1, new PaymentEvent.DisputeFundsWithdrawn("du_1", 1_000, 1_000, 0, Day, Later)));
        var dispute = new DisputeView(
            First, "du_1", Ids.Of(7, 1), Ids.Acme, DisputeStatus.Open, Usd(1_000), "fraudulent", Day, Later, Day, null);
        Assert.Equal([dispute], queries.Disputes(Practice.Book));
        Assert.Equal(Usd(1_000), queries.Payment(Practice.Book, First)?.Disputed);

        await practice.Happened(
            To(1, new PaymentEvent.DisputeFundsReinstated("du_1", 1_000, 1_000, 0, Day, Later)),
            To(1, new PaymentEvent.DisputeClosed("du_1", DisputeOutcome.Won, Later)));
        Assert.Equal([dispute with { Status = DisputeOutcome.Won, ReinstatedOn = Day }], queries.Disputes(Practice.Book));
        Assert.Equal(Usd(0), queries.Payment(Practice.Book, First)?.Disputed);
    }

    private static Money Usd(long minor) => new(minor, Currency.Usd);

    private static (string, object) Attempted(int payment) =>
        To(payment, new PaymentEvent.PaymentAttempted(Ids.Of(8, payment), Ids.Of(7, 1), Ids.Acme, 1_000, "USD", Practice.Now));

    private static (string, object) Opened(int payment) =>
        To(payment, new PaymentEvent.CheckoutOpened($"cs_{payment}", $"https://pay.example/{payment}", Later, Practice.Now));

    private static (string, object) To(int payment, PaymentEvent @event) => ($"payment-{Ids.Of(8, payment):D}", @event);
}

public sealed class PaymentQueriesOnSqlite() : PaymentQueriesTests(ReadModelsIn.Sqlite);

public sealed class PaymentQueriesOnPostgres() : PaymentQueriesTests(ReadModelsIn.Postgres);
