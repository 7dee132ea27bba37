using Billing.Domain.RecurringInvoices;
using Billing.Projections.RecurringInvoices;
using Billing.Projections.Tests.Given;
using NodaTime;
using static Billing.Domain.RecurringInvoices.RecurringInvoiceEvent;

namespace Billing.Projections.Tests.RecurringInvoices;

public abstract class RecurringInvoiceQueriesTests(ReadModelsIn where)
{
    private static readonly Guid Id = Ids.Of(20, 1);
    private static readonly LocalDate March1 = new(2026, 3, 1), April1 = new(2026, 4, 1), May1 = new(2026, 5, 1);
    private static readonly string Stream = $"recurring-invoice-{Id:D}";

    private static readonly RecurringInvoiceSet Set = new(
        Id, Ids.Acme, null, "Monthly", new BillingCycle(BillingCycle.Monthly, 1, [1], [], March1), March1, null, 2, false, true, true, null,
        "USD", [], [], null, RecurringMode.Draft, Practice.Now);

    [Fact]
    public async Task The_next_period_follows_the_ones_that_are_done_until_none_is_left()
    {
        await using var practice = new Practice(where);
        await practice.Happened((Stream, Set));
        Assert.Equal((March1, new LocalDate(2026, 3, 31), April1, RecurringStatus.Active), Now());
        Assert.Empty(Due(April1.PlusDays(-1)));
        Assert.Equal([Id], Due(April1));
        Assert.Equal([new RecurringPractice(Practice.Book, April1)], Queries().Practices());

        await practice.Happened((Stream, new PeriodInvoiced(March1, April1, Ids.Of(7, 1), null, Practice.Now)));
        Assert.Equal((April1, new LocalDate(2026, 4, 30), May1, RecurringStatus.Active), Now());
        await practice.Happened((Stream, new RecurringInvoicePaused(Practice.Now)));
        Assert.Empty(Due(May1));
        Assert.Empty(Queries().Practices());
        Assert.Equal(RecurringStatus.Paused, Now().Item4);
        await practice.Happened(
            (Stream, new RecurringInvoiceResumed(Practice.Now)), (Stream, new PeriodSkipped(April1, May1, WhySkipped.Empty, Practice.Now)));
        Assert.Equal((null, null, null, RecurringStatus.Ended), Now());
        var ended = Queries().RecurringInvoice(Practice.Book, Id)!;
        Assert.Equal((2, (Guid?)Ids.Of(7, 1)), (ended.Done, ended.LastInvoiceId));

        RecurringInvoiceQueries Queries() => new(practice.Database);

        IEnumerable<Guid> Due(LocalDate day) => Queries().Due(Practice.Book, day).Select(view => view.RecurringId);

        (LocalDate?, LocalDate?, LocalDate?, string) Now()
        {
            var view = Queries().RecurringInvoice(Practice.Book, Id)!;
            return (view.NextFrom, view.NextThrough, view.RunsOn, view.Status);
        }
    }

    [Fact]
    public async Task Own_days_and_an_end_are_known_to_the_table_too()
    {
        await using var practice = new Practice(where);
        await practice.Happened((Stream, Set with
        {
            Cycle = new BillingCycle(BillingCycle.OwnDays, 1, [], [new LocalDate(2026, 3, 10), April1], March1),
            Count = null,
            InAdvance = true,
        }));
        var view = new RecurringInvoiceQueries(practice.Database).RecurringInvoice(Practice.Book, Id)!;
        Assert.Equal((March1, new LocalDate(2026, 3, 9), March1), (view.NextFrom, view.NextThrough, view.RunsOn));
        await practice.Happened((Stream, new RecurringInvoiceEnded(Practice.Now)));
        Assert.Null(new RecurringInvoiceQueries(practice.Database).RecurringInvoice(Practice.Book, Id)!.RunsOn);
    }
}

public sealed class RecurringInvoiceQueriesOnSqlite() : RecurringInvoiceQueriesTests(ReadModelsIn.Sqlite);

public sealed class RecurringInvoiceQueriesOnPostgres() : RecurringInvoiceQueriesTests(ReadModelsIn.Postgres);
