using System.CommandLine;
using System.Globalization;
using Billing.Api.Hosting;
using Billing.Api.Operations;
using Billing.EventStore.Sealing;
using NodaTime;

namespace Billing.Api.Sealing;

/// <summary><c>backup-keys</c> and <c>restore-keys</c>: the keys are kept apart from the backups of what they open.</summary>
public static class KeyVerbs
{
    private const string BackupName = "backup-keys", RestoreName = "restore-keys";

    public static Command Backup(Func<Func<Task<int>>, Task<int>> guarded, IClock clock)
    {
        var to = new Option<string>("--to") { Description = "The copy to write; it must not be there yet.", Required = true };
        var verb = new Command(BackupName, "Copies the keys, also while the server runs. Keep the copy apart from the events'.") { to };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, _) => guarded(() =>
        {
            var (options, path) = (VerbSettings.Of(parsed), parsed.GetRequiredValue(to));
            if (File.Exists(path)) throw new IOException($"{path} is there already: name a new file.");
            var added = Copy(Stores.OpenKeyHome(options), SqliteKeyHome.Open(path), clock);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{added} keys are in {path}. Keep it apart from the events."));
            return Task.FromResult(0);
        }));
        return verb;
    }

    public static Command Restore(Func<Func<Task<int>>, Task<int>> guarded, IClock clock)
    {
        var from = new Option<string>("--from") { Description = "A copy of keys.", Required = true };
        var verb = new Command(RestoreName, "Adds the keys of a copy. What was erased since stays erased. Stop the server first.") { from };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, _) => guarded(() =>
        {
            var (options, path) = (VerbSettings.Of(parsed), parsed.GetRequiredValue(from));
            if (!File.Exists(path)) throw new IOException($"There is no file {path}: check the path.");
            var added = Copy(SqliteKeyHome.Open(path), Stores.OpenKeyHome(options), clock);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{added} keys are restored."));
            return Task.FromResult(0);
        }));
        return verb;
    }

    private static int Copy(IKeyHome from, IKeyHome to, IClock clock)
    {
        using (from) using (to) return KeyCopy.Run(from, to, clock.GetCurrentInstant());
    }
}
