using Billing.Api.Commands;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using MediatR;

namespace Billing.Api.Clients;

public sealed record AddClientCommand(CommandContext Context, AddClient Wish) : ICommand;

public sealed record DescribeClientCommand(CommandContext Context, Guid ClientId, DescribeClient Wish) : ICommand;

public sealed record AgreePaymentTermsCommand(CommandContext Context, Guid ClientId, AgreePaymentTerms Wish) : ICommand;

public sealed record SetClientRateCommand(CommandContext Context, Guid ClientId, SetRateCard Wish) : ICommand;

public sealed record SetClientLanguageCommand(CommandContext Context, Guid ClientId, SetClientLanguage Wish) : ICommand;

public sealed record ArchiveClientCommand(CommandContext Context, Guid ClientId, ArchiveClient Wish) : ICommand;

public sealed class ClientCommandHandlers(CommandRunner runner) :
    IRequestHandler<AddClientCommand, CommandResult>,
    IRequestHandler<DescribeClientCommand, CommandResult>,
    IRequestHandler<AgreePaymentTermsCommand, CommandResult>,
    IRequestHandler<SetClientRateCommand, CommandResult>,
    IRequestHandler<SetClientLanguageCommand, CommandResult>,
    IRequestHandler<ArchiveClientCommand, CommandResult>
{
    public Task<CommandResult> Handle(AddClientCommand request, CancellationToken cancellationToken) =>
        runner.RunOn(Client.Stream, request.Wish.ClientId, request.Context, state => Client.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(DescribeClientCommand request, CancellationToken cancellationToken) =>
        runner.RunOn(Client.Stream, request.ClientId, request.Context, state => Client.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(AgreePaymentTermsCommand request, CancellationToken cancellationToken) =>
        runner.RunOn(Client.Stream, request.ClientId, request.Context, state => Client.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(SetClientRateCommand request, CancellationToken cancellationToken) =>
        runner.RunOn(Client.Stream, request.ClientId, request.Context, state => Client.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(SetClientLanguageCommand request, CancellationToken cancellationToken) =>
        runner.RunOn(Client.Stream, request.ClientId, request.Context, state => Client.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(ArchiveClientCommand request, CancellationToken cancellationToken) =>
        runner.RunOn(Client.Stream, request.ClientId, request.Context, state => Client.Decide(state, request.Wish), cancellationToken);
}
