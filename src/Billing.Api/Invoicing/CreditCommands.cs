using System.Diagnostics;
using Billing.Api.Commands;
using Billing.Domain.Invoicing;
using MediatR;

namespace Billing.Api.Invoicing;

/// <param name="HolderIds">Invoices that credit of the client may stand on.</param>
public sealed record ApplyCreditCommand(CommandContext Context, ApplyCredit Wish, IReadOnlyList<Guid> HolderIds) : ICommand;

public sealed record TakeCreditOffCommand(CommandContext Context, TakeCreditOff Wish) : ICommand;

/// <summary>One append to the invoice that is paid and to every one that the credit stands on: all of them or none.</summary>
public sealed class CreditCommandHandlers(CommandRunner runner) :
    IRequestHandler<ApplyCreditCommand, CommandResult>,
    IRequestHandler<TakeCreditOffCommand, CommandResult>
{
    public Task<CommandResult> Handle(ApplyCreditCommand request, CancellationToken cancellationToken)
    {
        var (wish, stream) = (request.Wish, Invoice.Stream.Name(request.Wish.InvoiceId));
        return runner.Run(request.Context, stream, async session =>
        {
            var invoice = await session.Load(Invoice.Stream, stream);
            var holders = await CreditWriting.Holders(session, request.HolderIds);
            switch (CreditApplication.Decide(invoice, wish, holders))
            {
                case CreditApplication.Accepted accepted:
                    session.Write(Invoice.Stream, stream, accepted.Invoice);
                    await CreditWriting.Write(session, accepted.Sources);
                    return null;
                case CreditApplication.AlreadyDone:
                    return null;
                case CreditApplication.Refused refused:
                    return refused.Rejection;
                default:
                    throw new UnreachableException();
            }
        }, cancellationToken);
    }

    public Task<CommandResult> Handle(TakeCreditOffCommand request, CancellationToken cancellationToken)
    {
        var (wish, stream) = (request.Wish, Invoice.Stream.Name(request.Wish.InvoiceId));
        return runner.Run(request.Context, stream, async session =>
        {
            if (CreditRelease.Decide(await session.Load(Invoice.Stream, stream), wish, out var release) is { } refusal) return refusal;
            session.Write(Invoice.Stream, stream, release.Invoice);
            await CreditWriting.Write(session, release.Others);
            return null;
        }, cancellationToken);
    }
}
