using System.Diagnostics;
using System.Globalization;
using Billing.Faults.Running;

namespace Billing.Faults.Appending;

/// <summary>Kills the appending program again and again; after each kill everything is looked at.</summary>
internal sealed class StoreKills(Func<int, StoreAddress> newStore, int seed, Tally tally)
{
    /// <summary>Then a new store is begun, so that looking at it stays quick however long this goes on.</summary>
    private const int KillsPerStore = 20;

    public async Task Run(int kills)
    {
        var clock = Stopwatch.StartNew();
        AppendDrill? drill = null;
        for (var kill = 0; kill < kills; kill++)
        {
            if (kill % KillsPerStore == 0)
            {
                drill?.End();
                drill = new AppendDrill(newStore(kill / KillsPerStore), seed + kill, tally);
            }
            await drill!.LiveAndDie(new Random(seed + kill));
            await drill.Check(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, store kill {kill + 1}"));
            if ((kill + 1) % KillsPerStore == 0 || kill + 1 == kills)
            {
                tally.Say("store kills", string.Create(
                    CultureInfo.InvariantCulture,
                    $"{kill + 1} of {kills}, {drill.Acknowledgements.Count} appends acknowledged by this store, {clock.Elapsed.TotalMilliseconds / (kill + 1):0} ms a kill"));
            }
        }
        drill?.End();
    }
}
