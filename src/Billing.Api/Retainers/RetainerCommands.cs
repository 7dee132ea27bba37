using Billing.Api.Commands;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Retainers;
using MediatR;

namespace Billing.Api.Retainers;

public sealed record AgreeRetainerCommand(CommandContext Context, AgreeRetainer Wish) : ICommand;

public sealed class RetainerCommandHandlers(CommandRunner runner) : IRequestHandler<AgreeRetainerCommand, CommandResult>
{
    public Task<CommandResult> Handle(AgreeRetainerCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        return runner.Run(request.Context, Retainer.Stream.Name(wish.RetainerId), async session =>
        {
            var retainer = await session.Load(Retainer.Stream, wish.RetainerId);
            var client = await session.Load(Client.Stream, wish.ClientId);
            var engagements = new Dictionary<Guid, EngagementState>();
            foreach (var id in wish.EngagementIds) engagements[id] = await session.Load(Engagement.Stream, id);
            return session.Record(Retainer.Stream, wish.RetainerId, Retainer.Decide(retainer, wish, client, engagements));
        }, cancellationToken);
    }
}
