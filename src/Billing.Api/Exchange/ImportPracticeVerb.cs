using System.CommandLine;
using System.Globalization;
using Billing.Api.Expenses;
using Billing.Api.Hosting;
using Billing.Api.Operations;
using Billing.EventStore.Exporting;
using NodaTime;

namespace Billing.Api.Exchange;

/// <summary>
/// <c>import-practice</c>: takes what <c>GET /v1/export</c> gave into an installation without events. It is a verb and no endpoint:
/// whoever can bring in keys and tokens must be trusted with the machine.
/// </summary>
public static class ImportPracticeVerb
{
    private const string Name = "import-practice";

    public static Command Build(Func<Func<Task<int>>, Task<int>> guarded, IClock clock)
    {
        var from = new Option<string>("--from") { Description = "The file that GET /v1/export gave.", Required = true };
        var check = new Option<bool>("--check") { Description = "Only says whether the file is whole and sound." };
        var verb = new Command(Name, "Takes an exported practice into an empty installation. Stop the server first.") { from, check };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, cancellationToken) => guarded(async () =>
        {
            var (options, path) = (VerbSettings.Of(parsed), parsed.GetRequiredValue(from));
            if (!File.Exists(path)) throw new IOException($"There is no file {path}: check the path.");
            var practice = await ExportedPractice.Open(path, new ConsoleProgress("check"), cancellationToken);
            Console.WriteLine(Invariant($"{path} is whole: practice {practice.Book}, {practice.Place} events, ")
                + $"link {Convert.ToHexStringLower(practice.Link.Span)}");
            foreach (var hash in practice.MissingFiles)
                Console.WriteLine($"The file {hash} was missing where it was exported: restore {ReceiptFolder.Name}/ from a backup.");
            return parsed.GetValue(check) ? 0 : await Import(practice, options, clock, cancellationToken);
        }));
        return verb;
    }

    private static async Task<int> Import(
        ExportedPractice practice, BillingOptions options, IClock clock, CancellationToken cancellationToken)
    {
        using var keys = Stores.OpenKeys(options, new TimeOrderedIds(clock).Next);
        var receipts = new ReceiptFolder(options.DataFolder);
        var import = new PracticeImport(
            Stores.Events(options), keys, (file, stop) => Keep(receipts, file, stop), [options.ReadModelFile]);
        var copied = await import.Run(practice, clock.GetCurrentInstant(), new ConsoleProgress("import"), cancellationToken);
        Console.WriteLine(Invariant(
            $"{copied.Copied} events are imported; the chain holds up to place {copied.Place}, ")
            + $"link {Convert.ToHexStringLower(copied.Link.Span)}, as in the file.");
        Console.WriteLine("Read models are made at the next start. The tokens and links of before open this installation too.");
        return 0;
    }

    private static async Task Keep(ReceiptFolder receipts, byte[] file, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(file);
        using var incoming = await receipts.Take(content, long.MaxValue, cancellationToken);
        incoming.Keep();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
