using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.TimeTracking;

namespace Billing.Api.TimeTracking;

/// <summary>What one try of a command about time reads, all of it checked when it appends.</summary>
internal sealed class TimeDesk(BookSession session, TimeDirectory directory)
{
    private Guid? _stopped;

    public ValueTask<TimesheetState> Week(TimesheetWeek week) => session.Load(Timesheet.Stream, week.StreamName);

    public async ValueTask<AdjacentWeeks> Around(TimesheetWeek week) => new(
        await Week(week.Previous), await Week(week.Next),
        directory.RunningTimer(session.Context.Book, week.AssistantId) is { } timer && timer.EntryId != _stopped ? timer : null);

    /// <summary>The practice, for its policy and its lock.</summary>
    public ValueTask<BusinessState> Practice() => session.Load(Business.Stream, session.Context.Book.Value);

    public async ValueTask<AgreedWork> Work(Guid engagementId)
    {
        var engagement = await session.Load(Engagement.Stream, engagementId);
        return new AgreedWork(engagement, engagement.Terms is { } terms
            ? await session.Load(Client.Stream, terms.ClientId)
            : Client.Stream.Initial);
    }

    public Rejection? Record(TimesheetWeek week, Decision<TimesheetEvent> decision) =>
        session.Record(Timesheet.Stream, week.StreamName, decision);

    public async ValueTask<Rejection?> Log(LogTime wish)
    {
        var week = await Week(wish.Week);
        var around = await Around(wish.Week);
        var work = await Work(wish.EngagementId);
        return Record(wish.Week, Timesheet.Decide(week, wish, around, work.Engagement, work.Client, await Practice()));
    }

    /// <summary>Starts a timer, and stops the one that runs before it where that is wished or the practice's policy.</summary>
    public async ValueTask<Rejection?> Start(StartTimer wish)
    {
        var week = await Week(wish.Week);
        var around = await Around(wish.Week);
        var practice = await Practice();
        if (Timesheet.StopBefore(week, wish, around, practice) is { } stop)
        {
            if (await StopBefore(wish, stop) is { } refusal) return refusal;
            (week, around) = (await Week(wish.Week), await Around(wish.Week));
        }
        var work = await Work(wish.EngagementId);
        return Record(wish.Week, Timesheet.Decide(week, wish, around, work.Engagement, work.Client, practice));
    }

    /// <param name="week">In which the timer was started.</param>
    public async ValueTask<Rejection?> Stop(TimesheetWeek week, StopTimer wish)
    {
        var decision = Timesheet.Decide(await Week(week), wish, await Around(week), await Practice());
        _stopped = wish.EntryId;
        return Record(week, decision);
    }

    /// <summary>What is known of a running timer from elsewhere may lag: one that does not run any more needs no stop.</summary>
    private async ValueTask<Rejection?> StopBefore(StartTimer wish, StopTimer stop)
    {
        foreach (var week in new[] { wish.Week, wish.Week.Previous, wish.Week.Next })
            if ((await Week(week)).Running?.EntryId == stop.EntryId) return AtStart(await Stop(week, stop));
        var elsewhere = directory.RunningTimer(session.Context.Book, wish.AssistantId);
        if (elsewhere?.EntryId == stop.EntryId)
        {
            var week = TimesheetWeek.Of(wish.AssistantId, elsewhere.WorkedOn);
            if ((await Week(week)).Running?.EntryId == stop.EntryId) return AtStart(await Stop(week, stop));
        }
        _stopped = stop.EntryId;
        return null;

        // The one timer ends where the other starts, so that is the field at fault.
        static Rejection? AtStart(Rejection? refusal) =>
            refusal is { Field: not null } ? refusal with { Field = "/startedAt" } : refusal;
    }
}
