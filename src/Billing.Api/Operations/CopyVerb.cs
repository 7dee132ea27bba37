using System.CommandLine;
using Billing.EventStore;
using Billing.EventStore.Copying;
using Billing.EventStore.Port;
using Billing.EventStore.Verification;

namespace Billing.Api.Operations;

/// <summary><c>copy</c>: moves practices from one store to another, book by book. Running it again completes it.</summary>
public static class CopyVerb
{
    public static Command Build(Func<Func<Task<int>>, Task<int>> guarded)
    {
        var from = new Option<string>("--from") { Description = "The store to read, such as sqlite:PATH.", Required = true };
        var to = new Option<string>("--to") { Description = "The store to write; nothing else may be writing it.", Required = true };
        var book = VerbSettings.BookOption();
        var verb = new Command("copy", "Copies books from one store to another and verifies them there. Safe to run again.")
        {
            from, to, book,
        };
        verb.SetAction((parsed, cancellationToken) => guarded(async () =>
        {
            var source = StoreAddress.Parse(parsed.GetRequiredValue(from));
            var target = StoreAddress.Parse(parsed.GetRequiredValue(to));
            await using var reading = await source.OpenReader(cancellationToken);
            await using var writing = await target.Open(cancellationToken);
            return await Copy(reading, writing, parsed.GetValue(book), cancellationToken);
        }));
        return verb;
    }

    private static async Task<int> Copy(IEventReader source, IEventStore target, Guid? only, CancellationToken cancellationToken)
    {
        var (books, grown) = (0, false);
        await foreach (var book in StoreVerifier.Books(source, cancellationToken))
        {
            if (only is { } id && id != book.Value) continue;
            var copied = await BookCopy.Run(source, target, book, new ConsoleProgress($"book {book}"), cancellationToken);
            Console.WriteLine(FormattableString.Invariant(
                $"book {book}: {copied.Copied} events copied, whole up to place {copied.Place}, ")
                + $"link {Convert.ToHexStringLower(copied.Link.Span)} in both stores");
            grown |= (await source.ReadBook(book, copied.Place, 1, cancellationToken)).Count > 0;
            books++;
        }
        if (grown) Console.WriteLine("The source has grown meanwhile: stop its server and run this again.");
        if (books > 0) return 0;
        await Console.Error.WriteLineAsync(only is null ? "The source holds no book." : $"There is no book {only:D} in the source.");
        return 1;
    }
}
