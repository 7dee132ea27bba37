using System.Diagnostics;

namespace Billing.Api.Tests.Journeys;

/// <summary>A folder of its own in which a shell runs commands; removed when disposed.</summary>
internal sealed class ShellFolder : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private readonly string _folder = Directory.CreateTempSubdirectory("billing-shell-").FullName;

    public byte[] Read(string file) => File.ReadAllBytes(Path.Combine(_folder, file));

    /// <summary>Runs the commands in one session. The first that fails, also within a pipe, fails the test and is shown.</summary>
    public async Task Run(string bash, string commands, Dictionary<string, string> variables)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(Path.Combine(_folder, "commands.sh"), commands, cancellationToken);
        var start = new ProcessStartInfo(bash, ["-euo", "pipefail", "-x", "commands.sh"])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        using var shell = Process.Start(start)!;
        try
        {
            var output = shell.StandardOutput.ReadToEndAsync(cancellationToken);
            var trace = shell.StandardError.ReadToEndAsync(cancellationToken);
            await shell.WaitForExitAsync(cancellationToken).WaitAsync(Limit, cancellationToken);
            Assert.True(shell.ExitCode == 0, $"A command ended with {shell.ExitCode}.\n{await trace}\n{await output}");
        }
        finally
        {
            if (!shell.HasExited) shell.Kill(entireProcessTree: true);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
