using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.TimeTracking;
using MediatR;

namespace Billing.Api.TimeTracking;

public sealed class TimerCommandHandlers(CommandRunner runner, TimeDirectory directory) :
    IRequestHandler<StartTimerCommand, CommandResult>,
    IRequestHandler<ContinueTimerCommand, CommandResult>,
    IRequestHandler<StopTimerCommand, CommandResult>,
    IRequestHandler<ResolveTimerCommand, CommandResult>
{
    public Task<CommandResult> Handle(StartTimerCommand request, CancellationToken cancellationToken) =>
        Run(request.Context, request.Wish.Week, desk => desk.Start(request.Wish), cancellationToken);

    public Task<CommandResult> Handle(ContinueTimerCommand request, CancellationToken cancellationToken) =>
        Run(request.Context, request.Wish.Week, async desk =>
        {
            var (start, refusal) = Timesheet.Continuation(await desk.Week(request.EntryWeek), request.Wish);
            return start is null ? refusal : await desk.Start(start);
        }, cancellationToken);

    public Task<CommandResult> Handle(StopTimerCommand request, CancellationToken cancellationToken) =>
        Run(request.Context, request.Week, desk => desk.Stop(request.Week, request.Wish), cancellationToken);

    /// <summary>The timer stops and the further pieces are logged, each in its week, all of it in one append.</summary>
    public Task<CommandResult> Handle(ResolveTimerCommand request, CancellationToken cancellationToken) =>
        Run(request.Context, request.Week, async desk =>
        {
            var plan = ForgottenTimer.Plan(await desk.Week(request.Week), request.Wish, await desk.Practice());
            if (plan.Refusal is not null) return plan.Refusal;
            if (await desk.Stop(request.Week, plan.Stop!) is { } refusal)
                return plan.Others.Count == 0 ? refusal : OfPiece(refusal, 0);
            for (var i = 0; i < plan.Others.Count; i++)
                if (await desk.Log(plan.Others[i]) is { } unfit) return OfPiece(unfit, i + 1);
            return null;
        }, cancellationToken);

    private static Rejection OfPiece(Rejection refusal, int piece) =>
        refusal with { Field = FormattableString.Invariant($"/pieces/{piece}{refusal.Field}") };

    private Task<CommandResult> Run(
        CommandContext context, TimesheetWeek own, Func<TimeDesk, ValueTask<Rejection?>> decide,
        CancellationToken cancellationToken) =>
        runner.Run(context, own.StreamName, session => decide(new TimeDesk(session, directory)), cancellationToken);
}
