using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.TimeTracking;
using MediatR;

namespace Billing.Api.TimeTracking;

public sealed record StartTimerCommand(CommandContext Context, StartTimer Wish) : ICommand;

public sealed record StopTimerCommand(CommandContext Context, TimesheetWeek Week, StopTimer Wish) : ICommand;

public sealed record LogTimeCommand(CommandContext Context, LogTime Wish) : ICommand;

public sealed record CorrectEntryCommand(CommandContext Context, CorrectEntry Wish) : ICommand;

public sealed record RemoveEntryCommand(CommandContext Context, TimesheetWeek Week, RemoveEntry Wish) : ICommand;

public sealed record HandInWeekCommand(CommandContext Context, HandInWeek Wish) : ICommand;

public sealed record ReopenWeekCommand(CommandContext Context, TimesheetWeek Week, ReopenWeek Wish) : ICommand;

public sealed class TimeCommandHandlers(CommandRunner runner, TimeDirectory directory) :
    IRequestHandler<StartTimerCommand, CommandResult>,
    IRequestHandler<StopTimerCommand, CommandResult>,
    IRequestHandler<LogTimeCommand, CommandResult>,
    IRequestHandler<CorrectEntryCommand, CommandResult>,
    IRequestHandler<RemoveEntryCommand, CommandResult>,
    IRequestHandler<HandInWeekCommand, CommandResult>,
    IRequestHandler<ReopenWeekCommand, CommandResult>
{
    public Task<CommandResult> Handle(StartTimerCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        return Run(request.Context, wish.Week, wish.EngagementId, (week, around, engagement, client) =>
            Timesheet.Decide(week, wish, around, engagement, client), cancellationToken);
    }

    public Task<CommandResult> Handle(LogTimeCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        return Run(request.Context, wish.Week, wish.EngagementId, (week, around, engagement, client) =>
            Timesheet.Decide(week, wish, around, engagement, client), cancellationToken);
    }

    public Task<CommandResult> Handle(CorrectEntryCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        return Run(request.Context, wish.Week, wish.EngagementId, (week, around, engagement, client) =>
            Timesheet.Decide(week, wish, around, engagement, client), cancellationToken);
    }

    public Task<CommandResult> Handle(StopTimerCommand request, CancellationToken cancellationToken)
    {
        var stream = request.Week.StreamName;
        return runner.Run(request.Context, stream, async session =>
        {
            var week = await session.Load(Timesheet.Stream, stream);
            var around = await Around(session, request.Week);
            return session.Record(Timesheet.Stream, stream, Timesheet.Decide(week, request.Wish, around));
        }, cancellationToken);
    }

    public Task<CommandResult> Handle(RemoveEntryCommand request, CancellationToken cancellationToken) =>
        RunOn(request.Context, request.Week, week => Timesheet.Decide(week, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(HandInWeekCommand request, CancellationToken cancellationToken) =>
        RunOn(request.Context, request.Wish.Week, week => Timesheet.Decide(week, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(ReopenWeekCommand request, CancellationToken cancellationToken) =>
        RunOn(request.Context, request.Week, week => Timesheet.Decide(week, request.Wish), cancellationToken);

    private Task<CommandResult> RunOn(
        CommandContext context, TimesheetWeek week, Func<TimesheetState, Decision<TimesheetEvent>> decide,
        CancellationToken cancellationToken)
    {
        var stream = week.StreamName;
        return runner.Run(
            context, stream,
            async session => session.Record(Timesheet.Stream, stream, decide(await session.Load(Timesheet.Stream, stream))),
            cancellationToken);
    }

    private Task<CommandResult> Run(
        CommandContext context, TimesheetWeek week, Guid engagementId,
        Func<TimesheetState, AdjacentWeeks, EngagementState, ClientState, Decision<TimesheetEvent>> decide,
        CancellationToken cancellationToken)
    {
        var stream = week.StreamName;
        return runner.Run(context, stream, async session =>
        {
            var state = await session.Load(Timesheet.Stream, stream);
            var around = await Around(session, week);
            var engagement = await session.Load(Engagement.Stream, engagementId);
            var client = engagement.Terms is { } terms
                ? await session.Load(Client.Stream, terms.ClientId)
                : Client.Stream.Initial;
            return session.Record(Timesheet.Stream, stream, decide(state, around, engagement, client));
        }, cancellationToken);
    }

    private async ValueTask<AdjacentWeeks> Around(BookSession session, TimesheetWeek week) => new(
        await session.Load(Timesheet.Stream, week.Previous.StreamName),
        await session.Load(Timesheet.Stream, week.Next.StreamName),
        directory.RunningTimer(session.Context.Book, week.AssistantId));
}
