using System.CommandLine;
using System.Globalization;
using Billing.Api.Hosting;
using Billing.EventStore.Port;
using Billing.EventStore.Verification;

namespace Billing.Api.Operations;

/// <summary>
/// <c>verify</c>: exit code 0 where every book and checkpoint holds, 2 where one does not, 1 where that can't be told.
/// </summary>
public static class VerifyVerb
{
    private const int Faulty = 2;

    public static Command Build(Func<Func<Task<int>>, Task<int>> guarded)
    {
        var (store, book) = (VerbSettings.StoreOption(), VerbSettings.BookOption());
        var offline = new Option<string?>("--offline") { Description = "A file of export-book to check instead of a store." };
        var checkpoint = new Option<string[]>("--checkpoint") { Description = "A file of checkpoints that must hold. May be given often." };
        var publicKey = new Option<string?>("--public-key") { Description = "PEM file of the key that signed; else the data folder's." };
        var verb = new Command("verify", "Walks the chain of each book and names the first fault. Works while the server runs.")
        {
            store, book, offline, checkpoint, publicKey,
        };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, cancellationToken) => guarded(async () =>
        {
            var options = VerbSettings.Of(parsed);
            var (checkpoints, bad) = Checkpoints(parsed.GetValue(checkpoint) ?? [], parsed.GetValue(publicKey), options);
            foreach (var report in bad) Console.WriteLine($"book {report.Checkpoint.Book}: {report}");
            var whole = parsed.GetValue(offline) is { } file
                ? await VerifyFile(file, checkpoints, cancellationToken)
                : await VerifyStore(parsed.GetValue(store), options, parsed.GetValue(book), checkpoints, cancellationToken);
            return whole && bad.Count == 0 ? 0 : Faulty;
        }));
        return verb;
    }

    private static async Task<bool> VerifyFile(string file, IReadOnlyList<Checkpoint> checkpoints, CancellationToken cancellationToken)
    {
        var exported = await ExportedBook.Open(file, cancellationToken);
        return await VerifyBook(exported, OfBook(exported.Book, checkpoints), cancellationToken);
    }

    private static async Task<bool> VerifyStore(
        string? address, BillingOptions options, Guid? only, IReadOnlyList<Checkpoint> checkpoints, CancellationToken cancellationToken)
    {
        await using var store = await VerbSettings.StoreOf(address, options).OpenReader(cancellationToken);
        if (only is { } id)
        {
            var book = new BookId(id);
            return await VerifyBook(new StoredBook(store, book), OfBook(book, checkpoints), cancellationToken);
        }
        var (whole, met) = (true, new HashSet<BookId>());
        await foreach (var book in StoreVerifier.Books(store, cancellationToken))
        {
            met.Add(book);
            whole &= await VerifyBook(new StoredBook(store, book), [.. checkpoints.Where(c => c.Book == book)], cancellationToken);
        }
        // A checkpoint of a book that is not there at all is the proof that it was.
        foreach (var lost in checkpoints.Where(c => !met.Contains(c.Book)).GroupBy(c => c.Book))
            whole &= await VerifyBook(new StoredBook(store, lost.Key), [.. lost], cancellationToken);
        if (met.Count == 0) Console.WriteLine("The store holds no book.");
        return whole;
    }

    private static async Task<bool> VerifyBook(
        IBookSource source, IReadOnlyList<Checkpoint> checkpoints, CancellationToken cancellationToken)
    {
        var report = await BookVerifier.Verify(source, checkpoints, new ConsoleProgress($"book {source.Book}"), cancellationToken);
        var isThere = report.Fault is not null || report.Place > 0;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"book {report.Book}: {(!isThere ? "NOT THERE" : report.Fault?.ToString() ?? $"whole, {report.Place} events")}"
            + $"{(report.Place > 0 ? $", link {Convert.ToHexStringLower(report.Link.Span)} at place {report.Place}" : "")}"));
        foreach (var found in report.Checkpoints) Console.WriteLine($"    {found}");
        return isThere && report.IsWhole;
    }

    private static IReadOnlyList<Checkpoint> OfBook(BookId book, IReadOnlyList<Checkpoint> checkpoints) =>
        checkpoints.FirstOrDefault(c => c.Book != book) is { } other
            ? throw new InvalidConfigurationException($"A checkpoint speaks of book {other.Book}, but only {book} is looked at.")
            : checkpoints;

    private static (IReadOnlyList<Checkpoint> Good, IReadOnlyList<CheckpointReport> Bad) Checkpoints(
        string[] files, string? publicKey, BillingOptions options)
    {
        if (files.Length == 0) return ([], []);
        var keyFile = publicKey ?? Path.Combine(options.DataFolder, CheckpointKey.FileName);
        if (!File.Exists(keyFile))
            throw new InvalidConfigurationException($"There is no key {keyFile}: name the signer's public key with --public-key.");
        using var key = CheckpointKey.Open(keyFile);
        var all = files.SelectMany(file => CheckpointFile.Read(File.ReadAllText(file))).ToList();
        var bad = all.Select(key.FaultOf).OfType<CheckpointReport>().ToList();
        return ([.. all.Except(bad.Select(b => b.Checkpoint))], bad);
    }
}
