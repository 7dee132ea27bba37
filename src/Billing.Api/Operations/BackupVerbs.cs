using System.CommandLine;
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
            return 0;
        }));
        return verb;
    }

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
            Console.WriteLine("Read models are made anew at the next start.");
            if (kept is not null) Console.WriteLine($"What was there before is kept as {kept}.");
            return 0;
        }));
        return verb;
    }
}
