using Billing.Api.Commands;
using Billing.Api.Expenses;
using Billing.Api.TimeTracking;
using Billing.Domain.Expenses;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Demo;

/// <content>What the assistants did and what the practice spent.</content>
public sealed partial class DemoPractice
{
    private static readonly string[][] Notes =
    [
        ["Inbox triage", "Rescheduled patients", "Insurance follow-up calls", "Weekly report"],
        ["New listings entered", "Open house reminders", "CRM clean-up", "Buyer follow-up"],
        ["Deposition transcript", "Docket check", "Case file index", "Citation research"],
        ["Newsletter draft", "Class calendar", "Social posts for the week", "Member e-mails"],
    ];

    /// <summary>Both assistants, every weekday: lengths and clients follow a fixed pattern, so that every demo is the same.</summary>
    private async Task KeepTime(IReadOnlyList<DemoClient> clients)
    {
        var step = 0;
        for (var day = FirstDay; day <= LastDay; day = day.PlusDays(1))
        {
            if (day.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday) continue;
            foreach (var (assistant, zone, firstHour) in new[] { (_ana, "Asia/Manila", 8), (_ben, Zone, 9) })
            {
                var start = new LocalTime(firstHour, 0);
                for (var block = 0; block < 2; block++, step++)
                {
                    var which = (step * 7 + day.Day) % clients.Count;
                    var minutes = 50 + step * 37 % 95;
                    await Log(clients[which], assistant, zone, day.At(start), minutes, Notes[which][step % 4]);
                    start = start.PlusMinutes(minutes + 15);
                }
            }
        }
    }

    private async Task Log(DemoClient client, Guid assistant, string zone, LocalDateTime start, int minutes, string note)
    {
        var zoned = DateTimeZoneProviders.Tzdb[zone];
        var from = start.InZoneLeniently(zoned).ToInstant();
        var to = from + Duration.FromMinutes(minutes);
        await Send(to, c => new LogTimeCommand(c, new LogTime(
            _newId(), assistant, client.EngagementId, new TimeSpent.Between(from, to), note, Billable: true, zoned, c.Now)));
    }

    private async Task KeepExpenses()
    {
        for (var month = 4; month <= 9; month++)
        {
            await Spend(new LocalDate(2026, month, 3), 8900, "software", "Northcloud", "Scheduling and inbox tools");
            await Spend(new LocalDate(2026, month, 8), 6500, "phone-and-internet", "Hill Country Fiber", "Business share");
            await Spend(new LocalDate(2026, month, 28), 185_000, "contract-labor", "Ana Reyes", "Monthly payout");
            await Spend(new LocalDate(2026, month, 28), 160_000, "contract-labor", "Ben Ito", "Monthly payout");
        }
        await Spend(new LocalDate(2026, 4, 20), 42_000, "insurance", "Lone Star Mutual", "Professional liability, half a year");
        await Spend(new LocalDate(2026, 5, 14), 8640, "meals", "Cafe Verde", "Lunch with Birchwood Realty");
        await Spend(new LocalDate(2026, 6, 2), 129_900, "office-expense", "Hardware Depot", "Laptop, de minimis safe harbor");
        await Spend(new LocalDate(2026, 8, 11), 35_000, "legal-and-professional", "Priya Nair", "Bookkeeping");
    }

    private Task<CommandResult.Done> Spend(LocalDate day, long amountMinor, string category, string payee, string note) => Send(
        At(day, 12), c => new RecordExpenseCommand(c, new RecordExpense(_newId(), new ExpenseFacts(
            new Money(amountMinor, Currency.Usd), category, day, null, null, Rebill: false, payee, note), c.Now)));
}
