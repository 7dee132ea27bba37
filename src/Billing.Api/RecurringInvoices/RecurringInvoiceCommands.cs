using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.RecurringInvoices;
using Billing.Domain.Retainers;
using MediatR;

namespace Billing.Api.RecurringInvoices;

public sealed record SetRecurringInvoiceCommand(CommandContext Context, SetRecurringInvoice Wish) : ICommand;

/// <summary>Skips, pauses or ends.</summary>
public sealed record ChangeRecurringInvoiceCommand(
    CommandContext Context, Guid RecurringId, Func<RecurringInvoiceState, Decision<RecurringInvoiceEvent>> Decide) : ICommand;

public sealed record ResumeRecurringInvoiceCommand(CommandContext Context, Guid RecurringId, ResumeRecurringInvoice Wish) : ICommand;

public sealed class RecurringInvoiceCommandHandlers(CommandRunner runner) :
    IRequestHandler<SetRecurringInvoiceCommand, CommandResult>,
    IRequestHandler<ChangeRecurringInvoiceCommand, CommandResult>,
    IRequestHandler<ResumeRecurringInvoiceCommand, CommandResult>
{
    public Task<CommandResult> Handle(SetRecurringInvoiceCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        return runner.Run(request.Context, RecurringInvoice.Stream.Name(wish.RecurringId), async session =>
        {
            var state = await session.Load(RecurringInvoice.Stream, wish.RecurringId);
            var around = new RecurringSurroundings(
                await session.Practice(), await session.Load(Client.Stream, wish.ClientId),
                wish.EngagementId is { } work ? await session.Load(Engagement.Stream, work) : Engagement.Stream.Initial,
                wish.FeeRetainerId is { } retainer ? await session.Load(Retainer.Stream, retainer) : Retainer.Stream.Initial);
            return session.Record(RecurringInvoice.Stream, wish.RecurringId, RecurringInvoice.Decide(state, wish, around));
        }, cancellationToken);
    }

    public Task<CommandResult> Handle(ChangeRecurringInvoiceCommand request, CancellationToken cancellationToken) => runner.RunOn(
        RecurringInvoice.Stream, request.RecurringId, request.Context, request.Decide, cancellationToken);

    public Task<CommandResult> Handle(ResumeRecurringInvoiceCommand request, CancellationToken cancellationToken) => runner.Run(
        request.Context, RecurringInvoice.Stream.Name(request.RecurringId), async session =>
        {
            var state = await session.Load(RecurringInvoice.Stream, request.RecurringId);
            var decision = RecurringInvoice.Decide(state, request.Wish, await session.Today());
            return session.Record(RecurringInvoice.Stream, request.RecurringId, decision);
        }, cancellationToken);
}
