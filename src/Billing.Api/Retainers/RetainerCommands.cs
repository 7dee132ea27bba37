using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Exchange;
using Billing.Api.RecurringInvoices;
using Billing.Domain;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Invoicing;
using Billing.Domain.Retainers;
using MediatR;

namespace Billing.Api.Retainers;

public sealed record AgreeRetainerCommand(CommandContext Context, AgreeRetainer Wish) : ICommand;

public sealed record SetRetainerTermsCommand(CommandContext Context, SetRetainerTerms Wish) : ICommand;

public sealed record BuyHoursCommand(CommandContext Context, BuyHours Wish) : ICommand;

public sealed record RenewRetainerCommand(CommandContext Context, RenewRetainer Wish) : ICommand;

public sealed record ApproveOverageCommand(CommandContext Context, ApproveOverage Wish) : ICommand;

public sealed record RequestTopUpCommand(CommandContext Context, RequestTopUp Wish) : ICommand;

/// <summary>Asks for what a retainer calls for by itself. Its ids follow from the occasion, so that each is met once.</summary>
/// <param name="Server">Where clients reach this server.</param>
public sealed record AskForNextCommand(CommandContext Context, Guid RetainerId, RetainerRequest What, Uri Server) : ICommand
{
    public Guid LotId => NamedIds.Of(RetainerId, "block", What.Occasion);

    public Guid InvoiceId => NamedIds.Of(RetainerId, What.IsBlock ? "block-invoice" : "top-up", What.Occasion);
}

public sealed record RefundRetainerCommand(CommandContext Context, RefundRetainer Wish) : ICommand;

public sealed record SettleRetainerRefundCommand(CommandContext Context, SettleRetainerRefund Wish) : ICommand;

public sealed record CloseRetainerCommand(CommandContext Context, CloseRetainer Wish) : ICommand;

public sealed class RetainerCommandHandlers(CommandRunner runner) :
    IRequestHandler<AgreeRetainerCommand, CommandResult>,
    IRequestHandler<SetRetainerTermsCommand, CommandResult>,
    IRequestHandler<BuyHoursCommand, CommandResult>,
    IRequestHandler<RenewRetainerCommand, CommandResult>,
    IRequestHandler<ApproveOverageCommand, CommandResult>,
    IRequestHandler<RequestTopUpCommand, CommandResult>,
    IRequestHandler<AskForNextCommand, CommandResult>,
    IRequestHandler<RefundRetainerCommand, CommandResult>,
    IRequestHandler<SettleRetainerRefundCommand, CommandResult>,
    IRequestHandler<CloseRetainerCommand, CommandResult>
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

    public Task<CommandResult> Handle(SetRetainerTermsCommand request, CancellationToken cancellationToken) => RunOn(
        request.Context, request.Wish.RetainerId, state => Retainer.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(BuyHoursCommand request, CancellationToken cancellationToken) => runner.Run(
        request.Context, Retainer.Stream.Name(request.Wish.RetainerId), session => RetainerDeposits.Buy(session, request.Wish),
        cancellationToken);

    public Task<CommandResult> Handle(RenewRetainerCommand request, CancellationToken cancellationToken) => RunOn(
        request.Context, request.Wish.RetainerId, state => Retainer.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(ApproveOverageCommand request, CancellationToken cancellationToken) => RunOn(
        request.Context, request.Wish.RetainerId, state => Retainer.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(RefundRetainerCommand request, CancellationToken cancellationToken) => runner.Run(
        request.Context, Retainer.Stream.Name(request.Wish.RetainerId), async session =>
        {
            var retainer = await session.Load(Retainer.Stream, request.Wish.RetainerId);
            var decision = Retainer.Decide(retainer, request.Wish, await session.Today());
            return session.Record(Retainer.Stream, request.Wish.RetainerId, decision);
        }, cancellationToken);

    public Task<CommandResult> Handle(SettleRetainerRefundCommand request, CancellationToken cancellationToken) => RunOn(
        request.Context, request.Wish.RetainerId, state => Retainer.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(CloseRetainerCommand request, CancellationToken cancellationToken) => RunOn(
        request.Context, request.Wish.RetainerId, state => Retainer.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(RequestTopUpCommand request, CancellationToken cancellationToken) => runner.Run(
        request.Context, Invoice.Stream.Name(request.Wish.InvoiceId), session => RetainerDeposits.TopUp(session, request.Wish),
        cancellationToken);

    /// <summary>What it asks for, the draft of it, and all that finalising and mailing it writes, in one append.</summary>
    public Task<CommandResult> Handle(AskForNextCommand request, CancellationToken cancellationToken) => runner.Run(
        request.Context, Retainer.Stream.Name(request.RetainerId), async session =>
        {
            var (retainerId, what, now) = (request.RetainerId, request.What, request.Context.Now);
            var today = await session.Today();
            var refusal = what.IsBlock
                ? await RetainerDeposits.Buy(
                    session, new BuyHours(retainerId, request.LotId, null, null, today, now, request.InvoiceId))
                : await RetainerDeposits.TopUp(session, new RequestTopUp(retainerId, request.InvoiceId, today, null, now));
            if (refusal is not null) return refusal;
            // A block for nothing has no invoice.
            return await session.Load(Invoice.Stream, request.InvoiceId) is InvoiceState.DepositDraft
                ? await OwnInvoice.Issue(session, request.InvoiceId, what.Mode, today, request.Server, creditHolderIds: [])
                : null;
        }, cancellationToken);

    private Task<CommandResult> RunOn(
        CommandContext context, Guid retainerId, Func<RetainerState, Decision<RetainerEvent>> decide,
        CancellationToken cancellationToken) =>
        runner.RunOn(Retainer.Stream, retainerId, context, decide, cancellationToken);
}
