using System.Globalization;
using Billing.Faults.Appending;
using Billing.Faults.Disk;
using Billing.Faults.Serving;

namespace Billing.Faults.Running;

/// <summary>Everything that one run does, in order.</summary>
internal sealed class Campaign(FaultOptions options, Tally tally)
{
    /// <summary>So many rounds of each fault for each hundred kills, and at least as many.</summary>
    private const int RoundsPerHundred = 10;

    /// <summary>One kill in so many is that of the whole server, which takes that much longer to start.</summary>
    private const int KillsPerServerKill = 5;

    private int Rounds => Math.Max(RoundsPerHundred, options.Kills * RoundsPerHundred / 100);

    public async Task Run()
    {
        await Sqlite();
    }

    private async Task Sqlite()
    {
        if (options.Has("kill"))
        {
            var ofServer = (options.Kills + KillsPerServerKill - 1) / KillsPerServerKill;
            await new ServerKills(options.Folder, options.Seed, tally).Run(ofServer);
            await new StoreKills(number => SqliteStore($"kills-{number}"), options.Seed, tally).Run(options.Kills - ofServer);
        }
        if (options.Has("fsync") || options.Has("write") || options.Has("disk")) await FailDisk();
    }

    private async Task FailDisk()
    {
        var (disk, reason) = await FailingDisk.TryMake(Path.Combine(options.Folder, "disk"));
        if (disk is null)
        {
            tally.Skipped("failing writes and syncs, power cuts", reason);
            return;
        }
        using var made = disk;
        var drill = new DiskDrill(disk, options.Folder, options.Seed, tally);
        if (options.Has("fsync")) await drill.Run(2 * Rounds, DiskFault.SyncFails, DiskFault.PowerCut);
        if (options.Has("write")) await drill.Run(Rounds, DiskFault.WriteFails);
        if (options.Has("disk")) await drill.Run(Rounds, DiskFault.DiskFull);
    }

    private StoreAddress SqliteStore(string name) => new(
        StoreAddress.Sqlite, Path.Combine(options.Folder, name.ToString(CultureInfo.InvariantCulture), "events.db"), "");
}
