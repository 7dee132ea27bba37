using Billing.Domain;

namespace Billing.Api.Commands;

/// <summary>The common case of a command that reads and writes one stream.</summary>
public static class SingleStreamCommands
{
    public static Task<CommandResult> RunOn<TState, TEvent>(
        this CommandRunner runner, StreamType<TState, TEvent> type, Guid id, CommandContext context,
        Func<TState, Decision<TEvent>> decide, CancellationToken cancellationToken)
        where TState : notnull
        where TEvent : notnull
    {
        var stream = type.Name(id);
        return runner.Run(
            context, stream, async session => session.Record(type, stream, decide(await session.Load(type, stream))),
            cancellationToken);
    }
}
