using Billing.Domain.Engagements;
using Billing.Domain.TimeTracking;
using Billing.Projections.Engagements;
using Billing.Projections.Tests.Given;
using NodaTime;

namespace Billing.Projections.Tests.Engagements;

public abstract class BudgetQueriesTests(ReadModelsIn where)
{
    private static readonly LocalDate March = new(2026, 3, 2);
    private static readonly string Stream = $"budget-{Ids.Inbox:D}";
    private static readonly BudgetEvent.BudgetSet Set = new(Ids.Inbox, 36_000, null, "USD", "month", March, [50, 100], Practice.Now);

    [Fact]
    public async Task Knows_the_budget_that_holds_until_it_is_dropped()
    {
        await using var practice = new Practice(where);
        var queries = new BudgetQueries(practice.Database);
        await practice.Happened((Stream, Set), (Stream, Set with { Seconds = 72_000, ThresholdPercents = [80] }));
        var budget = queries.Of(Practice.Book, Ids.Inbox)!;
        Assert.Equal((72_000L, 2L), (budget.Terms.Seconds, budget.Version));
        Assert.Equal([80], budget.Terms.ThresholdPercents);
        Assert.Equal(Practice.Book, Assert.Single(queries.All()).Book);
        await practice.Happened((Stream, new BudgetEvent.BudgetDropped(Practice.Now)));
        Assert.Empty(queries.All());
    }

    [Fact]
    public async Task Lists_alerts_latest_first_and_keeps_those_of_earlier_budgets()
    {
        await using var practice = new Practice(where);
        await practice.Happened(
            (Stream, Set), (Stream, new BudgetEvent.BudgetThresholdReached("hours", 50, March, 18_000, 36_000, Practice.Now)),
            (Stream, new BudgetEvent.BudgetThresholdReached("hours", 100, March, 40_000, 36_000, Practice.Now.Plus(Duration.FromHours(1)))),
            (Stream, Set with { Seconds = 72_000 }));
        var alerts = new BudgetQueries(practice.Database).Alerts(Practice.Book, null, 10);
        Assert.Equal([100, 50], alerts.Select(alert => alert.Percent));
        Assert.Equal((40_000L, 36_000L), (alerts[0].Used, alerts[0].Limit));
    }

    [Fact]
    public async Task Gives_the_entries_of_the_engagement_from_a_day_on()
    {
        await using var practice = new Practice(where);
        await practice.Happened(Worked(1, Ids.Inbox, March.PlusDays(-1)), Worked(2, Ids.Inbox, March), Worked(3, Ids.Desk, March));
        Assert.Equal([Ids.Of(5, 2)], new BudgetQueries(practice.Database).Entries(Practice.Book, Ids.Inbox, March).Select(e => e.EntryId));
    }

    private static (string, object) Worked(int entry, Guid engagement, LocalDate day) => (
        TimesheetWeek.Of(Ids.Ada, day).StreamName,
        new TimesheetEvent.TimeEntryLogged(
            Ids.Of(5, entry), Ids.Ada, engagement, Ids.Acme, null, true, day, null, null, 3_600, "Europe/Berlin", Practice.Now));
}

public sealed class BudgetQueriesOnSqlite() : BudgetQueriesTests(ReadModelsIn.Sqlite);

public sealed class BudgetQueriesOnPostgres() : BudgetQueriesTests(ReadModelsIn.Postgres);
