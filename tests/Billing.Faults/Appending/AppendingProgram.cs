using System.Globalization;
using Billing.EventStore.Port;

namespace Billing.Faults.Appending;

/// <summary>
/// The program that is killed: it opens a store and appends from several threads, each one append after the other, and
/// prints a line for each that was acknowledged. One more thread reads. It knows nothing of what goes wrong.
/// </summary>
internal sealed class AppendingProgram
{
    public const string PlaceVariable = "BILLING_FAULTS_PLACE";
    public const string Opened = "open";
    public const string Acknowledged = "ack";
    public const string Failed = "failed";

    private const int PageEvents = 1_000;
    private static readonly TimeSpan PauseBetweenReads = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(5);

    private readonly int seed;
    private static readonly StreamWriter Output = new(Console.OpenStandardOutput()) { AutoFlush = true };
    private readonly Lock printing = new();

    private AppendingProgram(int seed) => this.seed = seed;

    /// <param name="args">Engine, space, seed, and for each thread the number of its next append.</param>
    public static async Task<int> Run(string[] args)
    {
        var address = new StoreAddress(args[0], Environment.GetEnvironmentVariable(PlaceVariable)!, args[1]);
        var program = new AppendingProgram(int.Parse(args[2], CultureInfo.InvariantCulture));
        // Whoever started this holds the other end; once it is gone nobody hears what is acknowledged.
        _ = Task.Run(() =>
        {
            Console.In.ReadToEnd();
            Environment.Exit(0);
        });
        try
        {
            var store = await address.Open(CancellationToken.None);
            program.Say(Opened);
            _ = Task.Run(() => program.ReadForever(store));
            await Task.WhenAll(args[3..].Select(
                (next, thread) => Task.Run(() => program.AppendForever(store, thread, int.Parse(next, CultureInfo.InvariantCulture)))));
            return 0;
        }
        catch (EventStoreException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
    }

    private async Task AppendForever(IEventStore store, int thread, int next)
    {
        for (var number = next; ; number++)
        {
            var request = PlannedAppend.Of(seed, thread, number);
            while (!await Append(store, request, thread, number)) await Task.Delay(PauseAfterFailure);
        }
    }

    /// <summary>
    /// Pages from anywhere, one after the other, so that moving the log meets readers. What they answer is checked after
    /// the kill; a disk that fails may fail them.
    /// </summary>
    private async Task ReadForever(IEventStore store)
    {
        var dice = new Random(seed);
        while (true)
        {
            try
            {
                var head = await store.HeadPosition(CancellationToken.None);
                await store.ReadFeed(dice.NextInt64(head + 1), PageEvents, CancellationToken.None);
                await Task.Delay(PauseBetweenReads);
            }
            catch (EventStoreException)
            {
                await Task.Delay(PauseAfterFailure);
            }
        }
    }

    private async Task<bool> Append(IEventStore store, AppendRequest request, int thread, int number)
    {
        try
        {
            switch (await store.Append(request, CancellationToken.None))
            {
                case AppendOutcome.Appended appended:
                    Say(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Acknowledged} {thread} {number} {appended.Position} {appended.Place}"));
                    return true;
                case AppendOutcome.Busy:
                    return false;
                case var other:
                    throw new InvalidOperationException($"Append {number} of thread {thread} ended with {other}.");
            }
        }
        catch (EventStoreException failure)
        {
            Say($"{Failed} {thread} {number} {failure.Message.ReplaceLineEndings(" ")}");
            return false;
        }
    }

    /// <summary>The full stop tells a whole line from one that the kill has cut off.</summary>
    private void Say(string line)
    {
        lock (printing) Output.Write(line + " .\n");
    }
}
