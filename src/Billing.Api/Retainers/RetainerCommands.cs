using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Invoicing;
using Billing.Domain.Retainers;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using MediatR;

namespace Billing.Api.Retainers;

public sealed record AgreeRetainerCommand(CommandContext Context, AgreeRetainer Wish) : ICommand;

public sealed record SetRetainerTermsCommand(CommandContext Context, SetRetainerTerms Wish) : ICommand;

public sealed record BuyHoursCommand(CommandContext Context, BuyHours Wish) : ICommand;

public sealed record RenewRetainerCommand(CommandContext Context, RenewRetainer Wish) : ICommand;

public sealed record ApproveOverageCommand(CommandContext Context, ApproveOverage Wish) : ICommand;

public sealed record RequestTopUpCommand(CommandContext Context, RequestTopUp Wish) : ICommand;

public sealed record RefundRetainerCommand(CommandContext Context, RefundRetainer Wish) : ICommand;

public sealed record CloseRetainerCommand(CommandContext Context, CloseRetainer Wish) : ICommand;

public sealed class RetainerCommandHandlers(CommandRunner runner) :
    IRequestHandler<AgreeRetainerCommand, CommandResult>,
    IRequestHandler<SetRetainerTermsCommand, CommandResult>,
    IRequestHandler<BuyHoursCommand, CommandResult>,
    IRequestHandler<RenewRetainerCommand, CommandResult>,
    IRequestHandler<ApproveOverageCommand, CommandResult>,
    IRequestHandler<RequestTopUpCommand, CommandResult>,
    IRequestHandler<RefundRetainerCommand, CommandResult>,
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

    public Task<CommandResult> Handle(BuyHoursCommand request, CancellationToken cancellationToken) => RunOn(
        request.Context, request.Wish.RetainerId, state => Retainer.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(RenewRetainerCommand request, CancellationToken cancellationToken) => RunOn(
        request.Context, request.Wish.RetainerId, state => Retainer.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(ApproveOverageCommand request, CancellationToken cancellationToken) => RunOn(
        request.Context, request.Wish.RetainerId, state => Retainer.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(RefundRetainerCommand request, CancellationToken cancellationToken) => RunOn(
        request.Context, request.Wish.RetainerId, state => Retainer.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(CloseRetainerCommand request, CancellationToken cancellationToken) => RunOn(
        request.Context, request.Wish.RetainerId, state => Retainer.Decide(state, request.Wish), cancellationToken);

    /// <summary>The request and the deposit's draft in one append, so that there is never one without the other.</summary>
    public Task<CommandResult> Handle(RequestTopUpCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        return runner.Run(request.Context, Invoice.Stream.Name(wish.InvoiceId), async session =>
        {
            var invoice = await session.Load(Invoice.Stream, wish.InvoiceId);
            var retainer = await session.Load(Retainer.Stream, wish.RetainerId);
            var before = retainer is RetainerState.Agreed { TopUps: [.., var last] }
                ? await session.Load(Invoice.Stream, last.InvoiceId)
                : Invoice.Stream.Initial;
            var decision = Retainer.Decide(retainer, wish, before);
            if (decision is not Decision<RetainerEvent>.Accepted { Events: [RetainerEvent.RetainerTopUpRequested requested] })
                return session.Record(Retainer.Stream, wish.RetainerId, decision);

            var agreed = (RetainerState.Agreed)retainer;
            var client = await session.Load(Client.Stream, agreed.ClientId);
            var practice = await session.Practice();
            var deposit = new DraftDeposit(
                wish.InvoiceId, agreed.ClientId, wish.RetainerId, new Money(requested.AmountMinor, agreed.Currency), wish.Note,
                wish.At)
            {
                // What is missing is counted as invoices draw it, so with their tax.
                Tax = practice.SalesTax is { TaxesDeposits: true } ? new DepositTax(null, null, IsIncluded: true) : null,
            };
            return session.Record(Invoice.Stream, wish.InvoiceId, Drafting.Decide(invoice, deposit, practice, client, retainer))
                ?? session.Record(Retainer.Stream, wish.RetainerId, decision);
        }, cancellationToken);
    }

    private Task<CommandResult> RunOn(
        CommandContext context, Guid retainerId, Func<RetainerState, Decision<RetainerEvent>> decide,
        CancellationToken cancellationToken) =>
        runner.RunOn(Retainer.Stream, retainerId, context, decide, cancellationToken);
}
