using System.Net.Mime;
using System.Text;
using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Pages;
using Billing.Projections.Reports;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using NodaTime;
using Calendar = Ical.Net.Calendar;

namespace Billing.Api.Reports;

/// <summary>Hours for other programs: timeclock and timedot for hledger, iCalendar for calendars. Assistants get their own.</summary>
public static class HoursEndpoints
{
    private const string CalendarType = "text/calendar";

    public static void MapHours(this IEndpointRouteBuilder v1)
    {
        v1.Map("/hours.timeclock", MediaTypeNames.Text.Plain, (hours, _) => HoursText.Timeclock(hours));
        v1.Map("/hours.timedot", MediaTypeNames.Text.Plain, (hours, _) => HoursText.Timedot(hours));
        v1.Map("/hours.ics", CalendarType, Calendar);
    }

    private static void Map(
        this IEndpointRouteBuilder v1, string pattern, string type, Func<IReadOnlyList<WrittenHours>, Instant, string> write) =>
        v1.File(pattern, Role.Everyone, type, HoursWish.Parameters, async call =>
        {
            var (wish, problem) = HoursWish.Of(call, LocalDate.MaxIsoValue, _ => LocalDate.MinIsoValue);
            if (wish is null) return problem!.AsResult();
            var hours = await BookReading.Ask(call, book => WrittenHours.Of(book, wish.From, wish.Through, wish.Filter));
            return Results.Text(write(hours, call.Now), type, Encoding.UTF8);
        });

    /// <summary>RFC 5545. What has no start lies on its day as a whole, with how long it took in its name.</summary>
    private static string Calendar(IReadOnlyList<WrittenHours> hours, Instant now)
    {
        var calendar = new Calendar { ProductId = "-//Billing//Hours//EN" };
        foreach (var entry in hours)
        {
            var name = $"{entry.Client}: {entry.Work}";
            var written = new CalendarEvent
            {
                Uid = $"time-entry-{entry.EntryId:N}",
                DtStamp = new CalDateTime(now.ToDateTimeUtc()),
                Description = entry.Note is { Length: > 0 } note ? $"{entry.Assistant}: {note}" : entry.Assistant,
                Transparency = Ical.Net.TransparencyType.Transparent,
            };
            if (entry.Start is { } start)
            {
                written.Summary = name;
                written.Start = new CalDateTime(start.ToDateTimeUtc());
                written.End = new CalDateTime(start.PlusSeconds(entry.DurationSeconds).ToDateTimeUtc());
            }
            else
            {
                written.Summary = $"{name}, {PageWords.Hours(entry.DurationSeconds)} h";
                written.Start = new CalDateTime(entry.WorkedOn.Year, entry.WorkedOn.Month, entry.WorkedOn.Day);
            }
            calendar.Events.Add(written);
        }
        return new CalendarSerializer().SerializeToString(calendar) ?? "";
    }
}
