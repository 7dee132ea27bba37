using System.Diagnostics;
using Billing.Api.Commands;
using Billing.Api.Payments;
using Billing.Domain;
using Billing.Domain.Banking;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using MediatR;

namespace Billing.Api.Banking;

public sealed record ImportBankLineCommand(CommandContext Context, ImportBankLine Wish) : ICommand;

/// <param name="PaymentIds">For each invoice of the wish the id of its payment.</param>
public sealed record ConfirmMatchCommand(CommandContext Context, ConfirmMatch Wish, IReadOnlyList<Guid> PaymentIds) : ICommand;

public sealed record LinkPaymentsCommand(CommandContext Context, LinkPayments Wish) : ICommand;

public sealed record ChangeBankLineCommand(
    CommandContext Context, Guid LineId, Func<BankLineState, Decision<BankLineEvent>> Decide) : ICommand;

public sealed class BankCommandHandlers(CommandRunner runner) :
    IRequestHandler<ImportBankLineCommand, CommandResult>,
    IRequestHandler<ConfirmMatchCommand, CommandResult>,
    IRequestHandler<LinkPaymentsCommand, CommandResult>,
    IRequestHandler<ChangeBankLineCommand, CommandResult>
{
    public Task<CommandResult> Handle(ImportBankLineCommand request, CancellationToken cancellationToken) => runner.RunOn(
        BankLine.Stream, request.Wish.LineId, request.Context, state => BankLine.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(ChangeBankLineCommand request, CancellationToken cancellationToken) => runner.RunOn(
        BankLine.Stream, request.LineId, request.Context, request.Decide, cancellationToken);

    public Task<CommandResult> Handle(ConfirmMatchCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        var own = BankLine.Stream.Name(wish.LineId);
        return runner.Run(request.Context, own, async session =>
        {
            var line = await session.Load(BankLine.Stream, own);
            var invoices = new List<InvoiceState>();
            foreach (var id in wish.InvoiceIds) invoices.Add(await session.Load(Invoice.Stream, id));
            switch (BankMatching.ShareOut(line, invoices, request.PaymentIds, wish))
            {
                case SharedOut.Refused refused:
                    return refused.Rejection;
                case SharedOut.Amounts shared:
                    session.Write(BankLine.Stream, own, shared.Line);
                    for (var i = 0; i < shared.Payments.Count; i++)
                    {
                        if (await PaymentWriting.Record(session, shared.Payments[i]) is { } refusal)
                            return refusal with { Field = FormattableString.Invariant($"/invoiceIds/{i}") };
                    }
                    return null;
                default:
                    throw new UnreachableException();
            }
        }, cancellationToken);
    }

    public Task<CommandResult> Handle(LinkPaymentsCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        return runner.Run(request.Context, BankLine.Stream.Name(wish.LineId), async session =>
        {
            var line = await session.Load(BankLine.Stream, wish.LineId);
            var payments = new List<PaymentState>();
            foreach (var id in wish.PaymentIds) payments.Add(await session.Load(Payment.Stream, id));
            return session.Record(BankLine.Stream, wish.LineId, BankMatching.Decide(line, payments, wish));
        }, cancellationToken);
    }
}
