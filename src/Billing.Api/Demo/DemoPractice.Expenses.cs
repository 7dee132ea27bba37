using Billing.Api.Engagements;
using Billing.Api.Expenses;
using Billing.Api.Taxes;
using Billing.Domain.Engagements;
using Billing.Domain.Expenses;
using Billing.Domain.Taxes;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Demo;

/// <content>Trips, a recurring expense, what is rebilled with a mark-up, an office at home, and budgets.</content>
public sealed partial class DemoPractice
{
    private async Task SpendFurther(IReadOnlyList<DemoClient> clients)
    {
        await Drive(clients[1]);
        await Recur();
        await Send(At(FirstDay, 14), c => new SetPaidFirstCommand(
            c, new SetPaidFirst(null, new Money(50_00, Currency.Usd), c.Now)));
        // A stock photo for a newsletter, sales tax in it, charged on with a tenth on top.
        await Send(At(new LocalDate(2026, 9, 15), 12), c => new RecordExpenseCommand(c, new RecordExpense(_newId(), new ExpenseFacts(
            new Money(64_95, Currency.Usd), "advertising", new LocalDate(2026, 9, 15), clients[3].ClientId, clients[3].EngagementId,
            Rebill: true, "Pixel Pantry", "Stock photos")
        {
            Tax = new Money(4_95, Currency.Usd),
            MarkUp = new ExpenseMarkUp(1_000, null),
        }, c.Now)));
        await Send(At(FirstDay, 14), c => new SetHomeOfficeCommand(c, new SetHomeOffice(2026, TaxYear.UsFederal, new StatedHomeOffice(
            StatedHomeOffice.Simplified, 140, null, new LocalDate(2026, 1, 1), new LocalDate(2026, 12, 31), [], 0), c.Now)));
        await Send(At(FirstDay, 14), c => new SetBudgetCommand(c, new SetBudget(
            clients[0].EngagementId, 90 * 3600, new Money(4_000_00, Currency.Usd), BudgetPeriod.Month, FirstDay, [50, 80, 100], c.Now)));
        await Send(At(FirstDay, 14), c => new SetBudgetCommand(c, new SetBudget(
            clients[2].EngagementId, 200 * 3600, null, BudgetPeriod.Once, FirstDay, [80, 100], c.Now)));
    }

    /// <summary>Before July and after it, since the rate of 2026 changed in between.</summary>
    private async Task Drive(DemoClient client)
    {
        var car = _newId();
        await Send(At(FirstDay, 14), c => new AddVehicleCommand(c, new AddVehicle(car, "Blue hatchback", IsLeased: false, c.Now)));
        for (var month = 4; month <= 9; month++)
        {
            var day = new LocalDate(2026, month, 17);
            await Send(At(day, 18), c => new RecordTripCommand(c, new RecordTrip(_newId(), new TripFacts(
                car, day, new Distance(2_860, Distance.Miles), client.ClientId, client.EngagementId, "0.70", "Listing photos",
                "Larch Street", "Lakeshore Drive"), c.Now)));
        }
    }

    private async Task Recur()
    {
        var domains = _newId();
        await Send(At(FirstDay, 14), c => new SetRecurringExpenseCommand(c, new SetRecurringExpense(
            domains, new ExpenseFacts(
                new Money(18_00, Currency.Usd), "software", FirstDay, null, null, Rebill: false, "Registrar Co-op",
                "Domains and mailboxes"),
            new Recurrence(Recurrence.Month, FirstDay, null), IsNew: true, c.Now)));
        await Send(At(new LocalDate(2026, 8, 31), 14), c => new RecordDueExpensesCommand(c, domains, null));
        var phone = _newId();
        await Send(At(FirstDay, 14), c => new SetRecurringExpenseCommand(c, new SetRecurringExpense(
            phone, new ExpenseFacts(
                new Money(58_00, Currency.Usd), "phone-and-internet", FirstDay, null, null, Rebill: false, "Lone Star Mobile",
                "Three fifths of it for the business")
            {
                Tax = new Money(4_20, Currency.Usd),
                BusinessShareBasisPoints = 60_00,
            },
            new Recurrence(Recurrence.Month, FirstDay, null), IsNew: true, c.Now)));
        await Send(At(new LocalDate(2026, 9, 30), 14), c => new RecordDueExpensesCommand(c, phone, null));
    }
}
