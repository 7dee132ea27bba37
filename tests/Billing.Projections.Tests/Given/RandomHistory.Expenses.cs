using Billing.Domain.Engagements;
using Billing.Domain.Expenses;
using Billing.Domain.Taxes;
using NodaTime;

namespace Billing.Projections.Tests.Given;

/// <content>Trips, vehicles, receipts, recurring expenses, budgets and an office at home.</content>
internal sealed partial class RandomHistory
{
    private readonly List<Guid> vehicles = [];

    private ExpenseParticulars? Particulars() => chance.Next(4) switch
    {
        0 => new ExpenseParticulars(TaxMinor: 1, BusinessShareBasisPoints: chance.Next(1, 10_000)),
        1 => new ExpenseParticulars(MarkUp: new ExpenseMarkUp(chance.Next(2_000), null)),
        _ => null,
    };

    private void SpendFurther(Guid expense)
    {
        switch (chance.Next(5))
        {
            case 0: Drive(); break;
            case 1: KeepReceipt(expense); break;
            case 2: Recur(); break;
            case 3: SetBudget(); break;
            default: SayPolicy(); break;
        }
    }

    private void Drive()
    {
        if (vehicles.Count < 2)
        {
            vehicles.Add(New(15));
            Add($"vehicle-{vehicles[^1]:D}", new VehicleEvent.VehicleAdded(vehicles[^1], Words, chance.Next(2) == 0, Now));
        }
        var (vehicle, trip) = (Pick(vehicles), New(6));
        Add($"vehicle-{vehicle:D}", new VehicleEvent.VehicleYearSet(
            2026, chance.Next(3) == 0 ? "actual" : "standard", chance.Next(1_000, 9_000_000), "mi", Now));
        Add($"expense-{trip:D}", new ExpenseEvent.TripRecorded(
            trip, vehicle, Day, chance.Next(1, 90_000), chance.Next(2) == 0 ? "mi" : "km", Pick(clients), null, "0.70", "USD",
            Words, Words, Words, Now));
        if (chance.Next(2) == 0)
        {
            Add($"expense-{trip:D}", new ExpenseEvent.TripCorrected(
                vehicle, Day, chance.Next(1, 90_000), "mi", null, null, null, "USD", Words, Words, Words, Now));
        }
        if (chance.Next(3) == 0) Add($"expense-{trip:D}", new ExpenseEvent.ExpenseRemoved(Now));
        var fuel = New(6);
        Add($"expense-{fuel:D}", new ExpenseEvent.ExpenseRecorded(
            fuel, chance.Next(1, 9_000), "USD", "car-and-truck", Day, null, null, false, Words, Words, Now,
            new ExpenseParticulars(VehicleId: vehicle)));
    }

    private void KeepReceipt(Guid expense)
    {
        var hash = string.Concat(Enumerable.Range(0, 64).Select(_ => "0123456789abcdef"[chance.Next(16)]));
        Add($"expense-{expense:D}", new ExpenseEvent.ReceiptAttached(hash, chance.Next(1, 9_000), "application/pdf", Words, Now));
        // One with a hash that a test can name.
        Add($"expense-{expense:D}", new ExpenseEvent.ReceiptAttached(
            new string('a', 64), chance.Next(1, 9_000), "image/png", Words, Now));
        if (chance.Next(3) == 0) Add($"expense-{expense:D}", new ExpenseEvent.ReceiptRemoved(hash, Now));
    }

    private void Recur()
    {
        var recurring = New(16);
        Add($"recurring-expense-{recurring:D}", new RecurringExpenseEvent.RecurringExpenseSet(
            recurring, chance.Next(1, 9_000), "USD", "software", "month", Day, null, null, null, false, Words, Words, Now));
        if (chance.Next(2) == 0) Add($"recurring-expense-{recurring:D}", new RecurringExpenseEvent.OccurrencesRecorded(Day, Now));
    }

    private void SetBudget()
    {
        var engagement = Pick(engagements);
        Add($"budget-{engagement:D}", new BudgetEvent.BudgetSet(
            engagement, chance.Next(1_000, 900_000), Maybe((long)chance.Next(1_000, 900_000)), "USD", "once", FirstDay, [50, 100], Now));
        Add($"budget-{engagement:D}", new BudgetEvent.BudgetThresholdReached("hours", 50, FirstDay, chance.Next(900), 900, Now));
        if (chance.Next(4) == 0) Add($"budget-{engagement:D}", new BudgetEvent.BudgetDropped(Now));
    }

    private void SayPolicy()
    {
        Add($"expense-policy-{Ids.Of(1, 1):D}", new ExpensePolicyEvent.PaidFirstSet(
            Maybe(Pick(engagements)), Maybe((long)chance.Next(90_000)), "USD", Now));
        Add(TaxYear.Stream.Name(TaxYear.Id(2026, TaxYear.UsFederal)), new TaxYearEvent.HomeOfficeSet(
            2026, TaxYear.UsFederal,
            new StatedHomeOffice("simplified", chance.Next(1, 400), null, FirstDay, new LocalDate(2026, 12, 31), [], 0), Now));
    }
}
