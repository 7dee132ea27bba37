using System.Diagnostics;
using System.Globalization;
using Billing.Faults.Running;

namespace Billing.Faults.Serving;

/// <summary>
/// Kills the real server again and again: under load, while it starts, and while it rebuilds its read models; after each
/// kill everything is looked at, and it is started again by itself.
/// </summary>
internal sealed class ServerKills(string folder, int seed, Tally tally)
{
    private const int KillsPerPractice = 25, KillsPerRebuild = 5;
    private const int BurstMilliseconds = 300;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private TimeSpan start = TimeSpan.FromSeconds(1);

    public async Task Run(int kills)
    {
        var clock = Stopwatch.StartNew();
        ServerDrill? drill = null;
        for (var kill = 0; kill < kills; kill++)
        {
            if (kill % KillsPerPractice == 0)
            {
                drill?.Dispose();
                drill = new ServerDrill(
                    Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"practice-{kill / KillsPerPractice}")), seed + kill, tally);
                await drill.Open();
            }
            await LiveAndDie(drill!, new Random(seed + kill));
            var where = string.Create(CultureInfo.InvariantCulture, $"seed {seed}, server kill {kill + 1}");
            await drill!.Check(where, readModels: kill % KillsPerRebuild == KillsPerRebuild - 1 || kill + 1 == kills);
            if ((kill + 1) % 10 == 0 || kill + 1 == kills) Tell(kill + 1, kills, drill, clock);
        }
        drill?.Dispose();
    }

    private async Task LiveAndDie(ServerDrill drill, Random dice)
    {
        var moment = dice.Next(6);
        if (moment == 0) DropReadModels(drill);
        var clock = Stopwatch.StartNew();
        await using var life = drill.Start();
        if (moment == 1)
        {
            await Task.Delay(dice.Next((int)start.TotalMilliseconds));
            await life.Kill();
            tally.ServerKills++;
            return;
        }
        if (!await life.Serves())
        {
            tally.Wrong($"the server did not start by itself: {string.Join(' ', life.Errors)}");
            return;
        }
        start = clock.Elapsed;
        using var stop = new CancellationTokenSource();
        var load = drill.Load(stop.Token);
        // A server that has just started compiles as it answers; the burst begins with what it acknowledges first.
        var before = drill.Done;
        if (!await life.Until(() => drill.Done > before, Patience)) tally.Wrong("the server does not answer");
        await Task.Delay(dice.Next(BurstMilliseconds));
        if (!await life.Kill()) tally.Wrong($"the server ended before it was killed: {string.Join(' ', life.Errors)}");
        tally.ServerKills++;
        await stop.CancelAsync();
        await load;
    }

    /// <summary>They are made anew at the next start, which may be killed in it.</summary>
    private static void DropReadModels(ServerDrill drill)
    {
        foreach (var end in new[] { "", "-wal", "-shm" }) File.Delete(drill.ReadModelFile + end);
    }

    private void Tell(int done, int kills, ServerDrill drill, Stopwatch clock) => tally.Say("server kills", string.Create(
        CultureInfo.InvariantCulture,
        $"{done} of {kills}, {drill.Practice.Acknowledged.Count()} requests acknowledged to this practice, {drill.Practice.Callers.Sum(c => c.Refused)} refused, last start {start.TotalMilliseconds:0} ms, {clock.Elapsed.TotalMilliseconds / done:0} ms a kill"));
}
