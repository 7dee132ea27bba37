using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Payments;
using MediatR;

namespace Billing.Api.Payments;

/// <summary>New payments go into the account from now on.</summary>
public sealed record ConnectStripeAccountCommand(CommandContext Context, ConnectStripeAccount Wish) : ICommand;

public sealed record DisconnectStripeAccountCommand(CommandContext Context, DisconnectStripeAccount Wish) : ICommand;

/// <summary>Tells the books what Stripe says of an account.</summary>
public sealed record ReviewStripeAccountCommand(CommandContext Context, ReviewStripeAccount Wish) : ICommand;

public sealed class StripeAccountCommandHandlers(CommandRunner runner) :
    IRequestHandler<ConnectStripeAccountCommand, CommandResult>,
    IRequestHandler<DisconnectStripeAccountCommand, CommandResult>,
    IRequestHandler<ReviewStripeAccountCommand, CommandResult>
{
    public Task<CommandResult> Handle(ConnectStripeAccountCommand request, CancellationToken cancellationToken) =>
        Run(request, state => StripeAccount.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(DisconnectStripeAccountCommand request, CancellationToken cancellationToken) =>
        Run(request, state => StripeAccount.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(ReviewStripeAccountCommand request, CancellationToken cancellationToken) =>
        Run(request, state => StripeAccount.Decide(state, request.Wish), cancellationToken);

    private Task<CommandResult> Run(
        ICommand command, Func<StripeAccountState, Decision<StripeAccountEvent>> decide, CancellationToken cancellationToken) =>
        runner.RunOn(StripeAccount.Stream, command.Context.Book.Value, command.Context, decide, cancellationToken);
}
