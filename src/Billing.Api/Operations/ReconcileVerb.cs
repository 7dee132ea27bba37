using System.CommandLine;
using System.Globalization;
using Billing.Api.Demo;
using Billing.EventStore.Port;
using Billing.EventStore.Verification;
using Billing.Projections.Ledger.Journal;
using Billing.Projections.Reports;
using Billing.Projections.Running;

namespace Billing.Api.Operations;

/// <summary>
/// <c>reconcile</c>: exit code 0 where every total of every book agrees with its journal; 1, with each difference named, where one
/// does not.
/// </summary>
public static class ReconcileVerb
{
    private const int Differs = 1;

    public static Command Build(Func<Func<Task<int>>, Task<int>> guarded)
    {
        var (store, book) = (VerbSettings.StoreOption(), VerbSettings.BookOption());
        var demo = new Option<bool>("--demo") { Description = "Over a sample practice, made afresh and thrown away." };
        var verb = new Command("reconcile", "Holds every money total against the journal. Works while the server runs.")
        {
            store, book, demo,
        };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, cancellationToken) => guarded(async () =>
        {
            if (parsed.GetValue(demo))
                return await DemoServer.Visit(async events => await Reconcile(events, null, cancellationToken), cancellationToken);
            var address = VerbSettings.StoreOf(parsed.GetValue(store), VerbSettings.Of(parsed));
            await using var events = await address.OpenReader(cancellationToken);
            return await Reconcile(events, parsed.GetValue(book), cancellationToken);
        }));
        return verb;
    }

    private static async Task<int> Reconcile(IEventReader events, Guid? only, CancellationToken cancellationToken)
    {
        var (checkedTotals, differing) = (0, 0);
        await foreach (var book in StoreVerifier.Books(events, cancellationToken))
        {
            if (only is { } id && book.Value != id) continue;
            foreach (var total in await Totals(events, book, cancellationToken))
            {
                checkedTotals++;
                if (total.Holds) continue;
                differing++;
                Console.WriteLine($"book {book}: {total.What}: the journal has {total.Journal}, elsewhere it is {total.Elsewhere}");
            }
        }
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{checkedTotals} totals held against the journal, {differing} differ"));
        return differing == 0 ? 0 : Differs;
    }

    private static async Task<IReadOnlyList<ReconciledTotal>> Totals(
        IEventReader events, BookId book, CancellationToken cancellationToken)
    {
        using var models = await BookSnapshot.Fill(events, book, long.MaxValue, cancellationToken);
        return await new PracticeBooks(events).Ask(
            book, folded => Reconciliation.Of(folded, models.Database, book), cancellationToken);
    }
}
