using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Engagements;
using MediatR;

namespace Billing.Api.Engagements;

public sealed record SetBudgetCommand(CommandContext Context, SetBudget Wish) : ICommand;

public sealed record DropBudgetCommand(CommandContext Context, Guid EngagementId, DropBudget Wish) : ICommand;

public sealed record NoteBudgetUseCommand(CommandContext Context, NoteBudgetUse Wish) : ICommand;

public sealed class BudgetCommandHandlers(CommandRunner runner) :
    IRequestHandler<SetBudgetCommand, CommandResult>,
    IRequestHandler<DropBudgetCommand, CommandResult>,
    IRequestHandler<NoteBudgetUseCommand, CommandResult>
{
    public Task<CommandResult> Handle(SetBudgetCommand request, CancellationToken cancellationToken) => Run(
        request.Context, request.Wish.EngagementId,
        (budget, engagement) => Budget.Decide(budget, request.Wish, engagement), cancellationToken);

    public Task<CommandResult> Handle(DropBudgetCommand request, CancellationToken cancellationToken) => Run(
        request.Context, request.EngagementId,
        (budget, engagement) => Budget.Decide(budget, request.Wish, engagement), cancellationToken);

    public Task<CommandResult> Handle(NoteBudgetUseCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Budget.Stream, request.Wish.Terms.EngagementId, request.Context, state => Budget.Decide(state, request.Wish), cancellationToken);

    private Task<CommandResult> Run(
        CommandContext context, Guid engagementId, Func<BudgetState, EngagementState, Decision<BudgetEvent>> decide,
        CancellationToken cancellationToken)
    {
        var stream = Budget.Stream.Name(engagementId);
        return runner.Run(context, stream, async session =>
        {
            var budget = await session.Load(Budget.Stream, stream);
            var engagement = await session.Load(Engagement.Stream, engagementId);
            return session.Record(Budget.Stream, stream, decide(budget, engagement));
        }, cancellationToken);
    }
}
