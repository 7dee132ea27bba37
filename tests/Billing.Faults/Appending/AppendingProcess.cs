using System.Globalization;
using Billing.TestSupport.Processes;

namespace Billing.Faults.Appending;

/// <summary>One life of the appending program, as the harness sees it.</summary>
internal sealed class AppendingProcess : IAsyncDisposable
{
    private const string WholeLine = " .";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private readonly DotnetProcess process;
    private readonly Acknowledgements acknowledgements;
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int acknowledged, failed;

    private AppendingProcess(
        StoreAddress address, int seed, Acknowledgements acknowledgements, IReadOnlyDictionary<string, string>? environment)
    {
        this.acknowledgements = acknowledgements;
        string[] arguments =
        [
            "--child", address.Engine, address.Space, seed.ToString(CultureInfo.InvariantCulture), .. acknowledgements.ResumeAt(),
        ];
        var variables = new Dictionary<string, string>(environment ?? new Dictionary<string, string>())
        {
            [AppendingProgram.PlaceVariable] = address.Place,
        };
        process = DotnetProcess.Start(
            typeof(AppendingProcess).Assembly.Location, arguments, AppContext.BaseDirectory, Hear, variables);
    }

    public int Acknowledged => Volatile.Read(ref acknowledged);

    /// <summary>Appends that ended in an <c>EventStoreException</c>.</summary>
    public int Failed => Volatile.Read(ref failed);

    public string? LastFailure { get; private set; }

    public bool HasExited => process.HasExited;

    public string Errors => process.Errors;

    public static AppendingProcess Start(
        StoreAddress address, int seed, Acknowledgements acknowledgements, IReadOnlyDictionary<string, string>? environment = null) =>
        new(address, seed, acknowledgements, environment);

    /// <summary>False where it ended instead.</summary>
    public async Task<bool> Opens()
    {
        var first = await Task.WhenAny(opened.Task, process.Ended(CancellationToken.None)).WaitAsync(StartLimit);
        return first == opened.Task;
    }

    /// <summary>Waits until the condition holds; false where the process ended or the time is over before.</summary>
    public async Task<bool> Until(Func<bool> condition, TimeSpan limit)
    {
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); clock.Elapsed < limit && !process.HasExited;)
        {
            if (condition()) return true;
            await Task.Delay(2);
        }
        return condition();
    }

    /// <summary>Whether the signal ended it, and not something before.</summary>
    public async Task<bool> Kill() => await process.Kill() == 128 + 9;

    public async ValueTask DisposeAsync()
    {
        await process.Kill();
        process.Dispose();
    }

    private void Hear(string line)
    {
        if (!line.EndsWith(WholeLine, StringComparison.Ordinal)) return;
        if (line.StartsWith(AppendingProgram.Acknowledged, StringComparison.Ordinal))
        {
            acknowledgements.Note(line);
            Interlocked.Increment(ref acknowledged);
        }
        else if (line.StartsWith(AppendingProgram.Failed, StringComparison.Ordinal))
        {
            LastFailure = line;
            Interlocked.Increment(ref failed);
        }
        else if (line == AppendingProgram.Opened + WholeLine)
        {
            opened.TrySetResult();
        }
    }
}
