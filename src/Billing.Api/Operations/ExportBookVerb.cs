using System.CommandLine;
using Billing.EventStore.Port;
using Billing.EventStore.Verification;

namespace Billing.Api.Operations;

/// <summary>
/// <c>export-book</c>: one book with all that its chain is computed from, for <c>verify --offline</c> or another program.
/// </summary>
public static class ExportBookVerb
{
    private const string Name = "export-book";

    public static Command Build(Func<Func<Task<int>>, Task<int>> guarded)
    {
        var store = VerbSettings.StoreOption();
        var book = new Option<Guid>("--book") { Description = "The book's id.", Required = true };
        var to = new Option<string>("--out") { Description = "The file to write; it must not be there yet.", Required = true };
        var verb = new Command(Name, "Writes one book as JSON Lines for checking elsewhere. It holds names and notes.")
        {
            store, book, to,
        };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, cancellationToken) => guarded(async () =>
        {
            var options = VerbSettings.Of(parsed);
            await using var reader = await VerbSettings.StoreOf(parsed.GetValue(store), options).OpenReader(cancellationToken);
            var id = new BookId(parsed.GetRequiredValue(book));
            if (await LastEvent.Of(reader, id, cancellationToken) is null)
                throw new EventStoreException($"There is no book {id} in this store.");
            await using var file = VerbSettings.NewFile(parsed.GetRequiredValue(to));
            var written = await BookExport.Write(new StoredBook(reader, id), file, cancellationToken);
            Console.WriteLine(FormattableString.Invariant($"book {id}: {written} events written"));
            return 0;
        }));
        return verb;
    }
}
