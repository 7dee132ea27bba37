using System.Diagnostics;
using System.Globalization;
using Billing.Faults.Running;

namespace Billing.Faults.Serving;

/// <summary>A small file system of its own in memory, which can be filled to the last byte. It takes root to make one.</summary>
internal sealed class FullDisk : IAsyncDisposable
{
    /// <summary>Room for the logs of both files as they grow between two checkpoints, and as much again to be made.</summary>
    private const int Megabytes = 96;
    private readonly string folder;

    private FullDisk(string folder) => this.folder = folder;

    private string Ballast => Path.Combine(folder, "ballast");

    /// <summary>Null where it can't be made.</summary>
    public static async Task<FullDisk?> TryMount(string folder)
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root" || ProgramPath.Find("mount") is not { } mount) return null;
        Directory.CreateDirectory(folder);
        var size = string.Create(CultureInfo.InvariantCulture, $"size={Megabytes}m");
        return await RunToEnd(mount, "-t", "tmpfs", "-o", size, "billing-faults", folder) ? new FullDisk(folder) : null;
    }

    public void Fill()
    {
        using var file = File.OpenHandle(Ballast, FileMode.Create, FileAccess.Write);
        var offset = 0L;
        // Ever smaller pieces, until not even a page is left.
        for (var bytes = 1 << 20; bytes >= 4_096;)
        {
            try
            {
                RandomAccess.Write(file, new byte[bytes], offset);
                offset += bytes;
            }
            catch (IOException)
            {
                bytes /= 2;
            }
        }
    }

    public void MakeRoom() => File.Delete(Ballast);

    public async ValueTask DisposeAsync()
    {
        if (!await RunToEnd(ProgramPath.Find("umount")!, folder)) await RunToEnd(ProgramPath.Find("umount")!, "-l", folder);
    }

    private static async Task<bool> RunToEnd(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
