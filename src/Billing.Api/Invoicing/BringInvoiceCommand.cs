using Billing.Api.Commands;
using Billing.Domain.Invoicing;
using MediatR;

namespace Billing.Api.Invoicing;

public sealed record BringInvoiceCommand(CommandContext Context, BringInvoice Wish) : ICommand;

public sealed class BringInvoiceHandler(CommandRunner runner) : IRequestHandler<BringInvoiceCommand, CommandResult>
{
    public Task<CommandResult> Handle(BringInvoiceCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        return runner.Run(request.Context, Invoice.Stream.Name(wish.InvoiceId), async session =>
        {
            var invoice = await session.Load(Invoice.Stream, wish.InvoiceId);
            var sources = await InvoiceSources.Load(session, wish.AsDraft());
            return session.Record(Invoice.Stream, wish.InvoiceId, BroughtInvoice.Decide(invoice, wish, sources));
        }, cancellationToken);
    }
}
