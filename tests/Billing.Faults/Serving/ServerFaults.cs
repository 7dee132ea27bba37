using System.Globalization;
using Billing.Faults.Disk;
using Billing.Faults.Running;

namespace Billing.Faults.Serving;

/// <summary>
/// What goes wrong under the running server: a full disk, writes and syncs that fail. It acknowledges nothing that is not
/// there, answers 503 with a code of ours, does not end, and goes on by itself.
/// </summary>
internal sealed class ServerFaults(string folder, int seed, Tally tally)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] FittingCodes = ["store-failing", "overloaded", "read-model-behind", "request-in-flight"];

    public async Task FillDisk(int rounds)
    {
        await using var disk = await FullDisk.TryMount(Path.Combine(folder, "small-disk"));
        if (disk is null)
        {
            tally.Skipped("the server on a full disk", "it takes root and 'mount' to make a small file system; failing writes stand in");
            return;
        }
        using var drill = new ServerDrill(Path.Combine(folder, "small-disk", "data"), seed, tally)
        {
            LookedAt = Path.Combine(folder, "small-disk-looked-at"),
        };
        await drill.Open();
        for (var round = 1; round <= rounds; round++)
        {
            var where = string.Create(CultureInfo.InvariantCulture, $"seed {seed}, full disk {round}");
            await Endure(drill, where, environment: null, disk.Fill, disk.MakeRoom);
            await drill.Check(where, readModels: true);
            disk.Fill();
            await using (var life = drill.Start())
                tally.Say("full disk", await drill.ServesOrSaysWhy(where, life) ?? "the server starts nevertheless");
            disk.MakeRoom();
            tally.Faults++;
        }
        Tell("full disk", rounds, drill);
    }

    public async Task FailDisk(FailingDisk disk, int rounds, DiskFault kind)
    {
        disk.Forget();
        using var drill = new ServerDrill(Path.Combine(folder, $"server-{kind}"), seed, tally);
        await drill.Open(disk.Environment);
        for (var round = 1; round <= rounds; round++)
        {
            var dice = new Random(seed + round);
            var where = string.Create(CultureInfo.InvariantCulture, $"seed {seed}, server, {kind} {round}");
            await Endure(drill, where, disk.Environment, Break, disk.Heal);
            disk.CutPower(drill.EventFile, dice);
            await drill.Check(where, readModels: true);
            tally.Faults++;

            void Break()
            {
                if (kind == DiskFault.SyncFails) disk.FailSyncs(dice.Next(10), int.MaxValue);
                else disk.FailWrites(dice.Next(30), int.MaxValue, kind == DiskFault.DiskFull);
            }
        }
        Tell(kind.ToString(), rounds, drill);
    }

    /// <summary>One life under load, in which the disk breaks and is mended, and that ends with a kill.</summary>
    private async Task Endure(
        ServerDrill drill, string where, IReadOnlyDictionary<string, string>? environment, Action breakDisk, Action mendDisk)
    {
        await using var life = drill.Start(environment);
        if (!await life.Serves())
        {
            tally.Wrong($"{where}: the server does not start: {string.Join(' ', life.Errors)}");
            return;
        }
        using var stop = new CancellationTokenSource();
        var load = drill.Load(stop.Token);
        var done = drill.Done;
        if (!await life.Until(() => drill.Done > done, Patience)) tally.Wrong($"{where}: the server does not answer");
        var unable = drill.Unable;
        breakDisk();
        if (!await life.Until(() => drill.Unable > unable + 5, Patience)) tally.Wrong($"{where}: nobody was told of the failing disk");
        mendDisk();
        var acknowledged = drill.Done;
        if (!await life.Until(() => drill.Done > acknowledged + 5, Patience))
            tally.Wrong($"{where}: the server does not go on: {drill.LastUnable} {string.Join(' ', life.Errors.TakeLast(3))}");
        if (life.HasExited) tally.Wrong($"{where}: the server ended: {string.Join(' ', life.Errors.TakeLast(3))}");
        else await GetsWell(drill, where);
        if (drill.LastUnable is { } told && !FittingCodes.Contains(told.Code)) tally.Wrong($"{where}: the answer was {told}");
        await life.Kill();
        await stop.CancelAsync();
        await load;
    }

    private async Task GetsWell(ServerDrill drill, string where)
    {
        string? fault = "";
        for (var tries = 0; tries < 100 && fault is not null; tries++)
        {
            fault = await drill.Health();
            if (fault is not null) await Task.Delay(100);
        }
        if (fault is not null) tally.Wrong($"{where}: the server stays unwell: {fault}");
    }

    private void Tell(string what, int rounds, ServerDrill drill) => tally.Say(what, string.Create(
        CultureInfo.InvariantCulture,
        $"{rounds} times under the server; {drill.Done} requests acknowledged, {drill.Unable} answers that it could not, the last: {drill.LastUnable?.Code}"));
}
