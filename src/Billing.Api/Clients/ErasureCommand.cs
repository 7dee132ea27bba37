using Billing.Api.Commands;
using Billing.Domain.Clients;
using Billing.Projections.Clients;
using MediatR;

namespace Billing.Api.Clients;

/// <param name="KeepYears">How many years documents are kept; null, or less than the law asks for, is what it asks for.</param>
public sealed record EraseClientCommand(CommandContext Context, Guid ClientId, int? KeepYears) : ICommand;

public sealed class EraseClientHandler(CommandRunner runner, ErasureSurvey survey, ErasureDesk desk)
    : IRequestHandler<EraseClientCommand, CommandResult>
{
    public async Task<CommandResult> Handle(EraseClientCommand request, CancellationToken cancellationToken)
    {
        var (context, id) = (request.Context, request.ClientId);
        var facts = await survey.Of(context.Book, id, cancellationToken);
        if (facts is null) return new CommandResult.Refused(Client.NoSuchClient);
        var wish = new EraseClient(facts.Unfinished, facts.DocumentsUntil(request.KeepYears), context.Now);
        ClientState? seen = null;
        var result = await runner.RunOn(Client.Stream, id, context, state => Client.Decide(seen = state, wish), cancellationToken);
        if (result is not CommandResult.Done done) return result;
        // Asked for again, it goes by what was decided first.
        var erased = done.Events.OfType<ClientEvent.ClientErased>().FirstOrDefault() ?? seen?.Details?.Erased;
        await desk.Finish(new ErasedClient(context.Book, id, erased?.DocumentsUntil), context.Now, CancellationToken.None);
        return result;
    }
}
