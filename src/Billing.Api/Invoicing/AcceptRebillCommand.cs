using System.Diagnostics;
using Billing.Api.Commands;
using Billing.Domain.Invoicing;
using MediatR;

namespace Billing.Api.Invoicing;

public sealed record AcceptRebillCommand(CommandContext Context, AcceptRebill Wish) : ICommand;

/// <summary>One append to the invoice, the new one, both number series and all work that changes hands: all of it or nothing.</summary>
public sealed class AcceptRebillHandler(CommandRunner runner) : IRequestHandler<AcceptRebillCommand, CommandResult>
{
    public Task<CommandResult> Handle(AcceptRebillCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        var stream = Invoice.Stream.Name(wish.InvoiceId);
        return runner.Run(request.Context, stream, async session =>
        {
            var invoice = await session.Load(Invoice.Stream, stream);
            var fresh = await session.Load(Invoice.Stream, wish.NewInvoiceId);
            if (Invoice.NotPayable(invoice, wish.InvoiceId) is { } unfit) return unfit;
            var sources = await InvoiceSources.LoadWhole(session, invoice.Issued!);
            var invoices = Numbering.Series(sources.Business.Invoicing.NumberPrefix, wish.IssuedOn.Year);
            var credits = Crediting.SeriesOf(wish.IssuedOn, sources.Business);
            var numbers = new RebillNumbers(
                invoices, await session.Load(Numbering.Stream, Numbering.Stream.Name(invoices)), credits,
                await session.Load(Numbering.Stream, Numbering.Stream.Name(credits)));
            switch (RebillAcceptance.Decide(invoice, fresh, wish, sources, numbers))
            {
                case RebillAcceptance.Accepted accepted:
                    Write(session, wish, accepted, numbers);
                    await CreditWriting.Write(session, accepted.Credit);
                    return null;
                case RebillAcceptance.AlreadyDone:
                    return null;
                case RebillAcceptance.Refused refused:
                    return refused.Rejection;
                default:
                    throw new UnreachableException();
            }
        }, cancellationToken);
    }

    private static void Write(BookSession session, AcceptRebill wish, RebillAcceptance.Accepted accepted, RebillNumbers numbers)
    {
        session.Write(Invoice.Stream, Invoice.Stream.Name(wish.InvoiceId), accepted.Original);
        if (accepted.CreditNumber is { } credit) session.Write(Numbering.Stream, Numbering.Stream.Name(numbers.CreditSeries), [credit]);
        if (accepted.InvoiceNumber is { } number)
        {
            session.Write(Invoice.Stream, Invoice.Stream.Name(wish.NewInvoiceId), accepted.Invoice);
            session.Write(Numbering.Stream, Numbering.Stream.Name(numbers.InvoiceSeries), [number]);
        }
        InvoiceCommandHandlers.WriteWork(session, accepted.Timesheets, accepted.Expenses);
        InvoiceCommandHandlers.WriteCharges(session, accepted.Engagements);
        InvoiceCommandHandlers.WriteRetainers(session, accepted.Retainers);
    }
}
