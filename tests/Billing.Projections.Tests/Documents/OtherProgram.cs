using System.Diagnostics;

namespace Billing.Projections.Tests.Documents;

/// <summary>Lets a program of the machine look at a file.</summary>
internal static class OtherProgram
{
    /// <summary>What the program printed; a failing one fails the test.</summary>
    public static async Task<string> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await output}{await errors}");
        return await output;
    }

    /// <summary>A folder that is gone after the test.</summary>
    public sealed class Folder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("billing-documents-");

        public string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

        public string Save(byte[] pdf)
        {
            File.WriteAllBytes(Path("document.pdf"), pdf);
            return Path("document.pdf");
        }

        public void Dispose() => _folder.Delete(true);
    }
}
