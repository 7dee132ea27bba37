using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Taxes;
using MediatR;

namespace Billing.Api.Taxes;

public sealed record SetTaxRemindersCommand(CommandContext Context, SetTaxReminders Wish) : ICommand;

/// <summary>Makes or revokes a link.</summary>
public sealed record ChangeTaxLinksCommand(CommandContext Context, Func<TaxPolicyState, Decision<TaxPolicyEvent>> Decide) : ICommand;

public sealed class TaxPolicyCommandHandlers(CommandRunner runner) :
    IRequestHandler<SetTaxRemindersCommand, CommandResult>,
    IRequestHandler<ChangeTaxLinksCommand, CommandResult>
{
    public Task<CommandResult> Handle(SetTaxRemindersCommand request, CancellationToken cancellationToken)
    {
        var stream = TaxPolicy.Stream.Name(request.Context.Book.Value);
        return runner.Run(request.Context, stream, async session =>
        {
            var state = await session.Load(TaxPolicy.Stream, stream);
            return session.Record(TaxPolicy.Stream, stream, TaxPolicy.Decide(state, request.Wish, (await session.Practice()).Email));
        }, cancellationToken);
    }

    public Task<CommandResult> Handle(ChangeTaxLinksCommand request, CancellationToken cancellationToken) =>
        runner.RunOn(TaxPolicy.Stream, request.Context.Book.Value, request.Context, request.Decide, cancellationToken);
}
