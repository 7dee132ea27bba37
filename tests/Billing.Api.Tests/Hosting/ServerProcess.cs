using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Billing.Api.Hosting;

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
    private Process? _process;

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
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(KilledBySignal9, process.ExitCode);
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

    /// <summary>The <c>dotnet</c> that runs this very test, so that no other version is needed.</summary>
    public static string DotnetProgram => Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
            _process = null;
        }
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Run()
    {
        var serving = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = StartInfo(), EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Note(line.Data, serving);
        process.ErrorDataReceived += (_, line) => Note(line.Data, serving: null);
        process.Exited += (_, _) => serving.TrySetException(new InvalidOperationException("The server ended by itself."));
        _process = process;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await serving.Task.WaitAsync(StartLimit, TestContext.Current.CancellationToken);
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException)
        {
            throw new InvalidOperationException($"The server did not come up; it printed:\n{Output}", e);
        }
    }

    private ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo(DotnetProgram)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        string[] arguments =
        [
            typeof(BillingHost).Assembly.Location, .. _arguments, "--urls", Address.GetLeftPart(UriPartial.Authority),
            $"--Billing:DataFolder={DataFolder}",
        ];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return start;
    }

    private void Note(string? line, TaskCompletionSource? serving)
    {
        if (line is null) return;
        lock (_output) _output.Append(line).Append('\n');
        if (line.StartsWith("Serving on ", StringComparison.Ordinal)) serving?.TrySetResult();
    }

    [GeneratedRegex("bill_[A-Za-z0-9_-]{43}")]
    private static partial Regex TokenPattern();
}
