using System.Globalization;
using System.Text;
using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using Billing.EventStore.Port;
using Billing.Projections.Documents;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using NodaTime;
using Calendar = Ical.Net.Calendar;

namespace Billing.Api.Taxes;

/// <summary>The due dates from the beginning of this year on, and of the next, with what to pay, as iCalendar (RFC 5545).</summary>
public sealed class TaxCalendarFeed(EstimateDesk estimates)
{
    public const string Type = "text/calendar";

    /// <param name="today">In the practice's zone.</param>
    /// <param name="daysBefore">When the calendar reminds; null for never.</param>
    public IResult Of(BookId book, LocalDate today, Instant now, int? daysBefore)
    {
        var calendar = new Calendar { ProductId = "-//Billing//Estimated tax//EN" };
        calendar.AddProperty("X-WR-CALNAME", "Estimated tax");
        for (var year = today.Year - 1; year <= today.Year + 1; year++)
        {
            var wish = new EstimateWish(year, today, ProjectionChoice.Default);
            var estimate = estimates.TryEstimate(book, wish, out var estimated, out _) ? estimated.Estimate : null;
            foreach (var (on, entry) in Entries(book, TaxCalendar.For(year), estimate, daysBefore))
            {
                if (on.Year < today.Year) continue;
                entry.DtStamp = new CalDateTime(now.ToDateTimeUtc());
                calendar.Events.Add(entry);
            }
        }
        var text = new CalendarSerializer().SerializeToString(calendar) ?? "";
        return Results.File(Encoding.UTF8.GetBytes(text), $"{Type}; charset=utf-8", "estimated-tax.ics");
    }

    private static IEnumerable<(LocalDate On, CalendarEvent Entry)> Entries(
        BookId book, TaxCalendar dates, TaxEstimate? estimate, int? daysBefore)
    {
        foreach (var due in dates.Instalments)
        {
            var instalment = estimate?.ChosenPlan.Instalments[due.Number - 1];
            var isOpen = instalment is not { State: InstalmentState.Covered };
            yield return (due.DeadlineOn, Entry(
                string.Create(CultureInfo.InvariantCulture, $"estimated-tax-{dates.Year}-{due.Number}-{book.Value:N}"), due.DeadlineOn,
                Summary(dates.Year, due.Number, instalment), Description(estimate, instalment), isOpen ? daysBefore : null));
        }
        yield return (dates.ReturnDueOn, Entry(
            string.Create(CultureInfo.InvariantCulture, $"tax-return-{dates.Year}-{book.Value:N}"), dates.ReturnDueOn,
            string.Create(CultureInfo.InvariantCulture, $"Tax return {dates.Year} is due, with what is left to pay"),
            "Form 1040 of that year, and the balance of its tax.", daysBefore));
    }

    private static string Summary(int year, int quarter, Instalment? instalment)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"Estimated tax {year}, payment {quarter} of 4");
        return instalment switch
        {
            null => name,
            { State: InstalmentState.Covered, Required: 0 } => $"{name}: nothing to pay",
            { State: InstalmentState.Covered } => $"{name}: paid",
            _ => $"{name}: pay {PrintedText.Of(Cents.ToMoney(Cents.UpToDollar(instalment.Remaining)))}",
        };
    }

    private static string Description(TaxEstimate? estimate, Instalment? instalment) => (estimate, instalment) switch
    {
        (null, _) or (_, null) => "There is no estimate for this year yet.",
        (_, { Required: 0 }) => "Nothing has to be paid by this day, by an estimate from the books; it is not tax advice.",
        _ => $"{PrintedText.Of(Cents.ToMoney(instalment.Required))} is to be paid by this day, "
            + $"{PrintedText.Of(Cents.ToMoney(instalment.Covered))} of it is covered. Pay at irs.gov/payments (Form 1040-ES). An estimate "
            + $"from the books as of {PrintedText.Of(estimate.AsOf)}, not tax advice.",
    };

    private static CalendarEvent Entry(string id, LocalDate on, string summary, string description, int? daysBefore)
    {
        var entry = new CalendarEvent
        {
            Uid = id,
            Summary = summary,
            Description = description,
            Start = new CalDateTime(on.Year, on.Month, on.Day),
            // It takes no time of the day.
            Transparency = Ical.Net.TransparencyType.Transparent,
        };
        if (daysBefore is not { } days) return entry;
        entry.Alarms.Add(new Alarm
        {
            Action = Ical.Net.AlarmAction.Display,
            Description = summary,
            Trigger = new Trigger(Ical.Net.DataTypes.Duration.FromDays(-days)),
        });
        return entry;
    }
}
