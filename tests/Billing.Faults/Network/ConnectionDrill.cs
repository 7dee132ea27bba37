using System.Globalization;
using Billing.Faults.Appending;
using Billing.Faults.Running;

namespace Billing.Faults.Network;

/// <summary>
/// The appending program on a server whose connections are cut under it, and that is killed itself. The program goes on
/// once the server can be reached again; after each fault everything is looked at.
/// </summary>
internal sealed class ConnectionDrill(ServerStores stores, int seed, Tally tally)
{
    private const int StallMilliseconds = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestOutage = TimeSpan.FromMilliseconds(300);

    public async Task CutConnections(int rounds)
    {
        await using var proxy = new CuttingProxy(stores.Port);
        var drill = new AppendDrill(stores.At(stores.Port, "cut"), seed, tally);
        for (var round = 1; round <= rounds; round++)
        {
            var dice = new Random(seed + round);
            var how = (Cut)(round % 4);
            await Endure(
                drill, drill.Start(by: stores.At(proxy.Port, "cut")), string.Create(CultureInfo.InvariantCulture, $"seed {seed}, {how} {round}"),
                dice, () => proxy.CutAll(how, TimeSpan.FromMilliseconds(dice.Next(StallMilliseconds))));
        }
        End(drill, "connections cut", rounds);
    }

    public async Task KillServer(int rounds)
    {
        var drill = new AppendDrill(stores.At(stores.Port, "killed"), seed, tally);
        for (var round = 1; round <= rounds; round++)
        {
            var dice = new Random(seed + round);
            await Endure(
                drill, drill.Start(), string.Create(CultureInfo.InvariantCulture, $"seed {seed}, server killed {round}"), dice, async () =>
                {
                    await stores.Kill();
                    await Task.Delay(dice.Next((int)LongestOutage.TotalMilliseconds));
                    await stores.StartAgain();
                });
        }
        End(drill, "server killed", rounds);
    }

    private async Task Endure(AppendDrill drill, AppendingProcess started, string where, Random dice, Func<Task> fail)
    {
        await using var process = started;
        var enough = dice.Next(5, 60);
        if (!await process.Opens() || !await process.Until(() => process.Acknowledged >= enough, Patience))
            tally.Wrong($"{where}: the program does not append: {process.Errors} {process.LastFailure}");
        await fail();
        var before = process.Acknowledged;
        if (!await process.Until(() => process.Acknowledged > before + 10, Patience))
            tally.Wrong($"{where}: the program does not go on: {process.LastFailure} {process.Errors}");
        if (!await process.Kill()) tally.Wrong($"{where}: the program ended by itself: {process.Errors}");
        await drill.Check(where);
        tally.Faults++;
    }

    private void End(AppendDrill drill, string what, int rounds)
    {
        drill.End();
        tally.Say(what, string.Create(
            CultureInfo.InvariantCulture, $"{rounds} times, {drill.Acknowledgements.Count} appends acknowledged"));
    }
}
