using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using MediatR;

namespace Billing.Api.Engagements;

public sealed record AgreeEngagementCommand(CommandContext Context, AgreeEngagement Wish) : ICommand;

/// <summary>Changes what an engagement charges or pays: a card, its mode, surcharges, a rule or a promise.</summary>
public sealed record ChangeChargingCommand(
    CommandContext Context, Guid EngagementId, Func<EngagementState, Decision<EngagementEvent>> Decide) : ICommand;

public sealed record EndEngagementCommand(CommandContext Context, Guid EngagementId, EndEngagement Wish) : ICommand;

public sealed class EngagementCommandHandlers(CommandRunner runner) :
    IRequestHandler<AgreeEngagementCommand, CommandResult>,
    IRequestHandler<ChangeChargingCommand, CommandResult>,
    IRequestHandler<EndEngagementCommand, CommandResult>
{
    public Task<CommandResult> Handle(AgreeEngagementCommand request, CancellationToken cancellationToken)
    {
        var stream = Engagement.Stream.Name(request.Wish.EngagementId);
        return runner.Run(request.Context, stream, async session =>
        {
            var engagement = await session.Load(Engagement.Stream, stream);
            var client = await session.Load(Client.Stream, request.Wish.ClientId);
            return session.Record(Engagement.Stream, stream, Engagement.Decide(engagement, request.Wish, client));
        }, cancellationToken);
    }

    public Task<CommandResult> Handle(ChangeChargingCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Engagement.Stream, request.EngagementId, request.Context, request.Decide, cancellationToken);

    public Task<CommandResult> Handle(EndEngagementCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Engagement.Stream, request.EngagementId, request.Context, state => Engagement.Decide(state, request.Wish), cancellationToken);
}
