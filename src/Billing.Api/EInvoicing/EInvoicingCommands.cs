using Billing.Api.Commands;
using Billing.Domain.Access;
using Billing.Domain.Clients;
using MediatR;

namespace Billing.Api.EInvoicing;

public sealed record SetEInvoicingCommand(CommandContext Context, SetEInvoicing Wish) : ICommand;

public sealed record AgreeEInvoicingCommand(CommandContext Context, Guid ClientId, AgreeEInvoicing Wish) : ICommand;

public sealed class EInvoicingCommandHandlers(CommandRunner runner) :
    IRequestHandler<SetEInvoicingCommand, CommandResult>,
    IRequestHandler<AgreeEInvoicingCommand, CommandResult>
{
    public Task<CommandResult> Handle(SetEInvoicingCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Business.Stream, request.Context.Book.Value, request.Context, state => Business.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(AgreeEInvoicingCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Client.Stream, request.ClientId, request.Context, state => Client.Decide(state, request.Wish), cancellationToken);
}
