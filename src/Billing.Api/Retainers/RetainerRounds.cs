using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Hosting;
using Billing.Domain.Retainers;
using Billing.EventStore.Port;
using Billing.Projections.Retainers;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Api.Retainers;

/// <summary>
/// Goes round the retainers that ask for the next block, or for more money, by themselves: when something was written, and every ten
/// minutes besides, since a day begins and what was refused may be possible by then. That each occasion is met once is decided by
/// the retainer's own stream, whatever nodes look and however often.
/// </summary>
public sealed class RetainerRounds(
    RetainerQueries queries, RetainerDesk desk, CommandBus bus, ProjectionRunner projections, IEventStore store, BillingOptions options,
    ReachableAddress address, IClock clock, Func<Guid> newId, ILogger<RetainerRounds> log)
    : Rounds(Pause, "Retainers could not ask for what is due", log)
{
    private const string Actor = "retainers";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly Duration LongestPause = Duration.FromMinutes(10);
    private readonly Dictionary<Guid, Instant> waiting = [];
    private (long Position, Instant Until) seen = (-1, Instant.MinValue);

    /// <summary>One round, over what the read models know now.</summary>
    public async Task Go(CancellationToken cancellationToken)
    {
        if (address.Now is not { } server) return;
        foreach (var (book, retainerId) in queries.ThatMayAsk())
        {
            if (waiting.GetValueOrDefault(retainerId) > clock.GetCurrentInstant()) continue;
            if (await Ask(book, retainerId, server, cancellationToken) is not CommandResult.Refused { Rejection: var why }) continue;
            waiting[retainerId] = clock.GetCurrentInstant() + LongestPause;
            // One that was paid in part only is waited for.
            if (why.Code == "top-up-open") continue;
            log.LogWarning("Retainer {RetainerId} could not ask for what is due: {Code}", retainerId, why.Code);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.RunsRecurringInvoices ? base.ExecuteAsync(stoppingToken) : Task.CompletedTask;

    protected override async Task Round(CancellationToken cancellationToken)
    {
        var (position, now) = (projections.Position, clock.GetCurrentInstant());
        if (projections.Health is ProjectionHealth.Standby || (position == seen.Position && now < seen.Until)) return;
        await Go(cancellationToken);
        seen = (position, now + LongestPause);
    }

    /// <summary>Reads the retainer as it is stored, and means the command for this version of it.</summary>
    /// <returns>Null where nothing is due.</returns>
    private async Task<CommandResult?> Ask(BookId book, Guid retainerId, Uri server, CancellationToken cancellationToken)
    {
        var context = new CommandContext(book, Actor, clock.GetCurrentInstant(), newId());
        var session = new BookSession(store, new StateCache(), context, cancellationToken);
        if (await desk.One(session, retainerId, await session.Today()) is not { } retainer) return null;
        if (RetainerRequest.Of(retainer.State, retainer.Account, retainer.Invoiced) is not { } what) return null;
        var meant = context with { IfMatch = session.VersionOf(Retainer.Stream.Name(retainerId)) };
        var command = new AskForNextCommand(meant, retainerId, what, server);
        return await bus.Send(meant, () => command, cancellationToken);
    }
}
