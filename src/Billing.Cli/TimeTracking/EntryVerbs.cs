using System.CommandLine;
using Billing.Cli.Running;
using Billing.Cli.Server;
using Billing.Cli.Shown;
using Billing.Cli.Work;
using NodaTime;
using NodaTime.Calendars;

namespace Billing.Cli.TimeTracking;

internal static class EntryVerbs
{
    public static IEnumerable<Command> Build(Verbs verbs) => [Log(verbs), Week(verbs), Entries(verbs)];

    private static Command Log(Verbs verbs)
    {
        var wish = new WorkWish();
        var duration = new Argument<string>("duration") { Description = "Such as 1:30, 1.5 or \"1h 30min\"." };
        var on = Days.Option("--on", "The day of the work; left out, today.");
        return verbs.Make("log", "Write down time that was worked.", async session =>
        {
            var names = await session.Names();
            var today = await session.Today();
            var day = session.Parsed.GetValue(on) ?? today;
            var engagement = names.FindEngagement(wish.EngagementOf(session), day < today ? day : today);
            var answer = await session.Post<Receipt>("/v1/time-entries", new
            {
                engagement.EngagementId,
                WorkedOn = day,
                Duration = session.Parsed.GetValue(duration),
                Note = wish.NoteOf(session),
                Tags = wish.TagsOf(session),
                Billable = wish.IsBillable(session),
            });
            await session.Show(answer, async receipt =>
            {
                var entry = (await session.Get<EntryView>($"/v1/time-entries/{receipt.Id:D}")).Value;
                var hours = Written.Hours(entry.DurationSeconds);
                session.Screen.Say($"Logged {hours} on {Written.Day(entry.WorkedOn)} for {names.Label(entry.EngagementId)}.");
            });
        }, [wish.Symbols[0], duration, .. wish.Symbols[1..], on]);
    }

    private static Command Week(Verbs verbs)
    {
        var which = new Argument<string?>("week")
        {
            Description = "Such as 2026-W19; left out, this week.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return verbs.Make("week", "Show a week, day by day.", async session =>
        {
            var week = session.Parsed.GetValue(which) ?? WeekOf(await session.Today());
            var answer = await session.Get<WeekView>($"/v1/weeks/{Uri.EscapeDataString(week)}");
            await session.Show(answer, async view => Show(session.Screen, view, await session.Names()));
        }, which);
    }

    private static string WeekOf(LocalDate day) => FormattableString.Invariant(
        $"{WeekYearRules.Iso.GetWeekYear(day):0000}-W{WeekYearRules.Iso.GetWeekOfWeekYear(day):00}");

    private static void Show(Screen screen, WeekView week, WorkNames names)
    {
        var days = Enumerable.Range(0, 7).Select(week.FirstDay.PlusDays).ToList();
        var rows = week.Entries.GroupBy(entry => names.Label(entry.EngagementId)).OrderBy(rows => rows.Key, StringComparer.Ordinal)
            .Select(entries => Row(entries.Key, [.. entries])).ToList();
        if (rows.Count > 1) rows.Add(Row("all", week.Entries));
        screen.Table(
            ["engagement", .. days.Select(day => Column.Amount($"{day.DayOfWeek.ToString()[..3]} {day.Day}")), Column.Amount("hours")],
            rows, $"No time in the week of {Written.Day(week.FirstDay)}.");
        if (week.Running is { } running) screen.Say($"A timer runs: {names.Label(running.EngagementId)}.");
        if (week.ApprovedAt is not null) screen.Say("Approved.");
        else if (week.HandedInAt is not null) screen.Say("Handed in.");
        else if (week.ReturnedAt is not null) screen.Say($"Returned: {Screen.Plain(week.ReturnReason)}");

        IReadOnlyList<string?> Row(string label, IReadOnlyList<EntryView> entries) =>
        [
            label,
            .. days.Select(day => Hours(entries.Where(entry => entry.WorkedOn == day))),
            Hours(entries),
        ];
    }

    private static string Hours(IEnumerable<EntryView> entries) =>
        entries.Sum(entry => entry.DurationSeconds) is > 0 and var seconds ? Written.Hours(seconds) : "";

    private static Command Entries(Verbs verbs)
    {
        var from = Days.Option("--from", "First day; left out, the first of this month.");
        var to = Days.Option("--to", "Last day.");
        var client = new Option<string?>("--client") { Description = "Only of this client, by a part of the name." };
        return verbs.Make("entries", "List time entries.", async session =>
        {
            var names = await session.Names();
            var first = session.Parsed.GetValue(from) ?? (await session.Today()).With(DateAdjusters.StartOfMonth);
            var only = session.Parsed.GetValue(client) is { } text ? names.FindClient(text).ClientId : (Guid?)null;
            var answer = await session.Get<Page<EntryView>>(
                "/v1/time-entries", ("from", first), ("to", session.Parsed.GetValue(to)), ("client", only), ("limit", 500));
            session.Show(answer, page => ShowEntries(session.Screen, page, names));
        }, from, to, client);
    }

    private static void ShowEntries(Screen screen, Page<EntryView> page, WorkNames names)
    {
        screen.Table(
            [Column.Whole("day"), Column.Whole("time"), "engagement", Column.Amount("hours"), "billed", "note"],
            page.Items.OrderBy(entry => entry.WorkedOn).ThenBy(entry => entry.StartedAt).Select(entry => new[]
            {
                Written.Day(entry.WorkedOn), Times(entry), names.Label(entry.EngagementId), Written.Hours(entry.DurationSeconds),
                entry.InvoiceId is not null ? "yes" : entry.Billable ? "no" : "never", entry.Note,
            }), "No time entries.");
        if (page.Next is not null) screen.Say("There are more: ask for fewer days.");
    }

    private static string Times(EntryView entry)
    {
        if (entry is not { StartedAt: { } start, EndedAt: { } end }) return "";
        var zone = DateTimeZoneProviders.Tzdb[entry.TimeZone];
        return $"{Written.ClockAt(start, zone)}-{Written.ClockAt(end, zone)}";
    }
}
