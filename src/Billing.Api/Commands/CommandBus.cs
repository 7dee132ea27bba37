using System.Collections.Concurrent;
using System.Diagnostics;
using Billing.Domain;
using Billing.EventStore.Port;
using MediatR;

namespace Billing.Api.Commands;

/// <summary>
/// Sends commands through MediatR. A key that was used before gets its first answer again, worked out from the events that
/// it wrote; refusals write nothing and are decided afresh. This stands around the mediator and not in a pipeline
/// behaviour, because the behaviour's signature is what MediatR's versions do not share.
/// </summary>
public sealed class CommandBus(IMediator mediator, CommandRunner runner, RequestsInFlight inFlight)
{
    public static ActivitySource Trace { get; } = new("Billing.Commands");

    /// <param name="make">
    /// Makes the command, or null where the request turns out to be unusable. It may look things up, which must not happen
    /// for a request that had its effect already.
    /// </param>
    public async Task<CommandResult?> Send(CommandContext context, Func<ICommand?> make, CancellationToken cancellationToken)
    {
        if (context.IdempotencyKey is not { } key || context.DryRun) return await Send(make(), cancellationToken);
        if (!inFlight.TryEnter(context.Book, key))
            return new CommandResult.Refused(new Rejection(
                "request-in-flight", "A request with this Idempotency-Key is still being worked on. Wait and send it again."));
        try
        {
            return await runner.Replay(context, cancellationToken) ?? await Send(make(), cancellationToken);
        }
        finally
        {
            inFlight.Leave(context.Book, key);
        }
    }

    private async Task<CommandResult?> Send(ICommand? command, CancellationToken cancellationToken)
    {
        if (command is null) return null;
        using var activity = Trace.StartActivity(command.GetType().Name);
        return await mediator.Send(command, cancellationToken);
    }
}

/// <summary>The keys that this process is working on now.</summary>
public sealed class RequestsInFlight
{
    private readonly ConcurrentDictionary<(BookId, string), bool> _keys = new();

    public bool TryEnter(BookId book, string key) => _keys.TryAdd((book, key), true);

    public void Leave(BookId book, string key) => _keys.TryRemove((book, key), out _);
}
