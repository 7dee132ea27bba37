using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Access;
using MediatR;

namespace Billing.Api.Access;

public sealed record DescribeBusinessCommand(CommandContext Context, DescribeBusiness Wish) : ICommand;

public sealed record MoveBusinessCommand(CommandContext Context, MoveBusiness Wish) : ICommand;

public sealed record SetInvoicingPolicyCommand(CommandContext Context, SetInvoicingPolicy Wish) : ICommand;

public sealed record SetTimekeepingPolicyCommand(CommandContext Context, SetTimekeepingPolicy Wish) : ICommand;

public sealed record SetLateFeePolicyCommand(CommandContext Context, SetLateFeePolicy Wish) : ICommand;

public sealed record LockPeriodCommand(CommandContext Context, LockPeriod Wish) : ICommand;

public sealed record AddMemberCommand(CommandContext Context, AddMember Wish) : ICommand;

public sealed record MoveMemberCommand(CommandContext Context, MoveMember Wish) : ICommand;

public sealed record RemoveMemberCommand(CommandContext Context, RemoveMember Wish) : ICommand;

public sealed record IssueTokenCommand(CommandContext Context, IssueToken Wish) : ICommand;

public sealed record RevokeTokenCommand(CommandContext Context, RevokeToken Wish) : ICommand;

/// <summary>Changes what the practice charges or pays where nothing more specific is agreed.</summary>
public sealed record ChangeRatesCommand(
    CommandContext Context, Func<BusinessState, Decision<BusinessEvent>> Decide) : ICommand;

public sealed record AllowRatesCommand(CommandContext Context, AllowRates Wish) : ICommand;

/// <summary>Changes by which identities of the identity provider members come in.</summary>
public sealed record ChangeIdentitiesCommand(
    CommandContext Context, Func<BusinessState, Decision<BusinessEvent>> Decide) : ICommand;

public sealed record OpenBusinessCommand(
    CommandContext Context, OpenBusiness Business, AddMember Owner, IssueToken Token) : ICommand;

public sealed class BusinessCommandHandlers(CommandRunner runner, TokenDirectory tokens) :
    IRequestHandler<OpenBusinessCommand, CommandResult>,
    IRequestHandler<DescribeBusinessCommand, CommandResult>,
    IRequestHandler<MoveBusinessCommand, CommandResult>,
    IRequestHandler<SetInvoicingPolicyCommand, CommandResult>,
    IRequestHandler<SetTimekeepingPolicyCommand, CommandResult>,
    IRequestHandler<SetLateFeePolicyCommand, CommandResult>,
    IRequestHandler<LockPeriodCommand, CommandResult>,
    IRequestHandler<ChangeRatesCommand, CommandResult>,
    IRequestHandler<AllowRatesCommand, CommandResult>,
    IRequestHandler<ChangeIdentitiesCommand, CommandResult>,
    IRequestHandler<AddMemberCommand, CommandResult>,
    IRequestHandler<MoveMemberCommand, CommandResult>,
    IRequestHandler<RemoveMemberCommand, CommandResult>,
    IRequestHandler<IssueTokenCommand, CommandResult>,
    IRequestHandler<RevokeTokenCommand, CommandResult>
{
    /// <summary>The practice, its first owner and the owner's token come into being together.</summary>
    public Task<CommandResult> Handle(OpenBusinessCommand request, CancellationToken cancellationToken)
    {
        var stream = Business.Stream.Name(request.Business.BusinessId);
        return runner.Run(request.Context, stream, async session => session.Record(
                Business.Stream, stream, Business.Decide(await session.Load(Business.Stream, stream), request.Business))
            ?? session.Record(
                Business.Stream, stream, Business.Decide(await session.Load(Business.Stream, stream), request.Owner))
            ?? session.Record(
                Business.Stream, stream, Business.Decide(await session.Load(Business.Stream, stream), request.Token)),
            cancellationToken);
    }

    public Task<CommandResult> Handle(DescribeBusinessCommand request, CancellationToken cancellationToken) =>
        Run(request, state => Business.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(MoveBusinessCommand request, CancellationToken cancellationToken) =>
        RunAndForget(request, state => Business.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(SetInvoicingPolicyCommand request, CancellationToken cancellationToken) =>
        Run(request, state => Business.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(SetLateFeePolicyCommand request, CancellationToken cancellationToken) =>
        Run(request, state => Business.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(SetTimekeepingPolicyCommand request, CancellationToken cancellationToken) =>
        Run(request, state => Business.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(LockPeriodCommand request, CancellationToken cancellationToken) =>
        Run(request, state => Business.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(ChangeRatesCommand request, CancellationToken cancellationToken) =>
        Run(request, request.Decide, cancellationToken);

    public Task<CommandResult> Handle(AllowRatesCommand request, CancellationToken cancellationToken) =>
        RunAndForget(request, state => Business.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(ChangeIdentitiesCommand request, CancellationToken cancellationToken) =>
        RunAndForget(request, request.Decide, cancellationToken);

    public Task<CommandResult> Handle(AddMemberCommand request, CancellationToken cancellationToken) =>
        Run(request, state => Business.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(IssueTokenCommand request, CancellationToken cancellationToken) =>
        Run(request, state => Business.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(MoveMemberCommand request, CancellationToken cancellationToken) =>
        RunAndForget(request, state => Business.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(RemoveMemberCommand request, CancellationToken cancellationToken) =>
        RunAndForget(request, state => Business.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(RevokeTokenCommand request, CancellationToken cancellationToken) =>
        RunAndForget(request, state => Business.Decide(state, request.Wish), cancellationToken);

    private Task<CommandResult> Run(
        ICommand command, Func<BusinessState, Decision<BusinessEvent>> decide, CancellationToken cancellationToken) =>
        runner.RunOn(Business.Stream, command.Context.Book.Value, command.Context, decide, cancellationToken);

    /// <summary>A token that is no longer good must be refused from the answer on; what its member may see, and in which zone their
    /// days are, holds from then on.</summary>
    private async Task<CommandResult> RunAndForget(
        ICommand command, Func<BusinessState, Decision<BusinessEvent>> decide, CancellationToken cancellationToken)
    {
        var result = await Run(command, decide, cancellationToken);
        if (result is CommandResult.Done { Position: > 0 } done) await tokens.Forget(done.Position, cancellationToken);
        return result;
    }
}
