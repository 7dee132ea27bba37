using System.CommandLine;
using Billing.EventStore.Port;
using Billing.EventStore.Verification;
using NodaTime;

namespace Billing.Api.Operations;

/// <summary><c>checkpoint</c>: signs where each book stands, after walking it: a book with a fault gets none.</summary>
public static class CheckpointVerb
{
    private const int Faulty = 2;

    public static Command Build(Func<Func<Task<int>>, Task<int>> guarded, IClock clock)
    {
        var (store, book) = (VerbSettings.StoreOption(), VerbSettings.BookOption());
        var to = new Option<string>("--out") { Description = "The file to write; it must not be there yet.", Required = true };
        var publicKey = new Option<string?>("--public-key-out") { Description = "Writes the public key, as PEM, to this new file." };
        var verb = new Command("checkpoint", "Signs where each book stands. Keep the file away from this machine.")
        {
            store, book, to, publicKey,
        };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, cancellationToken) => guarded(async () =>
        {
            var options = VerbSettings.Of(parsed);
            await using var reader = await VerbSettings.StoreOf(parsed.GetValue(store), options).OpenReader(cancellationToken);
            Directory.CreateDirectory(options.DataFolder);
            using var key = CheckpointKey.OpenOrMake(options.DataFolder);
            await using var file = VerbSettings.NewFile(parsed.GetRequiredValue(to));
            if (parsed.GetValue(publicKey) is { } path)
            {
                await using var pem = new StreamWriter(VerbSettings.NewFile(path));
                await pem.WriteAsync(key.PublicPem);
            }
            await using var writer = new StreamWriter(file) { NewLine = "\n" };
            return await Sign(reader, parsed.GetValue(book), key, clock, writer, cancellationToken);
        }));
        return verb;
    }

    private static async Task<int> Sign(
        IEventReader store, Guid? only, CheckpointKey key, IClock clock, StreamWriter to, CancellationToken cancellationToken)
    {
        var signed = 0;
        var exit = 0;
        await foreach (var book in StoreVerifier.Books(store, cancellationToken))
        {
            if (only is { } id && id != book.Value) continue;
            var progress = new ConsoleProgress($"book {book}");
            var report = await BookVerifier.Verify(new StoredBook(store, book), [], progress, cancellationToken);
            if (report.Fault is { } fault)
            {
                exit = Faulty;
                Console.WriteLine($"book {book}: no checkpoint, {fault}");
                continue;
            }
            await to.WriteLineAsync(CheckpointFile.Write(key.Sign(book, report.Place, report.Link, clock.GetCurrentInstant())));
            Console.WriteLine(FormattableString.Invariant($"book {book}: checkpoint at place {report.Place}, key {key.Id}"));
            signed++;
        }
        if (signed > 0 || exit > 0) return exit;
        await Console.Error.WriteLineAsync(only is null ? "The store holds no book." : $"There is no book {only:D} in this store.");
        return 1;
    }
}
