using Billing.Api.Tests.Http;
using Billing.EventStore.Port;
using Billing.Projections.Ledger.Journal;
using Billing.Projections.Reports;
using Billing.Projections.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Api.Tests.Invoicing;

/// <summary>Then: every total of the practice's read models and documents is the journal's.</summary>
internal static class Reconciled
{
    public static async Task Holds(ApiServer server, Guid practice)
    {
        var (store, book) = (server.Services.GetRequiredService<IEventStore>(), new BookId(practice));
        var folded = new PracticeBook();
        foreach (var stored in await store.ReadBook(book, 0, int.MaxValue, CancellationToken.None)) folded.Add(stored);
        using var models = await BookSnapshot.Fill(store, book, long.MaxValue, CancellationToken.None);
        Assert.Equal(
            [],
            Reconciliation.Of(folded, models.Database, book).Where(total => !total.Holds)
                .Select(total => $"{total.What}: {total.Journal} and {total.Elsewhere}"));
    }
}
