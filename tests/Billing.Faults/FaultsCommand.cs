using Billing.Faults.Running;

namespace Billing.Faults;

/// <summary>Reads the command line, runs what it asks for and tells whether anything was lost, doubled or wrong.</summary>
internal static class FaultsCommand
{
    private const int Clean = 0, Broken = 1, Misused = 2;

    public static async Task<int> Run(string[] args)
    {
        if (FaultOptions.Parse(args) is not { } options)
        {
            await Console.Error.WriteLineAsync(FaultOptions.Usage);
            return Misused;
        }
        var tally = new Tally(options.Json);
        Directory.CreateDirectory(options.Folder);
        try
        {
            tally.Say("begin", FormattableString.Invariant($"--kills {options.Kills} --seed {options.Seed} --store {options.Store}"));
            await new Campaign(options, tally).Run();
        }
        finally
        {
            Directory.Delete(options.Folder, recursive: true);
        }
        tally.SayLast();
        return tally.IsClean ? Clean : Broken;
    }
}
