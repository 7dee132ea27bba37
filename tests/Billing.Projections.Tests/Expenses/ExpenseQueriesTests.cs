using Billing.Domain.Expenses;
using Billing.Domain.Values;
using Billing.Projections.Expenses;
using Billing.Projections.Ledger;
using Billing.Projections.Paging;
using Billing.Projections.Tests.Given;
using NodaTime;

namespace Billing.Projections.Tests.Expenses;

public abstract class ExpenseQueriesTests(ReadModelsIn where)
{
    private static readonly LocalDate Year = new(2026, 1, 1), NextYear = new(2027, 1, 1), May = new(2026, 5, 1), August = new(2026, 8, 1);
    private static readonly Guid Car = Ids.Of(15, 1);
    private static readonly (string, object) Added = ($"vehicle-{Car:D}", new VehicleEvent.VehicleAdded(Car, "Hatchback", false, Practice.Now));

    [Fact]
    public async Task Only_the_business_share_counts_as_spent_in_the_currency_of_the_books()
    {
        await using var practice = new Practice(where);
        await practice.Happened(
            Spent(1, 1_001, May, new ExpenseParticulars(BusinessShareBasisPoints: 5_000)),
            Spent(2, 2_000, May, new ExpenseParticulars(InBooks: new BooksAmount(2_169, "USD", "1.0845")), currency: "EUR"),
            Spent(3, 100, May, new ExpenseParticulars(TaxMinor: 8, MarkUp: new ExpenseMarkUp(1_000, null))));
        Assert.Equal([501, 2_169, 100], Spending(practice).Select(e => e.Amount.Minor));
        var marked = new ExpenseQueries(practice.Database).Expense(Practice.Book, Ids.Of(6, 3))!;
        Assert.Equal((Usd(10), 8L, Usd(100)), (marked.MarkUp, marked.Particulars.TaxMinor, marked.ForBusiness));
        Assert.Equal("1.0845", new ExpenseQueries(practice.Database).Expense(Practice.Book, Ids.Of(6, 2))!.Particulars.InBooks!.Rate);
    }

    [Fact]
    public async Task A_correction_takes_back_what_was_said()
    {
        await using var practice = new Practice(where);
        await practice.Happened(
            Spent(1, 1_000, May, new ExpenseParticulars(BusinessShareBasisPoints: 5_000)),
            ($"expense-{Ids.Of(6, 1):D}", new ExpenseEvent.ExpenseCorrected(
                1_000, "USD", "software", May, null, null, false, null, null, Practice.Now)));
        Assert.Equal([1_000], Spending(practice).Select(e => e.Amount.Minor));
    }

    [Fact]
    public async Task Trips_count_at_the_rate_of_their_day_and_the_vehicles_costs_then_do_not()
    {
        await using var practice = new Practice(where);
        await practice.Happened(
            Added, Driven(1, May, 10_000), Driven(2, August, 10_000),
            Spent(3, 5_000, May, new ExpenseParticulars(VehicleId: Car), "car-and-truck"),
            Spent(4, 700, May, null, "car-and-truck"));
        // Parking without a vehicle stays; fuel is within the rate.
        Assert.Equal(
            [(Ids.Of(6, 1), 7_250L), (Ids.Of(6, 4), 700L), (Ids.Of(6, 2), 7_600L)],
            Spending(practice).Select(e => (e.ExpenseId!.Value, e.Amount.Minor)));
        Assert.Equal(
            [new ExpenseCategoryView("car-and-truck", Usd(15_550), 3)],
            new LedgerQueries(practice.Database).ExpensesByCategory(Practice.Book, Year, NextYear));
    }

    [Fact]
    public async Task By_actual_cost_the_business_share_of_the_costs_counts_and_no_trip()
    {
        await using var practice = new Practice(where);
        await practice.Happened(
            Added, ($"vehicle-{Car:D}", new VehicleEvent.VehicleYearSet(2026, "actual", 80_000, "mi", Practice.Now)),
            Driven(1, May, 10_000), Driven(2, August, 10_000), Spent(3, 5_001, May, new ExpenseParticulars(VehicleId: Car), "car-and-truck"));
        // A quarter, whichever part of the year is looked at.
        Assert.Equal([1_250], Spending(practice).Select(e => e.Amount.Minor));
        var ofTheDay = new LedgerQueries(practice.Database).PaidExpenses(Practice.Book, May, May.PlusDays(1));
        Assert.Equal([1_250], ofTheDay.Select(e => e.Amount.Minor));
    }

    [Fact]
    public async Task Removed_and_corrected_trips_count_as_they_stand()
    {
        await using var practice = new Practice(where);
        await practice.Happened(
            Added, Driven(1, May, 10_000), Driven(2, May, 10_000),
            ($"expense-{Ids.Of(6, 1):D}", new ExpenseEvent.ExpenseRemoved(Practice.Now)),
            ($"expense-{Ids.Of(6, 2):D}", new ExpenseEvent.TripCorrected(
                Car, August, 100, "mi", null, null, null, "USD", "Visit", null, null, Practice.Now)));
        Assert.Equal([(August, 76L)], Spending(practice).Select(e => (e.PaidOn, e.Amount.Minor)));
        Assert.Single(new TripQueries(practice.Database).Trips(Practice.Book, new TripFilter(), new PageRequest()).Items);
    }

