using System.Diagnostics;
using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Domain.Invoicing;
using Billing.Domain.Retainers;
using MediatR;

namespace Billing.Api.Invoicing;

public sealed record IssueCreditNoteCommand(CommandContext Context, IssueCreditNote Wish) : ICommand;

public sealed record SettleRefundCommand(CommandContext Context, SettleRefund Wish) : ICommand;

public sealed record WriteOffInvoiceCommand(CommandContext Context, WriteOffInvoice Wish) : ICommand;

public sealed class CreditNoteCommandHandlers(CommandRunner runner) :
    IRequestHandler<WriteOffInvoiceCommand, CommandResult>,
    IRequestHandler<IssueCreditNoteCommand, CommandResult>,
    IRequestHandler<SettleRefundCommand, CommandResult>
{
    /// <summary>One append to the invoice, the number series and, of a deposit, its retainer: all or none.</summary>
    public Task<CommandResult> Handle(IssueCreditNoteCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        var stream = Invoice.Stream.Name(wish.InvoiceId);
        return runner.Run(request.Context, stream, async session =>
        {
            var invoice = await session.Load(Invoice.Stream, stream);
            var business = await session.Practice();
            var series = Crediting.SeriesOf(wish.IssuedOn, business);
            var numbering = await session.Load(Numbering.Stream, Numbering.Stream.Name(series));
            var retainer = invoice.Issued?.Facts is { Kind: InvoiceKind.Deposit, RetainerId: { } id }
                ? await session.Load(Retainer.Stream, id)
                : null;
            switch (Crediting.Decide(invoice, wish, series, numbering, retainer))
            {
                case Crediting.Accepted accepted:
                    session.Write(Invoice.Stream, stream, accepted.Invoice);
                    session.Write(Numbering.Stream, Numbering.Stream.Name(series), [accepted.Numbering]);
                    foreach (var (funded, @event) in accepted.Retainers)
                        session.Write(Retainer.Stream, Retainer.Stream.Name(funded), [@event]);
                    await CreditWriting.Write(session, accepted.Credit);
                    return null;
                case Crediting.AlreadyDone:
                    return null;
                case Crediting.Refused refused:
                    return refused.Rejection;
                default:
                    throw new UnreachableException();
            }
        }, cancellationToken);
    }

    public Task<CommandResult> Handle(SettleRefundCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Invoice.Stream, request.Wish.InvoiceId, request.Context, state => Invoice.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(WriteOffInvoiceCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Invoice.Stream, request.Wish.InvoiceId, request.Context, state => Invoice.Decide(state, request.Wish), cancellationToken);
}
