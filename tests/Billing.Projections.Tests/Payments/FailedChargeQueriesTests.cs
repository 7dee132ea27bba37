using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Invoicing;
using Billing.Domain.Mailing;
using Billing.Domain.Payments;
using Billing.Domain.Values;
using Billing.Projections.Mailing;
using Billing.Projections.Tests.Given;
using NodaTime;

namespace Billing.Projections.Tests.Payments;

public abstract class FailedChargeQueriesTests(ReadModelsIn where)
{
    private static readonly Guid Charge = Ids.Of(8, 1), Invoice = Ids.Of(7, 1);
    private static readonly Instant Before = Practice.Now - Duration.FromDays(1);

    [Fact]
    public async Task A_charge_that_failed_is_to_be_told_once_while_something_is_open_and_somebody_has_an_address()
    {
        await using var practice = new Practice(where);
        var queries = new MailQueries(practice.Database);
        await practice.Happened(Drafted(), Finalized(), Attempted(), Failed());
        Assert.Empty(queries.FailedUntold(Practice.Book, Before));
        await practice.Happened(($"client-{Ids.Acme:D}", new ClientEvent.ClientAdded(
            Ids.Acme, "Acme", "a@acme.example", [], "USD", null, Practice.Now)));
        Assert.Equal([Charge], queries.FailedUntold(Practice.Book, Before));
        Assert.Empty(queries.FailedUntold(Practice.Book, Practice.Now));
        await practice.Happened(($"mail-{Ids.Of(13, 1):D}", new MailEvent.MailAsked(
            Ids.Of(13, 1), MailKind.FailedChargeNotice, "en", Ids.Acme, Invoice, Charge, null, null, "b@acme.example", null, [],
            Practice.Now)));
        Assert.Empty(queries.FailedUntold(Practice.Book, Before));
    }

    [Fact]
    public async Task Nothing_is_to_be_told_of_a_checkout_or_of_what_was_paid_meanwhile()
    {
        await using var practice = new Practice(where);
        var queries = new MailQueries(practice.Database);
        await practice.Happened(
            ($"business-{Practice.Book.Value:D}", new BusinessEvent.BusinessOpened(
                Practice.Book.Value, "Juniper", "UTC", "USD", Practice.Now)),
            ($"business-{Practice.Book.Value:D}", new BusinessEvent.BusinessDescribed(
                "Juniper", [], "j@juniper.example", null, Practice.Now)),
            Drafted(), Finalized(), Attempted(), Failed());
        Assert.Equal([Charge], queries.FailedUntold(Practice.Book, Before));
        await practice.Happened(($"invoice-{Invoice:D}", new InvoiceEvent.PaymentApplied(Ids.Of(8, 2), 1_000, new LocalDate(2026, 6, 2))));
        Assert.Empty(queries.FailedUntold(Practice.Book, Before));
    }

    private static (string, object) Attempted() => ($"payment-{Charge:D}", new PaymentEvent.PaymentAttempted(
        Charge, Invoice, Ids.Acme, 1_000, "USD", Practice.Now, "cus_1", new AutomaticCharge("pm_1", 1)));

    private static (string, object) Failed() => ($"payment-{Charge:D}", new PaymentEvent.PaymentFailed("declined", Practice.Now));

    private static (string, object) Drafted() => ($"invoice-{Invoice:D}", new InvoiceEvent.InvoiceDrafted(
        Invoice, Ids.Acme, "USD", [], [], null, new LocalDate(2026, 6, 1), null, Practice.Now));

    private static (string, object) Finalized() => ($"invoice-{Invoice:D}", new InvoiceEvent.InvoiceFinalized(
        Invoice, Ids.Acme, InvoiceKind.Work, "INV-1", "USD", new LocalDate(2026, 6, 1), new LocalDate(2026, 6, 15),
        [new InvoiceLine(1, LineKind.Fee, null, null, null, 1_000, [], null)],
        1_000, null, 0, null, RoundingPolicy.Exact, [], [], null, Practice.Now));
}

public sealed class FailedChargeQueriesOnSqlite() : FailedChargeQueriesTests(ReadModelsIn.Sqlite);

public sealed class FailedChargeQueriesOnPostgres() : FailedChargeQueriesTests(ReadModelsIn.Postgres);
