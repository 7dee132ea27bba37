using System.Diagnostics;
using Billing.Api.Hosting;
using Billing.TestSupport.Processes;

namespace Billing.Faults.Serving;

/// <summary>One life of the real server, from its start to its end.</summary>
internal sealed class ServerLife : IAsyncDisposable
{
    private const string ServingLine = "Serving on ";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private readonly TaskCompletionSource serving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DotnetProcess process;

    private ServerLife(
        Uri address, string dataFolder, string workingFolder, IReadOnlyDictionary<string, string>? environment,
        IReadOnlyList<string>? before)
    {
        string[] arguments =
        [
            "--urls", address.GetLeftPart(UriPartial.Authority), $"--Billing:DataFolder={dataFolder}",
            $"--Billing:OperatorToken={Practice.OperatorToken}", "--Billing:RateLimit:Token:Burst=1000000",
        ];
        process = DotnetProcess.Start(typeof(BillingHost).Assembly.Location, arguments, workingFolder, Hear, environment, before);
    }

    public bool HasExited => process.HasExited;

    /// <summary>What it said on its standard error, line by line.</summary>
    public IReadOnlyList<string> Errors => process.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static ServerLife Start(
        Uri address, string dataFolder, IReadOnlyDictionary<string, string>? environment = null, IReadOnlyList<string>? before = null) =>
        new(address, dataFolder, AppContext.BaseDirectory, environment, before);

    /// <summary>False where it ended instead.</summary>
    public async Task<bool> Serves()
    {
        var first = await Task.WhenAny(serving.Task, process.Ended(CancellationToken.None)).WaitAsync(StartLimit);
        return first == serving.Task;
    }

    /// <summary>Waits until the condition holds; false where the server ended or the time is over before.</summary>
    public async Task<bool> Until(Func<bool> condition, TimeSpan limit)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < limit && !process.HasExited;)
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
        if (line.StartsWith(ServingLine, StringComparison.Ordinal)) serving.TrySetResult();
    }
}
