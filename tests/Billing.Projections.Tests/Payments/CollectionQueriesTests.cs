using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Values;
using Billing.Projections.Payments;
using Billing.Projections.Tests.Given;
using NodaTime;
using static Billing.Domain.Payments.CollectionEvent;

namespace Billing.Projections.Tests.Payments;

public abstract class CollectionQueriesTests(ReadModelsIn where)
{
    private static readonly LocalDate Day = new(2026, 6, 1);
    private static readonly BookedInvoice Invoice = new(Practice.Book, Ids.Of(7, 1));

    [Fact]
    public async Task Invoices_of_who_agreed_before_are_worth_a_look_from_their_day_on()
    {
        await using var practice = new Practice(where);
        var queries = new CollectionQueries(practice.Database);
        await practice.Happened(Agreed(CollectsOn.Due), Saved(), Drafted(1), Finalized(1));
        Assert.Empty(queries.ToCollect(Day.PlusDays(13)));
        Assert.Equal([Invoice], queries.ToCollect(Day.PlusDays(14)));
        await practice.Happened(Agreed(CollectsOn.Finalized));
        Assert.Equal([Invoice], queries.ToCollect(Day));
        await practice.Happened(Of(new CollectionTurnedOff(Practice.Now)));
        Assert.Empty(queries.ToCollect(Day.PlusDays(14)));
        await practice.Happened(Of(new CollectionOffered(CollectsOn.Due, Practice.Now)));
        Assert.Equal([Invoice], queries.ToCollect(Day.PlusDays(14)));
    }

    [Fact]
    public async Task What_is_kept_of_who_took_the_agreement_back_is_to_be_forgotten()
    {
        await using var practice = new Practice(where);
        var queries = new CollectionQueries(practice.Database);
        await practice.Happened(Agreed(CollectsOn.Due), Saved(), Drafted(1), Finalized(1));
        Assert.Empty(queries.ToForget());
        await practice.Happened(Of(new CollectionWithdrawn(ConsentWays.SharePage, Practice.Now)));
        Assert.Equal([new BookedClient(Practice.Book, Ids.Acme)], queries.ToForget());
        Assert.Empty(queries.ToCollect(Day.PlusDays(14)));
        await practice.Happened(Of(new PaymentMethodGone("pm_1", MethodGone.Forgotten, Practice.Now)));
        Assert.Empty(queries.ToForget());
    }

    [Fact]
    public async Task A_client_is_found_by_the_customer_at_Stripe()
    {
        await using var practice = new Practice(where);
        var queries = new CollectionQueries(practice.Database);
        await practice.Happened(Of(new StripeCustomerMade("cus_1", null, Practice.Now)));
        Assert.Equal(new BookedClient(Practice.Book, Ids.Acme), queries.FindByCustomer("cus_1"));
        Assert.Null(queries.FindByCustomer("cus_2"));
    }

    private static (string, object) Agreed(string collectsOn) => Of(new CollectionAgreed(
        Ids.Of(8, 1), collectsOn, Collection.TextVersion, "en", ConsentWays.SharePage, Practice.Now));

    private static (string, object) Saved() =>
        Of(new PaymentMethodSaved(Ids.Of(8, 1), "pm_1", null, "card", "visa", "4242", 12, 2034, Practice.Now));

    private static (string, object) Of(CollectionEvent @event) => ($"collection-{Ids.Acme:D}", @event);

    private static (string, object) Drafted(int number) => ($"invoice-{Ids.Of(7, number):D}", new InvoiceEvent.InvoiceDrafted(
        Ids.Of(7, number), Ids.Acme, "USD", [], [], null, Day, null, Practice.Now));

    private static (string, object) Finalized(int number) => ($"invoice-{Ids.Of(7, number):D}", new InvoiceEvent.InvoiceFinalized(
        Ids.Of(7, number), Ids.Acme, InvoiceKind.Work, $"INV-{number}", "USD", Day, Day.PlusDays(14),
        [new InvoiceLine(1, LineKind.Fee, null, null, null, 1_000, [], null)],
        1_000, null, 0, null, RoundingPolicy.Exact, [], [], null, Practice.Now));
}

public sealed class CollectionQueriesOnSqlite() : CollectionQueriesTests(ReadModelsIn.Sqlite);

public sealed class CollectionQueriesOnPostgres() : CollectionQueriesTests(ReadModelsIn.Postgres);