    [Fact]
    public async Task A_trip_to_be_rebilled_waits_among_the_unbilled_and_not_among_the_expenses()
    {
        await using var practice = new Practice(where);
        await practice.Happened(Added, Driven(1, May, 2_860, "0.70"), Driven(2, May, 100));
        var unbilled = new Projections.Invoicing.UnbilledQueries(practice.Database).Work(Practice.Book, Ids.Acme, NextYear);
        var waiting = Assert.Single(unbilled.Expenses);
        Assert.Equal((Ids.Of(6, 1), Usd(2_002), true), (waiting.ExpenseId, waiting.Amount, waiting.IsTrip));
        Assert.Empty(new ExpenseQueries(practice.Database).Expenses(Practice.Book, new ExpenseFilter(), new PageRequest()).Items);
    }

    [Fact]
    public async Task Flags_what_should_have_been_paid_first_by_the_engagements_rule_before_the_practices()
    {
        await using var practice = new Practice(where);
        await practice.Happened(
            Policy(null, 5_000), Policy(Ids.Inbox, 9_000), Policy(Ids.Desk, null),
            Rebilled(1, 5_000, null), Rebilled(2, 5_001, null), Rebilled(3, 9_000, Ids.Inbox), Rebilled(4, 9_001, Ids.Inbox),
            Rebilled(5, 99_000, Ids.Desk), Rebilled(6, 4_900, null, new ExpenseParticulars(MarkUp: new ExpenseMarkUp(null, 101))),
            Spent(7, 99_000, May, null));
        var queries = new ExpenseQueries(practice.Database);
        Assert.Equal(
            [Ids.Of(6, 2), Ids.Of(6, 4), Ids.Of(6, 6)],
            queries.Expenses(Practice.Book, new ExpenseFilter(PaidFirst: true), new PageRequest()).Items.Select(e => e.ExpenseId));
        Assert.Equal(4, queries.Expenses(Practice.Book, new ExpenseFilter(PaidFirst: false), new PageRequest()).Items.Count);
        await practice.Happened(Policy(null, null));
        Assert.False(queries.Expense(Practice.Book, Ids.Of(6, 2))!.PaidFirst);
    }

    [Fact]
    public async Task Due_occurrences_are_those_after_the_last_recorded()
    {
        await using var practice = new Practice(where);
        var (id, first) = (Ids.Of(16, 1), new LocalDate(2026, 1, 31));
        await practice.Happened(
            ($"recurring-expense-{id:D}", new RecurringExpenseEvent.RecurringExpenseSet(
                id, 1_800, "USD", "software", "month", first, null, null, null, false, "Registrar", null, Practice.Now)),
            ($"recurring-expense-{id:D}", new RecurringExpenseEvent.OccurrencesRecorded(new LocalDate(2026, 2, 28), Practice.Now)));
        var due = Assert.Single(new RecurringExpenseQueries(practice.Database).Due(Practice.Book, new LocalDate(2026, 4, 29)));
        Assert.Equal((new LocalDate(2026, 3, 31), Recurrence.IdOf(id, new LocalDate(2026, 3, 31))), (due.Day, due.ExpenseId));
    }

    private static IReadOnlyList<PaidExpenseView> Spending(Practice practice) =>
        new LedgerQueries(practice.Database).PaidExpenses(Practice.Book, Year, NextYear);

    private static Money Usd(long minor) => new(minor, Currency.Usd);

    private static (string, object) Policy(Guid? engagement, long? above) => (
        $"expense-policy-{Practice.Book}", new ExpensePolicyEvent.PaidFirstSet(engagement, above, "USD", Practice.Now));

    private static (string, object) Driven(int trip, LocalDate on, long hundredths, string? rate = null) => (
        $"expense-{Ids.Of(6, trip):D}",
        new ExpenseEvent.TripRecorded(
            Ids.Of(6, trip), Car, on, hundredths, "mi", rate is null ? null : Ids.Acme, null, rate, "USD", "Visit", null, null, Practice.Now));

    private static (string, object) Rebilled(int expense, long amount, Guid? engagement, ExpenseParticulars? particulars = null) => (
        $"expense-{Ids.Of(6, expense):D}",
        new ExpenseEvent.ExpenseRecorded(
            Ids.Of(6, expense), amount, "USD", "software", May, Ids.Acme, engagement, true, null, null, Practice.Now, particulars));

    private static (string, object) Spent(
        int expense, long amount, LocalDate on, ExpenseParticulars? particulars, string category = "software", string currency = "USD") => (
        $"expense-{Ids.Of(6, expense):D}",
        new ExpenseEvent.ExpenseRecorded(
            Ids.Of(6, expense), amount, currency, category, on, null, null, false, null, null, Practice.Now, particulars));
}

public sealed class ExpenseQueriesOnSqlite() : ExpenseQueriesTests(ReadModelsIn.Sqlite);

public sealed class ExpenseQueriesOnPostgres() : ExpenseQueriesTests(ReadModelsIn.Postgres);
