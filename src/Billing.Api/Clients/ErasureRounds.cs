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
        foreach (var client in clients.Erased())
        {
            if (!desk.IsDone(client, now)) await desk.Finish(client, now, cancellationToken);
            // Also where another server finished it, or this one was down meanwhile.
            else desk.DeleteMails(client);
        }
    }
}
