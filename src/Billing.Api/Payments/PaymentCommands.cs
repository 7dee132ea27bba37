using System.Diagnostics;
using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Retainers;
using MediatR;

namespace Billing.Api.Payments;

/// <summary>Notes the attempt in the books before Stripe is asked for anything.</summary>
/// <param name="Consent">What the client agreed to with it; null for nothing.</param>
public sealed record AttemptPaymentCommand(CommandContext Context, AttemptPayment Wish, ShownConsent? Consent = null) : ICommand;

public sealed record OpenCheckoutCommand(CommandContext Context, OpenCheckout Wish) : ICommand;

public sealed record MarkPendingCommand(CommandContext Context, MarkPending Wish) : ICommand;

public sealed record SucceedPaymentCommand(CommandContext Context, SucceedPayment Wish) : ICommand;

public sealed record FailPaymentCommand(CommandContext Context, FailPayment Wish) : ICommand;

public sealed record ExpireCheckoutCommand(CommandContext Context, ExpireCheckout Wish) : ICommand;

public sealed record ChargeFeeCommand(CommandContext Context, ChargeFee Wish) : ICommand;

/// <summary>Notes a wish to give money back before Stripe is asked to.</summary>
public sealed record AttemptRefundCommand(CommandContext Context, AttemptRefund Wish) : ICommand;

public sealed record RefuseRefundCommand(CommandContext Context, RefuseRefund Wish) : ICommand;

public sealed record TellRefundCommand(CommandContext Context, TellRefund Wish) : ICommand;

public sealed record TellDisputeCommand(CommandContext Context, TellDispute Wish) : ICommand;

public sealed record TellPayoutCommand(CommandContext Context, TellPayout Wish) : ICommand;

/// <summary>Money that came another way, as somebody writes it down.</summary>
public sealed record RecordPaymentCommand(CommandContext Context, RecordPayment Wish) : ICommand;

