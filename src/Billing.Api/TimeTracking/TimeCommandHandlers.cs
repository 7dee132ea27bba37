using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.TimeTracking;
using MediatR;

namespace Billing.Api.TimeTracking;

public sealed class TimeCommandHandlers(CommandRunner runner, TimeDirectory directory) :
    IRequestHandler<LogTimeCommand, CommandResult>,
    IRequestHandler<CorrectEntryCommand, CommandResult>,
    IRequestHandler<RemoveEntryCommand, CommandResult>,
    IRequestHandler<SetGridCommand, CommandResult>,
    IRequestHandler<HandInWeekCommand, CommandResult>,
    IRequestHandler<ApproveWeekCommand, CommandResult>,
    IRequestHandler<ReturnWeekCommand, CommandResult>,
    IRequestHandler<ReopenWeekCommand, CommandResult>
{
    public Task<CommandResult> Handle(LogTimeCommand request, CancellationToken cancellationToken) =>
        Run(request.Context, request.Wish.Week, desk => desk.Log(request.Wish), cancellationToken);

    public Task<CommandResult> Handle(CorrectEntryCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        return Run(request.Context, wish.Week, async desk =>
        {
            var week = await desk.Week(wish.Week);
            var around = await desk.Around(wish.Week);
            var work = await desk.Work(wish.EngagementId);
            return desk.Record(
                wish.Week,
                Timesheet.Decide(week, wish, around, work.Engagement, work.Client, await desk.Practice()));
        }, cancellationToken);
    }

    public Task<CommandResult> Handle(RemoveEntryCommand request, CancellationToken cancellationToken) =>
        Run(request.Context, request.Week, async desk => desk.Record(
            request.Week, Timesheet.Decide(await desk.Week(request.Week), request.Wish, await desk.Practice())),
            cancellationToken);

    public Task<CommandResult> Handle(SetGridCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        return Run(request.Context, wish.Week, async desk =>
        {
            var work = new Dictionary<Guid, AgreedWork>();
            foreach (var id in wish.Cells.Select(cell => cell.EngagementId).Distinct()) work[id] = await desk.Work(id);
            return desk.Record(wish.Week, WeekGrid.Decide(
                await desk.Week(wish.Week), wish, await desk.Around(wish.Week), work, await desk.Practice()));
        }, cancellationToken);
    }

    public Task<CommandResult> Handle(HandInWeekCommand request, CancellationToken cancellationToken) =>
        RunOn(request.Context, request.Wish.Week, week => Timesheet.Decide(week, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(ApproveWeekCommand request, CancellationToken cancellationToken) =>
        RunOn(request.Context, request.Week, week => Timesheet.Decide(week, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(ReturnWeekCommand request, CancellationToken cancellationToken) =>
        RunOn(request.Context, request.Week, week => Timesheet.Decide(week, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(ReopenWeekCommand request, CancellationToken cancellationToken) =>
        RunOn(request.Context, request.Week, week => Timesheet.Decide(week, request.Wish), cancellationToken);

    /// <summary>What concerns a week as a whole depends on nothing but the week.</summary>
    private Task<CommandResult> RunOn(
        CommandContext context, TimesheetWeek week, Func<TimesheetState, Decision<TimesheetEvent>> decide,
        CancellationToken cancellationToken) =>
        Run(context, week, async desk => desk.Record(week, decide(await desk.Week(week))), cancellationToken);

    private Task<CommandResult> Run(
        CommandContext context, TimesheetWeek own, Func<TimeDesk, ValueTask<Rejection?>> decide,
        CancellationToken cancellationToken) =>
        runner.Run(context, own.StreamName, session => decide(new TimeDesk(session, directory)), cancellationToken);
}
