using Billing.Domain;
using Billing.EventStore.Port;
using MediatR;

namespace Billing.Api.Commands;

/// <summary>A wish to change one business's books. Its handler makes one call of the <see cref="CommandRunner"/>.</summary>
public interface ICommand : IRequest<CommandResult>
{
    CommandContext Context { get; }
}

/// <summary>How a command ended.</summary>
public abstract record CommandResult
{
    private CommandResult() { }

    /// <param name="Stream">The command's own stream: the first that it writes.</param>
    /// <param name="Version">That stream's version after the command.</param>
    /// <param name="Position">Global position of the last event; 0 where nothing had to be written.</param>
    /// <param name="Events">What was written, in order. The answer to the request is worked out from these alone.</param>
    /// <param name="Replayed">True where an earlier request under the same key had written them.</param>
    public sealed record Done(
        string Stream, long Version, long Position, IReadOnlyList<object> Events, bool Replayed) : CommandResult
    {
        /// <summary>The only event of its type among those written, if there is one.</summary>
        public TEvent? Find<TEvent>() where TEvent : class => Events.OfType<TEvent>().FirstOrDefault();
    }

    /// <summary>What a dry run would have appended.</summary>
    public sealed record Preview(AppendRequest Request) : CommandResult;

    public sealed record Refused(Rejection Rejection) : CommandResult;

    /// <summary>The resource has another version than the caller's <c>If-Match</c> says.</summary>
    public sealed record Stale(long ActualVersion) : CommandResult;

    /// <summary>The store's queue is full; nothing was written.</summary>
    public sealed record Overloaded : CommandResult;
}