public sealed class PaymentCommandHandlers(CommandRunner runner) :
    IRequestHandler<AttemptPaymentCommand, CommandResult>,
    IRequestHandler<OpenCheckoutCommand, CommandResult>,
    IRequestHandler<MarkPendingCommand, CommandResult>,
    IRequestHandler<SucceedPaymentCommand, CommandResult>,
    IRequestHandler<FailPaymentCommand, CommandResult>,
    IRequestHandler<ExpireCheckoutCommand, CommandResult>,
    IRequestHandler<ChargeFeeCommand, CommandResult>,
    IRequestHandler<AttemptRefundCommand, CommandResult>,
    IRequestHandler<RefuseRefundCommand, CommandResult>,
    IRequestHandler<TellRefundCommand, CommandResult>,
    IRequestHandler<TellDisputeCommand, CommandResult>,
    IRequestHandler<TellPayoutCommand, CommandResult>,
    IRequestHandler<RecordPaymentCommand, CommandResult>
{
    public Task<CommandResult> Handle(AttemptPaymentCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        return runner.Run(request.Context, Payment.Stream.Name(wish.PaymentId), async session =>
        {
            if (await session.RefuseAccount(wish.Account) is { } closed) return closed;
            var invoice = await session.Load(Invoice.Stream, wish.InvoiceId);
            var fresh = await session.Load(Payment.Stream, wish.PaymentId);
            var open = invoice.Issued?.Checkout is { } checkout
                ? await session.Load(Payment.Stream, checkout.PaymentId)
                : Payment.Stream.Initial;
            switch (CheckoutStart.Decide(invoice, open, fresh, wish))
            {
                case CheckoutStart.Begun begun:
                    session.Write(Payment.Stream, Payment.Stream.Name(wish.PaymentId), [begun.Payment]);
                    session.Write(Invoice.Stream, Invoice.Stream.Name(wish.InvoiceId), [begun.Invoice]);
                    return await Agree(session, begun.Payment.ClientId, wish.PaymentId, request);
                case CheckoutStart.Reused reused:
                    return await Agree(session, invoice.Issued!.Facts.ClientId, reused.PaymentId, request);
                case CheckoutStart.Refused refused:
                    return refused.Rejection;
                default:
                    throw new UnreachableException();
            }
        }, cancellationToken);
    }

    /// <summary>With the attempt, so that no method is ever kept without an agreement.</summary>
    private static async ValueTask<Rejection?> Agree(
        BookSession session, Guid clientId, Guid paymentId, AttemptPaymentCommand request)
    {
        if (request.Consent is not { } shown) return null;
        var collection = await session.Load(Collection.Stream, clientId);
        return session.Record(
            Collection.Stream, clientId, Collection.Decide(collection, new AgreeCollection(paymentId, shown, request.Wish.At)));
    }

    public Task<CommandResult> Handle(OpenCheckoutCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Payment.Stream, request.Wish.PaymentId, request.Context, state => Payment.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(MarkPendingCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Payment.Stream, request.Wish.PaymentId, request.Context, state => Payment.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(ChargeFeeCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Payment.Stream, request.Wish.PaymentId, request.Context, state => Payment.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(SucceedPaymentCommand request, CancellationToken cancellationToken) => RunOnOnline(
        request.Context, request.Wish.PaymentId,
        (payment, invoice, retainer) => PaymentReceipt.Receive(payment, invoice, retainer, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(FailPaymentCommand request, CancellationToken cancellationToken) => RunOnOnline(
        request.Context, request.Wish.PaymentId,
        (payment, invoice, _) => CheckoutEnd.Decide(payment, invoice, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(ExpireCheckoutCommand request, CancellationToken cancellationToken) => RunOnOnline(
        request.Context, request.Wish.PaymentId,
        (payment, invoice, _) => CheckoutEnd.Decide(payment, invoice, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(AttemptRefundCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        return runner.Run(request.Context, Payment.Stream.Name(wish.PaymentId), async session =>
        {
            var payment = await session.Load(Payment.Stream, wish.PaymentId);
            if (payment is PaymentState.ByHand)
            {
                return new Rejection(
                    "payment-not-online", "This money did not come through Stripe. Give it back the way it came, and write that down.");
            }
            if (payment is PaymentState.Online { Account: var account } && !await session.Reaches(account)) return StripeAccount.Revoked;
            var invoice = payment is PaymentState.Online online
                ? await session.Load(Invoice.Stream, online.InvoiceId)
                : Invoice.Stream.Initial;
            return session.Record(Payment.Stream, wish.PaymentId, Payment.Decide(payment, invoice, wish));
        }, cancellationToken);
    }

    public Task<CommandResult> Handle(RefuseRefundCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Payment.Stream, request.Wish.PaymentId, request.Context, state => Payment.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(TellRefundCommand request, CancellationToken cancellationToken) => RunOnOnline(
        request.Context, request.Wish.PaymentId,
        (payment, invoice, retainer) => MoneyBackNews.Tell(payment, invoice, retainer, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(TellPayoutCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Payout.Stream, Payout.IdOf(request.Wish.StripePayoutId), request.Context, state => Payout.Decide(state, request.Wish),
        cancellationToken);

    public Task<CommandResult> Handle(TellDisputeCommand request, CancellationToken cancellationToken) => RunOnOnline(
        request.Context, request.Wish.PaymentId,
        (payment, invoice, retainer) => MoneyBackNews.Tell(payment, invoice, retainer, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(RecordPaymentCommand request, CancellationToken cancellationToken) => runner.Run(
        request.Context, Payment.Stream.Name(request.Wish.PaymentId),
        async session => await PaymentWriting.Record(session, request.Wish), cancellationToken);

    private Task<CommandResult> RunOnOnline(
        CommandContext context, Guid paymentId, Func<PaymentState, InvoiceState, RetainerState?, PaymentDecision> decide,
        CancellationToken cancellationToken) => runner.Run(context, Payment.Stream.Name(paymentId), async session =>
        {
            var payment = await session.Load(Payment.Stream, paymentId);
            if (payment is not PaymentState.Online online)
                return new Rejection("payment-unknown", $"There is no online payment {paymentId:D}.", Kind: RejectionKind.NotFound);
            var invoice = await session.Load(Invoice.Stream, online.InvoiceId);
            var retainer = await PaymentWriting.FundedBy(session, invoice);
            return await PaymentWriting.Write(session, paymentId, online.InvoiceId, invoice, decide(payment, invoice, retainer));
        }, cancellationToken);
}
