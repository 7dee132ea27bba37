using Billing.Faults.Books;
using Billing.Faults.Running;

namespace Billing.Faults.Appending;

/// <summary>One store over several lives of the appending program, with what that was told.</summary>
internal sealed class AppendDrill(StoreAddress address, int seed, Tally tally)
{
    private const int Threads = 8;

    /// <summary>Covers the start-up of the program, roughly, on a machine with other work to do.</summary>
    private const int StartMilliseconds = 400;

    private const int BurstMilliseconds = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public StoreAddress Address => address;

    public Acknowledgements Acknowledgements { get; } = new(Threads);

    public AppendingProcess Start(IReadOnlyDictionary<string, string>? environment = null, StoreAddress? by = null) =>
        AppendingProcess.Start(by ?? address, seed, Acknowledgements, environment);

    /// <summary>Starts the program and kills it at a moment that the dice choose: while it starts, or while it appends.</summary>
    public async Task LiveAndDie(Random dice)
    {
        await using var process = Start();
        var moment = dice.Next(6);
        if (moment == 0)
        {
            await Task.Delay(dice.Next(StartMilliseconds));
        }
        else if (!await process.Opens())
        {
            tally.Wrong($"the program did not open the store by itself: {process.Errors}");
            return;
        }
        else
        {
            // Most die in the burst, which begins once what is compiled at the first append is compiled.
            if (moment > 1 && !await process.Until(() => process.Acknowledged > 0, Patience))
                tally.Wrong($"the program does not append: {process.Errors} {process.LastFailure}");
            await Task.Delay(dice.Next(BurstMilliseconds));
        }
        if (!await process.Kill()) tally.Wrong($"the program ended before it was killed: {process.Errors}");
        tally.StoreKills++;
    }

    /// <summary>
    /// Looks at all that is stored. A SQLite file is looked at as a copy, so that its own program comes upon what the kill
    /// left.
    /// </summary>
    public async Task Check(string where)
    {
        var looked = address.Engine == StoreAddress.Sqlite
            ? address with { Place = EventFiles.Copy(address.Place, address.Place + ".looked-at") }
            : address;
        try
        {
            await using var store = await looked.Open(CancellationToken.None);
            tally.Take(await AppendCheck.Run(store, seed, Acknowledgements), where);
        }
        catch (EventStore.Port.EventStoreException failure)
        {
            tally.Wrong($"{where}: the store does not open for a look: {failure.Message}");
        }
    }

    public void End() => tally.Acknowledged += Acknowledgements.Count;
}
