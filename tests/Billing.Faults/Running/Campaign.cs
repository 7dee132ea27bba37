using System.Globalization;
using Billing.Faults.Appending;
using Billing.Faults.Disk;
using Billing.Faults.Network;
using Billing.Faults.Serving;

namespace Billing.Faults.Running;

/// <summary>Everything that one run does, in order.</summary>
internal sealed class Campaign(FaultOptions options, Tally tally)
{
    /// <summary>So many rounds of each fault for each hundred kills, and at least as many.</summary>
    private const int RoundsPerHundred = 5;

    /// <summary>The same for faults under the whole server, and at least two.</summary>
    private const int ServerRoundsPerHundred = 1, FewestServerRounds = 2;

    /// <summary>One kill in so many is that of the whole server, which takes that much longer to start.</summary>
    private const int KillsPerServerKill = 8;

    private int Rounds => Math.Max(RoundsPerHundred, options.Kills * RoundsPerHundred / 100);

    private int ServerRounds => Math.Max(FewestServerRounds, options.Kills * ServerRoundsPerHundred / 100);

    public async Task Run()
    {
        if (options.Store == StoreAddress.Sqlite) await Sqlite();
        else await OnServer();
    }

    /// <summary>The API does not host these engines yet, so the appending program stands in for it.</summary>
    private async Task OnServer()
    {
        var (stores, reason) = await ServerStores.TryStart(options.Store);
        if (stores is null)
        {
            tally.Skipped(options.Store, reason);
            return;
        }
        await using var started = stores;
        if (options.Has("kill"))
        {
            var kills = new StoreKills(
                number => stores.At(stores.Port, number.ToString(CultureInfo.InvariantCulture)), options.Seed, tally);
            await kills.Run(options.Kills);
        }
        if (!options.Has("connection")) return;
        var drill = new ConnectionDrill(stores, options.Seed, tally);
        await drill.CutConnections(Rounds);
        await drill.KillServer(Rounds / 2);
    }

    private async Task Sqlite()
    {
        if (options.Has("kill"))
        {
            var ofServer = (options.Kills + KillsPerServerKill - 1) / KillsPerServerKill;
            await new ServerKills(options.Folder, options.Seed, tally).Run(ofServer);
            await new StoreKills(number => SqliteStore($"kills-{number}"), options.Seed, tally).Run(options.Kills - ofServer);
        }
        if (options.Has("disk")) await new ServerFaults(options.Folder, options.Seed, tally).FillDisk(ServerRounds);
        if (options.Has("wal"))
        {
            var damaged = new DamagedFiles(options.Folder, options.Seed, tally);
            await damaged.CutLogs(ServerRounds);
            await damaged.OverwritePages(ServerRounds);
            await damaged.TakeRights();
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
        var server = new ServerFaults(options.Folder, options.Seed, tally);
        if (options.Has("fsync"))
        {
            await drill.Run(2 * Rounds, DiskFault.SyncFails, DiskFault.PowerCut);
            await server.FailDisk(disk, ServerRounds, DiskFault.SyncFails);
        }
        if (options.Has("write"))
        {
            await drill.Run(Rounds, DiskFault.WriteFails);
            await server.FailDisk(disk, ServerRounds, DiskFault.WriteFails);
        }
        if (options.Has("disk")) await drill.Run(Rounds, DiskFault.DiskFull);
    }

    private StoreAddress SqliteStore(string name) => new(
        StoreAddress.Sqlite, Path.Combine(options.Folder, name.ToString(CultureInfo.InvariantCulture), "events.db"), "");
}
