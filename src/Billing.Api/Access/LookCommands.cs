using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Access;
using MediatR;

namespace Billing.Api.Access;

/// <summary>Changes how the practice's documents look.</summary>
public sealed record ChangeLookCommand(CommandContext Context, Func<BusinessState, Decision<BusinessEvent>> Decide) : ICommand;

public sealed class LookCommandHandler(CommandRunner runner) : IRequestHandler<ChangeLookCommand, CommandResult>
{
    public Task<CommandResult> Handle(ChangeLookCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Business.Stream, request.Context.Book.Value, request.Context, request.Decide, cancellationToken);
}
