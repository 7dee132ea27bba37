using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Pages;
using Billing.Projections.TimeTracking;
using NodaTime;

namespace Billing.Api.TimeTracking.Pages;

/// <summary>The entries of one day, each with a form of its own, and a form for one more.</summary>
public sealed record DayModel(
    LocalDate Day, LocalDate Today, WeekView Week, IReadOnlyList<TimeEntryView> Entries, WorkChoices Choices, Guid? Latest, string FormKey)
{
    public static DayModel Of(QueryCall call, LocalDate day)
    {
        var week = call.Service<TimeQueries>().Week(call.Book, Domain.TimeTracking.TimesheetWeek.Of(call.Caller.MemberId, day));
        return new DayModel(
            day, call.Now.InZone(DateTimeZoneProviders.Tzdb[call.Caller.TimeZone]).Date, week,
            [.. week.Entries.Where(entry => entry.WorkedOn == day)], WorkChoices.Of(call),
            week.Entries.MaxBy(entry => (entry.WorkedOn, entry.StartedAt))?.EngagementId, call.Service<Func<Guid>>()().ToString("D"));
    }
}

/// <summary>What a form about an entry said that was refused, so that its page shows it again beside what is stored now.</summary>
/// <param name="EntryId">Null for the form of a new entry.</param>
/// <param name="IsConflict">Whether the entry was changed since the form was made from it.</param>
public sealed record SaidEntry(Guid? EntryId, IReadOnlyDictionary<string, string> Fields, bool IsConflict);

/// <summary>The forms with which an assistant corrects and removes an entry.</summary>
internal static class EntryForms
{
    private const string Entries = $"{TimePaths.Clock}/entries/{{id:guid}}";

    public static void MapEntryForms(this WebApplication app)
    {
        app.MapGet($"{TimePaths.Clock}/day/{{day}}", (Delegate)Show).WithMetadata(PageSession.Why);
        app.MapPost($"{Entries}/correct", (HttpContext http, Guid id) => Handle(http, id, Correct)).WithMetadata(PageSession.Why);
        app.MapPost($"{Entries}/remove", (HttpContext http, Guid id) => Handle(http, id, Remove)).WithMetadata(PageSession.Why);
    }

    /// <summary>Where a form leads when it is done: to the page that it stands on.</summary>
    public static string Back(PageForm form) =>
        Days.TryParse(form.Text("back"), out var day) ? TimePaths.Day(day) : TimePaths.Clock;

    public static IResult Page(HttpContext http, Caller caller, LocalDate day, PageRefusal? problem = null, SaidEntry? said = null)
    {
        var words = PageWords.For(http.Request);
        return PageAnswers.Page<DayPage>(
            http,
            new
            {
                Words = words,
                Caller = caller,
                Day = DayModel.Of(new QueryCall(http, caller), day),
                Problem = problem is null ? null : words.Why(problem),
                Said = said,
            },
            problem is null ? 200 : 409);
    }

    private static async Task<IResult> Show(HttpContext http, string day)
    {
        var (call, instead) = await PageCall.For(http, Role.Everyone);
        if (call is null) return instead!;
        return Days.TryParse(day, out var shown) ? Page(http, call.Caller, shown) : PageAnswers.See(http, TimePaths.Clock);
    }

    private static async Task<IResult> Handle(
        HttpContext http, Guid id, Func<PageForm, EntryOnForm, ValueTask<PageRefusal?>> send)
    {
        var (form, instead) = await PageForm.Read(http, Role.Everyone);
        if (form is null) return instead!;
        var call = new QueryCall(http, form.Caller);
        if (await call.WaitForOwnWrites() is { } behind) return behind.AsResult();
        var entry = new EntryOnForm(call, id, form.Number("version") ?? 0);
        if (await send(form, entry) is not { } problem) return PageAnswers.See(http, Back(form));
        var day = entry.Now?.WorkedOn ?? (Days.TryParse(form.Text("day"), out var said) ? said : entry.Today);
        return Page(
            http, form.Caller, day, problem, new SaidEntry(id, form.Fields(), IsConflict: problem == PageRefusal.ChangedMeanwhile));
    }

    private static ValueTask<PageRefusal?> Correct(PageForm form, EntryOnForm entry)
    {
        if (form.Id("engagement") is not { } engagement) return new(PageRefusal.LeftEmpty);
        var stored = entry.Now;
        var zone = DateTimeZoneProviders.Tzdb[stored?.TimeZone ?? form.Caller.TimeZone];
        var (time, unreadable) = SaidTime.Of(form, zone, stored);
        if (time is null) return new(unreadable);
        // What the form does not ask for stays as it is.
        var body = new CorrectEntryBody(
            engagement, time.StartedAt, time.EndedAt, time.WorkedOn, Note: form.Text("note"), Billable: stored?.Billable ?? true,
            Duration: time.Duration, Tags: stored?.Tags);
        return form.Send(
            "", body,
            call => TimeEndpoints.Correct(call) is { } command
                ? command with { Context = command.Context with { IfMatch = entry.WeekVersion } }
                : null,
            entry.Check);
    }

    private static ValueTask<PageRefusal?> Remove(PageForm form, EntryOnForm entry) => form.Send(
        "r", new NoBody(),
        call => TimeEndpoints.Remove(call) is { } command
            ? command with { Context = command.Context with { IfMatch = entry.WeekVersion } }
            : null,
        entry.Check);

    /// <summary>An entry as a form shows it, and as it is now.</summary>
    /// <param name="version">That of the entry which the form was made from.</param>
    private sealed class EntryOnForm(QueryCall call, Guid id, long version)
    {
        /// <summary>Null where it is gone, or another's than the caller's.</summary>
        public TimeEntryView? Now => call.Service<TimeQueries>().Entry(call.Book, id) is { } entry
            && entry.AssistantId == call.Caller.MemberId ? entry : null;

        public LocalDate Today => call.Now.InZone(DateTimeZoneProviders.Tzdb[call.Caller.TimeZone]).Date;

        public long WeekVersion { get; private set; }

        public PageRefusal? Check()
        {
            if (Now is not { } entry) return PageRefusal.EntryGone;
            if (entry.Version != version) return PageRefusal.ChangedMeanwhile;
            var week = Domain.TimeTracking.TimesheetWeek.Of(entry.AssistantId, entry.WorkedOn);
            WeekVersion = call.Service<TimeQueries>().Week(call.Book, week).Version;
            // Between the two reads it may have changed again.
            return Now?.Version == version ? null : PageRefusal.ChangedMeanwhile;
        }
    }
}
