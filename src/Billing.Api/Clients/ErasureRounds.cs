using Billing.Api.Hosting;
using Billing.Projections.Clients;
using NodaTime;

namespace Billing.Api.Clients;

/// <summary>
/// Finishes erasures: those that a crash cut short, the documents whose time is over, and what other servers have erased.
/// </summary>
public sealed class ErasureRounds(ClientQueries clients, ErasureDesk desk, IClock clock, ILogger<ErasureRounds> log)
    : Rounds(TimeSpan.FromSeconds(5), "Erasures could not be looked at", log)
{
    protected override async Task Round(CancellationToken cancellationToken)
    {
        desk.Listen();
        var now = clock.GetCurrentInstant();
        // The day is over everywhere before documents go: a day more is no harm.
        var today = now.InUtc().Date.PlusDays(-1);
        foreach (var client in clients.Erased())
            if (!desk.IsDone(client, today)) await desk.Finish(client, now, today, cancellationToken);
    }
}
