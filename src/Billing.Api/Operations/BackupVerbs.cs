using System.CommandLine;
using Billing.Api.Expenses;
using Billing.EventStore.Sqlite;
using NodaTime;

namespace Billing.Api.Operations;

/// <summary><c>backup</c> and <c>restore</c> of the event file in the data folder. Other engines have tools of their own.</summary>
public static class BackupVerbs
{
    public static Command Backup(Func<Func<Task<int>>, Task<int>> guarded)
    {
        var to = new Option<string>("--to") { Description = "The backup to write; it must not be there yet.", Required = true };
        var verb = new Command("backup", "Copies the event file, also while the server runs, and verifies the copy.") { to };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, cancellationToken) => guarded(async () =>
        {
            var (options, path) = (VerbSettings.Of(parsed), parsed.GetRequiredValue(to));
            await SqliteBackup.Write(VerbSettings.EventFileOf(options), path, new ConsoleProgress("backup"), cancellationToken);
            Console.WriteLine($"{path} is written and every book in it is whole.");
            // After the events, so that no receipt that they speak of is missing.
            var receipts = ReceiptFolder.Copy(
                Path.Combine(options.DataFolder, ReceiptFolder.Name), ReceiptsBeside(path), cancellationToken);
            if (receipts > 0) Console.WriteLine(FormattableString.Invariant($"{receipts} receipts are in {ReceiptsBeside(path)}."));
            Console.WriteLine("The keys of names and notes are not in it: 'backup-keys --to FILE' copies them, to be kept apart.");
            return 0;
        }));
        return verb;
    }

    /// <summary>Receipts lie in a folder beside the backup of the events, under its name.</summary>
    private static string ReceiptsBeside(string backup) => $"{backup}.{ReceiptFolder.Name}";

    public static Command Restore(Func<Func<Task<int>>, Task<int>> guarded, IClock clock)
    {
        var from = new Option<string>("--from") { Description = "A backup, or another event file.", Required = true };
        var verb = new Command("restore", "Puts a backup in the event file's place. Stop the server first.") { from };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, cancellationToken) => guarded(async () =>
        {
            var options = VerbSettings.Of(parsed);
            var kept = await SqliteRestore.Run(
                parsed.GetRequiredValue(from), VerbSettings.EventFileOf(options), [options.ReadModelFile], clock.GetCurrentInstant(),
                new ConsoleProgress("restore"), cancellationToken);
            Console.WriteLine($"{options.EventFile} is restored and every book in it is whole.");
            var receipts = ReceiptFolder.Copy(
                ReceiptsBeside(parsed.GetRequiredValue(from)), Path.Combine(options.DataFolder, ReceiptFolder.Name), cancellationToken);
            if (receipts > 0) Console.WriteLine(FormattableString.Invariant($"{receipts} receipts are restored."));
            Console.WriteLine("Read models are made anew at the next start.");
            Console.WriteLine("On another machine its keys have to be there too: 'restore-keys --from FILE'.");
            if (kept is not null) Console.WriteLine($"What was there before is kept as {kept}.");
            return 0;
        }));
        return verb;
    }
}
