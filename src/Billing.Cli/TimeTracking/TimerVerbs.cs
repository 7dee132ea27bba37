using System.CommandLine;
using Billing.Cli.Running;
using Billing.Cli.Shown;
using Billing.Cli.Work;

namespace Billing.Cli.TimeTracking;

internal static class TimerVerbs
{
    public static IEnumerable<Command> Build(Verbs verbs) =>
    [
        Starting(verbs, "start", "Start the timer.", "/v1/timer:start"),
        Starting(verbs, "switch", "Stop the timer that runs and start another.", "/v1/timer:switch"),
        verbs.Make("stop", "Stop the timer.", Stop),
        verbs.Make("status", "Show the timer.", Status),
    ];

    private static Command Starting(Verbs verbs, string name, string description, string path)
    {
        var wish = new WorkWish();
        return verbs.Make(name, description, async session =>
        {
            var names = await session.Names();
            var engagement = names.FindEngagement(wish.EngagementOf(session), await session.Today());
            var answer = await session.Post<StartedTimer>(path, new
            {
                engagement.EngagementId,
                Note = wish.NoteOf(session),
                Tags = wish.TagsOf(session),
                Billable = wish.IsBillable(session),
            });
            await session.Show(answer, async started =>
            {
                if (started.StoppedId is { } stopped) await SayStopped(session, names, stopped, started.Forgotten);
                session.Screen.Say($"Started {names.Label(engagement.EngagementId)}.");
            });
        }, wish.Symbols);
    }

    private static async Task Stop(Session session)
    {
        var answer = await session.Post<StoppedTimer>("/v1/timer:stop", new { });
        await session.Show(answer, async stopped => await SayStopped(session, await session.Names(), stopped.Id, stopped.Forgotten));
    }

    private static async Task SayStopped(Session session, WorkNames names, Guid entryId, ForgottenNotice? forgotten)
    {
        var entry = (await session.Get<EntryView>($"/v1/time-entries/{entryId:D}")).Value;
        session.Screen.Say($"Stopped {names.Label(entry.EngagementId)} after {Written.Hours(entry.DurationSeconds)}.");
        if (forgotten is not null) session.Screen.Say(forgotten.Detail);
    }

    private static async Task Status(Session session)
    {
        var answer = await session.Get<TimerView>("/v1/timer");
        await session.Show(answer, async timer =>
        {
            if (timer.Running is not { } running)
            {
                session.Screen.Say("No timer runs.");
                return;
            }
            var since = Written.At(running.StartedAt, await session.Zone());
            var label = (await session.Names()).Label(running.EngagementId);
            session.Screen.Say($"{label} since {since}, {Written.Hours((timer.ElapsedSeconds ?? 0) / 60 * 60)} so far.");
            if (running.Note is { } note) session.Screen.Say(Screen.Plain(note));
            if (timer.Forgotten) session.Screen.Say("It runs longer than work lasts here. Stop it, and correct the entry.");
        });
    }
}
