using Billing.Api.Http;
using Billing.Api.Pages;
using Billing.Projections.TimeTracking;
using NodaTime;
using NodaTime.Text;

namespace Billing.Api.TimeTracking.Pages;

/// <summary>When work was done, as a form says it: a day, and either from when to when or how long.</summary>
internal sealed record SaidTime(LocalDate? WorkedOn, Instant? StartedAt, Instant? EndedAt, string? Duration)
{
    private static readonly LocalTimePattern Minutes = LocalTimePattern.CreateWithInvariantCulture("H:mm");
    private static readonly LocalTimePattern Seconds = LocalTimePattern.CreateWithInvariantCulture("H:mm:ss");

    /// <param name="zone">In which the clock times are.</param>
    /// <param name="stored">
    /// The entry that the form was filled from. Clock times that were left as they were keep their seconds, and its duration does not
    /// count where clock times were put in.
    /// </param>
    public static (SaidTime? Time, PageRefusal? Refusal) Of(PageForm form, DateTimeZone zone, TimeEntryView? stored)
    {
        if (!Days.TryParse(form.Text("day"), out var day)) return (null, PageRefusal.LeftEmpty);
        var (from, to, duration) = (form.Text("from"), form.Text("to"), PageForm.WithPoint(form.Text("duration")));
        if (from is null && to is null)
            return duration is null ? (null, PageRefusal.LeftEmpty) : (new SaidTime(day, null, null, duration), null);
        if (stored is { StartedAt: null } && duration == PageWords.Hours(stored.DurationSeconds)) duration = null;
        if (!TryClock(from, out var begun) || !TryClock(to, out var ended)) return (null, PageRefusal.ClockUnreadable);
        var start = begun is { } at ? (day + at).InZoneLeniently(zone).ToInstant() : (Instant?)null;
        // Who ends before they began worked past midnight.
        var end = ended is { } until ? (day.PlusDays(until <= begun ? 1 : 0) + until).InZoneLeniently(zone).ToInstant() : (Instant?)null;
        if (stored is { StartedAt: { } storedStart, EndedAt: { } storedEnd } && day == stored.WorkedOn)
        {
            if (from == ClockText(storedStart, zone)) start = storedStart;
            if (to == ClockText(storedEnd, zone) && end is { } said && (said - storedEnd).TotalDays is > -1 and < 1) end = storedEnd;
        }
        return (new SaidTime(duration is null ? null : day, start, end, duration), null);
    }

    /// <summary>As an input of a form shows it.</summary>
    public static string ClockText(Instant moment, DateTimeZone zone) =>
        LocalTimePattern.CreateWithInvariantCulture("HH:mm").Format(moment.InZone(zone).TimeOfDay);

    private static bool TryClock(string? text, out LocalTime? time)
    {
        time = null;
        if (text is null) return true;
        var parsed = Minutes.Parse(text) is { Success: true } minutes ? minutes : Seconds.Parse(text);
        if (!parsed.Success) return false;
        time = parsed.Value;
        return true;
    }
}
