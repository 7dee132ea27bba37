using System.Globalization;
using Billing.Faults.Appending;
using Billing.Faults.Running;

namespace Billing.Faults.Disk;

/// <summary>
/// The appending program on a disk whose writes and syncs fail, and that loses its power. What was acknowledged must be on
/// what the power cut leaves: this is what shows a sync that is missing, which a kill alone can't.
/// </summary>
internal sealed class DiskDrill(FailingDisk disk, string folder, int seed, Tally tally)
{
    private const int RoundsPerStore = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private AppendDrill? drill;

    public async Task Run(int rounds, params DiskFault[] kinds)
    {
        for (var round = 0; round < rounds; round++)
        {
            if (round % RoundsPerStore == 0) Begin(round / RoundsPerStore, kinds[0]);
            var dice = new Random(seed + round);
            var kind = kinds[round % kinds.Length];
            await Live(kind, dice);
            await drill!.Check(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, {kind} {round + 1}"));
            tally.Faults++;
        }
        drill?.End();
        tally.Say("disk", string.Create(
            CultureInfo.InvariantCulture,
            $"{rounds} times {string.Join(", ", kinds)}: {disk.Syncs} syncs, {disk.FailedSyncs} failed, {disk.FailedWrites} writes failed"));
    }

    private void Begin(int number, DiskFault kind)
    {
        drill?.End();
        disk.Forget();
        var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{kind}-{number}"), "events.db");
        drill = new AppendDrill(new StoreAddress(StoreAddress.Sqlite, file, ""), seed + number, tally);
    }

    private async Task Live(DiskFault kind, Random dice)
    {
        await using var process = drill!.Start(disk.Environment);
        var acknowledged = dice.Next(1, 40);
        if (!await process.Opens() || !await process.Until(() => process.Acknowledged >= acknowledged, Patience))
            tally.Wrong($"the program does not append: {process.Errors} {process.LastFailure}");
        if (kind != DiskFault.PowerCut) await Fail(process, kind, dice);
        if (kind == DiskFault.SyncFails && dice.Next(3) == 0)
        {
            await process.Kill();
            disk.Heal();
            await LiveAgain(dice.Next(1, 20));
        }
        if (process.HasExited && kind != DiskFault.SyncFails) tally.Wrong($"the program ended by itself: {process.Errors}");
        await process.Kill();
        disk.Heal();
        disk.CutPower(drill.Address.Place, dice);
    }

    private async Task Fail(AppendingProcess process, DiskFault kind, Random dice)
    {
        var (after, count) = (dice.Next(30), dice.Next(1, 6));
        var before = process.Failed;
        if (kind == DiskFault.SyncFails) disk.FailSyncs(after, count);
        else disk.FailWrites(after, count, isFull: kind == DiskFault.DiskFull);
        var isTold = await process.Until(() => process.Failed > before || process.HasExited, TimeSpan.FromSeconds(2));
        if (dice.Next(2) == 0) return;
        disk.Heal();
        // A failure in a checkpoint fails nobody's append; then there is nothing to be told.
        var acknowledged = process.Acknowledged;
        if (!await process.Until(() => process.Acknowledged > acknowledged, Patience))
            tally.Wrong($"the program did not go on after the disk had failed ({kind}, told: {isTold}): {process.LastFailure} {process.Errors}");
    }

    /// <summary>A life without new faults after one with some, in which the retries are answered.</summary>
    private async Task LiveAgain(int acknowledged)
    {
        await using var process = drill!.Start(disk.Environment);
        if (!await process.Opens() || !await process.Until(() => process.Acknowledged >= acknowledged, Patience))
            tally.Wrong($"the program does not append after a sync failed and it was killed: {process.Errors} {process.LastFailure}");
        await process.Kill();
    }
}

internal enum DiskFault
{
    /// <summary>Only what was synced stays.</summary>
    PowerCut,

    SyncFails,

    WriteFails,

    DiskFull,
}
