using System.Diagnostics;
using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using MediatR;

namespace Billing.Api.Payments;

public sealed record OfferCollectionCommand(CommandContext Context, Guid ClientId, OfferCollection Wish) : ICommand;

public sealed record TurnCollectionOffCommand(CommandContext Context, Guid ClientId, TurnCollectionOff Wish) : ICommand;

public sealed record WithdrawCollectionCommand(CommandContext Context, Guid ClientId, WithdrawCollection Wish) : ICommand;

public sealed record NoteCustomerCommand(CommandContext Context, Guid ClientId, NoteCustomer Wish) : ICommand;

public sealed record SaveMethodCommand(CommandContext Context, Guid ClientId, SaveMethod Wish) : ICommand;

public sealed record LoseMethodCommand(CommandContext Context, Guid ClientId, LoseMethod Wish) : ICommand;

/// <summary>Notes a charge to a kept method in the books before Stripe is asked for it.</summary>
public sealed record CollectInvoiceCommand(CommandContext Context, CollectInvoice Wish) : ICommand;

public sealed record NoteIntentCommand(CommandContext Context, NoteIntent Wish) : ICommand;

public sealed class CollectionCommandHandlers(CommandRunner runner) :
    IRequestHandler<OfferCollectionCommand, CommandResult>,
    IRequestHandler<TurnCollectionOffCommand, CommandResult>,
    IRequestHandler<WithdrawCollectionCommand, CommandResult>,
    IRequestHandler<NoteCustomerCommand, CommandResult>,
    IRequestHandler<SaveMethodCommand, CommandResult>,
    IRequestHandler<LoseMethodCommand, CommandResult>,
    IRequestHandler<CollectInvoiceCommand, CommandResult>,
    IRequestHandler<NoteIntentCommand, CommandResult>
{
    public Task<CommandResult> Handle(OfferCollectionCommand request, CancellationToken cancellationToken) =>
        OfKnownClient(request.Context, request.ClientId, state => Collection.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(TurnCollectionOffCommand request, CancellationToken cancellationToken) =>
        OfKnownClient(request.Context, request.ClientId, state => Collection.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(WithdrawCollectionCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Collection.Stream, request.ClientId, request.Context, state => Collection.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(NoteCustomerCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Collection.Stream, request.ClientId, request.Context, state => Collection.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(SaveMethodCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Collection.Stream, request.ClientId, request.Context, state => Collection.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(LoseMethodCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Collection.Stream, request.ClientId, request.Context, state => Collection.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(NoteIntentCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Payment.Stream, request.Wish.PaymentId, request.Context, state => Payment.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(CollectInvoiceCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        return runner.Run(request.Context, Payment.Stream.Name(wish.PaymentId), async session =>
        {
            if (await session.RefuseAccount(wish.Account) is { } closed) return closed;
            switch (CollectionStart.Decide(await Books(session, wish), wish))
            {
                case CollectionStart.Begun begun:
                    session.Write(Payment.Stream, Payment.Stream.Name(wish.PaymentId), [begun.Payment]);
                    session.Write(Invoice.Stream, Invoice.Stream.Name(wish.InvoiceId), [begun.Invoice]);
                    return null;
                case CollectionStart.Resumed:
                    return null;
                case CollectionStart.Blocked:
                    return new Rejection("payment-under-way", "The client may be paying this invoice just now.");
                case CollectionStart.Refused refused:
                    return refused.Rejection;
                default:
                    throw new UnreachableException();
            }
        }, cancellationToken);
    }

    /// <summary>What is decided on.</summary>
    internal static async ValueTask<CollectionBooks> Books(BookSession session, CollectInvoice wish)
    {
        var invoice = await session.Load(Invoice.Stream, wish.InvoiceId);
        if (invoice.Issued is not { } issued)
        {
            return new CollectionBooks(
                invoice, Collection.Stream.Initial, Payment.Stream.Initial, Payment.Stream.Initial, Payment.Stream.Initial);
        }
        return new CollectionBooks(
            invoice, await session.Load(Collection.Stream, issued.Facts.ClientId), await Of(issued.Checkout?.PaymentId),
            await Of(issued.Collections.IsEmpty ? null : issued.Collections[^1]), await Of(wish.PaymentId));

        ValueTask<PaymentState> Of(Guid? id) =>
            id is { } known ? session.Load(Payment.Stream, known) : ValueTask.FromResult(Payment.Stream.Initial);
    }

    private Task<CommandResult> OfKnownClient(
        CommandContext context, Guid clientId, Func<CollectionState, Decision<CollectionEvent>> decide,
        CancellationToken cancellationToken) => runner.Run(context, Collection.Stream.Name(clientId), async session =>
        {
            var collection = await session.Load(Collection.Stream, clientId);
            if ((await session.Load(Domain.Clients.Client.Stream, clientId)).Details is null)
                return new Rejection("client-unknown", $"There is no client {clientId:D}.", Kind: RejectionKind.NotFound);
            return session.Record(Collection.Stream, clientId, decide(collection));
        }, cancellationToken);
}
