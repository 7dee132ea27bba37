using Billing.Api.Tests.Http;
using Billing.Api.Tests.Invoicing;
using Billing.EventStore.Port;
using Billing.EventStore.Sealing;
using Billing.EventStore.Verification;
using Billing.Projections.Running;
using Billing.Projections.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Api.Tests.Fuzz;

/// <summary>What must be so of the books, whatever was sent.</summary>
internal static class BookCheck
{
    public static async Task Holds(ApiServer server, IEnumerable<Practice> practices)
    {
        var store = server.Services.GetRequiredService<IEventStore>();
        var live = server.Services.GetRequiredService<ProjectionRunner>();
        await server.CatchUp();
        Assert.IsNotType<ProjectionHealth.Halted>(live.Health);
        Assert.Null(await StoreVerifier.FirstFault(store, CancellationToken.None));
        foreach (var practice in practices) await Reconciled.Holds(server, practice.Id);
        using var database = SqliteReadDatabase.Open(Path.Combine(server.DataFolder, $"rebuilt-{Guid.CreateVersion7()}.db"));
        using var rebuilt = new ProjectionRunner(store, database, keys: server.Services.GetRequiredService<KeyRing>());
        IReadOnlyCollection<string> were, are;
        long head;
        do
        {
            // The server writes by itself, too: what waited at Stripe is settled, mails follow.
            head = await store.HeadPosition(CancellationToken.None);
            await server.CatchUp();
            await rebuilt.CatchUp(CancellationToken.None);
            (were, are) = (live.DumpRows(), rebuilt.DumpRows());
        }
        while (await store.HeadPosition(CancellationToken.None) != head);
        Assert.Equal(are.Except(were, StringComparer.Ordinal).Take(5), were.Except(are, StringComparer.Ordinal).Take(5));
        Assert.Equal(were.Count, are.Count);
    }
}
