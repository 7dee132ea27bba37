using Billing.Domain.Expenses;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Expenses.ExpenseEvent;
using static Billing.Domain.Tests.Expenses.Garage;

namespace Billing.Domain.Tests.Expenses;

public sealed class TripTests
{
    private static readonly TripFacts Facts = new(
        Car, Today, new Distance(1_240, Distance.Miles), ClientId, EngagementId, "0.725", "Site visit", "Office", "Lakeside");
    private static readonly TripRecorded Recorded = new(
        Id, Car, Today, 1_240, "mi", ClientId, EngagementId, "0.725", "USD", "Site visit", "Office", "Lakeside", Now);
    private static readonly TripCorrected Corrected = new(
        Car, Today, 3_000, "km", null, null, null, "USD", "Site visit", "Office", "Lakeside", Later);

    public static IReadOnlyList<ExpenseEvent> Life { get; } = [Recorded, Corrected];

    [Fact]
    public void Records_a_trip_once()
    {
        When(Facts).Then(Recorded);
        Expense.Stream.Given(Recorded).When(s => Expense.Decide(s, new RecordTrip(Id, Facts, Later), Around)).ThenNothing();
        Expense.Stream.Given(Recorded)
            .When(s => Expense.Decide(s, new RecordTrip(Id, Facts with { Purpose = "Other" }, Later), Around))
            .ThenRefused("id-taken", "/id");
    }

    [Fact]
    public void A_year_without_a_mileage_rate_is_refused_by_name()
    {
        var refused = When(Facts with { DrivenOn = new LocalDate(2023, 12, 31) }).ThenRefused("mileage-rate-missing", "/drivenOn");
        Assert.Contains("2023", refused.Detail, StringComparison.Ordinal);
        When(Facts with { DrivenOn = new LocalDate(2025, 1, 1) }).Then(Recorded with { DrivenOn = new LocalDate(2025, 1, 1) });
    }

    [Theory]
    [InlineData(0, "mi", "/distance/hundredths")]
    [InlineData(-1, "mi", "/distance/hundredths")]
    [InlineData(100_000_001, "km", "/distance/hundredths")]
    [InlineData(10, "furlong", "/distance/unit")]
    public void Is_more_than_no_distance_in_a_unit_that_is_known(long hundredths, string unit, string field) =>
        Assert.Equal(field, Refusal(Facts with { Distance = new Distance(hundredths, unit) }).Field);

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1e3")]
    [InlineData("0.1234567")]
    [InlineData("1000.5")]
    public void A_charge_is_plain_decimal_text_above_nothing(string rate) =>
        Assert.Equal("mileage-charge-malformed", Refusal(Facts with { RatePerUnit = rate }).Code);

    [Fact]
    public void Names_a_vehicle_that_there_is_and_a_purpose_and_not_the_future()
    {
        When(Facts, Around with { Vehicle = Vehicle.Stream.Initial }).ThenRefused("vehicle-unknown", "/vehicleId");
        When(Facts with { Purpose = " " }).ThenRefused("text-missing", "/purpose");
        When(Facts with { DrivenOn = Today.PlusDays(1) }).ThenRefused("in-the-future", "/drivenOn");
        When(Facts with { ClientId = null, EngagementId = null }).ThenRefused("client-missing", "/clientId");
    }

    [Fact]
    public void What_its_client_is_charged_is_the_distance_at_the_stated_rate_rounded_once()
    {
        var details = Expense.Stream.Fold([Recorded]).Details!;
        // 12.40 mi × 0.725 = 8.99.
        Assert.Equal((Usd(899), true, "Site visit, 12.4 mi"), (details.Amount, details.Rebill, details.Note));
        var corrected = Expense.Stream.Fold([Recorded, Corrected]).Details!;
        Assert.Equal((Usd(0), false), (corrected.Amount, corrected.Rebill));
    }

    [Fact]
    public void Is_corrected_removed_and_billed_as_an_expense_is()
    {
        var correct = new CorrectTrip(new TripFacts(
            Car, Today, new Distance(3_000, Distance.Kilometres), null, null, null, "Site visit", "Office", "Lakeside"), Later);
        Expense.Stream.Given(Recorded).When(s => Expense.Decide(s, correct, Around)).Then(Corrected);
        Expense.Stream.Given(Recorded, Corrected).When(s => Expense.Decide(s, correct, Around)).ThenNothing();
        Expense.Stream.Given(Recorded).When(s => Expense.Decide(s, new BillExpense(Invoice))).Then(new ExpenseBilled(Invoice));
        Expense.Stream.Given(Recorded, Corrected).When(s => Expense.Decide(s, new BillExpense(Invoice)))
            .ThenRefused("expense-not-rebillable");
        Expense.Stream.Given(Recorded, new ExpenseBilled(Invoice)).When(s => Expense.Decide(s, correct, Around))
            .ThenRefused("expense-billed");
        Expense.Stream.Given(Recorded).When(s => Expense.Decide(s, new RemoveExpense(Later), Around.Business))
            .Then(new ExpenseRemoved(Later));
        Expense.Stream.Given(Recorded, new ExpenseRemoved(Later)).When(s => Expense.Decide(s, correct, Around))
            .ThenRefused("expense-removed");
    }

    [Fact]
    public void Is_no_expense_and_an_expense_is_no_trip()
    {
        var expense = new ExpenseRecorded(Id, 100, "USD", "software", Today, null, null, false, null, null, Now);
        Expense.Stream.Given(expense).When(s => Expense.Decide(s, new CorrectTrip(Facts, Later), Around)).ThenRefused("not-a-trip");
        Expense.Stream.Given(Recorded)
            .When(s => Expense.Decide(s, new CorrectExpense(
                new ExpenseFacts(Usd(100), "software", Today, null, null, false, null, null), Later), Around))
            .ThenRefused("is-a-trip");
    }

    private static Outcome<ExpenseEvent> When(TripFacts facts, ExpenseSurroundings? around = null) =>
        Expense.Stream.Given().When(s => Expense.Decide(s, new RecordTrip(Id, facts, Now), around ?? Around));

    private static Rejection Refusal(TripFacts facts) =>
        Assert.IsType<Decision<ExpenseEvent>.Rejected>(When(facts).Decision).Rejection;
}
