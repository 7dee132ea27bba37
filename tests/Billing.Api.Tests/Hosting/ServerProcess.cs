using System.Text;
using System.Text.RegularExpressions;
using Billing.Api.Hosting;
using Billing.TestSupport.Processes;

namespace Billing.Api.Tests.Hosting;

/// <summary>
/// The program as a process of its own, started as a person starts it. It can be killed without warning and started again
/// on the same data folder and port; what it printed is kept.
/// </summary>
public sealed partial class ServerProcess : IAsyncDisposable
{
    /// <summary>Tests that start processes run one after the other: they are big.</summary>
    public const string Collection = "server processes";

    private const int KilledBySignal9 = 128 + 9;
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private readonly string[] _arguments;
    private readonly string _folder = Directory.CreateTempSubdirectory("billing-server-").FullName;
    private readonly StringBuilder _output = new();
    private DotnetProcess? _process;

    private ServerProcess(string[] arguments)
    {
        Address = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");
        _arguments = arguments;
    }

    public Uri Address { get; }

    public string DataFolder => Path.Combine(_folder, "data");

    /// <summary>Everything printed so far, over all starts.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>The first token that was printed: on a first start, the owner's.</summary>
    public string OwnerToken => TokenPattern().Match(Output) is { Success: true } found
        ? found.Value
        : throw new InvalidOperationException($"No token was printed:\n{Output}");

    /// <param name="arguments">Verb and settings; folder and address are added.</param>
    public static async Task<ServerProcess> Start(params string[] arguments)
    {
        var server = new ServerProcess(arguments);
        try
        {
            await server.Run();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the process as a power cut would end it: it gets no chance to tidy up.</summary>
    public async Task Kill()
    {
        var process = _process ?? throw new InvalidOperationException("The server does not run.");
        Assert.Equal(KilledBySignal9, await process.Kill());
        process.Dispose();
        _process = null;
    }

    /// <summary>Starts what was killed again, on the same folder and port.</summary>
    public Task Restart() => _process is null ? Run() : throw new InvalidOperationException("The server runs already.");

    public async Task KillAndRestart()
    {
        await Kill();
        await Restart();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            await process.Kill();
            process.Dispose();
            _process = null;
        }
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Run()
    {
        var serving = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        string[] arguments = [.. _arguments, "--urls", Address.GetLeftPart(UriPartial.Authority), $"--Billing:DataFolder={DataFolder}"];
        var process = DotnetProcess.Start(typeof(BillingHost).Assembly.Location, arguments, _folder, line => Note(line, serving));
        _process = process;
        var cancellationToken = TestContext.Current.CancellationToken;
        if (await Task.WhenAny(serving.Task, process.Ended(cancellationToken)).WaitAsync(StartLimit, cancellationToken) != serving.Task)
            throw new InvalidOperationException($"The server did not come up; it printed:\n{Output}");
    }

    private void Note(string line, TaskCompletionSource serving)
    {
        lock (_output) _output.Append(line).Append('\n');
        if (line.StartsWith("Serving on ", StringComparison.Ordinal)) serving.TrySetResult();
    }

    [GeneratedRegex("bill_[A-Za-z0-9_-]{43}")]
    private static partial Regex TokenPattern();
}
