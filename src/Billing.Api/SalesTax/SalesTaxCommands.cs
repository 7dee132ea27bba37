using Billing.Api.Commands;
using Billing.Domain.Access;
using Billing.Domain.Clients;
using MediatR;

namespace Billing.Api.SalesTax;

public sealed record SetSalesTaxPolicyCommand(CommandContext Context, SetSalesTaxPolicy Wish) : ICommand;

public sealed record AgreeClientTaxCommand(CommandContext Context, Guid ClientId, AgreeClientTax Wish) : ICommand;

public sealed class SalesTaxCommandHandlers(CommandRunner runner) :
    IRequestHandler<SetSalesTaxPolicyCommand, CommandResult>,
    IRequestHandler<AgreeClientTaxCommand, CommandResult>
{
    public Task<CommandResult> Handle(SetSalesTaxPolicyCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Business.Stream, request.Context.Book.Value, request.Context, state => Business.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(AgreeClientTaxCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Client.Stream, request.ClientId, request.Context, state => Client.Decide(state, request.Wish), cancellationToken);
}
