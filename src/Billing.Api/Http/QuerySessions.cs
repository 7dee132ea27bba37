using Billing.Api.Commands;
using Billing.EventStore.Port;

namespace Billing.Api.Http;

/// <summary>For queries that are worked out from streams instead of read models.</summary>
public static class QuerySessions
{
    /// <summary>A session to read by; nothing is written with it.</summary>
    public static BookSession Session(this QueryCall call) => new(
        call.Service<IEventStore>(), call.Service<StateCache>(),
        new CommandContext(call.Book, call.Caller.Actor, call.Now, Guid.Empty), call.Aborted);
}
